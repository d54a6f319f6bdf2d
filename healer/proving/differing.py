"""What of two versions of a file differs, by whole statements: the rest says the same in both. Pure."""

from __future__ import annotations

import ast
import copy
from collections import Counter
from typing import TypeAlias

Lines: TypeAlias = list[str]


def differing(before: ast.Module, after: ast.Module, old: str, new: str) -> tuple[ast.Module, ast.Module]:
    """Modules without the statements of the top, and of classes there, whose text both versions hold."""
    bodies = _rest(before.body, after.body, old.split("\n"), new.split("\n"))
    kept = [ast.Module(body=body, type_ignores=[]) for body in bodies]
    return kept[0], kept[1]


def _rest(
    before: list[ast.stmt], after: list[ast.stmt], old: Lines, new: Lines
) -> tuple[list[ast.stmt], list[ast.stmt]]:
    had, has = [(_text(s, old), s) for s in before], [(_text(s, new), s) for s in after]
    both = Counter(text for text, _ in had) & Counter(text for text, _ in has)
    left, right = _without(had, both), _without(has, both)
    classes = {s.name: n for n, s in enumerate(left) if isinstance(s, ast.ClassDef)}
    for place, one in enumerate(right):
        other = classes.pop(one.name, None) if isinstance(one, ast.ClassDef) else None
        if other is not None:
            left[other], right[place] = _classes(left[other], one, old, new)
    return left, right


def _classes(before: ast.stmt, after: ast.stmt, old: Lines, new: Lines) -> tuple[ast.stmt, ast.stmt]:
    assert isinstance(before, ast.ClassDef)
    assert isinstance(after, ast.ClassDef)
    left, right = copy.copy(before), copy.copy(after)
    left.body, right.body = _rest(before.body, after.body, old, new)
    return left, right


def _text(statement: ast.stmt, lines: Lines) -> str:
    first = min([statement.lineno, *(d.lineno for d in getattr(statement, "decorator_list", ()))])
    return "\n".join(lines[first - 1 : statement.end_lineno])


def _without(told: list[tuple[str, ast.stmt]], both: Counter[str]) -> list[ast.stmt]:
    left = Counter(both)
    kept = []
    for text, statement in told:
        if left[text] > 0:
            left[text] -= 1
        else:
            kept.append(statement)
    return kept
