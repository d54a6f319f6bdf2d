"""Values whose names stand before them in a list: `INSERT INTO t (a, b) VALUES (…), (…)`.

Databases report broken constraints in the same way: `Key (a, b)=(…)`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Generator, Iterator, Sequence
from itertools import chain, islice

from triage.sanitize.company import Column, columns_of
from triage.sanitize.rule import Span, bytes_pattern
from triage.sanitize.values import Quoted

ANCHORS = ("values", ")=(", "param", "args: [", "args=(", "args: (", "bind", " -- [", "with args")

_OPENING = bytes_pattern(r"(?i)\)\s*(?:output [^()]{0,80})?(?:values\s*\(|=\s?\()", captures=False)
_MOST_NAMES = 2000  # bytes
_ITEM = bytes_pattern(
    r"\s*[NbuEe]?(?:'((?:[^'\\]|\\.|'')*)'|\"((?:[^\"\\]|\\.)*)\"|([^,()'\"\n]*))\s*([,)])?"
)
_NEXT_ROW = bytes_pattern(r"\s*,\s*\(", captures=False)
_MOST_ROWS = 200
# A statement and what is bound to it: `… WHERE email = %s] [parameters: ('…',)]`.
_BOUND = bytes_pattern(
    r"(?i)(?:param(?:eter)?s?|args|arguments|binding?s?|binds|bound to|bind values| --)[\"']?(?:\s?[:=]|\s(?:was|were|are))?\s{0,3}[\[({]\s{0,3}[\[({]?",
    captures=False,
)
_MARK = r"(?:%s|\?|\$[0-9]{1,3}|:[a-z_0-9]{1,40}|@[A-Za-z_0-9]{1,40}|%\([a-z_0-9]{1,40}\)s)"
_COMPARED = bytes_pattern(
    rf"(?i)[\"'`\[]?([a-z_][a-z0-9_]{{0,60}})[\"'`\]]?\s{{0,3}}(?:=|<>|!=|<=|>=|<|>|\bi?like\b|\bin\b)\s{{0,3}}\(?{_MARK}"
)
_LISTED = bytes_pattern(
    rf"(?i)\(([^()]{{1,999}})\)\s{{0,3}}(?:output [^()]{{0,80}})?values\s{{0,3}}\(\s{{0,3}}(?:default,\s{{0,3}})?{_MARK}"
)
_STATEMENT = 2000  # bytes


def columned(data: bytes) -> Iterator[Span]:
    """The values in `data` that their column's name tells to hide. The names are read once per list."""
    values = Quoted(data)
    at = 0
    while found := _OPENING.search(data, at):
        names = data[
            max(at, data.rfind(b"(", max(0, found.start() - _MOST_NAMES), found.start()) + 1) : found.start()
        ]
        columns = columns_of([_plain(name) for name in names.split(b",")])
        at = found.end()
        if any(columns):
            for _ in range(_MOST_ROWS):
                at = yield from _row(data, at, columns, values)
                following = _NEXT_ROW.match(data, at)
                if following is None:
                    break
                at = following.end()


def bound(data: bytes) -> Iterator[Span]:
    """The values bound to a statement in `data` whose column tells to hide them."""
    values = Quoted(data)
    compared = [(match.span(), [match.group(1)]) for match in _COMPARED.finditer(data)]
    listed = [(match.span(), match.group(1).split(b",")) for match in _LISTED.finditer(data)]
    for found in islice(_BOUND.finditer(data), _MOST_ROWS):
        last = found.start()
        lists = _within(listed, last - _STATEMENT, last)[-1:] or _within(compared, last - _STATEMENT, last)
        columns = list(map(_bound_as, columns_of([_plain(name) for name in chain.from_iterable(lists)])))
        if any(columns):
            yield from _row(data, found.end(), columns, values)


_Placed = tuple[tuple[int, int], list[bytes]]


def _within(placed: Sequence[_Placed], start: int, end: int) -> list[list[bytes]]:
    """What stands between two places of what is in order."""
    first = bisect_left(placed, start, key=lambda one: one[0][0])
    last = bisect_right(placed, end, key=lambda one: one[0][1])
    return [names for _, names in placed[first:last]]


def _bound_as(column: Column | None) -> Column | None:
    return column._replace(kind="name") if column and column.kind == "person" else column


def _plain(name: bytes) -> str:
    return name.strip(b' \n"`[]').decode("utf-8", "ignore")


def _row(
    data: bytes, at: int, columns: Sequence[Column | None], values: Quoted
) -> Generator[Span, None, int]:
    for column in columns:
        item = _ITEM.match(data, at)
        if item is None:
            break
        start, end = next(item.span(group) for group in (1, 2, 3) if item.start(group) >= 0)
        at = item.end()
        if (
            column
            and start < end
            and (values.is_hidden(column.kind, start, end) or column.is_told(data[start:end]))
        ):
            yield Span(start, end, column.kind)
        if item.group(4) != b",":
            break
    return at
