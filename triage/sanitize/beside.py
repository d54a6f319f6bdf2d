"""What the name of a field makes of the text beside it, and what of a text a name may hide."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import re2

from triage.sanitize.placeholders import MASK, masked
from triage.sanitize.policy import MAX_ITEMS
from triage.sanitize.value import Value
from triage.sanitize.values import worth_hiding

_WORDS_TOO = frozenset(("secret", "key"))  # a plain word below `token` is more often a parser's
_SCHEMES = ("basic", "bearer", "token", "digest", "apikey", "negotiate")


def hidden_by(kind: str, key: str, value: str) -> bool:
    """Whether a name of this kind tells to hide the value beside it."""
    name = f"{key}: ".encode("utf-8", "replace")
    data = masked(name + value.encode("utf-8", "replace"))
    separator = b'": ' if kind in _WORDS_TOO else b": "
    return worth_hiding(Value(kind, data, len(name), len(data), separator, "assign", quoted=True))


def unquoted(kind: str, value: str) -> tuple[str, str, str]:
    """A text or a Python repr of one in three: opening quote and scheme, what a name of this kind may hide,
    closing quote."""
    lead, bare, tail = "", value, ""
    size = 2 if value[:1] == "b" and value[1:2] in ("'", '"') else 1
    if len(value) > size and value[size - 1] in "'\"" and value.endswith(value[size - 1]):
        lead, bare, tail = value[:size], value[size:-1], value[-1]
    if kind in ("credential", "token") and (scheme := bare.partition(" "))[0].lower() in _SCHEMES:
        lead, bare = f"{lead}{scheme[0]} ", scheme[2]
    return lead, bare, tail


def names_next(value: str, pair: bool) -> bool:
    """Whether an entry of a list names the one after it: the first of a pair, or a flag of a command."""
    if not pair and (value[:1] not in "-'\"" or not value.lstrip("'\"").startswith("-")):
        return False
    return len(value) < 80 and ":" not in value and "=" not in value


def ends(values: list[Any] | tuple[Any, ...]) -> Iterator[Any]:
    yield from values[: MAX_ITEMS // 2]
    yield from values[max(MAX_ITEMS // 2, len(values) - MAX_ITEMS // 2) :]


def is_a_setting(kind: str, value: str) -> bool:
    """What tells nothing though a cookie or a token is made of it: a locale, a version, a plain word."""
    plain = _SETTINGS.get(kind)
    return plain is not None and len(value) <= _LONGEST_SETTING and plain.fullmatch(value) is not None


_VERSION = r"(?:[A-Za-z]{1,12}[ /\-])?v?[0-9]{1,4}(?:\.[0-9]{1,4}){1,3}(?:-[a-z0-9.]{1,8})?"
_LOCALE = r"[a-z]{2}(?:[-_][A-Za-z]{2,4})?"
_ZONE = r"[A-Z][A-Za-z]{2,12}/[A-Z][A-Za-z_]{1,18}"
_SETTINGS = {
    "token": re2.compile(_VERSION),
    "cookie": re2.compile(
        rf"{_VERSION}|{_LOCALE}|{_ZONE}|[0-9]{{1,3}}|[a-z]{{1,10}}(?:[-_][a-z]{{1,10}}){{0,3}}"
    ),
}
_LONGEST_SETTING = 32  # characters


def silent(shown: str) -> str:
    return ""


def telling(shown: str) -> str:
    """A cleaned key without its placeholders, which would tell the kind of what they hide."""
    return masked(shown.encode()).decode() if "[" in shown else shown


def is_hidden(shown: str) -> bool:
    """Whether nothing is left of a cleaned text but placeholders."""
    return shown.strip("b'\"")[:1] == "[" and not telling(shown).strip(_NOTHING)


_NOTHING = MASK.decode() + " b'\""
