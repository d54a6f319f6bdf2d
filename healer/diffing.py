"""Unified diffs that `git apply` takes: made by the service from whole texts, never by an agent."""

from __future__ import annotations

import bisect
import difflib
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TypeAlias

Block: TypeAlias = tuple[int, int, int, int]  # old start, old end, new start, new end: 0-based, half-open

MOST_PAIRS = 4_000_000  # of equal lines: about a second
CONTEXT = 3  # lines around a change
NO_NEWLINE = "\\ No newline at end of file\n"


def unified(before: Mapping[str, str | None], after: Mapping[str, str | None]) -> str:
    """One diff over all paths of `after`, sorted. None means: no such file (created or deleted)."""
    return "".join(_file(path, before.get(path), after[path]) for path in sorted(after))


def changed_lines(diff: str) -> int:
    """Added plus removed lines of a unified diff."""
    count, inside = 0, False
    for line in diff.split("\n"):
        inside = not line.startswith("diff --git ") and (inside or line.startswith("@@ "))
        count += inside and line[:1] in {"+", "-"}
    return count


def _file(path: str, old: str | None, new: str | None) -> str:
    if old == new:
        return ""
    a, b = _name("a/" + path), _name("b/" + path)
    header = f"diff --git {a} {b}\n"
    if old is None:
        header += "new file mode 100644\n"
    if new is None:
        header += "deleted file mode 100644\n"
    source = _label(a) if old is not None else "/dev/null"
    target = _label(b) if new is not None else "/dev/null"
    body = "".join(_hunks(_lines(old or ""), _lines(new or "")))
    return header + (f"--- {source}\n+++ {target}\n{body}" if body else "")


def _hunks(old: list[str], new: list[str]) -> list[str]:
    plain = not repetitive(old, new)
    lines = list(difflib.unified_diff(old, new, n=CONTEXT))[2:] if plain else list(_grouped(old, new))
    return [line if line.endswith("\n") else line + "\n" + NO_NEWLINE for line in lines]


def _grouped(old: list[str], new: list[str]) -> Iterator[str]:
    """difflib's shape, from blocks that were found another way."""
    groups: list[list[Block]] = []
    for block in blocks(old, new):
        if groups and block[0] - groups[-1][-1][1] <= 2 * CONTEXT:
            groups[-1].append(block)
        else:
            groups.append([block])
    for group in groups:
        before = min(CONTEXT, group[0][0])
        after = min(CONTEXT, len(old) - group[-1][1])
        a, c = group[0][0] - before, group[0][2] - before
        b, d = group[-1][1] + after, group[-1][3] + after
        yield f"@@ -{_range(a, b)} +{_range(c, d)} @@\n"
        for start, end, first, last in group:
            yield from (" " + line for line in old[a:start])
            yield from ("-" + line for line in old[start:end])
            yield from ("+" + line for line in new[first:last])
            a = end
        yield from (" " + line for line in old[a:b])


def _range(start: int, end: int) -> str:
    """1-based start and length; the length is left out where it is one, as difflib does."""
    if end - start == 1:
        return str(start + 1)
    return f"{start + 1 if end > start else start},{end - start}"


def _lines(text: str) -> list[str]:
    """Split at newlines only, as git does; `str.splitlines` would also cut at form feeds."""
    parts = text.split("\n")
    return [part + "\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def _label(name: str) -> str:
    return name + "\t" if " " in name and not name.startswith('"') else name


def _name(path: str) -> str:
    """Git's C-style quoting, for the names that need it."""
    if not any(ch < " " or ch in '"\\\x7f' for ch in path):
        return path
    escapes = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
    return '"' + "".join(escapes.get(ch) or (f"\\{ord(ch):03o}" if ch < " " else ch) for ch in path) + '"'


# --- what changed --------------------------------------------------------------------------------------


def blocks(old: list[str], new: list[str]) -> Iterator[Block]:
    """difflib's time grows with the pairs of equal lines: a table of 20,000 equal rows takes it minutes. Such
    texts are cut at the lines that both have once; what still has too many pairs is one block."""
    if not repetitive(old, new):
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
    if repetitive(old[a:b], new[c:d]):
        yield a, b, c, d
    elif a < b or c < d:
        yield from ((a + w, a + x, c + y, c + z) for w, x, y, z in blocks(old[a:b], new[c:d]))


def repetitive(old: list[str], new: list[str]) -> bool:
    """Are there too many pairs of equal lines for difflib?"""
    counted = Counter(new)
    return sum(times * counted[line] for line, times in Counter(old).items()) > MOST_PAIRS


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
