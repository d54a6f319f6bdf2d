"""A worker that is killed goes on from its last finished step; what that step cost is not paid again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks.agent_case import FIX, LINE, answer
from benchmarks.model_server import ModelServer, Say

SCRIPT = [
    Say(calls=[("edit", {"path": "shop/prices.py", "old": LINE, "new": FIX})]),
    Say(calls=[("run_tests", {})]),
    Say(calls=[("edit", {"path": ".github/workflows/ci.yml", "old": "", "new": "x"})]),
    Say(calls=[("finish", answer())]),
]


@pytest.mark.parametrize(("where", "requests"), [("proposing", 2 + 4), ("proposed", 4), ("proving", 4)])
def test_a_finished_step_is_paid_once(
    record: Any,
    script: Callable[..., Any],
    until: Callable[..., None],
    tmp_path: Path,
    where: str,
    requests: int,
) -> None:
    """In the middle of a proposal the requests so far are lost, but they stand in the books."""
    record.arrive(1)
    with ModelServer(SCRIPT).running() as url:
        first = script("agents/paying_worker.py", record.url, url, str(tmp_path / "died"), where)
        until(lambda: first.poll() is not None, 40)
        second = script("agents/paying_worker.py", record.url, url, str(tmp_path / "died"), where)
        until(lambda: record.one("select count(*) from healer.cases where closed_at is null") == 0, 40)
        second.kill()
    (case,) = record.rows("select code, reason from healer.cases")
    assert (case["code"], case["reason"]) == ("done", "repair@1")
    assert record.one("select count(*) from healer.spend where case_id is not null") == requests
    (step,) = record.rows("select dollars, model, prompt from healer.step where name = 'propose-1'")
    assert step["prompt"] == "repair@1"
    spent = record.rows("select dollars from healer.spend order by id desc limit 4")
    assert step["dollars"] == pytest.approx(sum(row["dollars"] for row in spent))
    denied = record.rows("select subject, code from healer.audit where decision = 'deny'")
    assert {(row["subject"], row["code"]) for row in denied} == {(".github/workflows/ci.yml", "guarded")}
