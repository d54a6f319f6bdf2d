"""Functions that another one makes: `split_by(";")(lines)`."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from healer.reproduction.candidate import Argument
from healer.reproduction.modules import Function, own_nodes
from healer.reproduction.values import Call, Many, Table, Value, plain


def gives(outer: Function, inner: Function) -> bool:
    """Whether a function returns the one inside it, as it is or through one call: `wraps(f)(inner)`."""
    return any(
        isinstance(node, ast.Return) and inner.name in _named(node.value) for node in own_nodes(outer.node)
    )


def _named(node: ast.expr | None) -> set[str]:
    parts = [node, *node.args] if isinstance(node, ast.Call) else [node]
    return {part.id for part in parts if isinstance(part, ast.Name)}


def called(target: Value, given: Iterable[Argument]) -> Call:
    """The call as a value. What goes before `*args` has no name there."""
    arguments = [a for a in given if a.default is None or a.value != a.default]
    spread = [a for a in arguments if a.kind == "args"]
    front = [a for a in arguments if a.kind == "positional" or (spread and a.kind == "plain")]
    named = [a for a in arguments if a not in front and a.kind in {"plain", "keyword"}]
    more = (pair for a in arguments if a.kind == "kwargs" for pair in _pairs(a.value))
    return Call(
        target,
        (*(a.value for a in front), *(item for a in spread for item in _items(a.value))),
        (*((a.name, a.value) for a in named), *more),
    )


def _items(value: Value) -> tuple[Value, ...]:
    return value.items if isinstance(value, Many) else ()


def _pairs(value: Value) -> tuple[tuple[str, Value], ...]:
    return tuple((str(plain(k)), v) for k, v in value.items) if isinstance(value, Table) else ()
