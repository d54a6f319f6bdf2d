"""Values whose names stand before them in a list: `INSERT INTO t (a, b) VALUES (…), (…)`.

Databases report broken constraints in the same way: `Key (a, b)=(…)`.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator

from triage.sanitize.keys import kind_of_key
from triage.sanitize.rule import Span, bytes_pattern
from triage.sanitize.values import Value, worth_hiding

ANCHORS = ("values", ")=(")

_OPENING = bytes_pattern(r"(?i)\)\s*(?:output [^()]{0,80})?(?:values\s*\(|=\s?\()", captures=False)
_MOST_NAMES = 2000  # bytes
_ITEM = bytes_pattern(
    r"\s*[NbuEe]?(?:'((?:[^'\\]|\\.|'')*)'|\"((?:[^\"\\]|\\.)*)\"|([^,()'\"\n]*))\s*([,)])?"
)
_NEXT_ROW = bytes_pattern(r"\s*,\s*\(", captures=False)
_MOST_ROWS = 200


def columned(data: bytes) -> Iterator[Span]:
    """The values in `data` that their column's name tells to hide. The names are read once per list."""
    at = 0
    while found := _OPENING.search(data, at):
        names = data[
            max(at, data.rfind(b"(", max(0, found.start() - _MOST_NAMES), found.start()) + 1) : found.start()
        ]
        kinds = [_kind(name) for name in names.split(b",")]
        at = found.end()
        if any(kinds):
            for _ in range(_MOST_ROWS):
                at = yield from _row(data, at, kinds)
                following = _NEXT_ROW.match(data, at)
                if following is None:
                    break
                at = following.end()


def _kind(name: bytes) -> str | None:
    return kind_of_key(name.strip(b' \n"`[]').decode("utf-8", "ignore"))


def _row(data: bytes, at: int, kinds: list[str | None]) -> Generator[Span, None, int]:
    for kind in kinds:
        item = _ITEM.match(data, at)
        if item is None:
            break
        start, end = next(item.span(group) for group in (1, 2, 3) if item.start(group) >= 0)
        at = item.end()
        if kind and start < end and worth_hiding(Value(kind, data, start, end, b"=", "assign", quoted=True)):
            yield Span(start, end, kind)
        if item.group(4) != b",":
            break
    return at
