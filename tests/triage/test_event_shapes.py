from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from triage.build import build_event
from triage.grouping import fingerprint
from triage.incident import Shape
from triage.sentry import Malformed, read_event

FRAME = {
    "filename": "shop/cart.py",
    "abs_path": "/srv/app/shop/cart.py",
    "function": "total",
    "module": "shop.cart",
    "lineno": 3,
    "in_app": True,
    "context_line": "    return a / b",
    "pre_context": ["def total(a, b):"],
    "post_context": [""],
    "vars": {"b": "0"},
}
ENVELOPE = {
    "event_id": "1" * 32,
    "platform": "python",
    "timestamp": 1795167681.4,
    "release": "shop@1",
    "tags": {"customer": "7"},
    "request": {
        "url": "http://shop/cart",
        "method": "POST",
        "headers": {"X-Request-ID": "r-1"},
        "query_string": "a=1",
    },
    "exception": {
        "values": [
            {
                "type": "ZeroDivisionError",
                "value": "division by zero",
                "mechanism": {"type": "flask", "handled": False},
                "stacktrace": {"frames": [FRAME]},
            }
        ]
    },
}
API_FRAME = {
    "filename": "shop/cart.py",
    "absPath": "/srv/app/shop/cart.py",
    "function": "total",
    "module": "shop.cart",
    "lineNo": 3,
    "inApp": True,
    "vars": {"b": "0"},
    "context": [[2, "def total(a, b):"], [3, "    return a / b"], [4, ""]],
}
API = {
    "eventID": "1" * 32,
    "groupID": "77",
    "platform": "python",
    "dateCreated": "2026-11-20T09:41:21.400000Z",
    "release": {"version": "shop@1", "lastCommit": {"id": "c" * 40}},
    "tags": [{"key": "customer", "value": "7"}],
    "packages": {"flask": "3.1"},
    "entries": [
        {
            "type": "exception",
            "data": {
                "values": [
                    {
                        "type": "ZeroDivisionError",
                        "value": "division by zero",
                        "stacktrace": {"frames": [API_FRAME]},
                    }
                ]
            },
        },
        {
            "type": "request",
            "data": {
                "url": "http://shop/cart",
                "method": "POST",
                "query": [["a", "1"]],
                "headers": [["X-Request-ID", "r-1"]],
            },
        },
    ],
}


def webhook(event: dict[str, Any]) -> dict[str, Any]:
    return {"action": "triggered", "data": {"event": {**event, "issue_id": "77"}}}


def test_three_shapes_make_one_event() -> None:
    sent, hooked, fetched = read_event(ENVELOPE), read_event(webhook(ENVELOPE)), read_event(API)
    assert [raw.shape for raw in (sent, hooked, fetched)] == [Shape.ENVELOPE, Shape.WEBHOOK, Shape.API]
    events = [build_event(raw) for raw in (sent, hooked, fetched)]
    assert len({fingerprint(event) for event in events}) == 1
    for event in events:
        assert event.raised is not None
        frame = event.raised.frames[-1]
        assert (frame.lineno, frame.context_line, frame.pre_context) == (
            3,
            "    return a / b",
            ("def total(a, b):",),
        )
        assert (event.release, event.request_id, event.tags) == ("shop@1", "r-1", (("customer", "7"),))
        assert event.request is not None
        assert (event.request.query, event.request.method) == ("a=1", "POST")
    assert events[2].contexts["release"] == {"commit": "c" * 40}
    assert [event.issue_id for event in events] == ["", "77", "77"]


def test_a_hooks_bare_event_is_recognised() -> None:
    assert read_event({**ENVELOPE, "grouping_config": {}}).shape is Shape.WEBHOOK


@pytest.mark.parametrize(
    "exception",
    [
        [{"type": "E", "value": "v"}],
        {"type": "E", "value": "v"},
        {"values": [{"type": "E", "value": "v"}, None, 3]},
    ],
)
def test_exceptions_in_any_spelling(exception: object) -> None:
    event = build_event(read_event({"platform": "go", "exception": exception}))
    assert [(error.type, error.value) for error in event.exceptions] == [("E", "v")]


@pytest.mark.parametrize(
    "fields",
    [
        {"message": "user 3 left"},
        {"message": {"message": "user %s left", "params": [3]}},
        {"logentry": {"message": "user %s left", "params": ["3"]}},
        {"logentry": {"message": "user %s left", "formatted": "user 3 left"}},
        {"logentry": "user 3 left"},
    ],
)
def test_messages_in_any_spelling(fields: dict[str, Any]) -> None:
    assert build_event(read_event({"event_id": "1" * 32, **fields})).message == "user 3 left"


@pytest.mark.parametrize(
    "tags", [{"a": "1"}, [["a", "1"]], [{"key": "a", "value": 1}], [["a", "1"], ["odd"], None]]
)
def test_tags_in_any_spelling(tags: object) -> None:
    assert build_event(read_event({"message": "m", "tags": tags})).tags == (("a", "1"),)


def test_a_stack_beside_its_exception_is_lent_to_it() -> None:
    thread = {"crashed": True, "stacktrace": {"frames": [FRAME]}}
    sent = {"exception": [{"type": "SIGSEGV"}], "threads": {"values": [{"id": 1}, thread]}}
    raised = build_event(read_event(sent)).raised
    assert raised is not None
    assert [frame.function for frame in raised.frames] == ["total"]


def test_a_message_with_a_stack_has_frames_but_no_type() -> None:
    sent = {"message": "odd", "threads": {"values": [{"current": True, "stacktrace": {"frames": [FRAME]}}]}}
    event = build_event(read_event(sent))
    assert [(error.type, len(error.frames)) for error in event.exceptions] == [("", 1)]


def test_hostile_lengths_are_trimmed_in_the_middle() -> None:
    frames = [{**FRAME, "function": f"f{number}"} for number in range(5000)]
    sent = {"exception": [{"type": "E", "stacktrace": {"frames": frames}}]}
    kept = read_event(sent).payload["exception"]["values"][0]["stacktrace"]["frames"]
    assert (len(kept), kept[0]["function"], kept[-1]["function"]) == (300, "f0", "f4999")


@pytest.mark.parametrize(
    "obj", [None, 3, "x", [], {}, {"a": 1}, {"action": "created", "data": {"issue": {}}}]
)
def test_what_is_no_event_is_malformed(obj: object) -> None:
    with pytest.raises(Malformed):
        read_event(obj)


def test_recorded_events_are_read(contracts: Path) -> None:
    paths = [*(contracts / "events").glob("*.json"), *(contracts / "sentry").glob("api-event.*.json")]
    for path in paths:
        event = build_event(read_event(json.loads(path.read_text())))
        assert event.exceptions, path.name
        assert event.raised is not None
        assert event.raised.type, path.name
    assert len(paths) > 15
