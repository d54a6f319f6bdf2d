"""`high = len(items)` where `high` is an index: it starts at the last item."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.bounds import assignments, index_names, indexes, steps, values
from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import dotted


def ideas(site: Site) -> Iterator[Idea]:
    names = {name for node in indexes(site) for name in index_names(site, node)}
    for target, value in assignments(site):
        if dotted(target) in names and isinstance(value, cst.Call) and dotted(value.func) == "len":
            name = dotted(target)
            down = steps(site, name)
            yield Idea(
                (site.replace(value, f"{site.source(value)} - 1"),),
                f"`{name}` starts at the last item.",
                f"{name} starts at the last item",
                (1.2 if down else -0.8) - (0.8 if _shared(site, name) else 0.0),
                (f"`{name}` only goes down by one, so it counts from the last index",) if down else (),
            )


def _shared(site: Site, name: str) -> bool:
    """It also takes over another index as it is, so it stands for an end that is not inside."""
    return any(isinstance(value, cst.Name) for value in values(site, name))


TEMPLATE = Template("initial_bound", frozenset({Kind.INDEX}), 0.6, ideas)
