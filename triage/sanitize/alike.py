"""Texts that differ in nothing but digits, judged once for all of them.

What a storm repeats has other numbers in it each time: ids, counts, sizes. A rule's pattern that takes a
zero wherever it takes any digit finds, in a text with zeros for all digits, at least all that the rule finds
in any text of that form. Where none of these patterns finds anything, nor anything else asks about the text,
no rule does whatever the digits are, and the form can be remembered as harmless.
"""

from __future__ import annotations

from functools import cache

from triage.sanitize.arguments import SIGNS as ARGUMENTS
from triage.sanitize.assignments import named
from triage.sanitize.characters import visible
from triage.sanitize.digits import ForAnyDigits, with_zeros
from triage.sanitize.documents import opened
from triage.sanitize.encoded import codes
from triage.sanitize.injection import may_have_signs
from triage.sanitize.keys import kind_of_key
from triage.sanitize.placeholders import masked
from triage.sanitize.recent import Recent
from triage.sanitize.text import BOOK, LABELLED, STEM

LONGEST = 300  # characters
_MOST = 10_000  # forms
_ODD = ("%", "&#", "\\x", "\\u")  # digits after these are no digits
_OFTEN = 8  # comings after which a form is worth judging, which takes as long as to search many texts
SILENT, SPEAKING, ASKED = 1, 2, 3
_FORMS = Recent[str, int](_MOST)


def told(text: str) -> int:
    """SILENT: cleaning leaves the text, and all others of its form, as they are. SPEAKING: so it does, if
    there are no signs of injection. Anything else: it has to be looked at."""
    if len(text) > LONGEST:
        return ASKED
    form = with_zeros(text)
    known = _FORMS[form] or 0
    if known <= 0:
        known = known - 1 if known > -_OFTEN else _judged(form)
        _FORMS[form] = known if "0" in form else ASKED
    return known


def _judged(form: str) -> int:
    if not form.isascii() or visible(form) != form or any(sign in form for sign in _ODD):
        return ASKED
    data = masked(form.encode())
    if any(sign in data for sign in ARGUMENTS) or any(True for _ in (*codes(data), *opened(data))):
        return ASKED
    if _may_match(data):
        return ASKED
    return SPEAKING if may_have_signs(form) else SILENT


def _may_match(data: bytes) -> bool:
    """Whether anything is found in a text of this form, for some digits."""
    awake = _rules().awake(data)
    if any(label > STEM for label in awake) or (STEM in awake and _may_be_named(data)):
        return True
    return _rules().may_match(data, awake)


def _may_be_named(data: bytes) -> bool:
    anchors = _rules().anchors
    literals = anchors.standing_for(STEM)
    stems = sorted((start, end) for index, start, end in anchors.find(data.lower()) if index in literals)
    return any("0" in name or kind_of_key(name) is not None for _, name in named(data, stems))


@cache
def _rules() -> ForAnyDigits:
    return ForAnyDigits(BOOK, LABELLED)
