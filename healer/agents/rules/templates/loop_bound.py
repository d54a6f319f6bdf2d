"""Off by one: `range(len(x) + 1)`, `x[len(x)]`, `x[i + 1]` in a loop over every i; and `range(4)` over
what may be shorter: `range(min(4, len(x)))`."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import code, dotted, walk

COUNTED = 0.3  # log-odds: so many were meant, whatever there is


def ideas(site: Site) -> Iterator[Idea]:
    for node in site.on_line(cst.Subscript):
        if len(node.slice) == 1 and isinstance(node.slice[0].slice, cst.Index):
            index = node.slice[0].slice.value
            holder = code(node.value).strip()
            if code(index).strip() == f"len({holder})":
                yield Idea(
                    (site.replace(index, "-1"),),
                    "The last item is read.",
                    "last item",
                    1.4,
                    ("the last index is one less than the length",),
                )
            yield from _loops(site, holder, index)


def _loops(site: Site, holder: str, index: cst.BaseExpression) -> Iterator[Idea]:
    loop: cst.CSTNode | None = next((c for c in site.on_line(cst.CompFor)), site.loop)
    names = {n.value for n in walk(index) if isinstance(n, cst.Name)}
    if isinstance(loop, (cst.For, cst.CompFor)) and names & {
        n.value for n in walk(loop.target) if isinstance(n, cst.Name)
    }:
        yield from _ranges(site, loop, holder, index)


def _ranges(
    site: Site, loop: cst.For | cst.CompFor, holder: str, index: cst.BaseExpression
) -> Iterator[Idea]:
    if not isinstance(loop.iter, cst.Call) or dotted(loop.iter.func) != "range":
        return
    stop = loop.iter.args[1 if len(loop.iter.args) > 1 else 0].value
    text = code(stop).strip()
    if (
        isinstance(stop, cst.BinaryOperation)
        and isinstance(stop.operator, cst.Add)
        and code(stop.right).strip() == "1"
    ):
        yield Idea(
            (site.replace(stop, site.source(stop.left)),),
            "The loop ends one earlier.",
            "stop one earlier",
            0.6,
            ("its last index is past the end",),
        )
    elif (
        isinstance(index, cst.BinaryOperation)
        and isinstance(index.operator, cst.Add)
        and code(index.right).strip() == "1"
    ):
        yield Idea(
            (site.replace(stop, f"{text} - 1"),),
            "The loop ends where there is no next item.",
            "stop one earlier",
            0.9,
            ("the body reads the next item",),
        )
    elif isinstance(index, cst.Name) and "len(" not in text and len(loop.iter.args) < 3:
        counted = isinstance(stop, cst.Integer)
        yield Idea(
            (site.replace(stop, f"min({text}, len({holder}))"),),
            f"The loop ends with `{holder}`.",
            "stop at the end",
            COUNTED if counted else 0.0,
            (f"`{holder}` may be shorter",),
        )


TEMPLATE = Template("loop_bound", frozenset({Kind.INDEX}), 0.3, ideas)
