from __future__ import annotations

import ast
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from triage.build import build_event
from triage.incident import Event
from triage.sentry import read_event

ROOT = Path(__file__).parents[2]


def build(**fields: Any) -> Event:
    return build_event(read_event({"event_id": "1" * 32, **fields}))


def test_a_real_event_is_mapped(event_of: Callable[..., Event]) -> None:
    event = event_of({"run.py": "def main():\n    total = 0\n    return 1 / total\n"})
    assert event.raised is not None
    assert (event.raised.type, event.raised.value, event.raised.handled) == (
        "ZeroDivisionError",
        "division by zero",
        True,
    )
    crash = event.raised.frames[-1]
    assert (crash.function, crash.lineno, crash.vars) == ("main", 3, {"total": "0"})
    assert (event.release, event.environment, event.server_name) == ("shop@1.2.0", "production", "app-1")
    assert event.runtime.startswith(("CPython 3.", ""))
    assert len(event.trace_id) == 32


def test_a_real_chain_keeps_cause_before_consequence(event_of: Callable[..., Event]) -> None:
    tried = "def main():\n    try:\n        {}['a']\n"
    code = f"{tried}    except KeyError as e:\n        raise RuntimeError('no a') from e\n"
    event = event_of({"run.py": code})
    assert [error.type for error in event.exceptions] == ["KeyError", "RuntimeError"]
    assert event.raised is event.exceptions[-1]


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (0, datetime(1970, 1, 1, tzinfo=UTC)),
        ("2026-01-02T03:04:05Z", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)),
        ("2026-01-02T05:04:05.123456789+02:00", datetime(2026, 1, 2, 3, 4, 5, 123456, tzinfo=UTC)),
        ("2026-01-02T03:04:05", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)),
    ],
)
def test_times_are_utc(sent: object, expected: datetime) -> None:
    assert build(timestamp=sent).timestamp == expected


@pytest.mark.parametrize("sent", ["soon", 1e300, -1e18, {}, [], "", True, 9e9, "2199-01-01T00:00:00Z"])
def test_an_odd_time_falls_back_to_the_next_one(sent: object) -> None:
    event = build(timestamp=sent, received=1000.0)
    assert event.timestamp <= datetime(1970, 1, 2, tzinfo=UTC)


def test_a_time_that_has_not_come_yet_is_the_time_of_arrival() -> None:
    assert build(timestamp=9e9, received=9e9).timestamp <= datetime.now(UTC)


@pytest.mark.parametrize(
    "fields",
    [
        {"request": {"url": "/", "headers": {"X-Request-Id": "r-1"}}},
        {"request": {"url": "/", "headers": [["x-request-id", ["r-1"]]]}},
        {"tags": {"request_id": "r-1"}},
        {"extra": {"correlation_id": "r-1"}},
        {"contexts": {"http": {"request_id": "r-1"}}},
    ],
)
def test_the_request_id_is_found_where_teams_put_it(fields: dict[str, Any]) -> None:
    assert build(message="m", **fields).request_id == "r-1"


@pytest.mark.parametrize(
    ("fields", "category"),
    [
        ({}, "error"),
        ({"occurrence": {"type": 1006, "issueTitle": "N+1"}}, "performance"),
        ({"occurrence": {"type": 4001}}, "cron"),
        ({"occurrence": {"type": "x"}}, "other"),
        ({"type": "transaction"}, "performance"),
        ({"type": "csp"}, "security_report"),
        ({"contexts": {"feedback": {"message": "it broke"}}}, "feedback"),
    ],
)
def test_categories_of_events_that_are_no_errors(fields: dict[str, Any], category: str) -> None:
    assert build(**fields).category == category


def test_a_missing_or_false_event_id_is_derived_from_the_content() -> None:
    one, same, other = (build(event_id=i, message=m) for i, m in ((None, "a"), (None, "a"), ("../x", "b")))
    assert one.event_id == same.event_id != other.event_id
    assert all(len(e.event_id) == 32 and int(e.event_id, 16) >= 0 for e in (one, other))


def test_the_template_of_a_message_is_kept() -> None:
    event = build(logentry={"message": "user %s has %s items", "params": ["ann", 3]})
    assert (event.template, event.message) == ("user %s has %s items", "user ann has 3 items")


def test_secrets_do_not_reach_the_event() -> None:
    key = "ghp_" + "a1B2c3D4e5F6" * 3
    event = build(message=f"push failed with {key}", extra={"url": f"https://u:{key}@host/"})
    assert key not in event.model_dump_json()
    assert event.redactions


def test_one_salt_gives_one_placeholder() -> None:
    key = "ghp_" + "a1B2c3D4e5F6" * 3
    raw = read_event({"message": f"token {key}"})
    one, same, other = (build_event(raw, salt=salt).message for salt in (b"a", b"a", b"b"))
    assert one == same != other


def test_deep_and_strange_values_are_held() -> None:
    deep: Any = "end"
    for _ in range(900):
        deep = [deep]
    event = build(extra={"deep": deep, "big": 10**400, "nan": float("nan"), "\ud800": "\ud800\x00"})
    assert Event.model_validate_json(event.model_dump_json()) == event


def test_only_build_makes_events() -> None:
    makers = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for package in ("triage", "healer")
        for path in sorted((ROOT / package).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if _makes_event(node)
    ]
    assert [maker.partition(":")[0] for maker in makers] == ["triage/build.py"], makers


def _makes_event(node: ast.AST) -> bool:
    """Event(...), incident.Event(...), Event.model_construct(...); reading one back is no making."""
    if not isinstance(node, ast.Call):
        return False
    target = node.func
    if isinstance(target, ast.Attribute) and target.attr == "model_construct":
        target = target.value
    return (isinstance(target, ast.Name) and target.id == "Event") or (
        isinstance(target, ast.Attribute)
        and target.attr == "Event"
        and getattr(target.value, "id", "") == "incident"
    )


@pytest.mark.parametrize(
    ("sent", "level"),
    [
        ("critical", "fatal"),
        ("CRITICAL", "fatal"),
        ("ERROR", "error"),
        ("warn", "warning"),
        ("log", "info"),
        (40, "error"),
        (50, "fatal"),
        (None, "error"),
        ("", "error"),
        ("whatever", "error"),
        ({"a": 1}, "error"),
        ("fatal", "fatal"),
    ],
)
def test_a_level_is_one_of_sentrys(sent: object, level: str) -> None:
    raw = {"event_id": "1" * 32, "message": "x", "level": sent}
    assert build_event(read_event(raw)).level == level


def test_the_ends_of_a_deep_stack_are_kept_whole() -> None:
    held = {"vars": {"text": "x" * 4000}, "context_line": "    return walk(node)", "pre_context": ["y" * 500]}
    frames = [{"function": f"walk_{n}", "lineno": n, "in_app": True, **held} for n in range(1, 291)]
    stack = {"type": "RecursionError", "value": "too deep", "stacktrace": {"frames": frames}}
    raised = build(exception={"values": [stack]}).raised
    assert raised is not None
    assert (raised.type, raised.value, len(raised.frames)) == ("RecursionError", "too deep", 290)
    assert raised.frames[0].vars == raised.frames[-1].vars == held["vars"]
    assert (raised.frames[100].function, raised.frames[100].vars) == ("walk_101", {})
