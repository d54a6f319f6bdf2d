"""`place(column)` with the None of a `.get()`, which then is no key: only what was found is passed on."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.guards import by_design
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import dotted
from healer.agents.rules.templates.none_skip import under


def ideas(site: Site) -> Iterator[Idea]:
    statement, small = site.statement, site.small
    if site.crash.message.strip() != "None" or not site.depth or statement is None:
        return
    if not isinstance(small, cst.Expr) or not isinstance(small.value, cst.Call):
        return
    for arg in small.value.args:
        name = dotted(arg.value)
        if isinstance(arg.value, cst.Name) and site.is_none(arg.value) and by_design(site, name):
            yield Idea(
                (under(site, statement, f"if {name} is not None:"),),
                f"The statement runs only where `{name}` was found.",
                "skip statement",
                0.0,
                (f"`{name}` is None where nothing was found",),
            )


TEMPLATE = Template("none_key", frozenset({Kind.KEY}), 2.2, ideas, outer=True)
