"""Questions: their files, which are asked, and what is kept of the answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

import pytest

from triage.correlate import (
    BadQuestion,
    Unanswered,
    bindings,
    choose,
    correlate,
    digest,
    merged,
    parse,
    shipped,
)
from triage.incident import Event, ExceptionInfo, Incident
from triage.noun import Json

AT = datetime(2026, 3, 10, 12, tzinfo=UTC)
GOOD = """\
-- purpose: Why
-- binds: request_id, at
-- reading: Like
--   this
-- limit: 7
select %(request_id)s, %(at)s;
"""


class Reply(NamedTuple):
    columns: tuple[str, ...]
    rows: tuple[tuple[Json, ...], ...]
    truncated: bool = False
    milliseconds: float = 1.0


def incident(**event: Any) -> Incident:
    raised = ExceptionInfo(type="KeyError", module="shop.errors", value="'x'")
    event = {"event_id": "e1", "timestamp": AT, "exceptions": (raised,)} | event
    return Incident(project="shop", fingerprint="ab" * 16, episode=3, event=Event(**event))


def test_a_file_says_what_it_asks() -> None:
    question = parse("why", GOOD)
    assert question.name == "why"
    assert (question.purpose, question.reading, question.limit) == ("Why", "Like this", 7)
    assert question.binds == ("request_id", "at")
    assert question.sql == "select %(request_id)s, %(at)s"
    assert question.asks == "observed"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("-- purpose: Why\n", "", "purpose"),
        ("-- reading: Like\n--   this\n", "", "reading"),
        ("request_id, at", "request_id", "binds"),
        ("request_id, at", "request_id, at, user_id", "binds"),
        ("limit: 7", "limit: many", "limit"),
        ("limit: 7", "limit: 100000", "limit"),
        ("limit: 7", "colour: 7", "colour"),
        ("limit: 7", "asks: everybody", "asks"),
    ],
)
def test_a_wrong_file_is_named(old: str, new: str, says: str) -> None:
    with pytest.raises(BadQuestion, match=f"why.*{says}"):
        parse("why", GOOD.replace(old, new))


def test_the_shipped_questions() -> None:
    assert {question.name for question in shipped()} == {
        "broke_in_window", "deployments_in_window", "error_rate_around_release", "first_seen",
        "request_calls", "request_events", "same_failure_before", "slowest_calls", "trace_events",
        "user_events_before",
        "usual_steps",
    }  # fmt: skip
    known = bindings(incident(request_id="r", trace_id="a" * 32, user={"id": "7"}, release="1"))
    assert choose(shipped(), known) == shipped()


def test_a_teams_question_replaces_ours() -> None:
    ours, theirs = parse("a", GOOD), parse("a", GOOD.replace("Why", "Theirs"))
    other, new = parse("b", GOOD), parse("c", GOOD)
    assert merged([ours, other], [theirs, new]) == (theirs, other, new)


def test_what_the_event_has_is_bound() -> None:
    known = bindings(
        incident(
            request_id="r1",
            trace_id="0AF76519-16CD43DD8448EB211C80319C",
            user={"id": 42},
            release="1.4",
            environment="production",
            tags=(("service", "checkout"),),
        )
    )
    assert known == {
        "project": "shop",
        "fingerprint": "ab" * 16,
        "episode": 3,
        "service": "checkout",
        "environment": "production",
        "at": "2026-03-10T12:00:00+00:00",
        "since": "2026-03-10T11:45:00+00:00",
        "until": "2026-03-10T12:05:00+00:00",
        "lookback": "2026-02-08T12:00:00+00:00",
        "request_id": "r1",
        "trace_id": "0af7651916cd43dd8448eb211c80319c",
        "user_id": "42",
        "release": "1.4",
        "exception": "KeyError",
        "exception_path": "shop.errors.KeyError",
    }


def test_the_service_is_found_where_it_is_told() -> None:
    otel = {"otel": {"resource": {"service.name": "cart"}}}
    assert bindings(incident(contexts=otel))["service"] == "cart"
    assert bindings(incident())["service"] == "shop"


def test_what_the_event_lacks_or_hides_is_not_asked() -> None:
    known = bindings(incident(user={"id": "[email:08d2e7]"}))
    asked = {question.name for question in choose(shipped(), known)}
    assert asked == {
        "broke_in_window", "deployments_in_window", "first_seen", "same_failure_before", "slowest_calls",
    }  # fmt: skip


def test_answers_are_kept_so_that_anyone_can_ask_again() -> None:
    asked: list[tuple[str, Mapping[str, Json], int]] = []

    def ask(sql: str, bound: Mapping[str, Json], *, limit: int) -> Reply:
        asked.append((sql, bound, limit))
        return Reply(("a",), ((1,), (None,)), milliseconds=2.5)

    evidence = correlate(incident(request_id="r1"), [parse("why", GOOD)], ask)
    (answer,) = evidence.answers
    bound = {"request_id": "r1", "at": "2026-03-10T12:00:00+00:00"}
    assert asked == [("select %(request_id)s, %(at)s", bound, 7)]
    assert (answer.id, answer.question, answer.purpose, answer.bindings) == ("E1", "why", "Why", bound)
    assert (answer.columns, answer.rows, answer.row_count) == (("a",), ((1,), (None,)), 2)
    assert (answer.milliseconds, answer.truncated, answer.sql) == (2.5, False, asked[0][0])
    assert answer.digest == digest(("a",), ((1,), (None,)))
    assert evidence.gaps == ()


def test_a_digest_is_of_the_content() -> None:
    assert digest(("a",), (({"x": 1, "y": 2},),)) == digest(("a",), (({"y": 2, "x": 1},),))
    assert digest(("a",), ((1,),)) != digest(("a",), (("1",),))
    assert digest(("a", "b"), ()) != digest(("ab",), ())
    assert len(digest((), ())) == 64


def test_a_question_without_an_answer_is_a_gap_and_the_others_go_on() -> None:
    def ask(sql: str, bound: Mapping[str, Json], *, limit: int) -> Reply:
        if "first" in sql:
            raise Unanswered("took longer than 2000 ms")
        return Reply(("n",), ((1,),), truncated=True)

    one = parse("one", "-- purpose: p\n-- binds: at\n-- reading: r\nselect 'first', %(at)s")
    two = parse("two", "-- purpose: p\n-- binds: at\n-- reading: r\nselect 'second', %(at)s")
    evidence = correlate(incident(), [one, two], ask)
    assert [(gap.question, gap.reason) for gap in evidence.gaps] == [
        ("one", "took longer than 2000 ms"),
        ("two", "only the first 1 rows are kept"),
    ]
    assert [answer.id for answer in evidence.answers] == ["E1"]


def test_questions_to_the_record_go_to_the_record() -> None:
    def observed(sql: str, bound: Mapping[str, Json], *, limit: int) -> Reply:
        return Reply(("from",), (("observed",),))

    def record(sql: str, bound: Mapping[str, Json], *, limit: int) -> Reply:
        return Reply(("from",), (("record",),))

    here = parse("here", GOOD)
    there = parse("there", GOOD.replace("limit: 7", "asks: record"))
    evidence = correlate(incident(request_id="r"), [here, there], observed, record)
    assert [answer.rows for answer in evidence.answers] == [(("observed",),), (("record",),)]
    assert [
        answer.rows[0][0] for answer in correlate(incident(request_id="r"), [there], observed).answers
    ] == ["observed"]


def test_the_trace_tells_the_services_name_in_the_log() -> None:
    services: list[Json] = []

    def ask(sql: str, bound: Mapping[str, Json], *, limit: int) -> Reply:
        if "service" in bound:
            services.append(bound["service"])
            return Reply(("time",), ())
        return Reply(("service", "exception"), (("gateway", None), ("checkout", "shop.errors.KeyError")))

    correlate(incident(trace_id="a" * 32), shipped(), ask)
    assert services == ["checkout"]
