"""One event as a row of `eventlog.event`, and what of OpenTelemetry's naming becomes which column."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple

import orjson

MESSAGE_CHARS = 16_384
STRING_CHARS = 16_384
ATTRIBUTES_BYTES = 65_536
ID_CHARS = 200  # a btree entry holds some 2,700 bytes
EXCEPTION_CHARS = 500


class Row(NamedTuple):
    """The columns, in the table's order. `time` is ISO 8601 UTC; `attributes` is a JSON object."""

    time: str
    level: str
    service: str
    message: str
    request_id: str | None
    trace_id: str | None  # 32 lower-case hex
    span_id: str | None  # 16 lower-case hex
    user_id: str | None
    release: str
    environment: str
    duration: float | None  # milliseconds
    attributes: str


# Attribute -> (column, factor to milliseconds for durations). The first one found wins.
# Names: OpenTelemetry semantic conventions of today and yesterday, ECS, and what loggers write.
COLUMNS: dict[str, tuple[str, float]] = {
    **dict.fromkeys(
        ("request_id", "request.id", "requestId", "http.request.id", "http.request_id", "x-request-id",
         "http.request.header.x-request-id", "http.request.header.x_request_id", "correlation_id"),
        ("request_id", 0.0),
    ),
    **dict.fromkeys(("user.id", "user_id", "enduser.id", "enduser.pseudo.id", "usr.id"), ("user_id", 0.0)),
    **dict.fromkeys(("trace_id", "trace.id", "otelTraceID"), ("trace_id", 0.0)),
    **dict.fromkeys(("span_id", "span.id", "otelSpanID"), ("span_id", 0.0)),
    **dict.fromkeys(("service.name", "service"), ("service", 0.0)),
    **dict.fromkeys(("service.version", "release", "sentry.release"), ("release", 0.0)),
    **dict.fromkeys(
        ("deployment.environment.name", "deployment.environment", "environment", "sentry.environment"),
        ("environment", 0.0),
    ),
    **dict.fromkeys(
        ("duration", "duration_ms", "duration.ms", "elapsed_ms", "http.server.duration",
         "http.client.duration"),
        ("duration", 1.0),
    ),
    **dict.fromkeys(
        ("duration_s", "http.server.request.duration", "http.client.request.duration",
         "db.client.operation.duration", "rpc.server.call.duration", "rpc.client.call.duration"),
        ("duration", 1e3),
    ),
    **dict.fromkeys(("event.duration", "duration_ns"), ("duration", 1e-6)),
}  # fmt: skip

# A severity_number's level, by (number - 1) // 4.
_LEVELS = ("trace", "debug", "info", "warn", "error", "fatal")
_LEVEL_NAMES = {
    **{name: name for name in _LEVELS},
    "verbose": "trace", "information": "info", "informational": "info", "notice": "info", "warning": "warn",
    "err": "error", "severe": "error", "critical": "fatal", "crit": "fatal", "alert": "fatal",
    "emergency": "fatal", "emerg": "fatal", "panic": "fatal",
}  # fmt: skip


def level(number: int, text: str, attributes: Mapping[str, Any]) -> str:
    """OTLP's severity as a level. Without one, an event that carries an exception is an error."""
    if 1 <= number <= 24:
        return _LEVELS[(number - 1) >> 2]
    known = _LEVEL_NAMES.get(text.lower()) if text else None
    return known or ("error" if "exception.type" in attributes else "info")


def make(
    nanoseconds: int,
    severity: tuple[int, str],
    message: str,
    ids: tuple[str | None, str | None],
    lifted: Mapping[str, Any],
    attributes: dict[str, Any],
) -> Row:
    """A row from a record's parts.

    `ids`: trace and span id, hex. `lifted`: values by column, as `COLUMNS` sorted them out;
    `attributes`: the others, JSON values."""
    get = lifted.get
    duration = get("duration")
    return Row(
        time=moment(nanoseconds),
        level=level(*severity, attributes),
        service=_short(get("service")) or "",
        message=message if len(message) <= MESSAGE_CHARS else message[:MESSAGE_CHARS] + "…",
        request_id=_short(get("request_id")),
        trace_id=ids[0] or _hex(get("trace_id"), 32),
        span_id=ids[1] or _hex(get("span_id"), 16),
        user_id=_short(get("user_id")),
        release=_short(get("release")) or "",
        environment=_short(get("environment")) or "",
        duration=None if duration is None else _finite(duration),
        attributes=_json(attributes),
    )


def moment(nanoseconds: int) -> str:
    seconds, rest = divmod(nanoseconds, 1_000_000_000)
    return f"{_second(seconds)}.{rest // 1000:06d}Z"


@lru_cache(maxsize=4096)
def _second(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")


def _short(value: Any) -> str | None:
    """An id or a name as text; a list (of a header's values) gives its first."""
    if isinstance(value, list):
        value = value[0] if value else None
    if value is None or value == "":
        return None
    text = value if isinstance(value, str) else str(value)
    return text if len(text) <= ID_CHARS else text[:ID_CHARS]


def _hex(value: Any, length: int) -> str | None:
    """A trace or span id of `length` hex digits; anything else, and all zeros, means there is none."""
    if not isinstance(value, str) or len(value) != length:
        return None
    try:
        return value.lower() if int(value, 16) else None
    except ValueError:
        return None


hexadecimal = _hex


def _finite(value: Any) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if math.isfinite(number) and number >= 0 else None


def _json(attributes: dict[str, Any]) -> str:
    exception = attributes.get("exception.type")
    if isinstance(exception, str) and len(exception) > EXCEPTION_CHARS:
        attributes["exception.type"] = exception[:EXCEPTION_CHARS]
    text = orjson.dumps(attributes)
    return (text if len(text) <= ATTRIBUTES_BYTES else _cut(attributes)).decode()


def _cut(attributes: dict[str, Any]) -> bytes:
    """As many attributes as fit, smallest first, so that one large value cannot push out all others."""
    sizes = sorted((len(orjson.dumps(value)) + len(key) * 6 + 8, key) for key, value in attributes.items())
    kept: dict[str, Any] = {"log.truncated": True}
    room = ATTRIBUTES_BYTES - 64
    for size, key in sizes:
        room -= size
        if room < 0:
            break
        kept[key] = attributes[key]
    return orjson.dumps(kept)
