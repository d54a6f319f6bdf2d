"""What a question may be asked anew with: chosen from the incident and its evidence, never written."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from triage.correlate import parse
from triage.incident import Answer, Event, ExceptionInfo, Incident
from triage.inquiry import FREE, MOST, NotAskable, Window, bound, choices

AT = datetime(2026, 3, 10, 12, tzinfo=UTC)
OURS = Incident(
    project="shop",
    fingerprint="ab" * 16,
    event=Event(event_id="e1", timestamp=AT, request_id="r-1", exceptions=(ExceptionInfo(type="KeyError"),)),
)
REQUEST = parse("q", "-- purpose: p\n-- binds: request_id, since, until\n-- reading: r\n"
                "select %(request_id)s, %(since)s, %(until)s")  # fmt: skip
WHOLE = parse("w", "-- purpose: p\n-- binds: project, fingerprint, exception, exception_path\n-- reading: r\n"
              "select %(project)s, %(fingerprint)s, %(exception)s, %(exception_path)s")  # fmt: skip


def seen(*values: object, question: str = "request_events", column: str = "request_id") -> Answer:
    return Answer(id="E1", question=question, columns=("x", column), rows=tuple(("x", v) for v in values))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "value",
    [
        "r 2",
        "",
        None,
        7,
        "[email:1f]",
        "r'2",
        "r%2",
        "é",
        "r" * 201,
        "r\n2",
        ["r-2"],
        {"a": "r-2"},
        "\u202er",
    ],
)
def test_only_what_reads_as_an_identifier_may_be_chosen(value: object) -> None:
    assert choices(OURS, [seen(value)])["request_id"] == ("r-1",)


def test_the_incidents_own_comes_first_then_what_evidence_shows_once() -> None:
    found = choices(OURS, [seen("r-2", "r-1", "r-2", "a:b/c.d@e"), seen("r-3", column="other")])
    assert found["request_id"] == ("r-1", "r-2", "a:b/c.d@e")
    assert found["exception"] == ("KeyError",)
    assert found["user_id"] == ()


def test_what_the_asker_named_itself_is_no_evidence() -> None:
    assert choices(OURS, [seen("r-2", question=FREE)])["request_id"] == ("r-1",)


def test_choices_are_bounded() -> None:
    assert len(choices(OURS, [seen(*(f"r-{n}" for n in range(2, 1000)))])["request_id"]) == MOST


def test_a_chosen_value_and_window_are_bound_and_nothing_else_can_be() -> None:
    window = Window(at=AT - timedelta(days=1), before=timedelta(hours=6), after=timedelta())
    values = bound(REQUEST, OURS, [seen("r-2")], {"request_id": "r-2"}, window)
    assert values == {
        "request_id": "r-2",
        "since": "2026-03-09T06:00:00+00:00",
        "until": "2026-03-09T12:00:00+00:00",
    }
    both = bound(WHOLE, OURS, [seen("a.B", column="exception")], {"exception": "a.B"})
    assert both == {
        "project": "shop", "fingerprint": "ab" * 16, "exception": "a.B", "exception_path": "a.B"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("chosen", "window", "code"),
    [
        ({"request_id": "r-2"}, Window(), "not_in_evidence"),
        ({"exception": "KeyError"}, Window(), "not_bound"),
        ({}, Window(at=AT - timedelta(days=31)), "window"),
        ({}, Window(at=AT + timedelta(hours=2)), "window"),
        ({}, Window(before=timedelta(hours=7)), "window"),
        ({}, Window(after=timedelta(hours=2)), "window"),
        ({}, Window(before=timedelta(hours=-1)), "window"),
    ],
)
def test_everything_else_is_refused_with_a_code(chosen: dict[str, str], window: Window, code: str) -> None:
    with pytest.raises(NotAskable) as no:
        bound(REQUEST, OURS, [], chosen, window)
    assert no.value.code == code


def test_a_time_without_a_zone_is_utc_and_a_missing_identifier_is_named() -> None:
    naive = Window(at=AT.replace(tzinfo=None))
    assert bound(REQUEST, OURS, [], {}, naive) == bound(REQUEST, OURS, [], {})
    without = OURS.model_copy(update={"event": OURS.event.model_copy(update={"request_id": ""})})
    with pytest.raises(NotAskable, match="needs request_id"):
        bound(REQUEST, without, [], {})
