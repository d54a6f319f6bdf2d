"""How the repository makes objects: functions that need nothing for it (`load_grammar()`), and what
constructors keep of their arguments."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import lru_cache

from healer.reproduction.index import Index, is_test
from healer.reproduction.modules import Class, Function, FunctionNode, Parameter, dotted, own_nodes
from healer.reproduction.values import Name


def maker(index: Index, cls: Class) -> Name | None:
    """One that returns an object of the class, and that the repository's own tests call."""
    sign = f"{cls.name}("
    for path in index.paths:
        module = index.module(path) if not is_test(path) and sign in index.read(path) else None
        for function in module.functions.values() if module else ():
            if "." not in function.qualname and _makes(function, cls.name) and _tested(index, function.name):
                return Name(function.module.name, function.qualname)
    return None


def _tested(index: Index, name: str) -> bool:
    return any(is_test(module.path) for module, _ in index.calls(name, 1))


def needy(parameters: tuple[Parameter, ...]) -> bool:
    """Whether a call needs arguments."""
    return any(p.default is None and p.kind in {"positional", "plain", "keyword"} for p in parameters)


def _makes(function: Function, name: str) -> bool:
    if needy(function.parameters) or function.is_async or function.is_generator or function.decorators:
        return False
    returned = [n.value for n in own_nodes(function.node) if isinstance(n, ast.Return) and n.value]
    made = [n for value in returned for n in ast.walk(value) if isinstance(n, ast.Call)]
    return any(dotted(call.func).split(".")[-1] == name for call in made)


def kept_as(init: Function | None) -> Mapping[str, str]:
    """parameter -> attribute, as `__init__` stores it: `self.entries = list(entries)`."""
    return _kept_by(init.node) if init else {}


@lru_cache(maxsize=512)
def _kept_by(init: FunctionNode) -> Mapping[str, str]:
    out: dict[str, str] = {}
    for node in own_nodes(init):
        match node:
            case ast.Assign(targets=[ast.Attribute(value=ast.Name(id="self"), attr=attr)], value=inner):
                if name := _parameter(inner):
                    out.setdefault(name, attr)
    return out


def _parameter(node: ast.expr) -> str:
    """The parameter in `entries`, `list(entries)`, `entries or []`."""
    if isinstance(node, ast.Call) and len(node.args) == 1:
        node = node.args[0]
    if isinstance(node, ast.BoolOp):
        node = node.values[0]
    return node.id if isinstance(node, ast.Name) else ""
