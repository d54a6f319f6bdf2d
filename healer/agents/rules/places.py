"""Edits in other files than the crash's, by what `ast` says of places: its columns count bytes of UTF-8."""

from __future__ import annotations

import ast

from healer.agents.rules.syntax import Edit


def offset(text: str, line: int, column: int) -> int:
    """Characters before a place."""
    lines = text.splitlines(keepends=True)
    held = lines[line - 1].encode() if line <= len(lines) else b""
    return sum(map(len, lines[: line - 1])) + len(held[:column].decode(errors="ignore"))


def span(text: str, node: ast.expr | ast.stmt) -> tuple[int, int]:
    """Start and end offset, without parentheses around."""
    end = offset(text, node.end_lineno or node.lineno, node.end_col_offset or 0)
    return offset(text, node.lineno, node.col_offset), end


def replaced(text: str, node: ast.expr | ast.stmt, new: str) -> Edit:
    start, end = span(text, node)
    return Edit(start, end, new)


def segment(text: str, node: ast.expr | ast.stmt) -> str:
    start, end = span(text, node)
    return text[start:end]
