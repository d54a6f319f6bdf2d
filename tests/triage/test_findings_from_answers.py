"""Findings: each kind from the smallest answer that gives it, and silence where the numbers say nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from triage.findings import find
from triage.incident import Answer, Event, ExceptionInfo, Finding, Incident

AT = datetime(2026, 3, 10, 12, tzinfo=UTC)
INCIDENT = Incident(
    project="shop",
    fingerprint="ab" * 16,
    event=Event(event_id="e", timestamp=AT, exceptions=(ExceptionInfo(type="KeyError"),)),
)
BOUND = {"service": "checkout", "release": "1.4.3", "request_id": "r1", "exception": "KeyError"}


def at(minutes: float) -> str:
    return datetime.fromtimestamp(AT.timestamp() + minutes * 60, UTC).isoformat()


def answer(question: str, *rows: dict[str, Any]) -> Answer:
    columns = tuple(rows[0]) if rows else ()
    return Answer(
        id=f"E-{question}", question=question, columns=columns, rows=tuple(tuple(r.values()) for r in rows)
    )


def findings(*answers: Answer, kind: str = "") -> list[Finding]:
    found = find(INCIDENT, BOUND, answers)
    return [finding for finding in found if not kind or finding.kind == kind]


def rates(**values: Any) -> Answer:
    row = {
        "service": "checkout", "rolled_out": at(-60), "events_before": 10_000, "errors_before": 12,
        "minutes_before": 60, "events_after": 10_000, "errors_after": 96, "minutes_after": 60,
    }  # fmt: skip
    return answer("error_rate_around_release", row | values)


def test_a_rate_that_rose_is_said_with_its_numbers() -> None:
    (finding,) = findings(rates())
    assert finding.kind == "rate_change"
    assert finding.value == 8.0
    assert finding.cites == ("E-error_rate_around_release",)
    assert finding.text == (
        "checkout: errors rose ×8.0 after release 1.4.3 was rolled out (2026-03-10 11:00 UTC): from 0.12%"
        " to 0.96% of its events (12 errors in the hour before, 96 in the last 60 minutes)."
    )


def test_from_no_errors_the_change_is_at_least() -> None:
    (finding,) = findings(rates(errors_before=0))
    assert "at least ×96" in finding.text


@pytest.mark.parametrize(
    "values",
    [
        {"events_after": 100_000},  # more traffic, the same share
        {"errors_after": 4, "errors_before": 0},  # too few to say
        {"errors_before": 96},
        {"errors_before": 60},
        {"service": "other"},
        {"events_before": 0, "errors_before": 0},
        {"errors_before": 4, "errors_after": 9},  # doubled, but within chance
    ],
)
def test_a_rate_that_says_nothing_gives_nothing(values: dict[str, Any]) -> None:
    assert findings(rates(**values)) == []


def seen(time: str, release: str = "1.4.3", log_starts: str = at(-3000)) -> Answer:
    row = {
        "time": time,
        "service": "checkout",
        "release": release,
        "environment": "",
        "log_starts": log_starts,
    }
    return answer("first_seen", row)


def test_first_seen_after_the_deployment() -> None:
    (finding,) = findings(seen(at(-57)), rates(errors_after=0))
    assert finding.kind == "first_seen_after_deploy"
    assert finding.value == 180.0
    assert finding.text == (
        "KeyError was first seen 3 minutes after release 1.4.3 was rolled out, and never in the 2 days of log"
        " before."
    )
    assert finding.cites == ("E-first_seen", "E-error_rate_around_release")


def test_older_than_the_release() -> None:
    (finding,) = findings(seen(at(-2000), "1.4.2"), rates(errors_after=0))
    assert finding.kind == "older_than_release"


def test_a_log_that_is_too_young_says_nothing() -> None:
    assert findings(seen(at(-57), log_starts=at(-65)), rates(errors_after=0)) == []
    assert findings(seen(at(-57))) == []


def broke(service: str, errors: int = 40, before: int = 2) -> dict[str, Any]:
    return {
        "service": service, "events": 1000, "errors": errors, "errors_before": before, "minutes_before": 60,
        "minutes": 20, "first_error": at(-3), "message": "connection\nrefused", "exception": None,
    }  # fmt: skip


def test_services_that_broke_with_ours() -> None:
    table = answer(
        "broke_in_window",
        broke("checkout", 500),
        broke("payment"),
        broke("quiet", 4),
        broke("usual", 40, 120),
    )
    (finding,) = findings(table)
    assert (finding.kind, finding.value) == ("co_failing_service", 60.0)
    assert finding.text == (
        "payment broke in the same 20 minutes: 40 errors, ×60.0 of the hour before, the first"
        " “connection refused”."
    )


def test_many_services_at_once_are_a_cascade() -> None:
    table = answer("broke_in_window", *(broke(f"s{n}") for n in range(5)))
    found = findings(table)
    assert [finding.kind for finding in found] == ["co_failing_service"] * 3 + ["cascade"]
    assert found[-1].text.startswith("5 other services broke in the same minutes (s0, s1, s2, s3, s4)")


def event(service: str, minutes: float, level: str = "info", **more: Any) -> dict[str, Any]:
    row = {
        "time": at(minutes),
        "service": service,
        "level": level,
        "message": f"{service} says",
        "exception": None,
    }
    return row | more


def test_another_services_earlier_failure_in_the_trace() -> None:
    table = answer(
        "trace_events",
        event("checkout", -0.2, "error"),
        event("payment", -0.1),
        event("payment", -0.01, "error"),
        event("stock", 1, "error"),
    )
    (finding,) = findings(table)
    assert finding.kind == "failed_earlier"
    assert finding.text == "payment failed 0.6 s earlier in the same trace: “payment says”"


def step(name: str, place: float, here: bool, taken: int = 20, requests: int = 20) -> dict[str, Any]:
    return {
        "service": "checkout", "step": name, "taken_by": taken, "requests": requests, "place": place,
        "taken_here": here,
    }  # fmt: skip


def test_a_missing_preceding_event() -> None:
    table = answer(
        "usual_steps",
        step("started", 1, True),
        step("session loaded", 2, False, 19),
        step("discount applied", 2.5, False, 9),
        step("cart loaded", 3, True),
        step("paid", 4, False),
    )
    (finding,) = findings(table)
    assert finding.kind == "missing_event"
    assert finding.text.startswith("“session loaded” of checkout is missing: 19 of 20 requests")
    assert finding.value == 0.95


def test_too_few_requests_to_compare_say_nothing() -> None:
    assert findings(answer("usual_steps", step("a", 1, False, 3, 3), step("b", 2, True, 3, 3))) == []


def test_a_slow_call_of_the_request_itself() -> None:
    row = {"service": "db", "message": "select", "duration": 4200.0, "request_id": "r1", "trace_id": None}
    (finding,) = findings(answer("slowest_calls", row, row | {"request_id": "r2"}, row | {"duration": 900.0}))
    assert finding.text == "db took 4.2 s within this request: “select”"


def test_repeated_calls_and_mixed_users() -> None:
    row = {"user_id": "u1", "service": "db", "call": "SELECT", "calls": 120}
    found = findings(answer("request_calls", row, row | {"user_id": "u2", "calls": 1}))
    assert [finding.kind for finding in found] == ["repeated_call", "several_users"]
    assert found[0].text == "The request called “SELECT” of db 120 times."


def test_a_recent_deployment_is_one_finding_for_all_its_services() -> None:
    rows = [{"at": at(-30 - n), "release": "1.4.3", "service": f"s{n}"} for n in range(3)]
    rows += [
        {"at": at(-20), "release": "9", "service": ""},
        {"at": at(-500), "release": "8", "service": "old"},
    ]
    found = findings(answer("deployments_in_window", *rows), kind="recent_deploy")
    assert [finding.text for finding in found] == [
        "1.4.3 of 3 services was rolled out 32 minutes before the error (the error's own release).",
        "9 was rolled out 20 minutes before the error (another release).",
    ]


def test_the_same_failure_and_how_it_ended() -> None:
    merged = {"state": "healed", "reason": "", "url": "https://forge/pr/7", "merged_at": at(-5000)}
    declined = {"state": "declined", "reason": "needs a person", "url": None, "merged_at": None}
    (finding,) = findings(answer("same_failure_before", merged, declined))
    assert "treated this failure 2 times" in finding.text
    assert "(https://forge/pr/7), and it came back" in finding.text
    (finding,) = findings(answer("same_failure_before", declined))
    assert finding.text.endswith(
        "1 time in the last 30 days; the last time it ended as declined: needs a person."
    )


def test_answers_of_other_questions_or_other_columns_give_no_findings() -> None:
    other = answer("broke_in_window", {"service": "x", "total": 5})
    assert findings(other, answer("their_own", {"a": 1}), answer("usual_steps")) == []
