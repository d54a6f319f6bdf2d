"""Texts that differ in nothing but digits, judged once for all of them.

What a storm repeats has other numbers in it each time: ids, counts, sizes. A rule's pattern that takes a
zero wherever it takes any digit finds, in a text with zeros for all digits, at least all that the rule finds
in any text of that form. Where none of these patterns finds anything, nor anything else asks about the text,
no rule does whatever the digits are, and the form can be remembered as harmless.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import re2

from triage.sanitize.arguments import SIGNS as ARGUMENTS
from triage.sanitize.assignments import named
from triage.sanitize.characters import visible
from triage.sanitize.documents import opened
from triage.sanitize.encoded import codes
from triage.sanitize.injection import may_speak
from triage.sanitize.keys import kind_of_key
from triage.sanitize.placeholders import masked
from triage.sanitize.recent import Recent
from triage.sanitize.rule import GATES, Anchors, bytes_pattern
from triage.sanitize.text import BOOK, LABELLED, STEM

LONGEST = 300  # characters
_MOST = 10_000  # forms
_AS_ZEROS = str.maketrans("123456789", "0" * 9)
_ODD = ("%", "&#", "\\x", "\\u")  # digits after these are no digits
# The tokens of RE2's syntax of which a digit may be one, and those in which a digit is none.
_TOKEN = re2.compile(
    r"\\x\{[0-9A-Fa-f]+\}|\\x[0-9A-Fa-f]{2}|\\[pP](?:[A-Z]|\{[^}]*\})|\\.|\[\^?\]?(?:\\x\{[0-9A-Fa-f]+\}|\\.|[^\]\\])*\]"
    r"|\{[0-9]*,?[0-9]*\}|\(\?(?:P?<[A-Za-z_0-9]+>|[A-Za-z\-]*[:)])|(?s:.)"
)
_OFTEN = 8  # comings after which a form is worth judging, which takes as long as to search many texts
SILENT, SPEAKING, ASKED = 1, 2, 3
_FORMS = Recent[str, int](_MOST)


def told(text: str) -> int:
    """SILENT: cleaning leaves the text, and all others of its form, as they are. SPEAKING: so it does, if
    there are no signs of injection. Anything else: it has to be looked at."""
    if len(text) > LONGEST:
        return ASKED
    form = text.translate(_AS_ZEROS)
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
    return SPEAKING if may_speak(form) else SILENT


def _may_match(data: bytes) -> bool:
    """Whether anything is found in a text of this form, for some digits."""
    awake = {label for _, label in _anchors().awake(data, _anchors().find(data.lower()))}
    if any(label > STEM for label in awake) or (STEM in awake and _may_be_named(data)):
        return True
    awake.update(index for gate, holds in GATES if holds(data) for index in _behind(gate))
    return any(_pattern(index).search(data) for index in sorted(awake) if 0 <= index < STEM)


def _may_be_named(data: bytes) -> bool:
    literals = _anchors().standing_for(STEM)
    stems = sorted((start, end) for index, start, end in _anchors().find(data.lower()) if index in literals)
    return any("0" in name or kind_of_key(name) is not None for _, name in named(data, stems))


@cache
def _anchors() -> Anchors:
    return Anchors((literal.translate(_AS_ZEROS), label) for literal, label in LABELLED)


@cache
def _behind(gate: str) -> tuple[int, ...]:
    """The rules that it wakes."""
    return tuple(index for index, rule in enumerate(BOOK.rules) if gate in rule.anchors)


@cache
def _pattern(index: int) -> Any:
    pattern = BOOK.rules[index].pattern
    wider = any_digit(pattern)
    return BOOK.compiled(index) if wider == pattern else bytes_pattern(wider, captures=False)


def any_digit(pattern: str) -> str:
    """RE2 that takes a zero wherever `pattern` takes a digit."""
    return "".join(_any_digit(token.group()) for token in _TOKEN.finditer(pattern))


def _any_digit(token: str) -> str:
    if len(token) == 1:
        return "0" if token.isdigit() and token.isascii() else token
    if token[:2] == "\\x" or (token[0] == "[" and token[-1] == "]"):
        atom = re2.compile(token)
        if not atom.fullmatch("0") and any(atom.fullmatch(digit) for digit in "123456789"):
            return f"(?:{token}|0)"
    return token
