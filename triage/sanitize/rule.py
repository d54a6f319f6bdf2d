"""What a rule is, and how a book of rules is read in linear time.

An Aho-Corasick pass over the lower-cased bytes tells which rules can match at all; only those run,
each as one RE2 scan. Nothing backtracks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import re2
from ahocorasick_rs import BytesAhoCorasick


class Found(NamedTuple):
    """A candidate inside its text, so that a validator can look at its surroundings."""

    data: bytes
    start: int
    end: int

    @property
    def value(self) -> bytes:
        return self.data[self.start : self.end]

    def before(self, size: int = 1) -> bytes:
        return self.data[max(0, self.start - size) : self.start]

    def after(self, size: int = 1) -> bytes:
        return self.data[self.end : self.end + size]


Validator = Callable[[Found], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """`pattern` is RE2 over UTF-8 bytes; its group 1, where it has one, is what gets hidden.

    `anchors` are lower-case literals of which one must occur. A rule without anchors runs wherever the
    text holds a number of six digits or more, or a colon-separated address.
    """

    kind: str
    anchors: tuple[str, ...]
    pattern: str
    valid: Validator | None = None


class Span(NamedTuple):
    start: int
    end: int
    kind: str


def bytes_pattern(pattern: str, *, captures: bool = True) -> re2._Regexp:
    """Compiled over bytes: `\\w` and `\\b` are ASCII, and any byte may follow any other."""
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    options.never_capture = not captures
    options.max_mem = 32 << 20
    options.log_errors = False
    return re2.compile(pattern.encode(), options)


_NUMBERS = bytes_pattern(
    r"[0-9](?:[ .()/\-]{0,3}[0-9]){5}|(?i)[0-9a-f]{1,4}:[0-9a-f]{0,4}:[0-9a-f:]|[0-9a-f]{2}(?:-[0-9a-f]{2}){5}",
    captures=False,
)


class RuleBook:
    """Rules, compiled once. The order of the rules is their rank where two of them overlap."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        self._patterns = tuple(
            bytes_pattern(rule.pattern, captures="(" in rule.pattern.replace("(?", "").replace("\\(", ""))
            for rule in self.rules
        )
        wakes: dict[str, list[int]] = {}
        for index, rule in enumerate(self.rules):
            for anchor in rule.anchors:
                wakes.setdefault(anchor, []).append(index)
        self._wakes = tuple(tuple(indexes) for indexes in wakes.values())
        self._anchors = BytesAhoCorasick([anchor.encode() for anchor in wakes])
        self._shapes = tuple(index for index, rule in enumerate(self.rules) if not rule.anchors)

    def awake(self, data: bytes) -> list[int]:
        """The indexes of the rules that may match, in order of rank."""
        hits = self._anchors.find_matches_as_indexes(data.lower(), overlapping=True)
        awake = {index for anchor in {hit[0] for hit in hits} for index in self._wakes[anchor]}
        if _NUMBERS.search(data) is not None:
            awake.update(self._shapes)
        return sorted(awake)

    def find(self, data: bytes) -> Iterator[Span]:
        for index in self.awake(data):
            yield from _matches(self.rules[index], self._patterns[index], data)


def _matches(rule: Rule, pattern: re2._Regexp, data: bytes) -> Iterator[Span]:
    group = 1 if pattern.groups else 0
    for match in pattern.finditer(data):
        start, end = match.span(group)
        if start < end and (rule.valid is None or rule.valid(Found(data, start, end))):
            yield Span(start, end, rule.kind)
