"""Functions of the repository that make an object and need nothing for it: `load_grammar()`."""

from __future__ import annotations

import ast

from healer.reproduction.index import Index, is_test
from healer.reproduction.modules import Class, Function, Parameter, dotted, own_nodes
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
