"""The few fields of an event that are known by name: what comes first, what names software, what stays."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any

MAX_ITEMS = 1000  # per object or list; of a longer list, both ends stay
_FIRST = (
    "exception",
    "entries",
    "threads",
    "message",
    "logentry",
    "data",
    "event",
    "title",
    "culprit",
    "transaction",
    "request",
    "user",
)
NO_NAMES = frozenset(
    ("modules", "packages", "sdk", "debug_meta", "grouping_config", "_meta")
)  # names of software
WHOLE = frozenset(("password", "secret", "token", "key", "credential", "cookie", "pin"))  # hide all they hold
_LIBRARIES = (
    "site-packages/",
    "dist-packages/",
    "node_modules/",
    "/lib/python",
    "<frozen ",
    "/vendor/",
    "/gems/",
    "node:internal",
)
USER_KEPT = frozenset(
    (
        "id",
        "country_code",
        "country",
        "segment",
        "subscription",
        "plan",
        "role",
        "is_staff",
        "data",
        "geo",
        "sentry_user",
    )
)


def by_weight(event: Mapping[Any, Any]) -> list[Any]:
    """What a diagnosis needs comes first, should the event exceed `MAX_EVENT`."""
    keys = list(islice(event, MAX_ITEMS))
    return sorted(keys, key=lambda key: _FIRST.index(key) if key in _FIRST else len(_FIRST))


def in_order(cleaned: dict[str, Any], event: Mapping[Any, Any]) -> dict[str, Any]:
    known = [key for key in map(str, event) if key in cleaned]
    return {key: cleaned[key] for key in dict.fromkeys([*known, *cleaned])}


def is_foreign(frame: Mapping[Any, Any]) -> bool:
    """A frame of a library: by its mark or, where the SDK set none, by its path."""
    marks = [frame[key] for key in ("in_app", "inApp") if isinstance(frame.get(key), bool)]
    if marks:
        return not any(marks)
    paths = (frame.get(key) for key in ("abs_path", "absPath", "filename"))
    return any(library in path for path in paths if isinstance(path, str) for library in _LIBRARIES)
