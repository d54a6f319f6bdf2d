"""Real worker processes, really killed."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Line:
    case: str
    step: str
    what: str
    pid: int
    at: float


def journal_of(path: Path) -> list[Line]:
    if not path.exists():
        return []
    found = [line.split() for line in path.read_text().splitlines()]
    return [Line(case, step, what, int(pid), float(at)) for case, step, what, pid, at in found]


def open_cases(record) -> int:
    return record.one("select count(*) from healer.cases where closed_at is null")


def test_killed_workers_lose_and_double_nothing(record, script, until, tmp_path: Path) -> None:
    journal = tmp_path / "journal"
    for number in range(1, 9):
        record.arrive(number)
    arguments = ("engine/slow_worker.py", record.url, str(journal), "0.15")
    workers = [script(*arguments), script(*arguments)]
    chance = random.Random(7)
    for _ in range(4):
        time.sleep(0.7)
        victim = chance.randrange(2)
        os.kill(workers[victim].pid, signal.SIGKILL)
        workers[victim] = script(*arguments)
    until(lambda: open_cases(record) == 0, 40)

    outcomes = record.rows("select state, code, count(*) as n from healer.cases group by 1, 2")
    assert [(r["state"], r["code"], r["n"]) for r in outcomes] == [("declined", "done", 8)]
    assert record.one("select count(*) from healer.step") == 24
    lines = journal_of(journal)
    ended = Counter((line.case, line.step) for line in lines if line.what == "end")
    assert len(ended) == 24
    assert max(ended.values()) <= 2  # twice only where the kill fell between the effect and its memory
    assert not overlapping(lines)


def overlapping(lines: list[Line]) -> list[tuple[Line, Line]]:
    """Pairs of completed executions of one case by two processes at the same time."""
    spans = []
    for begin in (line for line in lines if line.what == "begin"):
        same = [
            e for e in lines if (e.case, e.step, e.pid, e.what) == (begin.case, begin.step, begin.pid, "end")
        ]
        spans.extend((begin, end) for end in same)
    return [
        (a, b)
        for a, end in spans
        for b, _ in spans
        if a.case == b.case and a.pid != b.pid and a.at < b.at < end.at
    ]


def test_a_stopped_worker_that_wakes_up_can_change_nothing(record, script, until, tmp_path: Path) -> None:
    journal = tmp_path / "journal"
    record.arrive(1)
    sleeper = script("engine/slow_worker.py", record.url, str(journal), "0.5")
    until(lambda: journal_of(journal))
    os.kill(sleeper.pid, signal.SIGSTOP)
    other = script("engine/slow_worker.py", record.url, str(journal), "0.5")
    until(lambda: open_cases(record) == 0)
    before = record.rows("select * from healer.step order by name")
    os.kill(sleeper.pid, signal.SIGCONT)
    time.sleep(1.2)

    lines = journal_of(journal)
    zombie = [line for line in lines if line.pid == sleeper.pid]
    assert {line.step for line in zombie} == {"one"}
    assert [line.step for line in lines if line.pid == other.pid and line.what == "end"] == [
        "one",
        "two",
        "three",
    ]
    assert record.rows("select * from healer.step order by name") == before
    assert sleeper.poll() is None  # it lost the case, not its life


def test_a_worker_told_to_stop_hands_its_case_over_without_an_attempt(
    record, script, until, tmp_path: Path
) -> None:
    journal = tmp_path / "journal"
    record.arrive(1)
    first = script("engine/slow_worker.py", record.url, str(journal), "0.6")
    until(lambda: journal_of(journal))
    os.kill(first.pid, signal.SIGTERM)
    assert first.wait(10) == 0
    assert record.one("select state from absurd.t_cases") == "sleeping"
    script("engine/slow_worker.py", record.url, str(journal), "0.05")
    until(lambda: open_cases(record) == 0)
    ended = [line.step for line in journal_of(journal) if line.what == "end"]
    assert ended == ["one", "two", "three"]
    assert record.one("select attempts from absurd.t_cases") == 1


def test_a_worker_without_its_database_ends_with_an_error(record, script, until, tmp_path: Path) -> None:
    journal = tmp_path / "journal"
    record.arrive(1)
    worker = script("engine/slow_worker.py", record.url, str(journal), "5")
    until(lambda: journal_of(journal))
    record.rows(
        "select pg_terminate_backend(pid) from pg_stat_activity"
        " where datname = current_database() and pid <> pg_backend_pid()"
    )
    assert worker.wait(10) == 1
