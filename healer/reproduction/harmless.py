"""Methods that do no more than compute and hold values: a stranger's line may call them though no test of the
repository does, `Query().where(a).first()`."""

from __future__ import annotations

import ast
from collections.abc import Container

from healer.reproduction.index import Index, is_test
from healer.reproduction.modules import Function

_DEEPEST = 3  # calls that are followed
_OUTWARD = (
    ast.Import,
    ast.ImportFrom,
    ast.Global,
    ast.Nonlocal,
    ast.With,
    ast.AsyncWith,
    ast.Await,
    ast.Delete,
)
_ASKING = {"callable", "getattr", "hasattr", "id", "isinstance", "issubclass", "repr", "super", "type"}
_SELF = {"self", "cls"}


class Harmless:
    """What is known of one repository's methods. `pure`: names of builtins, and of methods of builtin types,
    that have no effect outside their objects."""

    def __init__(self, index: Index, pure: Container[str]) -> None:
        self._index, self._pure = index, pure
        self._known: dict[str, bool] = {}

    def method(self, name: str, depth: int = 0) -> bool:
        """Whether every method of this name outside tests only computes."""
        if name not in self._known:
            self._known[name] = False  # while it is asked: one that calls itself says nothing more
            found = self._index.methods(name)
            self._known[name] = bool(found) and all(self._computes(f, depth) for f in found)
        return self._known[name]

    def _computes(self, function: Function, depth: int) -> bool:
        if depth > _DEEPEST or function.is_async:
            return False
        nodes = [n for statement in function.node.body for n in ast.walk(statement)]
        local = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
        return not any(
            isinstance(n, _OUTWARD)
            or (isinstance(n, ast.Call) and not self._call(n, function, depth))
            or (isinstance(n, ast.Attribute | ast.Subscript) and not _own(n, local))
            for n in nodes
        )

    def _call(self, call: ast.Call, function: Function, depth: int) -> bool:
        match call.func:
            case ast.Name(id=name):
                return name in self._pure or name in _ASKING or self._made(name, function, depth)
            case ast.Attribute(value=ast.Name(id=root), attr=name) if root in function.module.imports:
                return self._made(f"{root}.{name}", function, depth)
            case ast.Attribute(attr=name):
                return name in self._pure or self.method(name, depth + 1)
            case _:
                return False

    def _made(self, name: str, function: Function, depth: int) -> bool:
        """A class of the repository, or one more function that only computes."""
        cls = self._index.find_class(name, function.module)
        if cls:
            return not is_test(cls.module.path)
        called = self._index.find_function(function.module, name)
        return called is not None and called is not function and self._computes(called, depth + 1)


def _own(node: ast.Attribute | ast.Subscript, local: Container[str]) -> bool:
    """Whether what is stored to is the object's own, or made here."""
    if isinstance(node.ctx, ast.Load):
        return True
    inner: ast.expr = node
    while isinstance(inner, ast.Attribute | ast.Subscript):
        inner = inner.value
    return isinstance(inner, ast.Name) and (inner.id in _SELF or inner.id in local)
