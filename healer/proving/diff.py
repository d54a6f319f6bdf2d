"""Unified diffs applied exactly, and where lines went. Pure. (`healer.diffing` makes them.)"""

from __future__ import annotations

import bisect
import difflib
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TypeAlias

Block: TypeAlias = tuple[int, int, int, int]
MOST_PAIRS = 4_000_000  # of equal lines: about a second
_HUNK = re.compile(r"@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@")


class BadDiff(ValueError):
    """The diff does not apply exactly to the commit it is meant for."""


def split(text: str) -> list[str]:
    """Lines with their ends; only a line feed ends a line, as in git."""
    parts = text.split("\n")
    return [p + "\n" for p in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def apply(read: Callable[[str], str | None], diff: str) -> dict[str, str]:
    """The new text of every file in `diff`. Raises BadDiff where a line does not fit: there is no fuzz."""
    lines, files = split(diff), {}
    at = 0
    while at < len(lines):
        if not lines[at].startswith("--- "):
            at += 1
            continue
        path, at = _path(lines, at), at + 2
        old = split(read(path) or "")
        files[path], at = _patched(path, old, lines, at)
    if not files:
        raise BadDiff("the diff changes no file")
    return files


def _path(lines: list[str], at: int) -> str:
    if at + 1 >= len(lines) or not lines[at + 1].startswith("+++ b/"):
        raise BadDiff("a file header is incomplete, or the file is deleted")
    old, new = lines[at][4:].rstrip("\t\n"), lines[at + 1][6:].rstrip("\t\n")
    if old not in {"/dev/null", f"a/{new}"}:
        raise BadDiff(f"{new} is renamed, which a fix does not do")
    return new


def _patched(path: str, old: list[str], lines: list[str], at: int) -> tuple[str, int]:
    result: list[str] = []
    taken = 0
    while at < len(lines) and (found := _HUNK.match(lines[at])):
        start, count = int(found.group(1)), int(found.group(2) or 1)
        start = start - 1 if count else start
        if start < taken:
            raise BadDiff(f"the hunks of {path} overlap")
        result += old[taken:start]
        at += 1
        removed, added, at = _hunk(lines, at, count, int(found.group(4) or 1))
        if old[start : start + count] != removed:
            raise BadDiff(f"line {start + 1} of {path} reads otherwise")
        result += added
        taken = start + count
    return "".join(result + old[taken:]), at


def _hunk(lines: list[str], at: int, olds: int, news: int) -> tuple[list[str], list[str], int]:
    removed: list[str] = []
    added: list[str] = []
    while at < len(lines) and (len(removed) < olds or len(added) < news):
        mark, text = lines[at][:1], lines[at][1:]
        if at + 1 < len(lines) and lines[at + 1].startswith("\\"):
            text, at = text.removesuffix("\n"), at + 1
        if mark in {" ", "-"}:
            removed.append(text)
        if mark in {" ", "+"}:
            added.append(text)
        if mark not in {" ", "-", "+"}:
            raise BadDiff("a hunk is broken")
        at += 1
    return removed, added, at


def changed(old: str, new: str) -> Iterator[Block]:
    """Changed blocks as 0-based half-open line ranges: (old start, old end, new start, new end)."""
    yield from _blocks(split(old), split(new))


def _blocks(old: list[str], new: list[str]) -> Iterator[Block]:
    """difflib's time grows with the pairs of equal lines: a table of 20,000 equal rows takes it minutes. Such
    texts are cut at the lines that both have once; what still has too many pairs is one block."""
    if _pairs(old, new) <= MOST_PAIRS:
        matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
        yield from ((a, b, c, d) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal")
        return
    a = c = 0
    for i, j in [*_anchors(old, new), (len(old), len(new))]:
        yield from _between(old, new, (a, i, c, j))
        a, c = i + 1, j + 1


def _between(old: list[str], new: list[str], block: Block) -> Iterator[Block]:
    a, b, c, d = block
    while a < b and c < d and old[a] == new[c]:
        a, c = a + 1, c + 1
    while a < b and c < d and old[b - 1] == new[d - 1]:
        b, d = b - 1, d - 1
    if _pairs(old[a:b], new[c:d]) > MOST_PAIRS:
        yield a, b, c, d
    elif a < b or c < d:
        yield from ((a + w, a + x, c + y, c + z) for w, x, y, z in _blocks(old[a:b], new[c:d]))


def _pairs(old: list[str], new: list[str]) -> int:
    counted = Counter(new)
    return sum(times * counted[line] for line, times in Counter(old).items())


def _anchors(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """The longest run, in order, of lines that stand once in both (patience)."""
    once_old, once_new = (
        {line: n for n, line in enumerate(lines) if times[line] == 1}
        for lines, times in ((old, Counter(old)), (new, Counter(new)))
    )
    tails: list[int] = []
    best: list[tuple[tuple[int, int], int]] = []  # (anchor, the one before it)
    ends: list[int] = []
    for line, i in once_old.items():
        if (j := once_new.get(line)) is None:
            continue
        at = bisect.bisect_left(tails, j)
        best.append(((i, j), ends[at - 1] if at else -1))
        tails[at : at + 1], ends[at : at + 1] = [j], [len(best) - 1]
    found, at = [], ends[-1] if ends else -1
    while at >= 0:
        anchor, at = best[at]
        found.append(anchor)
    return found[::-1]


def count(old: str, new: str) -> int:
    """Changed lines, added and removed."""
    return sum((b - a) + (d - c) for a, b, c, d in changed(old, new))


def mapped(old: str, new: str, line: int) -> tuple[int, ...]:
    """Where base line `line` (1-based) is in the new text: one line, the block that replaced it, or the
    line that follows where it was deleted."""
    shift = 0
    for a, b, c, d in changed(old, new):
        if line - 1 < a:
            break
        if a <= line - 1 < b:
            return tuple(range(c + 1, d + 1)) or (min(c + 1, len(split(new))),)
        shift = d - b
    return (line + shift,)
