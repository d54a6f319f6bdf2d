"""Calls test functions and methods for the probe, with no test framework that runs. Python 3.8 and newer.

Code that asks whether a framework is there finds none, and acts as it would in production.
"""

from __future__ import annotations

import functools
import importlib.util
import os
import sys
from collections.abc import Callable
from typing import Any


def load(path: str) -> Any:
    """One file as a module of its own, with its folder on the path as a script has it."""
    folder, name = os.path.split(os.path.splitext(path)[0])
    if folder not in sys.path:
        sys.path.insert(0, folder)
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def functions(path: str, reporter: Any) -> dict[str, Callable[[], Any]]:
    """Node id -> function, of those that need nothing to be called."""
    relative = path[len(reporter.tree) + 1 :]
    try:
        module = load(path)
    except BaseException as error:
        reporter.phase(relative, "collect", "error", reporter.raised(error, error.__traceback__))
        return {}
    found: dict[str, Callable[[], Any]] = {}
    for name, value in list(vars(module).items()):
        code = getattr(value, "__code__", None)
        if name.startswith("test") and code is not None and code.co_argcount == 0:
            found[relative + "::" + name] = value
        elif isinstance(value, type) and value.__module__ == module.__name__:
            found.update(methods(value, relative + "::" + name))
    return {test: value for test, value in found.items() if reporter.wanted(test)}


def methods(kind: type, where: str) -> dict[str, Callable[[], Any]]:
    """Test methods of a test case, each to be called on one of its own, without its set-up."""
    names = [name for name in vars(kind) if name.startswith("test") and hasattr(kind, "assertEqual")]
    return {where + "::" + name: functools.partial(called, kind, name) for name in names}


def called(kind: Any, name: str) -> None:
    getattr(kind(name), name)()


def run(reporter: Any) -> int:
    tests: dict[str, Callable[[], Any]] = {}
    for path in reporter.orders["args"]:
        tests.update(functions(os.path.abspath(path), reporter))
    reporter.collected(list(tests))
    failed = 0
    for test, call in tests.items():
        reporter.begin(test)
        outcome, error = "passed", None
        try:
            call()
        except BaseException as caught:
            outcome, error, failed = "failed", reporter.raised(caught, caught.__traceback__), 1
        reporter.phase(test, "call", outcome, error)
        reporter.phase(test, "teardown", "passed")
    return failed
