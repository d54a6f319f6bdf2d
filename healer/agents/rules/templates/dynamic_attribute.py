"""`getattr(self, "do_" + name)` for a name that nobody foresaw: looked for first, and passed over or answered
as the code around does."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.guards import behaviour, ways_out
from healer.agents.rules.site import Site
from healer.agents.rules.spots import pure
from healer.agents.rules.syntax import dotted

FIRST = 3  # ways out that are tried


def ideas(site: Site) -> Iterator[Idea]:
    small, statement = site.small, site.statement
    if not isinstance(small, cst.Assign) or not isinstance(small.value, cst.Call) or statement is None:
        return
    call, name = small.value, dotted(small.targets[0].target)
    if dotted(call.func) != "getattr" or len(call.args) != 2 or not name:
        return
    holder, asked = call.args[0].value, call.args[1].value
    if not pure(holder) or not pure(asked):
        return
    test = f"not hasattr({site.source(holder)}, {site.source(asked)})"
    for outcome in ways_out(site, site.source(holder))[:FIRST]:
        yield Idea(
            (site.before(statement, f"if {test}:", f"\t{outcome.statement}"),),
            f"Where there is no such `{name}`, `{site.function_name}` does: {outcome.statement}.",
            behaviour(site, outcome),
            outcome.weight,
            (*outcome.reasons, "the name comes from outside"),
        )


TEMPLATE = Template("dynamic_attribute", frozenset({Kind.ATTRIBUTE}), 0.4, ideas)
