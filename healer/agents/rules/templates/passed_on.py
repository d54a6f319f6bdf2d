"""A parameter that the function does nothing with, and a call in it that takes one of that name: it is passed
on. `def save(path, encoding, errors): … open(path, encoding=encoding)` → `errors=errors`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import Edit, walk

OPENS = frozenset({"buffering", "encoding", "errors", "newline"})
LIBRARY = {"open": OPENS, "decode": {"encoding", "errors"}, "encode": {"encoding", "errors"}}
AT_CRASH = 0.4  # log-odds: the call is on the crash's own way
MAX_IDEAS = 3


def ideas(site: Site) -> Iterator[Idea]:
    if site.function is None:
        return
    made = 0
    for name in _idle(site):
        for call in (n for n in walk(site.function.body) if isinstance(n, cst.Call) and n in site.file):
            if made < MAX_IDEAS and _takes(site, call, name):
                made += 1
                yield _idea(site, call, name)


def _idle(site: Site) -> list[str]:
    """Parameters that the body never names."""
    assert site.function is not None
    used = {n.value for n in walk(site.function.body) if isinstance(n, cst.Name)}
    return [p for p in site.parameters() if p not in used | {"self", "cls"} and not p.startswith("_")]


def _takes(site: Site, call: cst.Call, name: str) -> bool:
    """Whether what is called takes a parameter of that name, and is given others by name or place, not it."""
    if any(a.star for a in call.args) or any(a.keyword and a.keyword.value == name for a in call.args):
        return False
    called = call.func.attr.value if isinstance(call.func, cst.Attribute) else site.source(call.func)
    if not called.isidentifier():
        return False
    functions = [f for _, f in site.repository.functions(called)]
    if called[:1].isupper():
        functions += [
            f
            for _, kind in site.repository.classes(called)
            for f in kind.body
            if isinstance(f, ast.FunctionDef) and f.name == "__init__"
        ]
    if not functions:
        return name in LIBRARY.get(called, ())
    return all(name in _optional(f, len(call.args)) for f in functions)


def _optional(function: ast.FunctionDef | ast.AsyncFunctionDef, given: int) -> set[str]:
    """Parameters that may be given by name beside so many others."""
    names = [a.arg for a in function.args.args]
    names = names[1:] if names[:1] in (["self"], ["cls"]) else names
    return {*names[given:], *(a.arg for a in function.args.kwonlyargs)}


def _idea(site: Site, call: cst.Call, name: str) -> Idea:
    end = site.file.span(call)[1] - 1
    before = site.file.text[:end].rstrip()
    comma = "" if before.endswith(("(", ",")) else ", "
    first, last = site.file.lines(call)
    return Idea(
        (Edit(end, end, f"{comma}{name}={name}"),),
        f"`{site.function_name}` passes its `{name}` on, with which it did nothing.",
        f"{name} passed on",
        AT_CRASH if first <= site.line <= last else 0.0,
        (f"nothing else is done with `{name}`",),
    )


TEMPLATE = Template("passed_on", frozenset(Kind), 1.4, ideas, outer=True)
