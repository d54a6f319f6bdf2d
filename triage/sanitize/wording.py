"""Whether a text is worded as attempts at injection are: words, pairs of words and pieces of words, weighed.

The weights were learned from attempts and from ordinary texts in some forty languages (`benchmarks.wording`).
Nobody can list how people talk who talk to a machine, but it can be counted.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ahocorasick_rs import BytesAhoCorasick

from triage.sanitize.learned import read
from triage.sanitize.rule import bytes_pattern

TABLE = Path(__file__).parent / "rules" / "wordings.txt"
BLANK = "␣"  # how the table writes one
_SIGNS = tuple(bytes((byte,)) for byte in range(33, 127) if not chr(byte).isalnum())
_WORDS = bytes_pattern(r"(?:[a-z'\x80-\xff]+[^a-z\x80-\xff]+){2}[a-z\x80-\xff]|[\xe3-\xed]", captures=False)
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


def sign_of(folded: bytes) -> str:
    """How a folded text's most telling part is worded: "clear-wording" or "wording" of attempts, or ""."""
    if not _WORDS.search(folded):
        return ""
    table = _table()
    weight = max(_weight(table, part) for part in parts(spread(folded)))
    return "clear-wording" if weight > table.clear else "wording" if weight > table.rest else ""


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


@cache
def _table() -> Table:
    (rest, clear), weighed = read(TABLE)
    pieces = BytesAhoCorasick([piece.replace(BLANK, " ").encode() for piece in weighed])
    return Table(pieces, tuple(weighed.values()), rest, clear)
