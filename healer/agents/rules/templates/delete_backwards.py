"""`for i in range(len(xs))` that deletes from `xs` and then runs past its end: from the end to the start."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import dotted, walk

REMOVES = frozenset({"pop", "remove"})


def ideas(site: Site) -> Iterator[Idea]:
    if site.function is None:
        return
    for loop in walk(site.function.body):
        if not isinstance(loop, cst.For) or loop not in site.file or not isinstance(loop.iter, cst.Call):
            continue
        if dotted(loop.iter.func) == "range" and any(map(_removes, walk(loop.body))):
            shown = site.source(loop.iter)
            yield Idea(
                (site.replace(loop.iter, f"reversed({shown})"),),
                "The loop runs from the end, so that what it deletes moves nothing that is still to come.",
                "backwards",
                0.0,
                ("the loop deletes from what it counts through",),
            )


def _removes(node: cst.CSTNode) -> bool:
    if isinstance(node, cst.Del):
        return isinstance(node.target, cst.Subscript)
    func = node.func if isinstance(node, cst.Call) else None
    return isinstance(func, cst.Attribute) and func.attr.value in REMOVES


TEMPLATE = Template("delete_backwards", frozenset({Kind.INDEX, Kind.EMPTY_POP}), 1.8, ideas)
