"""Objects of classes that are lists, dicts, sets or named tuples: the event shows what they hold, and nothing
of what else they know."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from healer.reproduction.facts import identity
from healer.reproduction.modules import Class, Function, Parameter, dotted, own_nodes
from healer.reproduction.values import (
    Attribute,
    Call,
    Guess,
    Instance,
    Many,
    Name,
    Table,
    Value,
    children,
)

if TYPE_CHECKING:
    from healer.reproduction.rebuild import Rebuilder

_CONTENTS = "*"  # of a constructor that hands on whatever it was given, or none of its parameters


def build(rebuild: Rebuilder, value: Many | Table, cls: Class, depth: int = 0) -> Value:
    """The object of a class, with what it holds and what is known of its attributes."""
    name = Name(cls.module.name, cls.qualname)
    held = rebuild.contents(value, depth)
    if rebuild.index.kind(cls) == "namedtuple":
        return Call(name, held.items if isinstance(held, Many) else ())
    if rebuild.choice.bare and not children(held):  # as unpickled: no constructor ran
        return Guess(Call(Attribute(name, "__new__"), (name,)), 2)
    told = rebuild.facts.of(identity(value))
    known = {k: rebuild.value(v, cls.module, name=k, depth=depth + 1) for k, v in told.items()}
    parameters = rebuild.index.initial(cls)
    if parameters is None:
        base, left = Call(name, (held,) if children(held) else ()), known
    else:
        base, left = _constructed(rebuild, cls, parameters, held, known, depth)
    extra = tuple((k, v) for k, v in left.items() if rebuild.settable(cls, k, v))
    return Instance(base, extra) if extra else base


def _constructed(
    rebuild: Rebuilder,
    cls: Class,
    parameters: tuple[Parameter, ...],
    held: Value,
    known: dict[str, Value],
    depth: int,
) -> tuple[Call, dict[str, Value]]:
    """A call of its own constructor, and what is known beyond that."""
    first = _first(rebuild.index.method(cls, "__init__"), parameters)
    filled = (held,) if children(held) else ()
    front: tuple[Value, ...] = ()
    if first == _CONTENTS or not filled:
        front = filled
        parameters = tuple(p for p in parameters if p.kind != "args")
    elif first in {p.name for p in parameters}:
        known = {**known, first: held}
    args, left = rebuild.bind(cls, parameters, (), known, depth)
    return Call(Name(cls.module.name, cls.qualname), (*front, *args[0]), args[1]), left


def _first(init: Function | None, parameters: tuple[Parameter, ...]) -> str:
    """The parameter that a constructor hands on as what the object holds."""
    for node in own_nodes(init.node) if init else ():
        match node:
            case ast.Call(func=ast.Attribute(attr="__init__" | "update" | "extend"), args=[*_, inner]):
                inner = inner.value if isinstance(inner, ast.Starred) else inner
                kinds = {p.name: p.kind for p in parameters}
                if dotted(inner) in kinds:
                    return _CONTENTS if kinds[dotted(inner)] == "args" else dotted(inner)
    first = parameters[0] if parameters else None
    return first.name if first and first.kind in {"plain", "positional"} else _CONTENTS
