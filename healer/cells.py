"""A database's values as clean JSON."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, TypeAlias

from triage.noun import Json
from triage.sanitize.text import clean, together

Clean: TypeAlias = Callable[[frozenset[str]], Mapping[str, str]]  # each text, and what may be shown of it
Row: TypeAlias = tuple[Json, ...]


def sanitized(texts: frozenset[str]) -> dict[str, str]:
    """Most texts of a log can be told together; the others are cleaned one by one."""
    told = together(sorted(texts))  # also of what is left of those that hide something
    return {text: (told.get(text) or clean(text)).text for text in texts}


def cleaned(rows: Iterable[Row], clean: Clean) -> tuple[Row, ...]:
    """The rows with every text in them, also inside JSON, replaced by what may be shown of it."""
    kept = list(rows)
    known = clean(frozenset(text for row in kept for cell in row for text in _texts(cell)))
    return tuple(tuple(_with(cell, known) for cell in row) for row in kept)


def _texts(value: Json) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from _texts(item)


def _with(value: Json, known: Mapping[str, str]) -> Json:
    if isinstance(value, str):
        return known[value]
    if isinstance(value, list):
        return [_with(item, known) for item in value]
    if isinstance(value, dict):
        return {known[key]: _with(item, known) for key, item in value.items()}
    return value


def as_json(value: Any) -> Json:
    """Times as ISO 8601 in UTC, intervals in seconds, bytes in hex; what JSON has no word for as text."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, datetime):
        return (value.astimezone(UTC) if value.tzinfo else value).isoformat()
    if isinstance(value, dict):
        return {str(key): as_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(item) for item in value]
    return _rarely(value)


def _rarely(value: Any) -> Json:
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, Decimal):
        return as_json(
            int(value) if value.is_finite() and value == value.to_integral_value() else float(value)
        )
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return str(value)


def size(value: Any) -> int:
    """About how many bytes a value takes."""
    if isinstance(value, str | bytes | memoryview):
        return len(value)
    if isinstance(value, dict):
        return sum(size(key) + size(item) for key, item in value.items())
    if isinstance(value, list | tuple):
        return sum(map(size, value))
    return 8
