"""The shipped questions over a made-up shop's log, in a real database, as the reading role."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from benchmarks.traffic import Failure, Traffic, incident
from healer.eventlog import load, partitions
from healer.eventlog.row import Row
from healer.observed import Observed
from triage.correlate import bindings, correlate, digest, shipped
from triage.incident import Event, Evidence, ExceptionInfo, Finding, Incident

UNTIL = datetime(2026, 3, 10, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def traffic(schema_url: str) -> Traffic:
    made = Traffic(events=40_000, until=UNTIL, hours=24)
    with psycopg.connect(schema_url, autocommit=True) as connection:
        for table in ("event", "per_minute", "release", "failure", "deployment"):
            connection.execute(f"truncate eventlog.{table}".encode())
        partitions.ensure_days(connection, [UNTIL.date() - timedelta(days=n) for n in range(30)])
        load.load(connection, made.rows())
        load.record_deployment(
            connection, made.rolled_out, "shop@1.4.3", environment="production", commit="abc"
        )
        connection.execute("analyze eventlog.event")
        connection.execute("analyze eventlog.per_minute")
    return made


@pytest.fixture(scope="module")
def observed(reader_url: str, traffic: Traffic) -> Iterator[Observed]:
    with Observed(reader_url) as observed:
        yield observed


@pytest.fixture(scope="module")
def failure(traffic: Traffic) -> Failure:
    return next(one for one in reversed(traffic.failures) if one.user_id)


@pytest.fixture(scope="module")
def evidence(observed: Observed, failure: Failure) -> Evidence:
    return correlate(incident(failure), shipped(), observed.ask)


def rows(evidence: Evidence, question: str) -> list[dict[str, Any]]:
    (answer,) = [one for one in evidence.answers if one.question == question]
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


def test_every_shipped_question_is_answered(evidence: Evidence) -> None:
    assert evidence.gaps == ()
    assert len(evidence.answers) == len(shipped())
    for answer in evidence.answers:
        assert answer.columns
        assert answer.digest == digest(answer.columns, answer.rows)


def test_asking_again_gives_the_same_answers(
    evidence: Evidence, observed: Observed, failure: Failure
) -> None:
    again = correlate(incident(failure), shipped(), observed.ask)
    assert [(a.question, a.digest) for a in again.answers] == [
        (a.question, a.digest) for a in evidence.answers
    ]
    assert Evidence.model_validate_json(evidence.model_dump_json()) == evidence


def test_the_request_is_told_in_order(evidence: Evidence, failure: Failure) -> None:
    request, trace = rows(evidence, "request_events"), rows(evidence, "trace_events")
    assert request[0]["message"] == "request started"
    assert (request[-1]["exception"], request[-1]["level"]) == (failure.exception, "error")
    assert [row["time"] for row in request] == sorted(row["time"] for row in request)
    assert {row["request_id"] for row in trace} == {failure.request_id}
    calls = rows(evidence, "request_calls")
    assert sum(row["calls"] for row in calls) == len(request)
    assert sum(row["errors"] for row in calls) == 1


def test_numbers_are_those_of_the_log(
    evidence: Evidence, failure: Failure, connection: psycopg.Connection[Any]
) -> None:
    known = bindings(incident(failure))
    for row in rows(evidence, "broke_in_window"):
        counted = connection.execute(
            "select count(*) from eventlog.event where service = %s and level in ('error', 'fatal')"
            " and time >= date_trunc('minute', %s::timestamptz)"
            " and time < date_trunc('minute', %s::timestamptz) + interval '1 minute'",
            (row["service"], known["since"], known["until"]),
        ).fetchone()
        assert counted == (row["errors"],)
    slowest = connection.execute(
        "select max(duration) from eventlog.event where time >= date_trunc('minute', %s::timestamptz)"
        " and time < %s::timestamptz + interval '1 minute'",
        (known["since"], known["until"]),
    ).fetchone()
    assert slowest == (rows(evidence, "slowest_calls")[0]["duration"],)


def test_deployments_are_those_that_were_told_and_seen(evidence: Evidence) -> None:
    told = rows(evidence, "deployments_in_window")
    assert [(row["release"], row["known"], row["commit"]) for row in told if row["known"] == "told"] == [
        ("shop@1.4.3", "told", "abc")
    ]
    assert {row["release"] for row in told if row["known"] == "seen"} == {"shop@1.4.2"}


def test_the_log_is_never_scanned(
    connection: psycopg.Connection[Any], traffic: Traffic, failure: Failure
) -> None:
    """Nothing that runs reads a filled day of events from end to end, with the planner's own choice."""
    known = bindings(incident(failure)) | {"service": failure.service}
    for question in shipped():
        bound = {name: known[name] for name in question.binds}
        plan = connection.execute(f"explain (analyze, format json) {question.sql}".encode(), bound).fetchone()
        assert plan is not None
        scans = [node for node in _nodes(plan[0][0]["Plan"]) if _reads_all(node)]
        assert scans == [], question.name


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for child in node.get("Plans", []):
        yield from _nodes(child)


def _reads_all(node: dict[str, Any]) -> bool:
    touched = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
    events = str(node.get("Relation Name", "")).startswith("event_2026")
    return events and node["Node Type"] == "Seq Scan" and touched * node["Actual Loops"] > 0


def test_questions_read_little_of_the_log(
    connection: psycopg.Connection[Any], traffic: Traffic, failure: Failure
) -> None:
    known = bindings(incident(failure)) | {"service": failure.service}
    for question in shipped():
        bound = {name: known[name] for name in question.binds}
        plan = connection.execute(
            f"explain (analyze, buffers, format json) {question.sql}".encode(), bound
        ).fetchone()
        assert plan is not None
        top = plan[0][0]["Plan"]
        assert top["Shared Hit Blocks"] + top["Shared Read Blocks"] < 1500, question.name


# -- a case made by hand ----------------------------------------------------------------------

AT = datetime(2026, 2, 20, 9, 30, tzinfo=UTC)


def event(minutes: float, service: str, message: str, level: str = "info", **columns: Any) -> Row:
    plain = Row(
        (AT + timedelta(minutes=minutes)).isoformat(), level, service, message, None, None, None, None,
        f"{service}@2", "live", None, json.dumps(columns.pop("attributes", {})),
    )  # fmt: skip
    return plain._replace(**columns)


def _story() -> Iterator[Row]:
    for n in range(4000):
        yield event(-200 + n / 20, "pay", "request started", release="pay@1" if n < 2000 else "pay@2")
    for n in range(40):
        failed = {"exception.type": "KeyError"}
        yield event(-30 + n / 2, "pay", f"order {n} failed", "error", attributes=failed)
        yield event(-5 + n / 20, "bank", "connection refused", "error")
    for n in range(10):
        for place, message in enumerate(("opened", "session loaded", f"cart {n} loaded", "paid")):
            yield event(-9 + n / 10 + place / 100, "pay", message, request_id=f"good{n}")
    yield event(-0.10, "pay", "opened", request_id="bad", trace_id="c" * 32, user_id="u9")
    yield event(-0.05, "pay", "cart 77 loaded", request_id="bad", trace_id="c" * 32, user_id="u9")
    yield event(-0.04, "bank", "no route", "error", trace_id="c" * 32)
    attributes = {"exception.type": "KeyError"}
    yield event(0, "pay", "it broke", "error", request_id="bad", trace_id="c" * 32, attributes=attributes)


@pytest.fixture(scope="module")
def findings(schema_url: str, observed: Observed) -> tuple[Finding, ...]:
    with psycopg.connect(schema_url, autocommit=True) as connection:
        load.load(connection, _story())
        load.record_deployment(connection, AT - timedelta(minutes=100), "pay@2", service="pay")
        connection.execute(
            "insert into healer.cases (project, fingerprint, episode, event_id, state, opened_at)"
            " values ('shop', %s, 1, 'e0', 'healed', %s)",
            ("f" * 32, AT - timedelta(days=3)),
        )
        connection.execute(
            "insert into healer.proposal (case_id, key, project, branch, base, url, state, merged_at)"
            " select id, 'k', project, 'b', 'c', 'https://forge/pr/7', 'merged', %s from healer.cases",
            (AT - timedelta(days=2),),
        )
    told = Event(
        event_id="e1",
        timestamp=AT,
        exceptions=(ExceptionInfo(type="KeyError"),),
        release="pay@2",
        environment="live",
        request_id="bad",
        trace_id="c" * 32,
    )
    evidence = correlate(
        Incident(project="shop", fingerprint="f" * 32, episode=2, event=told), shipped(), observed.ask
    )
    assert evidence.gaps == ()
    return evidence.findings


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("failed_earlier", "bank failed 2.4 s earlier in the same trace: “no route”"),
        ("first_seen_after_deploy", "KeyError was first seen 70 minutes after release pay@2 was rolled out"),
        ("rate_change", "pay: errors rose at least ×"),
        ("co_failing_service", "bank broke in the same 20 minutes: 41 errors"),
        ("missing_event", "“session loaded” of pay is missing: 10 of 10 requests"),
        ("recent_deploy", "pay@2 of pay was rolled out 100 minutes before the error"),
        ("seen_before", "(https://forge/pr/7), and it came back"),
    ],
)
def test_what_happened_is_found(findings: tuple[Finding, ...], kind: str, says: str) -> None:
    (found,) = [finding for finding in findings if says in finding.text]
    assert found.kind == kind
    assert found.cites


def test_a_database_without_the_schema_gives_gaps_not_errors(reader_url: str, failure: Failure) -> None:
    elsewhere = psycopg.conninfo.make_conninfo(reader_url, dbname="postgres")
    observed = Observed(elsewhere)
    observed._pool.open(wait=True)
    try:
        evidence = correlate(incident(failure), shipped(), observed.ask)
    finally:
        observed.close()
    assert len(evidence.gaps) == len(shipped())
    assert all("does not have it" in gap.reason for gap in evidence.gaps)
    assert evidence.findings == ()
