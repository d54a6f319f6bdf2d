"""An event, cleaned field by field, in whichever of Sentry's shapes it came."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from triage.sanitize.injection import risk
from triage.sanitize.keys import kind_of_key
from triage.sanitize.placeholders import Placeholders
from triage.sanitize.text import clean, harmless

MAX_DEPTH = 32
MAX_ITEMS = 1000
MAX_STRING = 8192  # characters; Sentry's own bound for a message
MAX_EVENT = 1_000_000  # characters of text in all
_FILTERED = "[filtered]"


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned event with the signs and counts of all its fields; `risk` is of injection, 0..1."""

    event: dict[str, Any]
    flags: tuple[str, ...] = ()
    redactions: Mapping[str, int] = field(default_factory=dict)
    risk: float = 0.0


@dataclass(slots=True)
class _Walk:
    names: Placeholders
    left: int = MAX_EVENT
    flags: set[str] = field(default_factory=set)
    redactions: Counter[str] = field(default_factory=Counter)
    seen: dict[str, str] = field(default_factory=dict)

    def text(self, text: str) -> str:
        known = self.seen.get(text)
        if known is None:
            result = clean(text, placeholders=self.names, limit=MAX_STRING)
            self.flags.update(result.flags)
            self.redactions.update(result.redactions)
            known = self.seen[text] = result.text
        self.left -= len(known)
        return known if self.left >= 0 else ""

    def value(self, value: Any, key: str, depth: int) -> Any:
        if isinstance(value, str):
            return self.named(value, key)
        if isinstance(value, Mapping):
            return self.mapping(value, depth) if depth < MAX_DEPTH else _FILTERED
        if isinstance(value, (list, tuple)):
            return self.items(value, key, depth) if depth < MAX_DEPTH else _FILTERED
        if value is None or isinstance(value, bool):
            return value
        return self.number(value, key)

    def named(self, value: str, key: str) -> str:
        kind = kind_of_key(key) if key else None
        bare = value.strip("'\"")
        if kind is None or kind == "ip" or not bare or bare in ("None", "null") or bare.startswith("["):
            return self.text(value)
        self.redactions[kind] += 1
        return self.names.name(kind, bare)

    def number(self, value: Any, key: str) -> Any:
        if isinstance(value, float):
            return value if math.isfinite(value) else None
        if not isinstance(value, int) or value.bit_length() > 2000:
            return None
        kind = kind_of_key(key) if key else None
        return self.names.name(kind, str(value)) if kind in ("pin", "card", "password", "national-id", "phone") else value

    def mapping(self, mapping: Mapping[Any, Any], depth: int) -> dict[str, Any]:
        cleaned: dict[str, Any] = {}
        outside = mapping.get("in_app") is False or mapping.get("inApp") is False
        for key, value in list(mapping.items())[:MAX_ITEMS]:
            if outside and key == "vars":
                continue
            try:
                cleaned[self.text(str(key))[:200]] = self.value(value, str(key), depth + 1)
            except Exception:  # never raw: a field that cannot be cleaned is dropped
                continue
        return cleaned

    def items(self, values: list[Any] | tuple[Any, ...], key: str, depth: int) -> list[Any]:
        if len(values) > MAX_ITEMS:
            values = [*values[: MAX_ITEMS // 2], *values[-MAX_ITEMS // 2 :]]
        if len(values) == 2 and isinstance(values[0], str) and isinstance(values[1], str):
            return [self.text(values[0]), self.named(values[1], values[0].strip("b'\""))]
        return [self.value(value, key, depth + 1) for value in values]


def sanitize(event: Mapping[str, Any], *, placeholders: Placeholders | None = None) -> Cleaned:
    walk = _Walk(placeholders or Placeholders())
    texts: dict[str, None] = {}
    _collect(event, 0, texts)
    walk.seen.update((text, text) for text in harmless([text for text in texts if len(text) <= MAX_STRING]))
    cleaned = walk.mapping(event, 0)
    flags = tuple(sorted(walk.flags))
    return Cleaned(cleaned, flags, dict(walk.redactions), risk(flags))


def _collect(value: Any, depth: int, texts: dict[str, None]) -> None:
    if isinstance(value, str):
        texts[value] = None
    elif depth > MAX_DEPTH:
        return
    elif isinstance(value, Mapping):
        for key, item in islice(value.items(), MAX_ITEMS):
            if isinstance(key, str):
                texts[key] = None
            _collect(item, depth + 1, texts)
    elif isinstance(value, (list, tuple)):
        for item in value:
            _collect(item, depth + 1, texts)


def clean_event(event: Mapping[str, Any], *, placeholders: Placeholders | None = None) -> dict[str, Any]:
    return sanitize(event, placeholders=placeholders).event
