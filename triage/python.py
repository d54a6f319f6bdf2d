"""Python as its interpreter reads it from a file. Pure."""

from __future__ import annotations

import ast
import warnings

MARK = "\ufeff"  # some editors put it before UTF-8; the interpreter skips it


def parse(text: str) -> ast.Module:
    """The syntax tree. Columns of the first line count from behind the mark.

    Raises SyntaxError, ValueError, RecursionError or MemoryError; says nothing of invalid escapes."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text.removeprefix(MARK))


def parsed(text: str) -> ast.Module | None:
    """The syntax tree, or None where the text is not Python."""
    try:
        return parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
