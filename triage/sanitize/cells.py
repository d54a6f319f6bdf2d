"""Cells of a row beside what is hidden of somebody: a tuple has lost the names of its fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from triage.sanitize import private_cells, sensitive
from triage.sanitize.beside import unquoted
from triage.sanitize.placeholders import is_placeholder
from triage.sanitize.private_fields import KIND
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
MOST_CELLS = 40  # cells of a row
CUT = "..."
_LONGEST = 64  # characters of a cell
_NAME = bytes_pattern(NAMED, captures=False)
_TOWN = bytes_pattern(TOWN, captures=False)
_BORN = bytes_pattern(
    r"(?:19[2-9][0-9]|20[01][0-9])([-/.])[01][0-9][-/.][0-3][0-9]|[0-3]?[0-9]([-/.])[0-3]?[0-9][-/.](?:19[2-9][0-9]|20[01][0-9])"
    r"|[0-3][0-9](?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[0-9]{2}",  # as airlines write it
    captures=False,
)
_PAPER = bytes_pattern(r"[A-Z]{0,3}[0-9]{8,12}[A-Z]{0,2}", captures=False)
_TIMES = (b"15", b"16", b"17", b"18", b"19", b"20")  # how seconds of these years begin, and dates


def told_by(shown: Sequence[Any]) -> list[str]:
    """The kinds of what is hidden of somebody in cells of their own, each as often as it is."""
    if not 1 < len(shown) <= MOST_CELLS:
        return []
    bare = (cell.strip("'\"") for cell in shown if isinstance(cell, str) and len(cell) <= _LONGEST)
    kinds = (cell[1:].rpartition(":")[0] for cell in bare if is_placeholder(cell))
    return [kind for kind in kinds if kind in _OF_SOMEBODY]


def cell_of(shown: str) -> tuple[str, str, str]:
    """As `unquoted`, without the dots where a cell is cut."""
    lead, bare, tail = unquoted("name", shown)
    whole = bare.removesuffix(CUT)
    return lead, whole, bare[len(whole) :] + tail


def kind_of_cell(cell: str, told: frozenset[str], hidden: int) -> str | None:
    """What `cell` holds of the person of whom `told` is hidden in as many cells of the row, if anything."""
    if not 1 < len(cell) <= _LONGEST:
        return None
    if sensitive.tells(cell):
        return sensitive.KIND
    data = cell.encode("utf-8", "replace")
    if _NAME.fullmatch(data) and is_cell_of_a_name(Found(data, 0, len(data))):
        return "name"
    if _BORN.fullmatch(data) and "name" in told:
        return "birth-date"
    if _TOWN.fullmatch(data):
        return "address"
    if len(told) > 1 and _PAPER.fullmatch(data) and not data.startswith(_TIMES):
        return "national-id"
    return KIND if private_cells.is_private(private_cells.Cell(cell, told, hidden)) else None
