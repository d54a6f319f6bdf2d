"""Each tool by itself, on small and on hostile input."""

from __future__ import annotations

import time
from typing import Any

import pytest

from benchmarks.agent_case import FIX, LINE, SHOP, TEST, RecordingBench, answer, brief_of
from benchmarks.source import Files
from healer.budget import Budget, Limits
from healer.prices import Price, PriceTable
from healer.protocols import Commit
from healer.spending import Allowance, MemoryLedger
from healer.tools import AGENT_TOOLS, Session

FREE = Limits(run=Allowance(), project_day=Allowance(), day=Allowance(), tool_calls=10_000, tools={})


def session(files: dict[str, str] | None = None, brief: Any = None, **injected: Any) -> Session:
    budget = Budget(FREE, PriceTable((), Price(model="", input=1, output=1)), MemoryLedger(), "shop")
    return Session.start(brief or brief_of(), RecordingBench(Files(SHOP | (files or {}))), budget, **injected)


def test_schemas_are_strict_and_stable() -> None:
    for tool in AGENT_TOOLS:
        assert tool.schema["additionalProperties"] is False
        assert "title" not in tool.schema
    made = session()
    assert made.call("read_file", {"path": "shop/prices.py", "start": "1"}).code == "bad_arguments"
    assert made.call("read_file", {"path": "shop/prices.py", "sudo": True}).code == "bad_arguments"
    assert made.call("read_file", '{"path": ').code == "bad_arguments"
    assert made.call("read_file", "[" * 300_000).code == "too_large"


def test_a_pattern_that_would_hang_another_engine_is_quick() -> None:
    made = session({"shop/long.txt": "a" * 200_000 + "!\n" + "\n" * 1000})
    started = time.monotonic()
    said = made.call("search", {"pattern": "(a+)+$", "glob": "shop/*"})
    assert time.monotonic() - started < 5
    assert not said.failed


@pytest.mark.parametrize("pattern", ["(?=x)", "(", r"\1", "a{100000}"])
def test_what_is_not_re2_is_refused_with_a_reason(pattern: str) -> None:
    assert session().call("search", {"pattern": pattern}).code == "bad_pattern"


@pytest.mark.parametrize(
    ("pattern", "lines"),
    [
        ("return", [6, 11]),
        ("^def ", [4, 8]),
        (r"\Adef", [4, 8]),
        (r":$", [4, 8]),
        (r"customer\s", [10]),
        ("RETURN", []),
    ],
)
def test_search_is_by_line(pattern: str, lines: list[int]) -> None:
    text = (
        '"""Prices."""\n\n\ndef total(order):\n    x = 1\n    return x\n\ndef discount(order):\n    y = 2\n'
    )
    text += "    customer = y\n    return customer[y]\n"
    said = session({"shop/a.py": text}).call("search", {"pattern": pattern, "glob": "shop/a.py"}).text
    assert [int(line.split(":")[1]) for line in said.splitlines() if line.startswith("shop/")] == lines


def test_symbols_are_found_with_their_class() -> None:
    text = "class Cart:\n    LIMIT = 3\n\n    async def total(self):\n        limit = 1\n"
    text += "\n\ndef total():\n    pass\n"
    made = session({"shop/cart.py": text})
    assert "shop/cart.py:4: async def total(self):" in made.call("find_symbol", {"name": "Cart.total"}).text
    both = made.call("find_symbol", {"name": "total"}).text
    assert both.count("shop/cart.py") == 2
    assert "shop/cart.py:2" in made.call("find_symbol", {"name": "LIMIT"}).text


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        ({"path": "shop/prices.py", "old": LINE, "new": FIX}, "ok"),
        ({"path": "shop/prices.py", "old": "order", "new": "x"}, "no_match"),
        ({"path": "shop/prices.py", "old": "nowhere", "new": "x"}, "no_match"),
        ({"path": "shop/prices.py", "old": "", "new": "x"}, "exists"),
        ({"path": "shop/prices.py", "old": LINE, "new": "    return ((\n"}, "syntax"),
        ({"path": "shop/prices.py", "old": LINE, "new": LINE + "# \u202e\n"}, "unreadable"),
        ({"path": "shop/prices.py", "old": LINE, "new": LINE + "x = 1\n" * 300}, "too_many_lines"),
    ],
)
def test_an_edit_is_exact_sound_and_small(edit: dict[str, str], code: str) -> None:
    made = session()
    assert made.call("edit", edit).code == code
    assert bool(made.overlay) == (code == "ok")


def test_a_diff_is_taken_whole_or_not_at_all() -> None:
    good = "--- a/shop/prices.py\n+++ b/shop/prices.py\n@@ -10 +10 @@\n" + "-" + LINE + "+" + FIX
    made = session()
    assert made.call("edit_diff", {"diff": good}).code == "ok"
    assert FIX in made.overlay["shop/prices.py"]
    again = session()
    assert again.call("edit_diff", {"diff": good.replace("customer[", "client[")}).code == "bad_diff"
    assert not again.overlay


def test_an_edit_that_is_taken_back_leaves_nothing() -> None:
    made = session()
    made.call("edit", {"path": "shop/prices.py", "old": LINE, "new": FIX})
    made.call("edit", {"path": "shop/prices.py", "old": FIX, "new": LINE})
    assert made.overlay == {}
    assert made.call("finish", answer()).code == "nothing_changed"


def test_a_new_test_can_be_tried_and_is_no_part_of_the_patch() -> None:
    made = session()
    made.call("edit", {"path": "tests/test_try.py", "old": "", "new": "def test_x():\n    assert True\n"})
    assert not made.call("run_tests", {"tests": ["tests/test_try.py"]}).failed
    made.call("edit", {"path": "shop/prices.py", "old": LINE, "new": FIX})
    assert made.changed == ("shop/prices.py",)


def test_the_reproduction_is_laid_over_every_run_and_wins() -> None:
    made = session()
    made.call("run_tests", {})
    (trial,) = made.bench.trials  # type: ignore[attr-defined]
    assert trial.select == (TEST,)
    assert trial.files[made.reproduction.path] == made.reproduction.source


def test_history_names_no_person() -> None:
    commit = Commit(sha="a" * 40, author="Ada", email="ada@example.org", when="2026-11-01", subject="Guess")
    made = session(history=lambda diagnosis, path, start, end: (commit,))
    said = made.call("git_history", {"path": "shop/prices.py", "start": 1, "end": 3}).text
    assert "Guess" in said
    assert "ada@" not in said
    assert "Ada" not in said


def test_evidence_by_id_and_lessons() -> None:
    made = session(brief=brief_of(lessons=("rejected: hides it",)), past=lambda diagnosis: ("merged: guard",))
    assert "first_seen" in made.call("evidence", {"id": "E1"}).text
    assert made.call("evidence", {"id": "E9"}).code == "no_such_evidence"
    assert "rejected:" in (said := made.call("past_cases", {}).text)
    assert "merged:" in said


def test_an_answer_cites_only_what_is_there() -> None:
    made = session()
    made.call("edit", {"path": "shop/prices.py", "old": LINE, "new": FIX})
    assert made.call("finish", answer(cites=["E1", "E7"])).code == "no_such_evidence"
    assert made.call("finish", answer()).done
    assert made.call("edit", {"path": "shop/prices.py", "old": FIX, "new": LINE}).code == "over"


def test_a_big_file_is_read_in_parts_and_bounded() -> None:
    made = session({"shop/big.py": "x = 1\n" * 100_000, "shop/huge.py": "x" * (2 << 20)})
    assert len(made.call("read_file", {"path": "shop/big.py", "lines": 400}).text) < 24_000
    assert made.call("read_file", {"path": "shop/huge.py"}).code == "too_large"
