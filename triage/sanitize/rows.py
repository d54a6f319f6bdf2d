"""Rows that stand in a text: `('Jörg …', 'DE89…', 'Am Weidenbach 14')`, `580;LOT-93;2850…;1985…`.

What a driver bound, a line of a file that an error quotes and a repr cut in the middle have no names; but
where some cells are hidden, the others may be somebody's, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from triage.sanitize.cells import CUT, MOST_CELLS, kind_of_cell
from triage.sanitize.placeholders import MASK
from triage.sanitize.rule import Span, bytes_pattern

_MOST = 200  # rows of a text
_LONGEST = 600  # bytes on either side of what is hidden
_FEWEST = 3  # cells of a row that no bracket encloses
_TOLD = frozenset(("hidden",))  # a text does not say as what
_MARK = bytes_pattern(r"\x1a+", captures=False)
_BRACKETS = (b"[", b"(", b"{")
_DIVIDES = (b"\n", b'"', b"'", b"[", b"]", b"{", b"}", b"<", b">")
_TRIES = 3  # brackets
_BEGUN = r"\s{0,8}(?:@[A-Za-z0-9_]{1,30}=|[A-Za-z][A-Za-z0-9.]{0,30}\()?[bu]?"  # `@p0=`, `Decimal(`
_QUOTED = r"\\{0,3}'((?:[^'\\\n]|\\[^'\n]){0,200})\\{0,3}'|\\{0,3}\"((?:[^\"\\\n]|\\[^\"\n]){0,200})\\{0,3}\""
_BARE = r"([^\s,;'\"()\[\]{}=:\\][^,;'\"()\[\]{}=:\n]{0,200})"
_ENDED = r"\)?(?: \([A-Za-z =0-9]{1,40}\))?\s{0,8}(,|\.\.\.|…|[\])}]|$)"  # ` (Size = 11),`
_CELL = bytes_pattern(f"{_BEGUN}(?:{_QUOTED}|{_BARE}){_ENDED}")
_STATEMENT = 1000  # bytes
_BOUND = r"\)\s{0,3}values\s{0,3}\([^()]{0,600}\)[^()\[\]{}]{0,40}\[?param(?:eter)?s:? ?[(\[]$"
_NAMED = bytes_pattern(rf"\)\s{{0,3}}(?:=|values)\s{{0,3}}\($|{_BOUND}", captures=False)
_SIGNS = (b";", b"|", b"\\t", b"\t", b",")
_BLANK = b" \t"
_CUT = CUT.encode()

_Places = list[tuple[int, int]]


def rowed(data: bytes) -> Iterator[Span]:
    """The cells in `data` that are likely somebody's beside those that are hidden already."""
    for row in islice(_rows(data), _MOST):
        hidden = sum(1 for start, end in row if not data[start:end].strip(MASK))
        if hidden:
            for start, end in row:
                cell = data[start:end].removesuffix(_CUT)
                if kind := kind_of_cell(cell.decode("utf-8", "ignore"), _TOLD, hidden):
                    yield Span(start, start + len(cell), kind)


def _rows(data: bytes) -> Iterator[_Places]:
    done = 0
    for mark in islice(_MARK.finditer(data), _MOST):
        start, end = mark.span()
        if start < done:
            continue
        for at in _openings(data, done, start):
            row, row_end = _enclosed(data, at)
            if row_end >= end and len(row) > 1:
                if not _has_names(data, at):
                    yield row
                done = row_end
                break
        else:
            left, done = _ends(data, done, start, end)
            yield from _separated(data, left, done)


def _openings(data: bytes, least: int, at: int) -> Iterator[int]:
    """Behind the next brackets before a place; a call among the cells has one, too."""
    least = max(least, at - _LONGEST)
    for _ in range(_TRIES):
        at = max(data.rfind(bracket, least, at) for bracket in _BRACKETS)
        if at < 0:
            return
        yield at + 1


def _ends(data: bytes, least: int, start: int, end: int) -> tuple[int, int]:
    """The part of a line around what is hidden that no quote, bracket or tag divides."""
    before = data[max(least, start - _LONGEST) : start]
    left = start - len(before) + max(before.rfind(sign) for sign in _DIVIDES) + 1
    after = data[end : end + _LONGEST]
    places = [place for sign in _DIVIDES if (place := after.find(sign)) >= 0]
    return left, end + min(places, default=len(after))


def _enclosed(data: bytes, at: int) -> tuple[_Places, int]:
    """The cells behind an opening bracket up to what is none, and where they end."""
    row: _Places = []
    while len(row) < MOST_CELLS and (cell := _CELL.match(data, at)):
        row.append(next(cell.span(group) for group in (1, 2, 3) if cell.start(group) >= 0))
        at = cell.end()
        if cell.group(4) != b",":
            break
    return row, at


def _has_names(data: bytes, at: int) -> bool:
    """Whether a list names a row's cells: `Key (a, b)=(…)`, `(a, b) VALUES (…)`, and what is bound to it."""
    before = data[max(0, at - _STATEMENT) : at].lower()
    return _NAMED.search(before) is not None


def _separated(data: bytes, start: int, end: int) -> Iterator[_Places]:
    """The cells of a line by its most frequent sign; a sentence has blanks behind its commas."""
    line = data[start:end]
    sign = max(_SIGNS, key=line.count)
    if line.count(sign) + 1 < _FEWEST or (sign == b"," and b", " in line):
        return
    row: _Places = []
    at = start
    for part in islice(line.split(sign), MOST_CELLS):
        lead = len(part) - len(part.lstrip(_BLANK))
        row.append((at + lead, at + max(lead, len(part.rstrip(_BLANK)))))
        at += len(part) + len(sign)
    yield row
