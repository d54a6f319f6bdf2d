"""A mapping, set or list changed while it is iterated over: iterate over a copy."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site


def ideas(site: Site) -> Iterator[Idea]:
    loops: list[cst.For | cst.CompFor] = [*site.on_line(cst.CompFor)]
    if isinstance(site.statement, cst.For):
        loops.append(site.statement)
    for loop in loops:
        shown = site.source(loop.iter)
        yield Idea(
            (site.replace(loop.iter, f"list({shown})"),),
            f"The loop runs over a copy of `{shown}`.",
            "iterate over a copy",
            0.0,
            ("the body changes what it iterates over",),
        )


TEMPLATE = Template("iterate_copy", frozenset({Kind.MUTATED}), 2.6, ideas)
