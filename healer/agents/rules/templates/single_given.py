"""One thing where several were expected: `for row in rows` of one mapping, or of a number: a list of one."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.spots import pure
from healer.agents.rules.syntax import atom

SHOWN = 0.8  # log-odds: the event shows what was given
SCALARS = frozenset({"int", "float", "bool", "Decimal", "datetime", "date"})


def ideas(site: Site) -> Iterator[Idea]:
    if site.crash.kind is Kind.INDEX_TYPE:
        yield from _mappings(site)
        return
    words = site.crash.words
    kind = (words.get("other") or words.get("right") or words.get("third") or "").rpartition(".")[2]
    loops = [site.statement.iter] if isinstance(site.statement, cst.For) else []
    for node in (*loops, *(comp.iter for comp in site.on_line(cst.CompFor))):
        if pure(node) and kind not in {"function", "method", "type", "coroutine", ""}:
            yield _idea(site, node, "(list, tuple, set)", 0.0 if kind in SCALARS else -0.4, several=True)


def _mappings(site: Site) -> Iterator[Idea]:
    """The loop around gives text, since it walks the keys of one mapping."""
    loops: list[cst.For | cst.CompFor] = [*site.on_line(cst.CompFor)]
    if isinstance(site.loop, cst.For):
        loops.append(site.loop)
    for loop in loops:
        if pure(loop.iter):
            shown = isinstance(site.value(loop.iter), dict)
            yield _idea(site, loop.iter, "dict", SHOWN if shown else -0.6, several=False)


def _idea(site: Site, node: cst.BaseExpression, kinds: str, bonus: float, *, several: bool) -> Idea:
    shown = atom(node, site.source(node))
    ways = (shown, f"[{shown}]") if several else (f"[{shown}]", shown)
    return Idea(
        (site.replace(node, f"({ways[0]} if isinstance({shown}, {kinds}) else {ways[1]})"),),
        f"A single `{shown}` is a list of one.",
        f"one {shown}",
        bonus,
        ("what comes from outside may be one or several",),
    )


TEMPLATE = Template("single_given", frozenset({Kind.NOT_ITERABLE, Kind.INDEX_TYPE}), 0.6, ideas)
