"""Plain JSON of whatever was sent: what Python can walk and UTF-8 can hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from triage.lenient import integer, items, text
from triage.noun import Json

MAX_DEPTH = 24  # real events have at most ten


def bounded(payload: Mapping[str, Any]) -> dict[str, Any]:
    """A copy in plain JSON that Python can walk and UTF-8 can hold, whatever was sent."""
    return {
        _text(name): value if _is_plain(value, MAX_DEPTH) else plain(value, MAX_DEPTH)
        for name, value in payload.items()
    }


def _is_plain(value: object, depth: int) -> bool:
    """Whether `plain` would return an equal value, which spares the copy."""
    return _are_plain((value,), depth)


def _are_plain(values: Iterable[Any], depth: int) -> bool:
    for value in values:
        if type(value) is str:
            fits = value.isascii()
        elif type(value) is dict:
            fits = depth > 0 and _are_names(value) and _are_plain(value.values(), depth - 1)
        elif type(value) is list:
            fits = depth > 0 and _are_plain(value, depth - 1)
        else:
            fits = value is None or type(value) is bool or _is_number(value)
        if not fits:
            return False
    return True


def _are_names(names: Iterable[object]) -> bool:
    return all(type(name) is str and name.isascii() for name in names)


def _is_number(value: object) -> bool:
    return type(value) in (int, float) and integer(value) is not None


def plain(value: object, depth: int) -> Json:
    if isinstance(value, str):
        return _text(value)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return value if integer(value) is not None else text(value)
    if depth == 0:
        return "<too deep>"
    if isinstance(value, Mapping):
        return {_text(name): plain(item, depth - 1) for name, item in value.items()}
    return [plain(item, depth - 1) for item in items(value)]


def _text(value: object) -> str:
    """Without lone surrogates, which real SDKs send and UTF-8 cannot hold."""
    written = value if isinstance(value, str) else text(value)
    return written if written.isascii() else written.encode("utf-8", "replace").decode()
