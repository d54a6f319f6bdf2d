"""`if not isinstance(flow, HTTPFlow): log.warning(…)` and on it goes, to `flow.request`: whoever says that it
cannot be done does not do it."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.guards import behaviour, ways_out
from healer.agents.rules.site import Site
from healer.agents.rules.spots import NONE_KINDS
from healer.agents.rules.syntax import walk

TELLS = frozenset(
    {"warning", "warn", "error", "info", "debug", "exception", "critical", "log", "print", "echo"}
)


def ideas(site: Site) -> Iterator[Idea]:
    crashed = _names(site.statement) if site.statement is not None else set()
    for node in walk(site.function.body) if site.function is not None else ():
        if not isinstance(node, cst.If) or node not in site.file or not _above(site, node):
            continue
        shared = _names(node.test) & crashed
        if not shared or not _denies(node.test) or node.orelse is not None or not _tells(node.body):
            continue
        last = node.body.body[-1]
        for outcome in ways_out(site, min(shared)):
            if outcome.action != "raise":
                yield Idea(
                    (site.after(last, outcome.statement),),
                    f"Where `{site.source(node.test)}`, nothing more is done than to say so.",
                    behaviour(site, outcome),
                    outcome.weight,
                    (f"line {site.file.lines(node)[0]} says that it cannot be done", *outcome.reasons),
                )


def _above(site: Site, node: cst.If) -> bool:
    """Whether the crash's line lies behind it in the same block, or deeper."""
    block = site.file.parent(node)
    around = list(site.file.ancestors(site.statement)) if site.statement is not None else []
    return block in around and site.file.lines(node)[1] < site.line


def _denies(test: cst.BaseExpression) -> bool:
    """`not x`, `x is None`, `x == 0`, and either of two such."""
    if isinstance(test, cst.BooleanOperation):
        return isinstance(test.operator, cst.Or) and _denies(test.left) and _denies(test.right)
    if isinstance(test, cst.Comparison):
        return isinstance(test.comparisons[0].operator, (cst.Is, cst.Equal, cst.NotIn))
    return isinstance(test, cst.UnaryOperation) and isinstance(test.operator, cst.Not)


def _tells(body: cst.BaseSuite) -> bool:
    """Whether all it does is to write a line somewhere."""
    lines = [line.body[0] for line in body.body if isinstance(line, cst.SimpleStatementLine)]
    calls = [line.value for line in lines if isinstance(line, cst.Expr) and isinstance(line.value, cst.Call)]
    return bool(calls) and len(calls) == len(body.body) and all(_name(call) in TELLS for call in calls)


def _name(call: cst.BaseExpression) -> str:
    func = call.func if isinstance(call, cst.Call) else call
    return (
        func.attr.value
        if isinstance(func, cst.Attribute)
        else func.value
        if isinstance(func, cst.Name)
        else ""
    )


def _names(node: cst.CSTNode) -> set[str]:
    """Variables of a statement's own line."""
    return {n.value for n in walk(node, blocks=False) if isinstance(n, cst.Name)} - {"self"}


KINDS = NONE_KINDS | {
    Kind.ATTRIBUTE,
    Kind.INDEX,
    Kind.KEY,
    Kind.EMPTY_SEQUENCE,
    Kind.EMPTY_POP,
    Kind.DIVISION,
}
KINDS |= {Kind.UNBOUND, Kind.NOT_ITERABLE, Kind.NOT_SUBSCRIPTABLE, Kind.NO_LEN, Kind.NOT_CALLABLE, Kind.OTHER}
TEMPLATE = Template("only_told", KINDS, 1.4, ideas)
