"""A worker that is killed goes on from its last finished step; what that step cost is not paid again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import benchmarks
from benchmarks.agent_case import FIX, LINE, answer
from benchmarks.model_server import ModelServer
from benchmarks.model_wires import Say

WORKER = Path(benchmarks.__file__).with_name("paying_worker.py")
SCRIPT = [
    Say(calls=[("edit", {"path": "shop/prices.py", "old": LINE, "new": FIX})]),
    Say(calls=[("run_tests", {})]),
    Say(calls=[("edit", {"path": ".github/workflows/ci.yml", "old": "", "new": "x"})]),
    Say(calls=[("finish", answer())]),
]


def test_a_finished_step_is_paid_once(
    record: Any, script: Callable[..., Any], until: Callable[..., None], tmp_path: Path
) -> None:
    """In the middle of a proposal the requests so far are lost, but they stand in the books."""
    for number in (1, 2, 3):
        record.arrive(number, str(number) * 64)
    with ModelServer(SCRIPT).running() as url:
        script(str(WORKER), record.url, url, str(tmp_path))
        until(lambda: record.one("select count(*) from healer.cases where closed_at is null") == 0, 240)
    assert {file.name for file in tmp_path.iterdir()} >= {"proposing", "proposed", "proving"}
    cases = record.rows("select id, code, reason from healer.cases order by id")
    assert [(case["code"], case["reason"]) for case in cases] == [("done", "repair@2")] * 3
    requests = record.rows("select case_id, count(*) as n from healer.spend group by 1 order by 1")
    assert [(row["case_id"], row["n"]) for row in requests] == [
        (cases[0]["id"], 2 + 4),
        (cases[1]["id"], 4),
        (cases[2]["id"], 4),
    ]
    for case in cases:
        one = "select * from healer.step where name = 'propose-1' and case_id = %s"
        (step,) = record.rows(one, case["id"])
        assert step["prompt"] == "repair@2"
        last = "select dollars from healer.spend where case_id = %s order by id desc limit 4"
        assert step["dollars"] == pytest.approx(sum(row["dollars"] for row in record.rows(last, case["id"])))
    denied = record.rows("select distinct subject, code from healer.audit where decision = 'deny'")
    assert [(row["subject"], row["code"]) for row in denied] == [(".github/workflows/ci.yml", "guarded")]
