"""`<=` against a size, before an index is read, where only `<` keeps inside."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.bounds import assigned, index_names, indexes, sizes, steps
from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import code, walk


def ideas(site: Site) -> Iterator[Idea]:
    names = {name for node in indexes(site) for name in index_names(site, node)}
    known = sizes(site)
    for test in _tests(site):
        for node in walk(test, blocks=False):
            if isinstance(node, cst.Comparison) and len(node.comparisons) in {1, 2}:
                yield from _stricter(site, node, names, known)


def _tests(site: Site) -> Iterator[cst.BaseExpression]:
    """Conditions that hold where the line runs: of the statement itself, and of those around it."""
    statement = site.statement
    if statement is None:
        return
    yield from (node.test for node in site.on_line(cst.IfExp))
    yield from (node.test for node in site.on_line(cst.CompIf))
    for around in (statement, *site.file.ancestors(statement)):
        if isinstance(around, cst.FunctionDef):
            return
        if isinstance(around, (cst.If, cst.While)):
            yield around.test


def _stricter(site: Site, node: cst.Comparison, names: set[str], known: set[str]) -> Iterator[Idea]:
    """`i <= n`, or `n >= i`, loses its `=`."""
    left = node.left
    for target in node.comparisons:
        below, above = left, target.comparator
        if isinstance(target.operator, cst.GreaterThanEqual):
            below, above = above, below
        if isinstance(target.operator, (cst.LessThanEqual, cst.GreaterThanEqual)) and names & _names(below):
            yield _idea(site, target.operator, below, above, known)
        left = target.comparator


def _idea(
    site: Site, operator: cst.CSTNode, below: cst.BaseExpression, above: cst.BaseExpression, known: set[str]
) -> Idea:
    size = "len(" in code(above) or code(above).strip() in known
    closed = any(steps(site, name) for name in _names(above))  # `high = middle - 1`: its end is inside
    text = code(operator).replace("<=", "<").replace(">=", ">")
    return Idea(
        (site.replace(operator, text.strip()),),
        f"`{site.source(below)}` stays below `{site.source(above)}`.",
        "bound stricter",
        (1.2 if size else -0.6) - (2.0 if closed else 0.0) + (0.4 if assigned(site, below) else 0.0),
        ("the last index is one less than the length",) if size else (),
    )


def _names(node: cst.CSTNode) -> set[str]:
    return {n.value for n in walk(node) if isinstance(n, cst.Name)}


TEMPLATE = Template("bound_operator", frozenset({Kind.INDEX}), 0.6, ideas)
