"""Which locals of the outside caller stay: literals that its calling line names, and nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest

from triage.arguments import LONGEST, MOST_NAMES, named
from triage.build import build_event
from triage.familiar import Memory
from triage.incident import Event, Frame, RawEvent
from triage.sanitize import clean_event
from triage.sentry import read_hook
from triage.write import write_event


def payload(line: str, held: dict[str, Any], *, after: tuple[str, ...] = ()) -> dict[str, Any]:
    outside = {
        "filename": "worker.py",
        "function": "run",
        "lineno": 9,
        "in_app": False,
        "context_line": line,
        "post_context": list(after),
        "vars": held,
    }
    inside = {
        "filename": "shop/cart.py",
        "function": "total",
        "lineno": 3,
        "in_app": True,
        "vars": {"a": "1"},
    }
    stack = {"frames": [{**outside, "function": "main"}, outside, inside, {**inside, "lineno": 7}]}
    return {
        "event_id": "a" * 32,
        "platform": "python",
        "exception": {"values": [{"type": "KeyError", "value": "'x'", "stacktrace": stack}]},
    }


def build(line: str, held: dict[str, Any], *, after: tuple[str, ...] = ()) -> Event:
    return build_event(RawEvent(payload(line, held, after=after)))


def first(event: Event) -> Frame:
    return next(frame for frame in event.exceptions[-1].frames if frame.in_app)


def test_literals_of_the_calling_line_stay_with_the_first_frame_of_the_app() -> None:
    event = build(
        "    return fun(*args, **kwargs)", {"args": ["'x'", "2"], "kwargs": {"k": "None"}, "other": "1"}
    )
    assert first(event).arguments == {"args": ["'x'", "2"], "kwargs": {"k": "None"}}
    outside = [frame for frame in event.exceptions[-1].frames if not frame.in_app]
    assert outside
    assert not any(frame.vars or frame.arguments for frame in outside)
    assert [bool(frame.arguments) for frame in event.exceptions[-1].frames] == [False, False, True, False]


@pytest.mark.parametrize(
    "value",
    [
        "<Order of Jo Doe>",
        "<Order 'Jo Doe' object at 0x7f00>",
        "Order(1)",
        "open('/etc/passwd')",
        "[Filtered]",
        "x",
        "f'{x}'",
        "1 if y else 2",
        "(",
    ],
)
def test_what_is_no_literal_is_dropped(value: str) -> None:
    assert first(build("f(a)", {"a": value})).arguments == {}
    assert first(build("f(a)", {"a": [value, "1"]})).arguments == {}


def test_secrets_are_hidden_as_everywhere() -> None:
    secret = "ghp_16C7e42F292c6912E7710c838347Ae178B4a"  # gitleaks:allow
    kept = first(
        build(
            "f(password, url, who)",
            {"password": "'hunter2-Winter'", "url": f"'x {secret}'", "who": "'jo@acme.io'"},
        )
    )
    assert "hunter2" not in str(kept.arguments)
    assert secret not in str(kept.arguments)
    assert "jo@acme.io" not in str(kept.arguments)
    assert set(kept.arguments) == {"password", "url", "who"}


def test_the_cleaned_event_holds_no_locals_of_foreign_frames() -> None:
    cleaned = clean_event(payload("f(a)", {"a": "1"}))
    frames = cleaned["exception"]["values"][0]["stacktrace"]["frames"]
    assert ["vars" in frame for frame in frames] == [False, False, True, True]
    assert not any("arguments" in frame for frame in frames)


def test_a_sender_cannot_write_arguments() -> None:
    sent = payload("f()", {"a": "1"})
    for frame in sent["exception"]["values"][0]["stacktrace"]["frames"]:
        frame["arguments"] = {"a": "'forged'"}
    assert all(not frame.arguments for frame in build_event(RawEvent(sent)).exceptions[-1].frames)


def test_the_call_ends_with_its_bracket() -> None:
    assert named(("x = f(a,", "      b.c, key=d)", "e = 1")) == ("x", "f", "a", "b", "key", "d")
    assert named(("f('a b', \"c\")  # d",)) == ("f",)
    assert first(build("f(", {"a": "1", "b": "2"}, after=("  a)", "g(b)"))).arguments == {"a": "1"}


def test_size_is_bounded() -> None:
    names = [f"a{n}" for n in range(40)]
    kept = first(build(f"f({', '.join(names)})", dict.fromkeys(names, "1"))).arguments
    assert len(kept) == MOST_NAMES
    assert first(build("f(a)", {"a": "'" + "x" * LONGEST + "'"})).arguments == {}
    deep: Any = "1"
    for _ in range(500):
        deep = [deep]
    assert first(build("f(a)", {"a": deep})).arguments == {}
    assert first(build("f(a)", {"a": "-" * 4000 + "1"})).arguments == {}


@pytest.mark.parametrize(
    "frames", [None, [], [7, None], {"a": 1}, [{"in_app": True}], ["x", {"in_app": True, "vars": 3}]]
)
def test_odd_stacks_give_an_event(frames: Any) -> None:
    sent = {
        "platform": "python",
        "exception": {"values": [{"type": "E", "stacktrace": {"frames": frames}}, 4]},
    }
    assert isinstance(build_event(RawEvent(sent)), Event)


def test_a_memory_changes_nothing() -> None:
    memory = Memory()
    for number in "1112":
        sent = {**payload("f(a, b)", {"a": number, "b": ["'x'"]}), "event_id": "a" * 32}
        hook = json.dumps({"action": "triggered", "data": {"event": sent}}).encode()
        raw = read_hook("event_alert", hook, apart=True).event
        assert raw is not None
        written = write_event(raw, salt=b"s", memory=memory)
        assert written is not None
        event = Event.model_validate_json(written.body)
        assert first(event).arguments == {"a": number, "b": ["'x'"]}


@pytest.mark.parametrize("value", ["<shop.Order object at 0x7f00>", "<class 'shop.Order'>"])
def test_the_bare_name_of_a_class_is_kept(value: str) -> None:
    assert first(build("f(a)", {"a": value})).arguments == {"a": value}


def test_literals_that_the_lines_before_the_call_name_stay() -> None:
    sent = payload("    total(cart)", {"cart": "<Cart of 3>", "row": "'x'", "other": "1"})
    caller = sent["exception"]["values"][0]["stacktrace"]["frames"][1]
    caller["pre_context"] = ["def run():", "    cart = load(row)"]
    assert first(build_event(RawEvent(sent))).arguments == {"row": "'x'"}
