"""A cookie header, pair by pair: where the names tell what to hide, no rule has to look for it."""

from __future__ import annotations

from typing import NamedTuple

import re2

from triage.sanitize.beside import is_a_setting
from triage.sanitize.keys import kind_of_key
from triage.sanitize.placeholders import PLACEHOLDER, is_placeholder

_LONGEST = 1000  # characters of a header
_PAIR = rf"[A-Za-z0-9_.\-]{{1,64}}=(?:{PLACEHOLDER}|[A-Za-z0-9_.~%+/:|@!*\-]*)"
_PLAIN = re2.compile(rf"{_PAIR}(?:; ?{_PAIR})*")


class Pair(NamedTuple):
    """`kind`: what the name tells of the value, if anything."""

    name: str
    value: str
    kind: str | None

    def __str__(self) -> str:
        return f"{self.name}={self.value}"


def pairs(header: str) -> list[Pair]:
    """None of a header with quotes, blanks or brackets in its values: rules have to read that."""
    if len(header) > _LONGEST or _PLAIN.fullmatch(header) is None:
        return []
    split = (pair.strip().partition("=") for pair in header.split(";"))
    found = [Pair(name, value, kind_of_key(name)) for name, _, value in split]
    return [] if any(pair.kind == "cookie" for pair in found) else found


def is_plain(value: str) -> bool:
    """Whether a cookie of any name may hold this: nothing, a setting, or what is hidden already."""
    return not value or is_a_setting("cookie", value) or is_placeholder(value)
