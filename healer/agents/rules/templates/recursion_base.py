"""A recursion that steps over its base case: `len(x) == 0` → `len(x) <= 1`, `n == 0` → `n <= 0`."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import code, dotted, walk

CLOSED: dict[type[cst.CSTNode], str] = {cst.LessThan: "<=", cst.GreaterThan: ">="}


def ideas(site: Site) -> Iterator[Idea]:
    if site.function is None:
        return
    for node in walk(site.function.body):
        if isinstance(node, cst.If) and _leaves(node) and isinstance(node.test, cst.Comparison):
            yield from _wider(site, node.test)
        elif isinstance(node, cst.If) and _leaves(node) and isinstance(node.test, cst.UnaryOperation):
            yield from _empty(site, node.test)


def _leaves(node: cst.If) -> bool:
    last = node.body.body[-1] if node.body.body else None
    inner = last.body[-1] if isinstance(last, cst.SimpleStatementLine) else last
    return isinstance(inner, cst.Return)


def _wider(site: Site, test: cst.Comparison) -> Iterator[Idea]:
    target = test.comparisons[0]
    left, right = site.source(test.left), code(target.comparator).strip()
    measured = left.startswith("len(")
    if len(test.comparisons) != 1 or not _about_parameter(site, test.left):
        return
    if measured and (right, type(target.operator)) in {
        ("0", cst.Equal),
        ("1", cst.LessThan),
        ("0", cst.LessThanEqual),
    }:
        yield _idea(site, test, f"{left} <= 1", 1.0)
    elif isinstance(target.operator, cst.Equal) and not measured and _ordered(target.comparator):
        yield _idea(site, test, f"{left} <= {right}", 0.6)
        if isinstance(target.comparator, cst.Name):
            yield _idea(site, test, f"{left} >= {right}", 0.6)
    elif type(target.operator) in CLOSED:
        yield _idea(site, test, f"{left} {CLOSED[type(target.operator)]} {right}", 0.3)


def _ordered(node: cst.BaseExpression) -> bool:
    return isinstance(node, (cst.Integer, cst.Name)) and dotted(node) not in {"None", "True", "False"}


def _empty(site: Site, test: cst.UnaryOperation) -> Iterator[Idea]:
    """`not items`, with the recursion on slices: one item is not halved any further."""
    name = dotted(test.expression)
    if isinstance(test.operator, cst.Not) and name in site.parameters() and f"{name}[" in _calls(site):
        yield _idea(site, test, f"len({name}) <= 1", 0.0)


def _calls(site: Site) -> str:
    assert site.function is not None
    return code(site.function.body)


def _about_parameter(site: Site, node: cst.BaseExpression) -> bool:
    names = {n.value for n in walk(node) if isinstance(n, cst.Name)}
    return bool(names & set(site.parameters()))


def _idea(site: Site, test: cst.BaseExpression, text: str, bonus: float) -> Idea:
    return Idea(
        (site.replace(test, text),),
        f"The recursion ends at `{text}`.",
        f"base {text}",
        bonus,
        ("the recursion stepped over its base case",),
    )


TEMPLATE = Template("recursion_base", frozenset({Kind.RECURSION}), 0.6, ideas, outer=True)
