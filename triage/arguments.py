"""What an application was called with: the literals on the line that called into it.

The locals of code outside the application are dropped. One thing they know is the application's own business,
and is lost where it rebinds its parameters or their reprs say nothing: the arguments it was given. So of the
one frame that called its first, those locals stay that stand on the calling line, or on the quoted lines that
led to it, and are literals in full, or no more than the name of their class."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import re2

from triage.lenient import items, mapping, text

FIELD = "arguments"
MOST_NAMES = 10  # of one call
LONGEST = 4096  # characters of one value
MOST = 16384  # characters of all values of one call
_LINES = 8  # of one call
_WIDEST = 500  # characters of one line
_DEEPEST = 12
_MOST_FRAMES = 300
_TOKENS = re2.compile(  # of bytes, whose places need no counting of characters
    rb"""[rbuRBU]?"(?:[^"\\]|\\.)*"|[rbuRBU]?'(?:[^'\\]|\\.)*'|#.*|\.\s*[A-Za-z_]\w*|[A-Za-z_]\w*|[()\[\]{}]"""
)
_BARE = re2.compile(r"<(?:class '[\w.<>]{1,200}'|[\w.<>]{1,200} object at 0x[0-9a-fA-F]{1,16})>")
_LITERALS = (
    ast.Constant, ast.List, ast.Tuple, ast.Set, ast.Dict, ast.UnaryOp, ast.USub, ast.BinOp, ast.Add, ast.Sub,
    ast.Load,
)  # fmt: skip


def with_arguments(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The payload, still raw, whose first in-app frame of each stack holds `FIELD`: name -> value as sent.

    Whatever a sender wrote there is taken out first."""
    errors = payload.get("exception")
    values = errors.get("values") if isinstance(errors, Mapping) else None
    if text(payload.get("platform")) not in ("", "python") or not isinstance(values, list | tuple):
        values = None
    if values is None or not isinstance(errors, Mapping):
        return dict(payload)
    return {**payload, "exception": {**errors, "values": [_error(value) for value in values]}}


def literals(values: object) -> dict[str, Any]:
    """Those of the cleaned values that are literals or bare class names, or lists and objects of them,
    within bounds."""
    kept: dict[str, Any] = {}
    left = MOST
    for name, value in mapping(values).items():
        size = _size(value)
        if len(kept) < MOST_NAMES and size <= min(LONGEST, left) and _literal(value):
            kept[name] = value
            left -= size
    return kept


def _error(error: Any) -> Any:
    stack = error.get("stacktrace") if isinstance(error, Mapping) else None
    frames = stack.get("frames") if isinstance(stack, Mapping) else None
    if not isinstance(stack, Mapping) or not isinstance(frames, list | tuple):
        return error
    return {**error, "stacktrace": {**stack, "frames": list(_frames(frames))}}


def _frames(frames: Sequence[Any]) -> Iterator[Any]:
    first = first_called(frames)
    for number, frame in enumerate(frames):
        if isinstance(frame, Mapping) and FIELD in frame:
            frame = {name: value for name, value in frame.items() if name != FIELD}
        held = given(mapping(frames[number - 1])) if first and number == first else None
        yield {**frame, FIELD: held} if held else frame


def first_called(frames: Sequence[Any]) -> int:
    """The frame that code outside the application called; 0 where there is none."""
    return next((n for n, f in enumerate(frames[:_MOST_FRAMES]) if mapping(f).get("in_app") is True), 0)


def given(caller: Mapping[str, Any]) -> dict[str, Any]:
    """Locals of the caller that its call names."""
    held = mapping(caller.get("vars"))
    if not held:
        return {}
    lines = _short(caller.get("context_line"), *items(caller.get("post_context"))[: _LINES - 1])
    before = _short(*items(caller.get("pre_context"))[-_LINES:])
    spoken = (*named(lines), *(name for line in reversed(before) for name in _names(line)))
    names = [name for name in dict.fromkeys(spoken) if name in held]
    return {name: held[name] for name in names[:MOST_NAMES] if _size(held[name]) <= LONGEST}


def _short(*lines: object) -> tuple[str, ...]:
    return tuple(text(line)[:_WIDEST] for line in lines)


@lru_cache(maxsize=4096)
def _names(line: str) -> tuple[str, ...]:
    """Every name on one line."""
    tokens = (m.group().decode() for m in _TOKENS.finditer(line.encode("utf-8", "replace")))
    return tuple(dict.fromkeys(token for token in tokens if token.isidentifier()))


@lru_cache(maxsize=1024)
def named(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Names in the call that begins on the first line, up to its closing bracket; no attributes, no texts."""
    found: dict[str, None] = {}
    depth = 0
    for line in lines:
        for match in _TOKENS.finditer(line.encode("utf-8", "replace")):
            token = match.group().decode()
            depth += (token in "([{") - (token in ")]}")
            if token.isidentifier():
                found.setdefault(token)
        if depth <= 0:
            break
    return tuple(found)


def _size(value: object) -> int:
    """Characters of all texts in a value; past every bound where it is nested too deeply."""
    return _measured(value, _DEEPEST)


def _measured(value: object, depth: int) -> int:
    if depth == 0:
        return MOST + 1
    if isinstance(value, Mapping):
        return sum(2 + len(str(k)) + _measured(v, depth - 1) for k, v in value.items())
    if isinstance(value, list | tuple):
        return sum(2 + _measured(v, depth - 1) for v in value)
    return len(value) if isinstance(value, str) else 8


def _literal(value: object) -> bool:
    if isinstance(value, Mapping):
        return all(map(_literal, value.values()))
    if isinstance(value, list):
        return all(map(_literal, value))
    return _written(value) or _BARE.fullmatch(value) is not None if isinstance(value, str) else True


def _written(written: str) -> bool:
    """Whether a repr is a literal. It is parsed, never evaluated."""
    try:
        tree = ast.parse(written.strip(), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return False
    return all(isinstance(node, _LITERALS) for node in ast.walk(tree))
