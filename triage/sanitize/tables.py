"""Rows below a line of column names: CSV, tab-separated, tables of Markdown and psql, frames of pandas."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from typing import Any

from triage.sanitize.company import Column, columns_of
from triage.sanitize.placeholders import MASK
from triage.sanitize.rule import Span, bytes_pattern
from triage.sanitize.values import Quoted

_LONGEST = 2000  # bytes of a line of names
_MOST_TABLES = 100  # that are looked at in a text
_MANY = 5  # columns, of a table of which a row may have a cell too many, which is what an error is about
_MOST_SPACES = 3  # in a column's name; a part of a sentence has more


def _fields_by(sign: str) -> Any:
    """Group 1 is a field in quotes, group 2 a bare one."""
    return bytes_pattern(
        rf"[ ]*(?:\"((?:[^\"\\\n]|\\.|\"\")*)\"|([^{sign}\r\n]*?))[ \r]*(?:{sign}|$)", captures=True
    )


_Layout = tuple[bytes, Any]
_SPACED = b"  "
_LAYOUTS: tuple[_Layout, ...] = (
    (b",", _fields_by(",")),
    (b";", _fields_by(";")),
    (b"\t", _fields_by(r"\t")),
    (b"|", _fields_by(r"\|")),
    (_SPACED, None),
)
_NAME = bytes_pattern(r"[A-Za-z_#\x80-\xff][A-Za-z0-9_ .\-/()#\x80-\xff]{0,40}", captures=False)
_RULED = b"-+|:= \t\r"
# A person's name in a table is one; addresses of machines have rules of their own.
_AS_NAME, _APART = "person", "ip"
_WEAK = frozenset(("person", "user", "address", "geo", "generated"))


def tabled(data: bytes, stems: Sequence[tuple[int, int]]) -> Iterator[Span]:
    """The values in `data` that the name above them tells to hide. `stems` as in `assigned`."""
    values = Quoted(data)
    done, tables = 0, 0
    for start, _ in stems:
        if start < done or tables > _MOST_TABLES:
            continue
        left = max(data.rfind(b"\n", max(0, start - _LONGEST), start) + 1, done)
        end = data.find(b"\n", start, left + _LONGEST)
        done = end + 1 if end >= 0 else start + 1
        if end >= 0:
            line, tables = data[left:end], tables + 1
            for layout in _LAYOUTS:
                columns = _columns(line, layout) if layout[0] in line else []
                if columns:
                    done = yield from _rows(data, done, columns, layout, values)
                    break


def _columns(line: bytes, layout: _Layout) -> list[Column | None]:
    """What the columns hold that a line of names announces; empty where it is none."""
    names = [line[start:end] for start, end in _fields(line, layout)]
    if len(names) < 2 or not all(map(_may_name, names)):
        return []
    columns = columns_of([name.decode("utf-8", "ignore") for name in names])
    telling = [column.kind for column in columns if column]
    if len(telling) < 2 and (not telling or telling[0] in _WEAK):
        return []
    return list(map(_of_rows, columns))


def _may_name(cell: bytes) -> bool:
    return not cell or (cell.count(b" ") <= _MOST_SPACES and _NAME.fullmatch(cell) is not None)


def _of_rows(column: Column | None) -> Column | None:
    if column is None or column.kind == _APART:
        return None
    return column._replace(kind="name") if column.kind == _AS_NAME else column


def _rows(
    data: bytes, at: int, columns: Sequence[Column | None], layout: _Layout, values: Quoted
) -> Generator[Span, None, int]:
    told = [(place, column) for place, column in enumerate(columns) if column]
    while at < len(data):
        end = data.find(b"\n", at)
        end = len(data) if end < 0 else end
        row = data[at:end]
        if row.strip(_RULED):
            fields = _fields(row, layout)
            more = len(fields) - len(columns)
            numbered = more if layout[0] == _SPACED else 0  # pandas prints an index that has no name
            if more not in (0, int(layout[0] == _SPACED or len(columns) >= _MANY)):
                return at
            for place, column in told:
                if column.kind == "email" and b"@" not in row:
                    continue
                start, stop = fields[place + numbered]
                if start >= stop or row[start] == MASK[0]:
                    continue
                if values.is_hidden(column.kind, at + start, at + stop) or column.is_told(row[start:stop]):
                    yield Span(at + start, at + stop, column.kind)
        elif not row.strip() or end == len(data):
            return at
        at = end + 1
    return at


def _fields(line: bytes, layout: _Layout) -> list[tuple[int, int]]:
    sign, pattern = layout
    if sign == _SPACED:
        return [(start, end) for start, end in _split(line, sign) if start < end]
    if b'"' not in line:
        return _split(line, sign)
    found: list[tuple[int, int]] = []
    for match in pattern.finditer(line):
        found.append(match.span(1 + (match.start(1) < 0)))
        if match.end() >= len(line):
            break
    return found


def _split(line: bytes, sign: bytes) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    at = 0
    for part in line.rstrip(b"\r").split(sign):
        end = at + len(part)
        if part[:1] == b" " or part[-1:] == b" ":
            start = end - len(part.lstrip(b" "))
            found.append((start, max(start, at + len(part.rstrip(b" ")))))
        else:
            found.append((at, end))
        at = end + len(sign)
    return found
