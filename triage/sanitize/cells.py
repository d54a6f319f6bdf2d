"""Cells of a row beside what is hidden of somebody: a tuple has lost the names of its fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from triage.sanitize import sensitive
from triage.sanitize.placeholders import is_placeholder
from triage.sanitize.rule import Found, bytes_pattern
from triage.sanitize.rules.forms import NAMED, TOWN, is_cell_of_a_name

_OF_SOMEBODY = frozenset(
    (
        "name",
        "email",
        "phone",
        "address",
        "birth-date",
        "national-id",
        "passport",
        "iban",
        "account",
        "card",
        "health",
    )
)
_MOST = 40  # cells of a row
_LONGEST = 64  # characters of a cell
_NAME = bytes_pattern(NAMED, captures=False)
_TOWN = bytes_pattern(TOWN, captures=False)
_BORN = bytes_pattern(
    r"(?:19[2-9][0-9]|20[01][0-9])([-/.])[01][0-9][-/.][0-3][0-9]|[0-3]?[0-9]([-/.])[0-3]?[0-9][-/.](?:19[2-9][0-9]|20[01][0-9])",
    captures=False,
)
_PAPER = bytes_pattern(r"[A-Z]{0,3}[0-9]{8,12}[A-Z]{0,2}", captures=False)
_TIMES = (b"15", b"16", b"17", b"18", b"19", b"20")  # how seconds of these years begin, and dates


def told_by(shown: Sequence[Any]) -> frozenset[str]:
    """The kinds of what is hidden of somebody in cells of their own."""
    if not 1 < len(shown) <= _MOST:
        return frozenset()
    bare = (cell.strip("'\"") for cell in shown if isinstance(cell, str) and len(cell) <= _LONGEST)
    kinds = (cell[1:].rpartition(":")[0] for cell in bare if is_placeholder(cell))
    return _OF_SOMEBODY.intersection(kinds)


def kind_of_cell(cell: str, told: frozenset[str]) -> str | None:
    """What `cell` holds of the person of whom `told` is hidden in the row, if anything."""
    if not 1 < len(cell) <= _LONGEST:
        return None
    if sensitive.tells(cell):
        return sensitive.KIND
    data = cell.encode("utf-8", "replace")
    if _NAME.fullmatch(data):
        return "name" if is_cell_of_a_name(Found(data, 0, len(data))) else None
    if _BORN.fullmatch(data) and "name" in told:
        return "birth-date"
    if _TOWN.fullmatch(data):
        return "address"
    if len(told) > 1 and _PAPER.fullmatch(data) and not data.startswith(_TIMES):
        return "national-id"
    return None
