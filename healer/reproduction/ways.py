"""Calls that lead into a frame, as a test of the repository makes them, with the event's arguments."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, replace

from healer.reproduction import render
from healer.reproduction.facts import arguments
from healer.reproduction.loans import Donor
from healer.reproduction.modules import Function, Module, own_nodes
from healer.reproduction.values import Literal, Value, Writer, invention

_CONSUMERS = {"list", "tuple", "set", "dict", "next", "sorted", "str", "repr", "len", "bool", "int", "bytes"}


@dataclass(frozen=True)
class Way:
    """A call that leads into a frame: of its function, or of one that passes its arguments on."""

    name: str
    parameters: tuple[str, ...]  # without self
    told: Mapping[str, Value]  # what the event tells of them, buildable
    function: Function
    optional: frozenset[str] = frozenset()
    lazy: bool = False  # what it returns has to be consumed


def way(function: Function, told: Mapping[str, Value]) -> Way:
    """How a function is called by name; a nameless way where it is not."""
    parameters = function.parameters
    if function.owner and "staticmethod" not in function.decorators:
        parameters = parameters[1:]
    name = function.name
    if name in {"__init__", "__new__"} and function.owner:
        name = function.owner.name
    elif name.startswith("__") or function.enclosing:
        name = ""
    return Way(
        name,
        tuple(p.name for p in parameters if p.kind in {"positional", "plain"}),
        {p.name: told[p.name] for p in parameters if p.name in told and p.kind not in {"args", "kwargs"}},
        function,
        frozenset(p.name for p in parameters if p.default is not None),
        function.is_generator,
    )


def passing(caller: Function, call: ast.Call, inner: Function, known: Way) -> Way | None:
    """The way through a function that gives some of its own arguments to the next one."""
    names = {p.name for p in caller.parameters}
    told = {
        given.id: known.told[name]
        for name, given in arguments(call, inner).items()
        if isinstance(given, ast.Name) and given.id in names and name in known.told
    }
    if not told:
        return None
    returned = any(
        isinstance(n, ast.Return | ast.YieldFrom) and n.value and any(x is call for x in ast.walk(n.value))
        for n in own_nodes(caller.node)
    )
    return replace(way(caller, told), lazy=(known.lazy and returned) or caller.is_generator)


def around(module: Module, call: ast.Call) -> Function | None:
    inside = [
        f for f in module.functions.values() if f.node.lineno <= call.lineno <= (f.node.end_lineno or 0)
    ]
    return max(inside, key=lambda f: f.node.lineno, default=None)


def fits(call: ast.Call, way: Way) -> bool:
    """Whether a call could be one of this function, by its arguments."""
    kinds = {p.kind for p in way.function.parameters}
    names = {k.arg for k in call.keywords if k.arg}
    known = {*way.parameters, *(p.name for p in way.function.parameters)}
    given = {*way.parameters[: len(call.args)], *names}
    needed = {p for p in way.parameters if p not in way.optional}
    many = len(call.args) > len(way.parameters) and "args" not in kinds
    return not many and needed <= given and ("kwargs" in kinds or names <= known)


def last(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def again(node: ast.expr, way: Way, writer: Writer) -> ast.expr | None:
    """The call with what the event tells in place of the test's own arguments."""
    if not isinstance(node, ast.Call):
        return node
    if any(isinstance(a, ast.Starred) for a in node.args) or any(k.arg is None for k in node.keywords):
        return None

    def given(name: str, own: ast.expr) -> ast.expr:
        return _expression(writer, way.told[name]) if name in way.told else own

    names = [*way.parameters, *[""] * len(node.args)]
    args = [given(n, a) for n, a in zip(names, node.args, strict=False)]
    keywords = [ast.keyword(k.arg, given(k.arg or "", k.value)) for k in node.keywords]
    there = {*way.parameters[: len(node.args)], *(k.arg for k in node.keywords)}
    more = [
        ast.keyword(name, _expression(writer, value))
        for name, value in way.told.items()
        if name not in there and not (name in way.optional and _nothing(value))
    ]
    return ast.Call(node.func, args, [*keywords, *more])


def written(value: Value) -> bool:
    """Whether all of a value stood in the event, and can be written down."""
    return not invention(value) and render.readable(Writer().write(value))


def _nothing(value: Value) -> bool:
    return isinstance(value, Literal) and value.constant in (None, False, "")


def _expression(writer: Writer, value: Value) -> ast.expr:
    return ast.parse(writer.write(value), mode="eval").body


def consumed(donor: Donor, node: ast.expr, act: ast.expr, lazy: bool) -> ast.stmt:
    """The expression as a statement, taken up as the test takes it up."""
    for outer in ast.walk(donor.node):
        match outer:
            case ast.Await(value=inner) if inner is node:
                return ast.Expr(ast.Await(act))
            case ast.withitem(context_expr=inner) if inner is node:
                held = _with(donor, outer)
                return held([ast.withitem(act, outer.optional_vars)], [ast.Pass()])
            case ast.AsyncFor(iter=inner) if inner is node:
                return ast.AsyncFor(ast.Name("_", ast.Store()), act, [ast.Pass()], [])
            case ast.For(iter=inner) if inner is node:
                return ast.Expr(_called("list", act))
            case ast.Call(func=ast.Name(id=name), args=[inner]) if inner is node and name in _CONSUMERS:
                return ast.Expr(_called(name, act))
    return ast.Expr(_called("list", act) if lazy else act)


def _with(donor: Donor, item: ast.withitem) -> type[ast.With] | type[ast.AsyncWith]:
    holders = (n for n in ast.walk(donor.node) if isinstance(n, ast.AsyncWith) and item in n.items)
    return ast.AsyncWith if next(holders, None) else ast.With


def _called(name: str, inner: ast.expr) -> ast.expr:
    return ast.Call(ast.Name(name, ast.Load()), [inner], [])
