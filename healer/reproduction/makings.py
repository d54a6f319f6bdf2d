"""Objects made as a frame made them: `reader = Reader(path, limit=self.limit)` with `path` known.

The expression is the repository's own, the values in it the event's. What of it is neither makes the whole
unknown."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from healer.reproduction.facts import Site, last_binding
from healer.reproduction.modules import Module, mangled, own_nodes
from healer.reproduction.values import Attribute, Call, Literal, Many, Name, Opaque, Table, Value

if TYPE_CHECKING:
    from healer.reproduction.rebuild import Rebuilder

_SEQUENCES = {ast.List: "list", ast.Tuple: "tuple", ast.Set: "set"}


class _Unknown(Exception):
    """Part of an expression that nothing tells of."""


def noted(sites: Iterable[Site]) -> dict[str, tuple[Site, ast.Call]]:
    """Identity -> the frame that made an object, and the call by which it did."""
    return {site.text[name]: (site, call) for site in sites for name, call in _bound(site)}


def _bound(site: Site) -> Iterator[tuple[str, ast.Call]]:
    """Locals that still are what a call made them, where their repr tells nothing more."""
    for node in own_nodes(site.function.node) if site.function else ():
        match node:
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=ast.Call() as call)
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.Call() as call)
                | ast.withitem(context_expr=ast.Call() as call, optional_vars=ast.Name(id=name))
            ):
                value = site.values.get(name)
                hidden = isinstance(value, Opaque) and value.kind == "object"
                if hidden and last_binding(site, name) <= call.lineno < site.line:
                    yield name, call


def made(rebuild: Rebuilder, text: str, depth: int) -> Value | None:
    """The object of this identity, by the call that a frame bound to its name."""
    found = rebuild.facts.made.get(text)
    if found is None or found[0].function is None:
        return None
    try:
        return _Making(rebuild, found[0], found[0].function.module, depth + 1).value(found[1])
    except _Unknown:
        return None


class _Making:
    """One frame's expressions as values."""

    def __init__(self, rebuild: Rebuilder, site: Site, module: Module, depth: int) -> None:
        self._rebuild, self._site, self._module, self._depth = rebuild, site, module, depth

    def value(self, node: ast.expr) -> Value:
        match node:
            case ast.Constant(value=constant):
                return Literal.of(constant)
            case ast.Name(id=name):
                return self._name(name)
            case ast.Attribute(value=holder, attr=attr):
                owner = self._site.function.owner if self._site.function else None
                return Attribute(self.value(holder), mangled(owner.name, attr) if owner else attr)
            case ast.Call(func=func, args=args, keywords=keywords) if all(k.arg for k in keywords):
                named = tuple((k.arg or "", self.value(k.value)) for k in keywords)
                return Call(self.value(func), tuple(map(self.value, args)), named)
            case ast.List(elts=items) | ast.Tuple(elts=items) | ast.Set(elts=items):
                return Many(tuple(map(self.value, items)), _SEQUENCES[type(node)])
            case ast.Dict(keys=keys, values=values):
                pairs = [(k, v) for k, v in zip(keys, values, strict=True) if k]
                return Table(tuple((self.value(k), self.value(v)) for k, v in pairs))
            case _:
                raise _Unknown

    def _name(self, name: str) -> Value:
        module = self._module
        if name in self._site.values:
            return self._rebuild.value(self._site.values[name], module, name=name, depth=self._depth)
        if name in module.imports:
            return Name(*module.imports[name])
        if name in module.classes or name in module.functions or name in module.assigned:
            return Name(module.name, name)
        if hasattr(builtins, name):
            return Name("", name)
        raise _Unknown
