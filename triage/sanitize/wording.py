"""Whether a text is worded as attempts at injection are: words, pairs of words and pieces of words, weighed.

The weights were learned from attempts and from ordinary texts in some forty languages (`benchmarks.wording`).
Nobody can list how people talk who talk to a machine, but it can be counted.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ahocorasick_rs import BytesAhoCorasick

from triage.sanitize.digits import with_zeros
from triage.sanitize.learned import read
from triage.sanitize.rule import bytes_pattern

TABLE = Path(__file__).parent / "rules" / "wordings.txt"
BLANK = "␣"  # how the table writes one
_SIGNS = tuple(bytes((byte,)) for byte in range(33, 127) if not chr(byte).isalnum())
_WORDS = bytes_pattern(r"(?:[a-z'\x80-\xff]+[^a-z\x80-\xff]+){2}[a-z\x80-\xff]|[\xe3-\xed]", captures=False)
_NAME = bytes_pattern(r"[a-z0-9]+(?:_[a-z0-9]+){0,3}", captures=False)  # of code: `obey_rate_limit`
_WINDOW = 500  # bytes that are weighed together
_STEP = 250
_DRAWN = 16  # letters and digits in one word


class Table(NamedTuple):
    """`weights[n]` is of the n-th of `pieces`. A text is worded as an attempt where the weights of what it
    holds add up to more than `rest` times the root of their number; clearly so above `clear` times it."""

    pieces: BytesAhoCorasick
    weights: tuple[float, ...]
    rest: float
    clear: float


class Forms(NamedTuple):
    """The same for texts with zeros for all digits. `weights[n]`: the most that the n-th piece weighs for any
    digits; `certain`: those without."""

    pieces: BytesAhoCorasick
    weights: tuple[float, ...]
    certain: frozenset[int]


def sign_of(folded: bytes) -> str:
    """How a folded text's most telling part is worded: "clear-wording" or "wording" of attempts, or ""."""
    if not _is_worded(folded):
        return ""
    table = _table()
    weight = max(_weight(table, part) for part in parts(spread(folded)))
    return "clear-wording" if weight > table.clear else "wording" if weight > table.rest else ""


def may_have_sign(folded: bytes) -> bool:
    """Whether a text may be worded as attempts are of which `folded` is left with zeros for all digits."""
    if not _is_worded(folded):
        return False
    return any(_most(_forms(), part) > _table().rest for part in parts(spread(folded)))


def _is_worded(folded: bytes) -> bool:
    return _WORDS.search(folded) is not None and _NAME.fullmatch(folded) is None


def spread(folded: bytes) -> bytes:
    """Words and signs, with one blank before and after each; without what is drawn and says nothing."""
    for sign in _SIGNS:
        if sign in folded:
            folded = folded.replace(sign, b" " + sign + b" ")
    words = (word for word in folded.split() if len(word) < _DRAWN or not word.isalnum() or word.isalpha())
    return b" " + b" ".join(words) + b" "


def parts(data: bytes) -> Iterator[bytes]:
    """What is weighed together, each half of it twice."""
    yield data[:_WINDOW]
    for start in range(_STEP, len(data) - _STEP, _STEP):
        yield data[start : start + _WINDOW]


def _weight(table: Table, data: bytes) -> float:
    found = {piece for piece, _, _ in table.pieces.find_matches_as_indexes(data, overlapping=True)}
    return sum(map(table.weights.__getitem__, found)) / math.sqrt(len(found)) if found else -math.inf


def _most(table: Forms, part: bytes) -> float:
    """What a part weighs at most, for some digits: each place of a piece with digits may count for the sum,
    and none for the number."""
    found = [piece for piece, _, _ in table.pieces.find_matches_as_indexes(part, overlapping=True)]
    certain = table.certain.intersection(found)
    possible = (piece for piece in found if piece not in certain)
    weight = sum(table.weights[piece] for piece in (*certain, *possible))
    return weight / math.sqrt(max(1, len(certain)))


@cache
def _forms() -> Forms:
    most: dict[str, float] = {}
    for piece, weight in read(TABLE)[1].items():
        form = with_zeros(piece)
        most[form] = max(weight, most.get(form, 0.0)) if "0" in form else weight
    certain = frozenset(index for index, form in enumerate(most) if "0" not in form)
    return Forms(_search(most), tuple(most.values()), certain)


@cache
def _table() -> Table:
    (rest, clear), weighed = read(TABLE)
    return Table(_search(weighed), tuple(weighed.values()), rest, clear)


def _search(pieces: Iterable[str]) -> BytesAhoCorasick:
    return BytesAhoCorasick([piece.replace(BLANK, " ").encode() for piece in pieces])
