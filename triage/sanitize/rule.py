"""What a rule is, and how a book of rules is read in linear time.

One Aho-Corasick pass over the lower-cased bytes tells which rules can match where; only those run, each
as one RE2 scan of the block of lines around. Nothing backtracks.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

import re2
from ahocorasick_rs import BytesAhoCorasick

NUMBER = ("\0number",)  # wakes a rule wherever there are six digits, or bytes written aa:bb:
LONG = ("\0long",)  # wakes a rule wherever 22 letters and digits stand together
CAPITALS = ("\0capitals",)  # wakes a rule wherever two words with a capital stand side by side
TOWN = ("\0town",)  # wakes a rule wherever a postcode and a town may stand, as in 10117 Berlin or IL 62704
POSTCODE = ("\0postcode",)  # wakes a rule wherever a digit and two capitals follow a space, as in SW1A 2AA
FISCAL = ("\0fiscal",)  # wakes a rule wherever an Italian's number may stand, as in RSSMRA85T10A562S
_GROUP = 6  # rules
_MANY = 3  # texts, or rules
_REMEMBERED = 16  # candidates after which those that fail are worth remembering
_TRIES = 3000  # candidates of a rule beyond its findings
AROUND = 256  # bytes on both sides of a candidate, as far as what judges it looks
_BLOCK = 2048  # bytes; blocks end with a line
_COUNTED = re2.compile(r"\[(?:\\[^sSWD]|[^\\^\]])(?:\\[^sSWD]|[^\\\]])*\]\{([0-9]+)(?:,[0-9]*)?\}")
_COUNT = 16  # letters


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


Validator = Callable[[Found], "Found | bool"]  # a candidate within it may be all there is to hide


@dataclass(frozen=True, slots=True)
class Rule:
    """`pattern` is RE2 over UTF-8 bytes; its group 1, where it has one, is what gets hidden.

    `anchors` are lower-case literals of which one must occur, or NUMBER, LONG, CAPITALS, TOWN or POSTCODE.
    A rule that looks `across` lines reads the whole text, any other one a block of lines. Where `also` names
    literals, one of them must occur as well.
    """

    kind: str
    anchors: tuple[str, ...]
    pattern: str
    valid: Validator | None = None
    across: bool = False
    also: tuple[str, ...] = ()


class Span(NamedTuple):
    start: int
    end: int
    kind: str


def bytes_pattern(pattern: str, *, captures: bool = True, utf8: bool = False) -> Any:
    """Compiled over bytes: `\\w` and `\\b` are ASCII. A character is a byte, or with `utf8` a code point.

    A class may hold letters beyond ASCII all the same, and ranges of them; it may not exclude any.
    """
    if not utf8 and not pattern.isascii():
        pattern = _by_letters(pattern)
    options = re2.Options()
    options.encoding = re2.Options.Encoding.UTF8 if utf8 else re2.Options.Encoding.LATIN1
    options.never_capture = not captures
    options.max_mem = 32 << 20
    options.log_errors = False
    return re2.compile(pattern.encode(), options)


def _by_letters(pattern: str) -> str:
    """`[,、]` as `(?:[,]|、)`: over bytes, a class would take each byte of a letter for itself."""
    pieces: list[str] = []
    at = 0
    for start, end in _classes(pattern):
        inside = pattern[start + 1 : end - 1]
        if inside.isascii():
            continue
        if inside[0] == "^":
            raise ValueError(
                f"[{inside}] cannot exclude letters beyond ASCII; exclude the bytes they begin with"
            )
        letters, rest = _letters(inside)
        alternatives = [*([f"[{rest}]"] if rest else []), *letters]
        pieces += (pattern[at:start], f"(?:{'|'.join(alternatives)})")
        at = end
    return "".join((*pieces, pattern[at:]))


def _classes(pattern: str) -> Iterator[tuple[int, int]]:
    """Where classes of characters begin and end."""
    at = 0
    while at < len(pattern):
        if pattern[at] == "\\":
            at += 2
            continue
        start = at
        if pattern[at] == "[":
            at += 3 if pattern[at + 1 : at + 3] == "^]" else 2 if pattern[at + 1 : at + 2] == "]" else 1
            while pattern[at] != "]":
                at += 2 if pattern[at] == "\\" else 1
            yield start, at + 1
        at += 1


def _letters(inside: str) -> tuple[list[str], str]:
    """The letters beyond ASCII that a class holds, ranges spelt out, and what else it holds."""
    letters: list[str] = []
    rest: list[str] = []
    at = 0
    while at < len(inside):
        if inside[at].isascii():
            size = 2 if inside[at] == "\\" else 1
            rest.append(inside[at : at + size])
            at += size
        elif inside[at + 1 : at + 2] == "-" and at + 2 < len(inside):
            letters += map(chr, range(ord(inside[at]), ord(inside[at + 2]) + 1))
            at += 3
        else:
            letters.append(inside[at])
            at += 1
    return letters, "".join(rest)


_DIGIT_RUN, _WORD_RUN = b"0" * 6, b"a" * 22
_DIGITS_ONLY = bytes(0x30 if 0x30 <= byte <= 0x39 else 0x20 for byte in range(256))
_DOTTED = bytes(0x30 if 0x30 <= byte <= 0x39 else byte for byte in range(256))
_WORDS_ONLY = bytes(0x61 if chr(byte).isalnum() and byte < 128 else 0x20 for byte in range(256))
_BETWEEN_DIGITS = b" .()/-+"


def has_long_word(data: bytes) -> bool:
    """Whether 22 letters and digits stand together."""
    return len(data) >= 22 and _WORD_RUN in data.translate(_WORDS_ONLY)


def _has_number(data: bytes) -> bool:
    """Whether there are six digits with nothing but separators between, or two colons or five dashes."""
    if len(data) < 6:
        return False
    return (
        _DIGIT_RUN in data.translate(_DIGITS_ONLY, _BETWEEN_DIGITS)
        or data.count(b":") > 1
        or data.count(b"-") > 4
        or (data.count(b".") > 2 and data.translate(_DOTTED).count(b"0.") > 2)
    )


_CASES = bytes(
    0x41
    if 65 <= byte <= 90 or 0xC3 <= byte <= 0xD0
    else 0x61
    if 97 <= byte <= 122 or byte >= 0x80
    else 0x20
    if byte == 0x20
    else 0
    for byte in range(256)
)


def _has_capitals(data: bytes) -> bool:
    if b" " not in data:
        return False
    cases = data.translate(_CASES)
    # The first byte of "ü" reads as a capital, too.
    return b"a Aa" in cases or b"AA AA" in cases or (not data.isascii() and b"a AAa" in cases)


_SHAPES = bytes(
    0x30 if 48 <= byte <= 57 else 0x41 if 65 <= byte <= 90 else 0x20 if byte == 0x20 else 0
    for byte in range(256)
)


def _has_postcode(data: bytes) -> bool:
    return b" " in data and b" 0AA" in data.translate(_SHAPES)


def _has_fiscal(data: bytes) -> bool:
    return len(data) > 15 and b"AAAAAA00A00A000A" in data.translate(_SHAPES)


_TOWNS = bytes(0x30 if 48 <= byte <= 57 else _CASES[byte] for byte in range(256))


def _has_town(data: bytes) -> bool:
    shapes = data.translate(_TOWNS)
    return b"000 Aa" in shapes or b"AA 00000" in shapes


GATES = (
    (TOWN[0], _has_town),
    (CAPITALS[0], _has_capitals),
    (POSTCODE[0], _has_postcode),
    (NUMBER[0], _has_number),
    (LONG[0], has_long_word),
    (FISCAL[0], _has_fiscal),
)


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

    def standing_for(self, label: int) -> frozenset[int]:
        """The indexes of the literals with this label."""
        return frozenset(index for index, labels in enumerate(self._labels) if label in labels)

    def standing_only_for(self, label: int) -> frozenset[int]:
        """The indexes of the literals with this label and no other."""
        return frozenset(index for index, labels in enumerate(self._labels) if set(labels) == {label})

    def awake(
        self, data: bytes, hits: Iterable[tuple[int, int, int]], *, alone: bool = True
    ) -> list[tuple[int, int]]:
        """(position, label), in order. Once per block is enough to wake a rule, which reads whole blocks;
        once per line where `data` is many texts, not one `alone`."""
        awake: list[tuple[int, int]] = []
        begin = end = 0
        woken = set[int]()
        for index, start, _ in hits:
            while start >= end:
                begin, end = end, _end_of_block(data, end) if alone else _end_of_block(data, start, 0)
                woken.clear()
            if index not in woken or start < begin:
                woken.add(index)
                awake += [(start, label) for label in self._labels[index]]
        awake.sort()
        return awake


class RuleBook:
    """Rules, compiled once. Where two of them overlap, the one that begins first names the whole."""

    def __init__(self, rules: Iterable[Rule], *, utf8: bool = False) -> None:
        self.rules = tuple(rules)
        self._patterns = tuple(_compiled(rule, utf8) for rule in self.rules)
        self._gated = tuple((holds, self._grouped(gate, utf8)) for gate, holds in GATES)
        self._paired = frozenset(index for index, rule in enumerate(self.rules) if rule.also)
        self._groups = tuple(1 if pattern.groups else 0 for pattern in self._patterns)
        self._across = frozenset(index for index, rule in enumerate(self.rules) if rule.across)
        self._guards = tuple(
            (group, self._either(sorted(group), utf8, lines=False)) for group in self._woken_alike()
        )

    def labels(self) -> Iterator[tuple[str, int]]:
        """Every literal anchor with its rule's index; those of `also` with the index's complement."""
        for index, rule in enumerate(self.rules):
            yield from ((anchor, index) for anchor in rule.anchors if not anchor.startswith("\0"))
            yield from ((anchor, ~index) for anchor in rule.also)

    def compiled(self, index: int) -> Any:
        """The pattern of a rule."""
        return self._patterns[index]

    def find(
        self,
        data: bytes,
        awake: Sequence[tuple[int, int]],
        most: int,
        shaped: Collection[int] | None = None,
        *,
        cut: bool = True,
    ) -> tuple[list[Span], int]:
        """The spans that rules hide, and up to where they are all of them.

        `awake` gives (position, label) of the anchors, in order of position. Where there are `most` spans, or
        many more candidates of one rule, ends what may be relied on. `shaped`: the rules without a
        literal that may match, where that is known already. Unless the text is to be `cut` there, a rule only
        yields at most `most` spans per block.
        """
        spans: list[Span] = []
        reliable = len(data)
        next_hit, hits = 0, len(awake)
        whole: set[int] = set()
        for start, end in _blocks(data):
            wanted = set(self._shaped(data, start, end) if shaped is None else shaped)
            while next_hit < hits and awake[next_hit][0] < end:
                wanted.add(awake[next_hit][1])
                next_hit += 1
            if len(wanted) >= _MANY:
                wanted -= self._in_vain(wanted, data, start, end)
            for index in sorted(wanted):  # of two rules that find the same, the first names it
                if index < 0 or (index in self._paired and ~index not in wanted):
                    continue
                if index in self._across:
                    whole.add(index)
                else:
                    tried = self._matches(index, data, start, end, most, spans)
                    if cut and tried < end:
                        end = reliable = tried  # what follows is cut
            if cut and len(spans) >= most:
                reliable = end
            if reliable < len(data):
                break
        for index in whole:
            reliable = min(reliable, self._matches(index, data, 0, len(data), most, spans))
        return spans, reliable

    def _in_vain(self, wanted: set[int], data: bytes, start: int, end: int) -> set[int]:
        """Those of `wanted` that find nothing: asking them together is cheaper than asking each."""
        vain = set[int]()
        for group, either in self._guards:
            awake = group & wanted
            if len(awake) >= _MANY and either.search(data, max(0, start - 1), end) is None:
                vain |= awake
        return vain

    def _woken_alike(self) -> Iterator[frozenset[int]]:
        """Rules that wake together, each with those of that of its literals which most rules have."""
        literals = {
            index: [anchor for anchor in rule.anchors if not anchor.startswith("\0")]
            for index, rule in enumerate(self.rules)
            if not rule.across
        }
        common = Counter(anchor for anchors in literals.values() for anchor in anchors)
        alike: dict[str, list[int]] = {}
        for index, anchors in literals.items():
            if anchors:
                alike.setdefault(max(anchors, key=lambda anchor: common[anchor]), []).append(index)
        yield from (frozenset(group) for group in alike.values() if len(group) >= _MANY)

    def shaped(self, data: bytes, starts: Sequence[int]) -> dict[int, set[int]]:
        """The rules without a literal that may match in each of the texts which begin at `starts` (after the
        last of them comes the end of all), told in one pass over all."""
        found: dict[int, set[int]] = {}
        for holds, groups in self._gated:
            if not groups or not holds(data):
                continue
            open_gates: dict[int, bool] = {}
            for either, each in groups:
                for text, index in _candidates(either, each, data, starts):
                    if text not in open_gates:
                        open_gates[text] = holds(data[starts[text] : starts[text + 1]])
                    if open_gates[text]:
                        found.setdefault(text, set()).add(index)
        return found

    def _shaped(self, data: bytes, start: int, end: int) -> Iterator[int]:
        block = data if end - start == len(data) else data[start:end]
        for holds, groups in self._gated:
            if groups and holds(block):
                for either, each in groups:
                    if either.search(data, start, end):
                        yield from each

    def _grouped(self, gate: str, utf8: bool) -> list[tuple[Any, dict[int, Any]]]:
        """Rules without a literal, a few at a time: a pattern that finds whatever one of them finds, and the
        patterns of each, by index."""
        gated = [index for index, rule in enumerate(self.rules) if gate in rule.anchors]
        groups = [gated[at : at + _GROUP] for at in range(0, len(gated), _GROUP)]
        return [
            (self._either(group, utf8), {index: self._either([index], utf8) for index in group})
            for group in groups
        ]

    def _either(self, indexes: list[int], utf8: bool, *, lines: bool = True) -> Any:
        """What any of them finds, and a little more, in one text, or in many, each on its `lines`."""
        pattern = "|".join(f"(?:{_loosened(self.rules[index].pattern)})" for index in indexes)
        return bytes_pattern(f"(?m){pattern}" if lines else pattern, captures=False, utf8=utf8)

    def _matches(self, index: int, data: bytes, start: int, end: int, most: int, spans: list[Span]) -> int:
        """Adds what one rule hides, and tells up to where that is all."""
        rule, group = self.rules[index], self._groups[index]
        vain: _Vain = set()
        found = 0
        # With the line end before the block.
        for tries, match in enumerate(self._patterns[index].finditer(data, max(0, start - 1), end)):
            first, last = match.span(group)
            candidate = Found(data, first, last)
            known = vain if tries > _REMEMBERED and not rule.across else None
            verdict = first < last and (rule.valid is None or _judged(rule.valid, candidate, known))
            if verdict:
                _, first, last = verdict if isinstance(verdict, Found) else candidate
                spans.append(Span(first, last, rule.kind))
                found += 1
            if found == most or tries == _TRIES + most:
                return int(last)
        return end


_Vain = set[tuple[int, int, bytes]]


def _judged(valid: Validator, found: Found, vain: _Vain | None) -> Found | bool:
    """What a validator says, asked once about candidates that fail in equal surroundings."""
    if vain is None:
        return valid(found)
    left = found.start - AROUND if found.start > AROUND else 0
    around = (found.start - left, found.end - found.start, found.data[left : found.end + AROUND])
    if around in vain:
        return False
    verdict = valid(found)
    if not verdict:
        vain.add(around)
    return verdict


def _candidates(
    either: Any, each: Mapping[int, Any], data: bytes, starts: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """(text, rule) where one may match. Every rule in a text is cheaper than a pass of its own over all,
    but not in many texts."""
    texts = list(islice(_texts_with(either, data, starts), _MANY))
    if len(texts) < _MANY:
        yield from ((text, index) for text in texts for index in each)
        return
    for index, pattern in each.items():
        yield from ((text, index) for text in _texts_with(pattern, data, starts))


def _texts_with(pattern: Any, data: bytes, starts: Sequence[int]) -> Iterator[int]:
    """Those in which a match begins or ends: one may begin with the line end before its text."""
    at, size = 0, len(data)
    while at < size and (match := pattern.search(data, at)):
        first, last = (bisect_right(starts, place) - 1 for place in (match.start(), match.end() - 1))
        yield from {first, last}
        at = starts[last + 1]


def _loosened(pattern: str) -> str:
    """The same with less to count: each letter counted is a state more, and random text meets them all. Only
    of letters that end with the line."""
    return str(_COUNTED.sub(_uncounted, pattern))


def _uncounted(match: Any) -> str:
    letters, _, count = match.group().rpartition("{")
    least = int(match.group(1))
    if "," not in count and least <= _COUNT:
        return str(match.group())
    return str(letters) + ("*+"[least] if least < 2 else f"{{{min(least, _COUNT)},}}")


def _compiled(rule: Rule, utf8: bool) -> Any:
    pattern = bytes_pattern(rule.pattern, utf8=utf8)
    return pattern if pattern.groups else bytes_pattern(rule.pattern, captures=False, utf8=utf8)


def _blocks(data: bytes) -> Iterator[tuple[int, int]]:
    start, size = 0, len(data)
    while start < size:
        end = _end_of_block(data, start)
        yield start, end
        start = end


def _end_of_block(data: bytes, start: int, least: int = _BLOCK) -> int:
    return data.find(b"\n", start + least) + 1 or len(data)
