"""What a class says of its attributes: by annotations, and by the containers that it makes for them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from healer.reproduction.index import Index
from healer.reproduction.modules import Class, dotted, own_nodes

_MADE = {ast.Set: "set", ast.SetComp: "set", ast.Tuple: "tuple", ast.List: "list", ast.ListComp: "list"}
_MAKERS = {"set", "frozenset", "tuple", "list"}


def attribute_type(index: Index, cls: Class, name: str) -> str:
    """`set[str]` of `tags: set[str]`, `set` of `self.tags = set()`; "" where nothing tells it."""
    found = (said for parent in index.parents(cls) for said in _said(parent, name) if said)
    return next(found, "")


def _said(cls: Class, name: str) -> Iterator[str]:
    for node in cls.node.body if cls.node else ():
        if isinstance(node, ast.AnnAssign) and dotted(node.target) == name:
            yield ast.unparse(node.annotation)
    init = cls.method("__init__")
    for inner in own_nodes(init.node) if init else ():
        match inner:
            case ast.AnnAssign(target=ast.Attribute() as target) if dotted(target) == f"self.{name}":
                yield ast.unparse(inner.annotation)
            case ast.Assign(targets=[ast.Attribute() as target]) if dotted(target) == f"self.{name}":
                yield _made(inner.value)


def _made(node: ast.expr) -> str:
    called = dotted(node.func) if isinstance(node, ast.Call) else ""
    return called if called in _MAKERS else _MADE.get(type(node), "")
