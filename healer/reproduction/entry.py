"""What the outermost function was given, where the line that called it tells.

Frameworks call with `**view_args` or `*args, **kwargs`, under a name of their own; what those held is known
where the event kept them. It counts for parameters that the function has bound anew since."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from healer.reproduction import lines
from healer.reproduction.modules import Function
from healer.reproduction.reprs import read
from healer.reproduction.values import Literal, Many, Table, Value, plain
from triage.incident import Frame


def given(outside: Frame, function: Function) -> dict[str, Value]:
    """Parameter -> value; empty where no call on the line fits the function."""
    found = lines.statement(outside)
    known = {name: read(value) for name, value in outside.vars.items()}
    calls = [n for n in ast.walk(found[0]) if isinstance(n, ast.Call)] if found else []
    for call in calls:
        bound = _bound(call, function, known)
        if bound:
            return bound
    return {}


def _bound(call: ast.Call, function: Function, known: Mapping[str, Value]) -> dict[str, Value]:
    names = [p.name for p in function.parameters if p.kind in {"positional", "plain"}]
    if function.owner and "staticmethod" not in function.decorators:
        names = names[1:]
    all_names = {p.name for p in function.parameters}
    needed = {p.name for p in function.parameters if p.default is None and p.name in names}
    positions = list(_positions(call, known))
    keywords = dict(_keywords(call, known))
    every = set(names[: len(positions)]) | set(keywords)
    if len(positions) > len(names) or not set(keywords) <= all_names or not needed <= every:
        return {}
    pairs = {**dict(zip(names, positions, strict=False)), **keywords}
    return {name: value for name, value in pairs.items() if value is not None}


def _positions(call: ast.Call, known: Mapping[str, Value]) -> Iterator[Value | None]:
    for part in call.args:
        if not isinstance(part, ast.Starred):
            yield _value(part, known)
            continue
        held = _value(part.value, known)
        if isinstance(held, Many):
            yield from held.items


def _keywords(call: ast.Call, known: Mapping[str, Value]) -> Iterator[tuple[str, Value | None]]:
    for keyword in call.keywords:
        held = _value(keyword.value, known)
        if keyword.arg:
            yield keyword.arg, held
        elif isinstance(held, Table):
            yield from ((str(plain(key)), value) for key, value in held.items)


def _value(node: ast.expr, known: Mapping[str, Value]) -> Value | None:
    if isinstance(node, ast.Constant):
        return Literal.of(node.value)
    return known.get(node.id) if isinstance(node, ast.Name) else None
