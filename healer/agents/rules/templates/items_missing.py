"""`for k, v in d:` over a mapping → `d.items()`."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import atom


def ideas(site: Site) -> Iterator[Idea]:
    loops: list[cst.For | cst.CompFor] = [*site.on_line(cst.CompFor)]
    if isinstance(site.statement, cst.For):
        loops.append(site.statement)
    for loop in loops:
        if (
            isinstance(loop.target, cst.Tuple)
            and len(loop.target.elements) == 2
            and isinstance(site.value(loop.iter), (dict, str))
        ):
            shown = site.source(loop.iter)
            known = isinstance(site.value(loop.iter), dict)
            yield Idea(
                (site.replace(loop.iter, f"{atom(loop.iter, shown)}.items()"),),
                f"The loop takes keys and values of `{shown}`.",
                "iterate items",
                1.0 if known else -0.5,
                (f"`{shown}` is a mapping",) if known else (),
            )


TEMPLATE = Template(
    "items_missing",
    frozenset(
        {
            Kind.TOO_MANY_VALUES,
            Kind.TOO_FEW_VALUES,
            Kind.NOT_ITERABLE,
        }
    ),
    1.2,
    ideas,
)
