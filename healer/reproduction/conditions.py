"""Conditions on the way to a line: those that held, and those that had to fail for it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence

from healer.reproduction.modules import FunctionNode, own_nodes

Met = tuple[ast.expr, bool]  # a condition without `and`, `or`, `not`, and whether it held
_LEAVING = (ast.Raise, ast.Return, ast.Continue, ast.Break)


def met(function: FunctionNode, line: int, known: Callable[[ast.expr], bool]) -> Iterator[Met]:
    """`known`: whether a condition is known to be true by the frame's locals."""
    for test, held in (*_entered(function, line), *_passed(function.body, line)):
        yield from _parts(test, held, known)


def _entered(function: FunctionNode, line: int) -> Iterator[Met]:
    """Of the branches that the line stands in."""
    for node in own_nodes(function):
        if isinstance(node, ast.If) and node.lineno <= line:
            if _holds(node.body, line):
                yield node.test, True
            elif _holds(node.orelse, line):
                yield node.test, False


def _passed(body: Sequence[ast.stmt], line: int) -> Iterator[Met]:
    """Of what would have left the function before the line."""
    for node in body:
        if node.lineno > line:
            return
        if (node.end_lineno or 0) >= line:
            blocks = [getattr(node, name, []) for name in ("body", "orelse", "finalbody")]
            for block in blocks if not isinstance(node, ast.ClassDef) else ():
                if _holds(block, line):
                    yield from _passed(block, line)
        elif isinstance(node, ast.If) and isinstance(node.body[-1], _LEAVING) and not node.orelse:
            yield node.test, False
        elif isinstance(node, ast.Assert):
            yield node.test, True


def _holds(block: Sequence[ast.stmt], line: int) -> bool:
    return bool(block) and block[0].lineno <= line <= (block[-1].end_lineno or 0)


def _parts(test: ast.expr, held: bool, known: Callable[[ast.expr], bool]) -> Iterator[Met]:
    match test:
        case ast.BoolOp(op=ast.And(), values=parts) if held:
            for part in parts:
                yield from _parts(part, True, known)
        case ast.BoolOp(op=ast.Or(), values=parts) if not held:
            for part in parts:
                yield from _parts(part, False, known)
        case ast.BoolOp(op=ast.And(), values=parts):
            if len(open_ := [part for part in parts if not known(part)]) == 1:
                yield from _parts(open_[0], False, known)
        case ast.BoolOp():
            return
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            yield from _parts(inner, not held, known)
        case _:
            yield test, held
