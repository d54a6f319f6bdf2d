"""Which of a run of capitalised words are a person's name, told by weights that were learned.

What a word is made of, what stands around the run and how its words stand together are weighed. The weights
come from texts in which every name is marked, and from others that only look so (`benchmarks.persons`):
nobody can list what products, streets and headings are called, but it can be counted.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from triage.sanitize.learned import read
from triage.sanitize.people import OF, PARTICLE, WORD, is_acronym, is_given, is_product, is_surname
from triage.sanitize.rule import Found
from triage.sanitize.rules.things import is_thing

TABLE = Path(__file__).parent / "rules" / "persons.txt"
MOST_WORDS = 6
RUN = rf"(?:[A-Z]\. ?){{0,3}}{WORD}(?:[ +](?:{PARTICLE}[ +]){{0,2}}{OF}{WORD}){{0,{MOST_WORDS - 1}}}"
_APOSTROPHE = "’".encode()
_AROUND = 48  # bytes on both sides of a run
_PIECE = 4  # letters
_LONGEST = 24  # letters of a word that are told apart
_SIGNS = str.maketrans(" \n\r\t", "␣⏎⏎⇥")
_SHORT = 7  # letters
_MARGIN = 2.0  # less is asked of a word beside one that is a name
# What a single word itself has to say for it, or one of a heading's many, and one of a few.
_NAMELIKE, _UNLIKELY = 0.25, -0.75


class Run(NamedTuple):
    """Words with a capital each, between `before` and `after`."""

    words: tuple[str, ...]
    before: str
    after: str


class Weights(NamedTuple):
    """Of traits, by kind. A word is a name above `beside` where others stand in its run, above `single` where
    none do."""

    of: Mapping[str, Mapping[str, float]]
    beside: float
    single: float


def named(found: Found) -> Found | bool:
    """The person's name in a run of words."""
    if is_inside_a_word(found):
        return False
    spans, run = run_of(found)
    if max(map(weight, run.words), default=-math.inf) < (_UNLIKELY if 1 < len(spans) < 5 else _NAMELIKE):
        return False
    scores = scored(run)
    least = weights().single if len(spans) == 1 else weights().beside
    first = last = max(range(len(scores)), key=scores.__getitem__)
    if scores[first] <= least:
        return False
    while first and scores[first - 1] > least - _MARGIN:
        first -= 1
    while last + 1 < len(scores) and scores[last + 1] > least - _MARGIN:
        last += 1
    if _fills(found) and all(map(_may_be_of_a_family, run.words[:first])):
        first = 0
    if first == last < len(scores) - 1 and is_product(run.words[last + 1]):
        return False  # `Janet Lexer`
    begin = spans[first][0] if first else found.start  # with initials
    return Found(found.data, begin, spans[last][1])


def _fills(found: Found) -> bool:
    """Whether a run is all that stands between quotes."""
    return found.before() in (b"'", b'"') and found.before() == found.after()


def _may_be_of_a_family(word: str) -> bool:
    """In languages where that comes first: one that is known, or a short one with a letter of its own."""
    data = word.encode()
    return is_surname(data) or (not data.isascii() and len(word) < _SHORT and not is_thing(data))


def is_inside_a_word(found: Found) -> bool:
    """Whether a run begins behind a letter, as in `getUserName`."""
    before = found.before()
    return before.isalnum() or before == b"_" or (before > b"\x7f" and _text(found.before(4))[-1:].isalnum())


def run_of(found: Found) -> tuple[list[tuple[int, int]], Run]:
    """Where the words of a run stand, and the run."""
    spans = list(_spans(found))
    words = tuple(_text(found.data[start:end]) for start, end in spans)
    return spans, Run(words, _text(found.before(_AROUND)), _text(found.after(_AROUND)))


def _spans(found: Found) -> Iterator[tuple[int, int]]:
    """Words of the run with a capital, without initials and particles, and without the `d'` of d'Aubigny."""
    at = found.start
    for piece in found.value.replace(b"+", b" ").split(b" "):
        end = at + len(piece)
        word = piece.rpartition(b".")[2]
        if word[:1].islower():
            word = word.replace(_APOSTROPHE, b"'").partition(b"'")[2]
        if len(word) > 1:
            yield end - len(word), end
        at = end + 1


def _text(data: bytes) -> str:
    return data.decode("utf-8", "ignore")


def scored(run: Run) -> list[float]:
    """Of each word, above nothing where it is likelier a name than not; of a thing's, least."""
    around = _sum(surroundings(run))
    return [
        -math.inf if is_product(word) else around + weight(word) + _sum(place(run.words, at))
        for at, word in enumerate(run.words)
    ]


def _sum(traits: Iterable[tuple[str, str]]) -> float:
    of = weights().of
    return sum(of[kind].get(trait, 0.0) for kind, trait in traits)


@lru_cache(maxsize=8192)
def weight(word: str) -> float:
    """What a word itself has to say for being a name, of a few units either way."""
    return _sum(traits(word))


def traits(word: str) -> Iterator[tuple[str, str]]:
    """What a word is made of, whatever stands around."""
    low = word.lower()[:_LONGEST]
    padded = f"_{low}_"
    yield "w", low
    yield "k", _kind(word)
    yield "l", str(min(len(low), 9))
    yield "e", padded[-3:]
    yield "b", padded[:3]
    for at in range(len(padded) - _PIECE + 1):
        yield "c", padded[at : at + _PIECE]


def surroundings(run: Run) -> Iterator[tuple[str, str]]:
    """What stands around a run, and what its words are together."""
    joint, lead, joint_before, earlier = told(run.before, back=True)
    sign, trail, sign_after, later = told(run.after, back=False)
    kinds = [_kind(word) for word in run.words]
    yield "<", joint + lead
    yield "<w", lead
    yield "<s", joint
    yield "<<", earlier + joint_before + lead
    yield "<2", earlier
    yield ">", sign + trail
    yield ">w", trail
    yield ">s", sign
    yield ">>", trail + sign_after + later
    yield "<>", f"{lead} {trail}"
    yield "ss", f"{joint} {sign}"
    yield "n", str(len(kinds))
    yield "kk", ".".join(kinds[:4])
    yield from (("any", mark) for mark in "gft" if any(mark in kind for kind in kinds))


def place(words: Sequence[str], at: int) -> Iterator[tuple[str, str]]:
    """How a word stands among those of its run."""
    kind = _kind(words[at])
    last = len(words) - 1
    yield "p", f"{min(at, 2)} {min(last - at, 2)}"
    yield "pk", f"{min(at, 2)} {min(last - at, 2)} {kind}"
    if at:
        yield "a", words[at - 1].lower()[:_LONGEST]
        yield "ak", f"{_kind(words[at - 1])} {kind}"
    if at < last:
        yield "z", words[at + 1].lower()[:_LONGEST]
        yield "zk", f"{kind} {_kind(words[at + 1])}"


@lru_cache(maxsize=8192)
def _kind(word: str) -> str:
    """Whether a given name, a family name, a thing, and how it is written."""
    data = word.encode()
    marks = [
        mark
        for mark, holds in (("g", is_given(data)), ("f", is_surname(data)), ("t", is_thing(data)))
        if holds
    ]
    return "".join((*marks, "X" if word.isupper() else "x" if is_acronym(data) else ""))


def told(text: str, *, back: bool) -> tuple[str, str, str, str]:
    """The signs next to a run, the word behind them, and the same once more; of a number, `#`."""
    found: list[str] = []
    at = len(text) if back else 0
    for _ in range(2):
        signs, at = _taken(text, at, back, letters=False)
        word, at = _taken(text, at, back, letters=True)
        short = signs[-4:] if back else signs[:4]
        found += (short.translate(_SIGNS), "#" if word.isdigit() else word.lower()[:_LONGEST])
    joint, word, second_joint, second = found
    return joint or "^", word, second_joint, second


def _taken(text: str, at: int, back: bool, *, letters: bool) -> tuple[str, int]:
    """All up to the next letter, or all letters, from a place on."""
    begin, size = at, len(text)
    if back:
        while at and (text[at - 1].isalnum() or text[at - 1] in "'’") is letters:
            at -= 1
        return text[at:begin], at
    while at < size and (text[at].isalnum() or text[at] in "'’") is letters:
        at += 1
    return text[begin:at], at


@cache
def weights() -> Weights:
    (beside, single), weighed = read(TABLE)
    of: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for name, weight in weighed.items():
        kind, _, trait = name.partition(" ")
        of[kind][trait] = weight
    return Weights(of, beside, single)
