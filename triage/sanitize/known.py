"""What is known of a text before any rule is asked: it came before, or has a form that says nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from triage.sanitize import alike
from triage.sanitize.injection import signed
from triage.sanitize.placeholders import Placeholders
from triage.sanitize.recent import Recent
from triage.sanitize.text import Clean, together

# What was told of short texts before: code, names and versions, the same in every event of an application,
# and what a user, a client or a host sends again. It changes only the time that cleaning takes.
_MOST = 10_000
SHORT = 300  # characters
_HARMLESS = Recent[str, Clean](_MOST)
_HIDDEN = Recent[bytes, Clean](_MOST)  # by a digest under the case's key: the text itself is not kept
# As SDKs write times. No rule takes them for anything else, and an event has many.
_MOMENT = "0000-00-00T00:00:00"
_TIMES = frozenset(
    f"{_MOMENT}{'.' if digits else ''}{'0' * digits}{zone}"
    for digits in range(7)
    for zone in ("", "Z", "+00:00", "-00:00")
)
_AS_ZEROS = str.maketrans("0123456789", "0" * 10)
_HEX = "0123456789abcdef"
_LONG = "0" * 9  # digits that may be more than a part of an id


def has_plain_form(text: str) -> bool:
    """Whether `text` is a time, the id of an event, a trace or a request, or a number of few digits."""
    size = len(text)
    if size < 8:
        return text.isdecimal() and text.isascii()
    if text[10:11] == "T":
        return _is_time(text)
    if size in (16, 32):
        return not text.strip(_HEX) and not text.isdigit() and _LONG not in text.translate(_AS_ZEROS)
    return size == 36 and _is_uuid(text)


def _is_time(text: str) -> bool:
    if text.translate(_AS_ZEROS) not in _TIMES or text[:2] not in ("19", "20"):
        return False
    if text[5] > "1" or text[8] > "3" or text[11] > "2" or text[14] > "5" or text[17] > "5":
        return False
    return len(text) < 25 or text[-6] not in "+-" or (text[-5] < "2" and text[-2] < "6" and text[-1] == "0")


def _is_uuid(text: str) -> bool:
    plain = text.replace("-", "")
    return (
        len(plain) == 32
        and text[8] == text[13] == text[18] == text[23] == "-"
        and not plain.strip(_HEX)
        and not plain.isdigit()
    )


def tells_nothing(value: Any) -> bool:
    """A number that no rule takes for anything: of few digits, or a time in seconds."""
    return -(10**7) < value < 10**7 if type(value) is int else type(value) is float and 1e9 < value < 4e9


def foreknown(texts: Iterable[str], names: Placeholders) -> dict[str, Clean]:
    """What cleaning makes of each of the texts, as far as that can be told of many at once."""
    found: dict[str, Clean] = {}
    unknown: dict[str, bytes] = {}
    speaking: list[str] = []
    for text in texts:
        if (clean := _HARMLESS[text]) is not None:
            found[text] = clean
        elif has_plain_form(text) or (form := alike.told(text)) == alike.SILENT:
            found[text] = Clean(text)
        elif form == alike.SPEAKING:
            speaking.append(text)
        elif (clean := _HIDDEN[digest := names.digest(text)]) is not None:
            found[text] = clean
        else:
            unknown[text] = digest
    suspect = signed(speaking) if speaking else ()
    for index, text in enumerate(speaking):
        if index in suspect:
            unknown[text] = names.digest(text)
        else:
            found[text] = Clean(text)
    for text, clean in together(list(unknown), names).items():
        found[text] = clean
        if len(text) > SHORT:
            continue
        if clean.text == text:
            _HARMLESS[text] = clean
        elif text in unknown:
            _HIDDEN[unknown[text]] = clean
    return found
