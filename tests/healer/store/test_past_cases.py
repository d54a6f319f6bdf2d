"""What an agent is told about earlier cases like its own, through the real record."""

from __future__ import annotations

from typing import Any

from benchmarks.agent_case import brief_of
from healer.case import Diagnosis
from healer.store import ledger
from healer.store.past import past
from healer.wiring import _past
from triage.incident import Incident

DIAGNOSIS = brief_of().reproduction.diagnosis


def diagnosed(record: Any, number: int, fingerprint: str = "", **ending: str) -> tuple[int, Diagnosis]:
    """A case whose diagnosis is in the record, ended as said."""
    record.arrive(number, fingerprint)
    case = record.one("select max(id) from healer.cases")
    told = Incident(
        project="shop", fingerprint=fingerprint or f"{number:064x}", event=DIAGNOSIS.incident.event
    )
    diagnosis = DIAGNOSIS.model_copy(update={"incident": told})
    ledger.note(record.connection, case, diagnosis)
    if ending:
        record.rows(
            "update healer.cases set closed_at = now(), state = %s, code = %s, reason = %s where id = %s",
            ending["state"],
            ending["code"],
            ending["reason"],
            case,
        )
    return case, diagnosis


def proposed(record: Any, case: int, **columns: str) -> None:
    record.rows(
        "insert into healer.proposal"
        " (case_id, key, project, branch, base, url, state, agent, closed_why, soak)"
        " values (%s, %s, 'shop', 'b', 'c', 'https://forge/pr/7', %s, 'rules', %s, %s)",
        case,
        f"k{case}",
        columns["state"],
        columns.get("why", ""),
        columns.get("soak", ""),
    )


def told(record: Any, diagnosis: Diagnosis, **other: Any) -> tuple[str, ...]:
    files = other.get("files", ledger.files_of(diagnosis))
    exception = other.get("exception", diagnosis.signature.exception)
    return past(record.connection, diagnosis.incident, exception, files)


def test_cases_of_the_same_file_and_exception_are_told_with_their_reason(record: Any) -> None:
    declined, _ = diagnosed(record, 1, state="declined", code="not_reproduced", reason="no row to be had")
    rejected, _ = diagnosed(record, 2, state="proposed", code="proposed", reason="Fix it")
    proposed(record, rejected, state="closed", why="it hides the cause")
    merged, _ = diagnosed(record, 3, state="healed", code="proposed", reason="Fix it")
    proposed(record, merged, state="merged", soak="came_back")
    _, now = diagnosed(record, 4)
    lines = told(record, now)
    assert [line.partition(" of ")[0] for line in lines] == [
        f"case {n}" for n in (merged, rejected, declined)
    ]
    assert "came back: it was not the fix" in lines[0]
    assert "closed because: it hides the cause" in lines[1]
    assert "(same file shop/prices.py)" in lines[2]
    assert lines[2].endswith("declined: not_reproduced: no row to be had")


def test_neither_open_cases_nor_those_of_others_nor_its_own_are_told(record: Any) -> None:
    diagnosed(record, 1)
    other, _ = diagnosed(record, 2, state="failed", code="x", reason="y")
    record.rows("update healer.cases set project = 'bank' where id = %s", other)
    record.rows("update healer.incident set project = 'bank' where fingerprint = %s", f"{2:064x}")
    _, own = diagnosed(record, 3, state="failed", code="x", reason="y")
    assert told(record, own) == ()


def test_what_shares_nothing_is_not_told_and_the_same_failure_comes_first(record: Any) -> None:
    diagnosed(record, 1, state="failed", code="x", reason="y")
    _, now = diagnosed(record, 2)
    assert told(record, now, files=["elsewhere.py"], exception="ValueError") == ()
    (line,) = told(record, now, files=["elsewhere.py"])
    assert "(same TypeError)" in line
    record.rows(
        "update healer.cases set fingerprint = %s, episode = 0 where id = 1", now.incident.fingerprint
    )
    record.rows("update healer.cases set fingerprint = %s, episode = 0 where reason = 'y'", f"{2:064x}")
    (line,) = told(record, now)
    assert "(same failure, episode 0)" in line


def test_the_service_wires_it_to_the_tool(record: Any) -> None:
    diagnosed(record, 1, state="declined", code="unproven", reason="three edits did not work")
    _, now = diagnosed(record, 2)
    (line,) = _past(record.url)(now)
    assert "three edits did not work" in line
