"""Which cells of a row are somebody's, told by weights that were learned.

A row has lost the names of its fields: `('LOT-93', 'Yannick …', '1 71 09 …', 'BRSS 70%')`. What is hidden in
some cells, and how another is written, tell whether that is one more. The weights come from records, events
and lines with everything private marked, their values without their names (`benchmarks.private_cells`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import re2

from triage.sanitize.learned import read
from triage.sanitize.private_fields import LONGEST, SHORTEST, marks, shapes

TABLE = Path(__file__).parent / "rules" / "private_cells.txt"
_DATED = re2.compile(r"20[1-4][0-9]-?(?:[01][0-9]|W[0-9])")  # of a number that an application made
_LONGEST_WORD = 24  # letters that are told apart
_PIECE = 4  # letters


class Cell(NamedTuple):
    """A cell that no rule hides, beside as many that are `hidden`, of the kinds `told`."""

    value: str
    told: frozenset[str]
    hidden: int


def is_private(cell: Cell) -> bool:
    """Whether it is likelier private than not."""
    if not SHORTEST <= len(cell.value) <= LONGEST or "[" in cell.value:
        return False
    weights, least = _weights()
    return _of_value(cell.value) + sum(weights.get(trait, 0.0) for trait in of_row(cell)) > least


@lru_cache(maxsize=16384)
def _of_value(value: str) -> float:
    weights, _ = _weights()
    return sum(weights.get(trait, 0.0) for trait in of_value(value))


def of_value(value: str) -> Iterator[str]:
    """How a value is written, and what its words are made of."""
    exact, rough = shapes(value)
    yield f"shape {exact}"
    yield f"rough {rough}"
    yield f"length {min(len(value) // 2, 16)}"
    yield f"digits {min(sum(map(str.isdigit, value)), 16)}"
    yield from (f"mark {mark}" for mark in marks(value))
    if _DATED.search(value):
        yield "dated"
    words = {word[:_LONGEST_WORD] for word in _words(value)}
    yield f"words {min(len(words), 5)}"
    for word in words:
        padded = f"^{word}$"
        yield f"word {word}"
        yield from {f"piece {padded[at : at + _PIECE]}" for at in range(len(padded) - _PIECE + 1)}


def of_row(cell: Cell) -> Iterator[str]:
    """What is hidden beside it, and that together with how it is written."""
    _, rough = shapes(cell.value)
    yield f"hidden {min(cell.hidden, 4)}"
    for kind in cell.told:
        yield f"told {kind}"
        yield f"beside {kind} {rough}"


def _words(value: str) -> list[str]:
    return "".join(char if char.isalpha() else " " for char in value.lower()).split()


@cache
def _weights() -> tuple[Mapping[str, float], float]:
    (least, _), weights = read(TABLE)
    return weights, least
