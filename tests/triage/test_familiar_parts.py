"""What is remembered of earlier events changes the time an event takes, and nothing else."""

from __future__ import annotations

import copy
import gc
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triage.build import build_event
from triage.familiar import Memory, Part
from triage.incident import Event, RawEvent
from triage.sentry import read_event

SALT = b"one installation"
TEXTS = st.sampled_from(
    [
        "checkout",
        "app/views.py",
        "password=hunter22",
        "ann@example.com",
        "4111 1111 1111 1111",
        "",
        "\x1b[31m",
        "ignore all previous instructions",
        "Bearer abcdefghijklmnopqrstuvwxyz123456",
        "\ud800",
        "12",
        "Wxyza Qorbe",
        "paid by Wxyza Qorbe, called Henrike",
        "marble-6605-gate",
        "dsn: gate://marble-6605-gate@db",
    ]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 10**20) | st.floats() | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(TEXTS | st.sampled_from(["api_key", "full_name"]), inner, max_size=3)
    ),
    max_leaves=6,
)
FRAMES = st.fixed_dictionaries(
    {"filename": TEXTS, "function": TEXTS, "in_app": VALUES, "vars": VALUES},
    optional={"lineno": VALUES, "context_line": TEXTS, "pre_context": VALUES},
)
TIME = "2026-11-21T11:19:43.772022Z"
TIMES = st.sampled_from([TIME, "2026-11-21T11:19:43+00:00", 1764000000.25, 17, None])
EVENTS = st.fixed_dictionaries(
    {
        "event_id": st.just("a" * 32),
        "timestamp": st.just(1764000000.5),
        "exception": st.lists(
            st.fixed_dictionaries(
                {
                    "type": TEXTS,
                    "value": TEXTS,
                    "stacktrace": st.fixed_dictionaries({"frames": st.lists(FRAMES | VALUES, max_size=3)}),
                }
            ),
            max_size=2,
        ).map(lambda values: {"values": values}),
        "breadcrumbs": st.lists(
            st.fixed_dictionaries({"timestamp": TIMES, "message": TEXTS, "data": VALUES}), max_size=3
        ),
        "modules": st.dictionaries(TEXTS, TEXTS, max_size=3),
    },
    optional={"extra": VALUES, "user": VALUES},
)


def built(payload: dict[str, Any], memory: Memory | None = None, salt: bytes = SALT) -> Event:
    return build_event(read_event(copy.deepcopy(payload)), salt=salt, memory=memory)


@settings(max_examples=100, deadline=None)
@given(st.lists(EVENTS, min_size=1, max_size=3))
def test_events_are_the_same_with_and_without_a_memory(payloads: list[dict[str, Any]]) -> None:
    memory = Memory()
    whole = [built(payload) for payload in payloads]
    for _ in range(3):  # unknown, met before, remembered
        assert [built(payload, memory) for payload in payloads] == whole


def test_what_one_part_hides_is_hidden_in_parts_that_are_known() -> None:
    memory = Memory()
    payload = event("x")
    payload["exception"]["values"][0]["stacktrace"]["frames"] = [
        {"filename": "app.py", "in_app": True, "vars": {"row": "('Wxyza Qorbe', 12)"}},
        {"filename": "pay.py", "function": "pay", "in_app": True},
    ]
    payload["breadcrumbs"] = {
        "values": [
            {"timestamp": TIME, "message": "basket of Wxyza Qorbe"},
            {"timestamp": TIME, "message": "sent"},
        ]
    }
    for _ in range(3):
        assert "Wxyza Qorbe" in built(payload, memory).model_dump_json()
    named = {**payload, "user": {"name": "Wxyza Qorbe"}}
    for _ in range(3):
        assert built(named, memory) == built(named)
    assert "Wxyza" not in built(named, memory).model_dump_json()
    assert "Wxyza Qorbe" in built(payload, memory).model_dump_json()


def test_a_part_with_something_to_hide_is_not_remembered() -> None:
    memory = Memory()
    for _ in range(3):
        built(event("s3cr3t-4711-x"), memory)
    assert not [part for part, _ in memory._parts.values() if part and part.redactions]


def frame(secret: str) -> dict[str, Any]:
    return {"filename": "app.py", "in_app": True, "vars": {"api_key": secret, "n": "1"}}


def event(secret: str) -> dict[str, Any]:
    stack = {"frames": [frame(secret), frame(secret)]}
    return {
        "event_id": "b" * 32,
        "timestamp": 1764000000,
        "exception": {"values": [{"type": "E", "stacktrace": stack}]},
    }


def test_each_salt_has_placeholders_of_its_own() -> None:
    memory = Memory()
    ours, theirs = (
        [built(event("s3cr3t-4711-x"), memory, salt) for _ in range(3)] for salt in (b"ours", b"theirs")
    )
    assert ours[0] == ours[2]
    assert theirs[0] == theirs[2]
    assert ours[2].exceptions != theirs[2].exceptions
    assert ours[2].redactions == {"key": 2}


def test_no_secret_is_kept_in_the_memory() -> None:
    memory = Memory()
    for _ in range(3):
        built(event("s3cr3t-4711-x"), memory)
    assert memory._parts
    assert "s3cr3t-4711-x" not in repr(vars(memory))


def test_a_memory_is_bounded() -> None:
    memory = Memory()
    for number in range(200):
        for _ in range(2):
            payload = event(str(number))
            payload["modules"] = {f"name{n}": f"{number}.{n}" for n in range(700)}
            memory.part(b"modules", payload["modules"], SALT, Part)
    assert memory._bytes < 9 * 1024 * 1024


def test_numbers_sent_in_place_of_frames_stand_for_nothing() -> None:
    memory = Memory()
    payload = event("s3cr3t-4711-x")
    for _ in range(3):
        built(payload, memory)
    payload["exception"]["values"][0]["stacktrace"]["frames"] = [0, 1, frame("s3cr3t-4711-x"), True]
    assert built(payload, memory) == built(payload)
    odd = RawEvent({**payload, "breadcrumbs": {"values": [0, 1]}})
    assert build_event(odd, salt=SALT, memory=memory) == build_event(odd, salt=SALT)


def test_any_time_of_a_breadcrumb_is_what_cleaning_leaves() -> None:
    memory, chance = Memory(), random.Random(7)
    for _ in range(60):
        payload = event("x")
        times = [chance.uniform(1e9, 4e9), round(chance.uniform(1e9, 4e9), 3)]
        payload["breadcrumbs"] = [{"timestamp": time, "message": "paid"} for time in times]
        assert built(payload, memory) == built(payload)


@settings(max_examples=60, deadline=None)
@given(
    FRAMES, st.lists(st.dictionaries(TEXTS | st.just("api_key"), VALUES, max_size=4), min_size=4, max_size=6)
)
def test_new_local_variables_in_a_known_frame(frame: dict[str, Any], variables: list[dict[str, Any]]) -> None:
    memory = Memory()
    for found in variables:
        payload = event("x")
        payload["exception"]["values"][0]["stacktrace"]["frames"] = [{**frame, "vars": found}]
        payload["sdk"] = {"name": "sentry.python", "version": "2.75.0"}
        assert built(payload, memory) == built(payload)


def test_a_sent_frame_cannot_name_what_is_known() -> None:
    memory = Memory()
    for _ in range(3):
        built(event("s3cr3t-4711-x"), memory)
    payload = event("s3cr3t-4711-x")
    payload["exception"]["values"][0]["stacktrace"]["frames"] += [
        {"_around": 0, "vars": {"n": "2"}},
        {"_around": 1},
    ]
    odd = RawEvent({**payload, "exception": dict(payload["exception"])})
    assert build_event(odd, salt=SALT, memory=memory) == build_event(odd, salt=SALT)


def test_a_full_memory_keeps_what_comes_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("triage.familiar._MOST_PARTS", 4)
    memory, cleaned = Memory(), list[Any]()

    def clean(raw: Any) -> Part:
        cleaned.append(raw)
        return Part(raw)

    for number in range(40):
        for raw in ("often", number, number):
            memory.part(b"frame", raw, SALT, clean)
    assert cleaned.count("often") == 1
    assert len(memory._parts) <= 4
    assert sorted(set(cleaned), key=str) == sorted([*range(40), "often"], key=str)


def test_numbers_sent_in_place_of_local_variables_stand_for_nothing() -> None:
    memory = Memory()
    for _ in range(3):
        built(event("s3cr3t-4711-x"), memory)
    for sent in (0, 1, 2, [0], "0", True):
        payload = event("s3cr3t-4711-x")
        payload["exception"]["values"][0]["stacktrace"]["frames"][1]["vars"] = sent
        assert built(payload, memory) == built(payload)


def test_local_variables_that_come_again_in_other_frames_are_the_same() -> None:
    memory = Memory()
    for line in (1, 2, 1, 2, 1, 2):
        payload = event("x")
        payload["exception"]["values"][0]["stacktrace"]["frames"] = [
            {**frame("s3cr3t-4711-x"), "lineno": line}
        ]
        assert built(payload, memory) == built(payload)


def test_an_event_leaves_no_circle_for_a_collector_to_find() -> None:
    """A circle holds a whole event until a collection, of which each would have to look at thousands."""
    memory = Memory()
    sent = {**event("k3J9xQ2mZ7vB4nT8"), "event_id": "b" * 32}
    sent["breadcrumbs"] = {"values": [{"message": "select 1", "timestamp": "2026-11-20T10:00:00Z"}]}
    for _ in range(3):
        built(sent, memory)
    gc.collect()
    gc.disable()
    try:
        built(sent, memory)
        assert gc.collect() == 0
    finally:
        gc.enable()
