"""What a rule is, and how a book of rules is read in linear time.

One Aho-Corasick pass over the lower-cased bytes tells which rules can match where; only those run, each
as one RE2 scan of the block of lines around. Nothing backtracks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

import re2
from ahocorasick_rs import BytesAhoCorasick

NUMBER = ("\0number",)  # wakes a rule wherever there are six digits, or bytes written aa:bb:
LONG = ("\0long",)  # wakes a rule wherever 22 letters and digits stand together
_BLOCK = 2048  # bytes; blocks end with a line


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

    `anchors` are lower-case literals of which one must occur, or NUMBER or LONG.
    A rule that looks `across` lines reads the whole text, any other one a block of lines.
    """

    kind: str
    anchors: tuple[str, ...]
    pattern: str
    valid: Validator | None = None
    across: bool = False


class Span(NamedTuple):
    start: int
    end: int
    kind: str


def bytes_pattern(pattern: str, *, captures: bool = True) -> Any:
    """Compiled over bytes: `\\w` and `\\b` are ASCII, and any byte may follow any other."""
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    options.never_capture = not captures
    options.max_mem = 32 << 20
    options.log_errors = False
    return re2.compile(pattern.encode(), options)


_SHAPE = r"[0-9](?:[ .()/\-]{0,3}[0-9]){5}|[0-9A-Fa-f]{1,4}:[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:]|(?:[0-9A-Fa-f]{2}-){5}"
_WORD = r"[A-Za-z0-9]{22}"
_EITHER = bytes_pattern(f"{_SHAPE}|{_WORD}", captures=False)
_GATES = ((NUMBER[0], bytes_pattern(_SHAPE, captures=False)), (LONG[0], bytes_pattern(_WORD, captures=False)))


class Anchors:
    """Literals, each with the labels that it stands for, found in one pass."""

    def __init__(self, labels: Iterable[tuple[str, int]]) -> None:
        table: dict[str, list[int]] = {}
        for literal, label in labels:
            table.setdefault(literal, []).append(label)
        self._labels = tuple(tuple(found) for found in table.values())
        self._literals = BytesAhoCorasick([literal.encode() for literal in table])

    def find(self, lowered: bytes) -> list[tuple[int, int, int]]:
        """(index, start, end) of every occurrence, overlapping ones too, by end."""
        found: list[tuple[int, int, int]] = self._literals.find_matches_as_indexes(lowered, overlapping=True)
        return found

    def labels(self, index: int) -> tuple[int, ...]:
        return self._labels[index]


class RuleBook:
    """Rules, compiled once. Where two of them overlap, the one that begins first names the whole."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        self._patterns = tuple(_compiled(rule) for rule in self.rules)
        self._gated = {
            gate: frozenset(index for index, rule in enumerate(self.rules) if gate in rule.anchors)
            for gate, _ in _GATES
        }
        self._across = frozenset(index for index, rule in enumerate(self.rules) if rule.across)

    def labels(self) -> Iterator[tuple[str, int]]:
        """Every literal anchor with its rule's index."""
        for index, rule in enumerate(self.rules):
            yield from ((anchor, index) for anchor in rule.anchors if not anchor.startswith("\0"))

    def find(self, data: bytes, awake: Sequence[tuple[int, int]], most: int) -> list[Span]:
        """The spans that rules hide; `awake` gives (position, rule) of the anchors, in order of position.

        A rule yields at most `most` spans per block.
        """
        spans: list[Span] = []
        next_hit = 0
        whole: set[int] = set()
        for start, end in _blocks(data):
            wanted = set(self._shaped(data, start, end))
            while next_hit < len(awake) and awake[next_hit][0] < end:
                wanted.add(awake[next_hit][1])
                next_hit += 1
            whole |= wanted & self._across
            for index in wanted - self._across:
                spans += islice(self._matches(index, data, start, end), most)
        for index in whole:
            spans += islice(self._matches(index, data, 0, len(data)), most)
        return spans

    def _shaped(self, data: bytes, start: int, end: int) -> Iterator[int]:
        if _EITHER.search(data, start, end) is None:
            return
        for gate, pattern in _GATES:
            if pattern.search(data, start, end) is not None:
                yield from self._gated[gate]

    def _matches(self, index: int, data: bytes, start: int, end: int) -> Iterator[Span]:
        rule, pattern = self.rules[index], self._patterns[index]
        group = 1 if pattern.groups else 0
        for match in pattern.finditer(data, start, end):
            first, last = match.span(group)
            if first < last and (rule.valid is None or rule.valid(Found(data, first, last))):
                yield Span(first, last, rule.kind)


def _compiled(rule: Rule) -> Any:
    pattern = bytes_pattern(rule.pattern)
    return pattern if pattern.groups else bytes_pattern(rule.pattern, captures=False)


def _blocks(data: bytes) -> Iterator[tuple[int, int]]:
    start, size = 0, len(data)
    while start < size:
        end = data.find(b"\n", start + _BLOCK) + 1 or size
        yield start, end
        start = end
