"""search and find_symbol: bounded in pattern, bytes, time and answer. Patterns run on RE2 alone."""

from __future__ import annotations

import ast
import fnmatch
import time
from collections.abc import Iterator
from typing import Any

import re2
from pydantic import Field

from healer.tools.base import Arguments, Tool, ToolError, secretless
from healer.tools.desk import Desk
from triage.python import parsed

SECONDS = 3.0
MOST_CHARACTERS = 128 << 20  # read by one search
MOST_HITS = 60
LARGEST_FILE = 1 << 20


class Search(Arguments):
    pattern: str = Field(min_length=1, max_length=200, description="RE2 syntax, matched line by line")
    glob: str = Field(default="*", min_length=1, max_length=200, description="which files; * crosses folders")
    ignore_case: bool = False


class FindSymbol(Arguments):
    name: str = Field(
        min_length=1,
        max_length=120,
        description="a function, class, method or module constant; Class.method works",
    )


def search(desk: Desk, asked: Search) -> str:
    lines = _Lines(asked.pattern, ignore_case=asked.ignore_case)
    if asked.glob.count("*") > 8:
        raise ToolError("bad_arguments", "at most eight * in a pattern")
    hits: list[str] = []
    scan = _Scan(desk, asked.glob)
    for path, text in scan:
        for number, line in lines.of(text):
            hits.append(f"{path}:{number}: {line.strip()[:200]}")
            if len(hits) >= MOST_HITS:
                return secretless("\n".join(hits)) + f"\n… stopped at {MOST_HITS} hits; narrow the search"
    return (secretless("\n".join(hits)) or "nothing found") + scan.note


class _Lines:
    """Lines that match. Whole texts are searched first, since most hold no match at all."""

    def __init__(self, pattern: str, *, ignore_case: bool) -> None:
        self._line = compiled(pattern, ignore_case=ignore_case)
        self._text = compiled("(?m)" + pattern, ignore_case=ignore_case)
        # Anchored to a line's ends, which are no text's ends.
        self._slow = any(sign in pattern for sign in (r"\A", r"\z", r"\Z"))

    def of(self, text: str) -> Iterator[tuple[int, str]]:
        if self._slow:
            yield from self._each(text)
            return
        number, at = 0, 0
        for match in self._text.finditer(text):
            if "\n" in match.group():  # spans lines, and may hide others
                yield from ((n, line) for n, line in self._each(text) if n > number)
                return
            here = text.count("\n", at, match.start()) + (number or 1)
            if here != number:
                number, at = here, match.start()
                start = text.rfind("\n", 0, at) + 1
                end = text.find("\n", at)
                yield number, text[start : end if end >= 0 else len(text)]

    def _each(self, text: str) -> Iterator[tuple[int, str]]:
        for number, line in enumerate(text.split("\n"), start=1):
            if self._line.search(line[:4000]):
                yield number, line


def compiled(pattern: str, *, ignore_case: bool = False) -> Any:
    options = re2.Options()
    options.max_mem = 8 << 20
    options.log_errors = False
    options.case_sensitive = not ignore_case
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        said = error.args[0] if error.args else ""
        why = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        raise ToolError(
            "bad_pattern", f"not RE2: {why}; there is no look-around and no back-reference"
        ) from None


class _Scan:
    """The readable files that match, until time or bytes are used up; then `note` says so."""

    def __init__(self, desk: Desk, glob: str) -> None:
        self._desk, self._glob = desk, glob
        self.note = ""

    def __iter__(self) -> Iterator[tuple[str, str]]:
        deadline, left = time.monotonic() + SECONDS, MOST_CHARACTERS
        names = fnmatch.filter(sorted({*self._desk.readable, *self._desk.overlay}), self._glob)
        for path in names:
            text = self._desk.text(path)
            if text is None or len(text) > LARGEST_FILE:
                continue
            left -= len(text)
            if left < 0 or time.monotonic() > deadline:
                self.note = "\n… stopped early: too much to read; narrow the files"
                return
            yield path, text


def find_symbol(desk: Desk, asked: FindSymbol) -> str:
    last = re2.escape(asked.name.rpartition(".")[2])
    written = compiled(rf"(?m)^[ \t]*(?:(?:async[ \t]+)?def|class)[ \t]+{last}\b|\b{last}[ \t]*[:=]")
    found: list[str] = []
    scan = _Scan(desk, "*.py")
    for path, text in scan:
        if written.search(text):
            found += [
                f"{path}:{line}: {what}" for name, line, what in definitions(text) if _meant(asked.name, name)
            ]
        if len(found) >= MOST_HITS:
            break
    return (secretless("\n".join(found[:MOST_HITS])) or "no definition found; try search") + scan.note


def _meant(asked: str, name: str) -> bool:
    return name == asked or name.endswith("." + asked)


def definitions(text: str) -> list[tuple[str, int, str]]:
    """(qualified name, line, how it is written) of functions, classes and module-level names."""
    tree = parsed(text)
    return [] if tree is None else list(_within(tree, "", text.split("\n"), 0))


def _within(node: ast.AST, prefix: str, lines: list[str], depth: int) -> Iterator[tuple[str, int, str]]:
    if depth > 20:
        return
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield prefix + child.name, child.lineno, _written(lines, child.lineno)
            yield from _within(child, f"{prefix}{child.name}.", lines, depth + 1)
        elif isinstance(child, ast.Assign | ast.AnnAssign):
            for target in child.targets if isinstance(child, ast.Assign) else [child.target]:
                if isinstance(target, ast.Name) and not isinstance(
                    node, ast.FunctionDef | ast.AsyncFunctionDef
                ):
                    yield prefix + target.id, child.lineno, _written(lines, child.lineno)
        elif isinstance(child, ast.If | ast.Try | ast.With):
            yield from _within(child, prefix, lines, depth + 1)


def _written(lines: list[str], number: int) -> str:
    return lines[number - 1].strip()[:200] if number <= len(lines) else ""


SEARCH = Tool(
    "search", "Search the repository's text files for an RE2 pattern, line by line.", Search, search
)
SYMBOL = Tool("find_symbol", "Find where a Python name is defined.", FindSymbol, find_symbol)
