"""A candidate that eats the memory, takes for ever or ends the process costs itself, not the search."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from healer.reproduction import render

Deploy = Callable[..., Any]

PROGRAM = """
import os

def measure(view, names):
    size, held = 0, []
    while view:
        {harm}
        view = view[1:]
        size += 1
    return _name(names, size)

def _name(names, size):
    return names[size]
"""
DRIVER = "import shop\ndef main():\n    shop.measure(memoryview(b'ab'), ['x'])\n"
HARMS = {  # a memoryview tells nothing of itself, so a stand-in takes its place, which is never empty
    "memory": "held.append(b'x' * (50_000_000 if callable(view) else 1))",
    "time": "pass",
    "the process": "os._exit(3) if callable(view) else None",
}


@pytest.mark.parametrize("harm", HARMS)
def test_the_search_goes_on_without_what_harms_it(harm: str, deploy: Deploy) -> None:
    program = PROGRAM.format(harm=HARMS[harm])
    shop = deploy({"shop.py": program}, DRIVER)
    made = shop.reproduce()
    assert made.reproduced, made.why
    assert shop.passes(made, {"shop.py": program.replace("names[size]", "names[0]")})


@pytest.mark.parametrize(
    ("test", "number"),
    [
        ("tests/test_a.py::test_candidate_4", 4),
        ("tests/test_a.py::TestA::test_candidate_12[lent]", 12),
        ("tests/test_a.py::test_candidates", None),
        ("tests/test_candidate_4.py::test_a", None),
        ("", None),
    ],
)
def test_which_candidate_a_test_is(test: str, number: int | None) -> None:
    assert render.tried(test) == number


def test_what_takes_long_to_import_is_waited_for(deploy: Deploy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render, "SECONDS", render.LEAST)
    program = "import time\n\ntime.sleep(2)\n\n\ndef price(names, size):\n    return names[size]\n"
    shop = deploy({"shop.py": program}, "import shop\n\nshop.price(['x'], 1)\n")
    made = shop.reproduce()
    assert made.reproduced, made.why
