"""What is known of a text before any rule is asked: it came before, or has a form that says nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from triage.sanitize.placeholders import Placeholders
from triage.sanitize.recent import Recent
from triage.sanitize.rule import bytes_pattern
from triage.sanitize.text import Clean, together

# What was told of short texts before: code, names and versions, the same in every event of an application,
# and what a user, a client or a host sends again. It changes only the time that cleaning takes.
_MOST = 10_000
SHORT = 300  # characters
_HARMLESS = Recent[str, Clean](_MOST)
_HIDDEN = Recent[bytes, Clean](_MOST)  # by a digest under the case's key: the text itself is not kept
# As SDKs write them. No rule takes them for anything else, and an event has many.
_TIME = bytes_pattern(
    r"(?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,6})?(?:Z|[+\-][01][0-9]:[0-5]0)?",
    captures=False,
)
_ID = bytes_pattern(r"(?:[0-9]{0,8}[a-f])+[0-9]{0,8}", captures=False)
_UUID = bytes_pattern(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", captures=False)


def has_plain_form(text: str) -> bool:
    """Whether `text` is a time, the id of an event, a trace or a request, or a number of few digits."""
    size = len(text)
    if size < 8:
        return text.isdecimal() and text.isascii()
    if text[10:11] == "T":
        return _TIME.fullmatch(text.encode()) is not None
    if size in (16, 32):
        return text.isalnum() and _ID.fullmatch(text.encode()) is not None
    return size == 36 and not text.replace("-", "").isdigit() and _UUID.fullmatch(text.encode()) is not None


def tells_nothing(value: Any) -> bool:
    """A number that no rule takes for anything: of few digits, or a time in seconds."""
    return -(10**7) < value < 10**7 if type(value) is int else type(value) is float and 1e9 < value < 4e9


def foreknown(texts: Iterable[str], names: Placeholders) -> dict[str, Clean]:
    """What cleaning makes of each of the texts, as far as that can be told of many at once."""
    found: dict[str, Clean] = {}
    unknown: dict[str, bytes] = {}
    for text in texts:
        if (clean := _HARMLESS[text]) is not None:
            found[text] = clean
        elif has_plain_form(text):
            found[text] = Clean(text)
        elif (clean := _HIDDEN[digest := names.digest(text)]) is not None:
            found[text] = clean
        else:
            unknown[text] = digest
    for text, clean in together(list(unknown), names).items():
        found[text] = clean
        if len(text) > SHORT:
            continue
        if clean.text == text:
            _HARMLESS[text] = clean
        elif text in unknown:
            _HIDDEN[unknown[text]] = clean
    return found
