"""What is known of a text before any rule is asked: it came before, or has a form that says nothing."""

from __future__ import annotations

import re
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
# What no rule takes for anything else, and an event has many of: a few digits, times as SDKs write them, and
# ids of events, traces and requests. Bounded, and as linear as RE2. `NUMBERS` are of JSON, as it is written
# again, and tell nothing either.
_HEX = r"(?=[0-9a-f]{16}(?:[0-9a-f]{16})?(?![0-9a-f]))(?=[0-9]{0,32}[a-f])(?![0-9a-f]{0,32}[0-9]{9})"
_LONG = r"(?!bc1)(?=[0-9]{0,32}[a-f])[0-9a-f]{32}"  # what has as many digits in a row is longer or shorter
FORMS = (
    r"(?:[0-9]{1,7}(?![0-9a-f\-])"
    r"|(?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]"
    r"(?:\.[0-9]{1,6})?(?:Z|[+\-][01][0-9]:[0-5]0)?"
    rf"|{_HEX}[0-9a-f]{{16,32}}|{_LONG}"
    r"|(?=[0-9\-]{0,36}[a-f])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})"
)
NUMBERS = r"(?:-?[1-9][0-9]{0,6}|0|[1-3][0-9]{9}\.[0-9]{0,5}[1-9])"
_FORMS = re.compile(FORMS)


def has_plain_form(text: str) -> bool:
    """Whether `text` is a time, the id of an event, a trace or a request, or a number of few digits."""
    return _FORMS.fullmatch(text) is not None


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
        elif has_plain_form(text):
            found[text] = Clean(text)
        elif (form := alike.told(text)) == alike.SILENT:
            found[text] = _HARMLESS[text] = Clean(text)
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
            found[text] = _HARMLESS[text] = Clean(text)
    for text, clean in together(list(unknown), names).items():
        found[text] = clean
        if len(text) > SHORT:
            continue
        if clean.text == text:
            _HARMLESS[text] = clean
        elif text in unknown:
            _HIDDEN[unknown[text]] = clean
    return found
