"""Whether a test that fails as production did stands on anything that production had.

A mock answers everything, so a call that is given nothing else fails (or not) for reasons of its own."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

_MOCKS = {"AsyncMock", "MagicMock", "Mock"}
_EMPTY = {"SimpleNamespace", "object"}  # without arguments as mute as a mock
_AROUND = {"list", "tuple", "next", "str", "repr", "len", "bool", "run", "hash", "iter"}
_DEEPEST = 20


def alone(body: Sequence[str], imported: frozenset[str]) -> bool:
    """Whether the last statement calls on, or with, mocks and nothing that says more than None.

    `imported`: names that the test imports; what they stand for is no object of the call."""
    statements = ast.parse("\n".join(body)).body
    made = {
        target.id: s.value
        for s in statements
        if isinstance(s, ast.Assign)
        for target in s.targets
        if isinstance(target, ast.Name)
    }
    reader = _Reader(made, imported)
    said = {reader.says(part) for part in _parts(_act(statements[-1]), imported)}
    return "mock" in said and "value" not in said


def _act(statement: ast.stmt) -> ast.AST | None:
    """The expression that the test is about, without what only consumes its result."""
    node: ast.AST | None = getattr(statement, "value", None)
    if isinstance(statement, ast.With | ast.AsyncWith):
        inner = statement.body[-1]
        return _act(inner) if not isinstance(inner, ast.Pass) else statement.items[0].context_expr
    while isinstance(node, ast.Await) or _consumes(node):
        node = node.value if isinstance(node, ast.Await) else node.args[0]  # type: ignore[union-attr]
    return node


def _consumes(node: ast.AST | None) -> bool:
    if not isinstance(node, ast.Call) or len(node.args) != 1 or not isinstance(node.args[0], ast.Call):
        return False
    func = node.func
    return (func.id if isinstance(func, ast.Name) else getattr(func, "attr", "")) in _AROUND


def _parts(node: ast.AST | None, imported: frozenset[str]) -> list[ast.expr]:
    """What an act is done to, and with."""
    match node:
        case ast.Call(func=func, args=args, keywords=keywords):
            given = [*args, *(k.value for k in keywords)]
            on = func.value if isinstance(func, ast.Attribute) else None
            return given if on is None or _root(on) in imported else [on, *given]
        case ast.BinOp(left=left, right=right):
            return [left, right]
        case ast.Compare(left=left, comparators=others):
            return [left, *others]
        case ast.Subscript(value=value, slice=key):
            return [value, key]
        case ast.Attribute(value=value):
            return [value]
        case _:
            return []


def _root(node: ast.expr) -> str:
    """The name a dotted path starts at; "" for anything that is more than a path."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


class _Reader:
    def __init__(self, made: Mapping[str, ast.expr], imported: frozenset[str]) -> None:
        self._made, self._imported = made, imported

    def says(self, node: ast.expr, depth: int = 0) -> str:
        """mock | value | nothing"""
        match node:
            case _ if depth > _DEEPEST:
                return "value"
            case ast.Constant(value=None | True | False):
                return "nothing"
            case ast.Starred(value=inner):
                return self.says(inner, depth + 1)
            case ast.Name(id=name) if name in self._made:
                return self.says(self._made[name], depth + 1)
            case ast.Call(func=func, args=args, keywords=keywords):
                name = _last(func)
                empty = not args and not keywords
                return "mock" if name in _MOCKS or (name in _EMPTY and empty) else "value"
            case ast.List(elts=items) | ast.Tuple(elts=items) | ast.Set(elts=items):
                return self._all(items, depth)
            case ast.Dict(values=items):
                return self._all(items, depth)
            case _:
                return "value"

    def _all(self, items: Sequence[ast.expr], depth: int) -> str:
        said = {self.says(item, depth + 1) for item in items}
        return next((kind for kind in ("value", "mock") if kind in said), "nothing")


def _last(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
