"""A candidate that eats the memory, takes for ever or ends the process costs itself, not the search."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from healer.protocols import Trial
from healer.reproduction import render
from healer.stages import reproduce as stage

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


@pytest.mark.parametrize(("late", "names"), [(0.0, ["candidates"]), (3600.0, ["candidates"] * 2)])
def test_when_it_is_late_no_further_round_is_begun(
    late: float, names: list[str], deploy: Deploy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stage, "LATE", late)
    program = "NAMES = ['a', 'b', 'c']\n\n\ndef price(rows):\n    return NAMES[len('1' + rows.name)]\n"
    unseen = "class Rows:\n    name = 'long enough'\n\n    def __repr__(self):\n        return '<rows>'\n"
    driver = f"import shop\n\n\n{unseen}{'#' * 20}\n" + "\n" * 20 + "shop.price(Rows())\n"
    shop = deploy({"shop.py": program}, driver)
    ran: list[str] = []

    class Counted:
        def run(self, trial: Trial) -> Any:
            ran.append(trial.name)
            return shop.bench.run(trial)

        def source(self, target: Any) -> Any:
            return shop.bench.source(target)

    stage.reproduce(shop.diagnosis(), Counted())
    assert [name for name in ran if name == "candidates"][: len(names)] == names
    assert len(ran) == 1 or late
