"""Rules that take a zero wherever they take any digit.

In a text with zeros for all digits, they find at least all that the rules themselves find in any text that
differs from it in nothing but digits.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import re2

from triage.sanitize.rule import GATES, Anchors, RuleBook, bytes_pattern

_AS_ZEROS = str.maketrans("123456789", "0" * 9)
# The tokens of RE2's syntax of which a digit may be one, and those in which a digit is none.
_TOKEN = re2.compile(
    r"\\x\{[0-9A-Fa-f]+\}|\\x[0-9A-Fa-f]{2}|\\[pP](?:[A-Z]|\{[^}]*\})|\\.|\[\^?\]?(?:\\x\{[0-9A-Fa-f]+\}|\\.|[^\]\\])*\]"
    r"|\{[0-9]*,?[0-9]*\}|\(\?(?:P?<[A-Za-z_0-9]+>|[A-Za-z\-]*[:)])|(?s:.)"
)


def with_zeros(text: str) -> str:
    return text.translate(_AS_ZEROS)


class ForAnyDigits:
    """The rules of a book. Each is prepared when it is asked for first."""

    def __init__(self, book: RuleBook, labelled: Iterable[tuple[str, int]], *, utf8: bool = False) -> None:
        """`labelled`: literals that wake rules, by their index, and whatever else has a label."""
        self._book, self._utf8 = book, utf8
        self.anchors = Anchors((with_zeros(literal), label) for literal, label in labelled)
        self._pattern = cache(self._compiled)

    def awake(self, data: bytes) -> set[int]:
        """The labels that wake."""
        awake = {label for _, label in self.anchors.awake(data, self.anchors.find(data.lower()))}
        awake.update(index for gate, holds in GATES if holds(data) for index in self._behind(gate))
        return awake

    def may_match(self, data: bytes, awake: Iterable[int]) -> bool:
        """Whether one of the rules that are awake finds anything."""
        rules = range(len(self._book.rules))
        return any(self._pattern(label).search(data) for label in sorted(awake) if label in rules)

    def _behind(self, gate: str) -> list[int]:
        return [index for index, rule in enumerate(self._book.rules) if gate in rule.anchors]

    def _compiled(self, index: int) -> Any:
        pattern = self._book.rules[index].pattern
        wider = any_digit(pattern)
        if wider == pattern:
            return self._book.compiled(index)
        return bytes_pattern(wider, captures=False, utf8=self._utf8)


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
