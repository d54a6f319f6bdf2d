"""Unified diffs that `git apply` takes: made by the service from whole texts, never by an agent."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

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
    lines = list(difflib.unified_diff(old, new, n=3))[2:]
    return [line if line.endswith("\n") else line + "\n" + NO_NEWLINE for line in lines]


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
