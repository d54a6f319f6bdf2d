"""Which part of a statement led into a function."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from healer.reproduction.facts import Site
from healer.reproduction.lines import DEFINITIONS
from healer.reproduction.modules import dotted

_COMPARED = {"__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__", "__contains__"}
_COMPUTED = {
    "add",
    "sub",
    "mul",
    "truediv",
    "floordiv",
    "mod",
    "and",
    "or",
    "xor",
    "lshift",
    "rshift",
    "matmul",
}
_BY_KIND: dict[str, type[ast.AST]] = {
    "__getitem__": ast.Subscript,
    "__getattr__": ast.Attribute,
    "__getattribute__": ast.Attribute,
    "__neg__": ast.UnaryOp,
    "__invert__": ast.UnaryOp,
}
_WHOLE = {"__setitem__", "__delitem__", "__setattr__", "__delattr__", "__set__", "__delete__"}
_ANY_CALL = {"__call__", "__init__", "__new__", "__post_init__"}


def acts(node: ast.stmt, site: Site) -> Iterator[ast.stmt | ast.expr]:
    """What of a statement leads into the function: the call itself, then the expression around it."""
    name = site.name
    if isinstance(node, DEFINITIONS):  # made by a metaclass, a base class or a decorator
        yield node
        return
    if _changes_in_place(node, name):
        yield node
    if (name in _WHOLE or _is_setter(site)) and isinstance(node, ast.Assign | ast.Delete | ast.AugAssign):
        yield node
    if passed := _passed_on(node):
        yield passed
    matched = [n for n in ast.walk(node) if isinstance(n, ast.expr) and leads(n, site)]
    yield from reversed(matched[:2]) if name in _ANY_CALL else matched[:2]
    for whole in _expressions(node):
        yield whole
        if isinstance(whole, ast.Compare):
            yield whole.left


def _changes_in_place(node: ast.stmt, name: str) -> bool:
    """`a += b`, which is `__iadd__`, or `__add__` where there is none."""
    short = name.strip("_")
    return isinstance(node, ast.AugAssign) and bool({short, short.removeprefix("i")} & _COMPUTED)


def _passed_on(node: ast.stmt) -> ast.expr | None:
    """`f(a)` of `assertRaises(Error, f, a)`, also where a pattern stands before it, or `.match(…)` after."""
    whole = node.value if isinstance(node, ast.Expr) else None
    while isinstance(whole, ast.Call) and isinstance(whole.func, ast.Attribute):
        if not isinstance(whole.func.value, ast.Call):
            break
        whole = whole.func.value
    match whole:
        case ast.Call(func=func, args=[_, *given], keywords=keywords) if given:
            called, *rest = given[1:] if isinstance(given[0], ast.Constant) and given[1:] else given
            name = dotted(func).rpartition(".")[2].lower()
            if not name.endswith(("raises", "raisesregex", "raisesregexp", "warns", "warnsregex")):
                return None
            if isinstance(called, ast.Lambda) and not rest:
                return called.body
            return ast.Call(called, rest, keywords) if isinstance(called, ast.Name | ast.Attribute) else None
        case _:
            return None


def leads(node: ast.expr, site: Site) -> bool:
    name = site.name
    called = node.func if isinstance(node, ast.Call) else None
    last = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    if last == name and name.startswith("__"):
        return True
    if name in _BY_KIND:
        return isinstance(node, _BY_KIND[name]) and isinstance(getattr(node, "ctx", ast.Load()), ast.Load)
    if name in _COMPARED:
        return isinstance(node, ast.Compare)
    if name.strip("_").removeprefix("r") in _COMPUTED or name.strip("_") in _COMPUTED:
        return isinstance(node, ast.BinOp)
    if name in _ANY_CALL:
        return called is not None and not last.startswith("assert")
    if name.startswith("__") and name.endswith("__"):
        return last == name.strip("_")
    return last == name or (isinstance(node, ast.Attribute) and node.attr == name and _is_property(site))


def _is_property(site: Site) -> bool:
    return bool(site.function and any("property" in d for d in site.function.decorators))


def _is_setter(site: Site) -> bool:
    return bool(site.function and any(d.endswith((".setter", ".deleter")) for d in site.function.decorators))


def _expressions(node: ast.stmt) -> Iterator[ast.expr]:
    match node:
        case ast.Expr(value=ast.Call(func=func, args=given)) if (
            dotted(func).split(".")[-1].startswith("assert")
        ):
            yield from given[:2]
        case ast.Expr(value=ast.Tuple(elts=items)):
            yield from items[:3]
        case (
            ast.Expr(value=value)
            | ast.Assign(value=value)
            | ast.AnnAssign(value=value)
            | ast.Return(value=value)
            | ast.AugAssign(value=value)
            | ast.Assert(test=value)
        ) if value:
            yield value
