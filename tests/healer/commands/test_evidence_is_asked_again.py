"""A reviewer asks a case's questions again, by the command line, in a real log."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest

from healer import cli
from healer.case import Attempt
from healer.eventlog import load
from healer.eventlog.row import Row
from healer.observed import Observed
from healer.store import cases, ledger
from healer.tools.inquiry import Inquiry
from triage.correlate import correlate, put, shipped
from triage.incident import Evidence, Question
from triage.inquiry import FREE

AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
FREELY = Question(
    name=FREE, purpose="", binds=(), reading="", sql="select 1 as n where 'a%b' like '%\\%%'"
)  # fmt: skip


def row(said: str) -> Row:
    return Row(AT.isoformat(), "info", "shop", said, "req-7", None, None, None, "", "", None, "{}")


@pytest.fixture
def run(
    record: Any, reader_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> Callable[..., tuple[int, str]]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HEALER_HOME", str(tmp_path))
    monkeypatch.setenv("HEALER_DATABASE_URL", record.url)
    monkeypatch.setenv("HEALER_OBSERVED_URL", reader_url)
    monkeypatch.setenv("COLUMNS", "250")

    def called(*arguments: str) -> tuple[int, str]:
        code = cli.main(["evidence", *arguments])
        told = capsys.readouterr()
        return code, told.out + told.err

    return called


def kept(record: Any, reader_url: str) -> int:
    """A case with evidence of its own, and a free query of an agent."""
    record.arrive(1, timestamp=AT, request_id="req-7")
    case = int(record.one("select id from healer.cases"))
    incident = cases.load(record.connection, case)
    assert incident is not None
    with Observed(reader_url) as observed:
        inquiry = Inquiry(shipped(), observed.ask)
        found = correlate(incident, [q for q in shipped() if q.name == "request_events"], observed.ask)
        asked = put(FREELY, {}, inquiry.freely, found.next_id, by="agent")
    ledger.note(record.connection, case, found)
    ledger.note(record.connection, case, Attempt(asked=Evidence(answers=asked.answers)))
    return case


def test_the_same_answers_are_told_and_so_is_what_changed(
    record: Any, schema_url: str, reader_url: str, run: Callable[..., tuple[int, str]]
) -> None:
    with psycopg.connect(schema_url, autocommit=True) as connection:
        connection.execute("truncate eventlog.event, eventlog.per_minute")
        load.load(connection, [row("order begun")])
        case = kept(record, reader_url)
        code, told = run(str(case), "--again", "--sql")
        assert code == 0
        assert told.count("the same") == 2
        assert "agent" in told
        assert "req-7" in told
        load.load(connection, [row("order ended")])
        code, told = run(str(case), "--again")
        assert code == 1
        assert "differs: 2 rows now" in told
        assert told.count("the same") == 1


def test_a_case_that_is_not_there_is_said_so(run: Callable[..., tuple[int, str]]) -> None:
    code, told = run("4711")
    assert code == 2
    assert "healer cases" in told
