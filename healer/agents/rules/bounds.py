"""Indexes past the end: which names they are made of, and which names hold a length."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.site import Site
from healer.agents.rules.syntax import code, dotted, walk


def indexes(site: Site) -> list[cst.BaseExpression]:
    """Index expressions on the line that are no literals."""
    slices = (e.slice for node in site.on_line(cst.Subscript) for e in node.slice)
    return [s.value for s in slices if isinstance(s, cst.Index) and _names(s.value)]


def index_names(site: Site, index: cst.BaseExpression) -> set[str]:
    """Names in an index, and those that its names were computed from in the function."""
    own = _names(index)
    made = {name for one in own for value in values(site, one) for name in _names(value)}
    return own | made


def values(site: Site, name: str) -> Iterator[cst.BaseExpression]:
    """What the function assigns to the name, part by part of a tuple."""
    for target, value in assignments(site):
        if dotted(target) == name:
            yield value


def assignments(site: Site) -> Iterator[tuple[cst.BaseExpression, cst.BaseExpression]]:
    """(target, value) pairs of the function, outermost function included."""
    function = outermost(site)
    if function is None:
        return
    for node in walk(function.body):
        if not isinstance(node, cst.Assign):
            continue
        target, value = node.targets[0].target, node.value
        if isinstance(target, cst.Tuple) and isinstance(value, cst.Tuple):
            pairs = zip(target.elements, value.elements, strict=False)
            yield from ((a.value, b.value) for a, b in pairs)
        else:
            yield from ((t.target, value) for t in node.targets)


def outermost(site: Site) -> cst.FunctionDef | None:
    """The function around, or the one that it is nested in."""
    function = site.function
    if function is None:
        return None
    around = [n for n in site.file.ancestors(function) if isinstance(n, cst.FunctionDef)]
    return around[-1] if around else function


def sizes(site: Site) -> set[str]:
    """Names that hold a length."""
    return {
        dotted(target)
        for target, value in assignments(site)
        if isinstance(value, cst.Call) and dotted(value.func) == "len" and dotted(target)
    }


def assigned(site: Site, node: cst.BaseExpression) -> bool:
    """Whether the function itself sets the name."""
    return any(True for _ in values(site, dotted(node)))


def steps(site: Site, name: str) -> bool:
    """Whether the function moves the name to one below something: `high = middle - 1`, `j -= 1`."""
    function = outermost(site)
    if function is None:
        return False
    return any(_one_less(value) for value in values(site, name)) or any(
        isinstance(n, cst.AugAssign)
        and isinstance(n.operator, cst.SubtractAssign)
        and dotted(n.target) == name
        for n in walk(function.body)
    )


def _one_less(value: cst.BaseExpression) -> bool:
    if not isinstance(value, cst.BinaryOperation) or not isinstance(value.operator, cst.Subtract):
        return False
    return code(value.right).strip() == "1" and "len(" not in code(value.left)


def _names(node: cst.CSTNode) -> set[str]:
    return {n.value for n in walk(node) if isinstance(n, cst.Name)}
