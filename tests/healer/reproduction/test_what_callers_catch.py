"""What the repository's own code catches around its calls of a function, that function may raise."""

from __future__ import annotations

import pytest

from benchmarks.source import Files
from healer.reproduction import contract
from healer.reproduction.facts import Site
from healer.reproduction.index import Index
from healer.reproduction.values import Name

LOADER = """
class Missing(Exception):
    pass


def load(name):
    return name.strip()


def show(name):
    try:
        return load(name)
    {caught}:
        return None
"""


@pytest.mark.parametrize(
    ("caught", "expected"),
    [
        ("except ImportError", [Name("", "ImportError")]),
        ("except (ImportError, Missing)", [Name("", "ImportError"), Name("loader", "Missing")]),
        ("except AttributeError", []),  # production's own
        ("except Exception", []),
        ("except", []),
        ("finally", []),
    ],
)
def test_an_exception_that_a_caller_waits_for_is_an_answer(caught: str, expected: list[Name]) -> None:
    index = Index(Files({"loader.py": LOADER.format(caught=caught)}))
    module = index.module("loader.py")
    assert module is not None
    site = Site("loader.py", 7, module.functions["load"], {}, "load")
    assert list(contract.refusals(index, (site,), "AttributeError")) == expected


@pytest.mark.parametrize("path", ["tests/test_loader.py", "other.py"])
def test_a_test_that_catches_it_tells_nothing(path: str) -> None:
    plain = LOADER.format(caught="finally")
    caller = "from loader import load\n\ntry:\n    load(3)\nexcept ImportError:\n    pass\n"
    index = Index(Files({"loader.py": plain, path: caller}))
    module = index.module("loader.py")
    assert module is not None
    site = Site("loader.py", 7, module.functions["load"], {}, "load")
    found = contract.refusals(index, (site,), "AttributeError")
    assert list(found) == ([] if path.startswith("tests/") else [Name("", "ImportError")])


@pytest.mark.parametrize(
    ("check", "expected"),
    [
        ("sys.exit('no name')", [Name("", "SystemExit")]),
        ("raise ValueError(name)", [Name("", "ValueError")]),
        ("return name", []),
    ],
)
def test_what_a_function_calls_may_refuse_for_it(check: str, expected: list[Name]) -> None:
    load = "def load(name):\n    checked(name)\n    return name[0]\n"
    text = f"import sys\n\n\n{load}\n\ndef checked(name):\n    {check}\n"
    index = Index(Files({"loader.py": text}))
    module = index.module("loader.py")
    assert module is not None
    site = Site("loader.py", 6, module.functions["load"], {}, "load")
    assert list(contract.refusals(index, (site,), "IndexError")) == expected
