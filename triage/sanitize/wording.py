"""Whether a text is worded as attempts at injection are: weighed words, pairs, and pairs with a word between.

The weights were learned from attempts and from ordinary texts (`benchmarks.wording`). Rules know forms that
somebody thought of; this knows how people talk who talk to a machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from triage.sanitize.rules.word_classes import CLASSES
from triage.sanitize.rules.wordings import AT_REST, WORDINGS

_LETTERS = bytes(byte if 97 <= byte <= 122 else 0x20 for byte in range(256))
_APOSTROPHES = b"'"
_FEWEST = 4  # words
_WINDOW = 48  # words that are weighed together
_STEP = 24
_APART = 8  # words between two that are told by their class
_NEXT = 5  # of those that follow


def _weights(lines: Iterable[str]) -> dict[bytes, float]:
    """Each line has a weight and the phrases that have it, between bars."""
    weighed = (line.partition(" ") for line in lines)
    return {phrase.encode(): float(weight) for weight, _, phrases in weighed for phrase in phrases.split("|")}


_WEIGHTS = _weights(WORDINGS.strip().split("\n"))
_TELLING = frozenset(
    word
    for word in {*CLASSES, *_WEIGHTS}
    if _WEIGHTS.get(word, 0.0) + _WEIGHTS.get(CLASSES.get(word, b""), 0.0) > 0.3
)


def worded(folded: bytes) -> bool:
    """Whether any part of a folded text is worded as an attempt. Scripts other than Latin are not read."""
    words = words_of(folded)
    if len(words) < _FEWEST or _TELLING.isdisjoint(words):
        return False
    weight = _WEIGHTS.get
    return any(
        not _TELLING.isdisjoint(part) and sum(weight(phrase, 0.0) for phrase in phrases(part)) > AT_REST
        for part in windows(words)
    )


def words_of(folded: bytes) -> list[bytes]:
    return folded.translate(_LETTERS, _APOSTROPHES).split()


def windows(words: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    """As many words as are weighed together, each half of them twice."""
    yield words[:_WINDOW]
    for start in range(_STEP, len(words) - _WINDOW + _STEP, _STEP):
        yield words[start : start + _WINDOW]


def phrases(words: Sequence[bytes]) -> set[bytes]:
    """The words, the pairs of neighbours, and the pairs with a word between: `ignore _ instructions`. Then
    the same with classes for words, and pairs of classes some words apart: `AI .. SECRET`."""
    classes = [CLASSES.get(word, word) for word in words]
    found = {*words, *classes}
    for told in (words, classes):
        found.update(map(b" ".join, pairwise(told)))
        found.update(map(b" _ ".join, zip(told, told[2:], strict=False)))
    places = [at for at, word in enumerate(words) if word in CLASSES]
    for index, at in enumerate(places):
        near = (later for later in places[index + 1 : index + 1 + _NEXT] if later - at <= _APART)
        found.update(classes[at] + b" .. " + classes[later] for later in near)
    return found
