"""What the two encodings of OTLP have in common: a record's parts, and which of them are columns."""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

from healer.eventlog.row import COLUMNS, STRING_CHARS

DEPTH = 16  # of nested attribute values

# Resource attributes that say nothing about one event and would be repeated in all of them.
_NOISE = ("telemetry.", "process.", "os.")

Values: TypeAlias = tuple[dict[str, Any], dict[str, Any]]  # (by column, other attributes)


class Malformed(ValueError):
    """The whole body cannot be read."""


class BadRecord(ValueError):
    """One record cannot be used; the others of its request can."""


class Record(NamedTuple):
    nanoseconds: int  # since 1970; 0 is unknown
    severity: tuple[int, str]
    body: Any
    ids: tuple[str | None, str | None]  # trace, span: hex
    lifted: dict[str, Any]
    attributes: dict[str, Any]


def lift(lifted: dict[str, Any], column: tuple[str, float], value: Any) -> None:
    """Set a column's value, in milliseconds where it is a duration, unless it has one."""
    name, factor = column
    if name not in lifted and value not in (None, ""):
        lifted[name] = value * factor if factor and isinstance(value, int | float) else value


def sort(key: str, value: Any, lifted: dict[str, Any], others: dict[str, Any]) -> None:
    column = COLUMNS.get(key)
    if column is None:
        others[key] = value
    else:
        lift(lifted, column, value)


def resource(values: Values) -> Values:
    lifted, others = values
    return lifted, {key: value for key, value in others.items() if not key.startswith(_NOISE)}


def shortened(text: str) -> str:
    return text if len(text) <= STRING_CHARS else text[:STRING_CHARS] + "…"


def too_deep(depth: int) -> None:
    if depth > DEPTH:
        raise BadRecord(f"attribute nested deeper than {DEPTH}")
