"""The statements around a frame's line, as far as the event quotes them.

An event quotes five lines or so before and after. They are parsed, never run. What encloses the line
(`with`, `try`, `for`, `if`) is taken off: the locals tell how those came out."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from textwrap import dedent

from triage.incident import Frame

_LINES = 6  # of one statement
_LONGEST = 4000  # characters
_OPENING = ("(", "[", "{")
_CLOSING = (")", "]", "}")
_ENCLOSING = ("with ", "async with ", "try:", "if ", "elif ", "else:", "for ", "while ", "finally:")


def statement(frame: Frame) -> tuple[ast.stmt, int] | None:
    """The statement a frame stood at, and how many of the lines before it belong to it."""
    for back in range(min(4, len(frame.pre_context) + 1)):
        start = list(frame.pre_context)[len(frame.pre_context) - back :]
        if back and not start[0].strip():
            return None
        for ahead in range(_LINES):
            lines = [*start, frame.context_line, *frame.post_context[:ahead]]
            for node in _parsed(_headless(dedent("\n".join(lines))[:_LONGEST].strip())):
                return node, back
    return None


def _parsed(text: str) -> Iterator[ast.stmt]:
    try:
        found = ast.parse(f"async def _():\n {text}" if "await " in text else text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    if found and isinstance(found[0], ast.AsyncFunctionDef):
        found = found[0].body
    yield from found[:1]


def _headless(text: str) -> str:
    """`with pytest.raises(X):`, `if f(x):`, `for a in f(x):` without their word."""
    if not text.endswith(":"):
        return text
    text = text.removesuffix(":")
    for word in ("with ", "if ", "while ", "elif "):
        if text.startswith(word):
            return text.removeprefix(word).partition(" as ")[0]
    if text.startswith("for ") and " in " in text:
        return text.partition(" in ")[2]
    return text


def before(frame: Frame, used: int) -> list[ast.stmt]:
    """The statements of the same function before it, the nearest last."""
    quoted = list(frame.pre_context)
    own = quoted[len(quoted) - used] if used else frame.context_line
    lines = _flat(quoted[: len(quoted) - used], own)
    for start in range(len(lines)):
        try:
            return ast.parse("\n".join(lines[start:])[:_LONGEST]).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
    return []


def _flat(lines: Sequence[str], own: str) -> list[str]:
    """Lines of the enclosing blocks, all at one depth."""
    depth = _indent(own)
    kept: list[str] = []
    header = False  # among the lines of a `with (...):` that is written over several
    for line in reversed(lines):
        text = line.strip()
        if header:
            header = _indent(line) > depth or not text.startswith(_ENCLOSING)
        elif not text or _indent(line) >= depth:
            kept.append(line[depth:])
        elif text.endswith(_OPENING):  # the call that the line stands in
            depth, kept = _indent(line), []
        elif text.endswith(":") and text.startswith((*_ENCLOSING, *_CLOSING)):
            depth, header = _indent(line), text.startswith(_CLOSING)
        else:
            break
    return kept[::-1]


def _indent(line: str) -> int:
    found = re.match(r"[ \t]*", line)
    return found.end() if found else 0
