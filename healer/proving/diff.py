"""Unified diffs applied exactly, and where lines went. Pure. (`healer.diffing` makes them.)"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from healer.diffing import Block, blocks

_HUNK = re.compile(r"@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@")
_KEPT = r"diff --git PATHS\n(index \w{7,40}\.\.\w{7,40} 100(644|755)\n)?--- a/.*\n"
_MADE = r"diff --git PATHS\nnew file mode 100644\n(index 0{7,40}\.\.\w{7,40}\n)?--- /dev/null\n"


class BadDiff(ValueError):
    """The diff does not apply exactly to the commit it is meant for."""


def split(text: str) -> list[str]:
    """Lines with their ends; only a line feed ends a line, as in git."""
    parts = text.split("\n")
    return [p + "\n" for p in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def apply(read: Callable[[str], str | None], diff: str) -> dict[str, str]:
    """The new text of every file in `diff`. Raises BadDiff where a line does not fit: there is no fuzz."""
    return {path: text for _, path, text in _files(read, diff) if path}


def exact(read: Callable[[str], str | None], diff: str) -> dict[str, str]:
    """As `apply`, for a diff that people may apply by other means. Raises BadDiff where it says anything
    beside its hunks: a rename, a mode or a binary file, which `git apply` would follow."""
    files = {}
    for head, path, text in _files(read, diff):
        if not path or path in files:
            raise BadDiff(f"{path} is changed twice" if path else f"it goes on with {head[:60]!r}")
        made = read(path) is None
        if not re.fullmatch(_MADE if made else _KEPT, head.replace(f" a/{path} b/{path}\n", " PATHS\n", 1)):
            raise BadDiff(f"the header of {path} says more than what its lines change")
        files[path] = text
    return files


def _files(read: Callable[[str], str | None], diff: str) -> Iterator[tuple[str, str, str]]:
    """(what stands before it, path, new text) of each file; what stands behind the last, with no path."""
    lines = split(diff)
    at = start = 0
    found = False
    while at < len(lines):
        if not lines[at].startswith("--- "):
            at += 1
            continue
        path, head, found = _path(lines, at), "".join(lines[start : at + 1]), True
        text, at = _patched(path, split(read(path) or ""), lines, at + 2)
        start = at
        yield head, path, text
    if not found:
        raise BadDiff("the diff changes no file")
    if start < at:
        yield "".join(lines[start:]), "", ""


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
    yield from blocks(split(old), split(new))


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
