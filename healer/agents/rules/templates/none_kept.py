"""`value = convert(value)` with the value None, which `convert` cannot take: what is not there stays so."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.site import Site
from healer.agents.rules.spots import NONE_KINDS, pure
from healer.agents.rules.syntax import code
from healer.agents.rules.templates.none_skip import under

AGAIN = 0.8  # log-odds: it is kept under its own name


def ideas(site: Site) -> Iterator[Idea]:
    small, statement = site.small, site.statement
    if not isinstance(small, cst.Assign) or len(small.targets) != 1 or statement is None:
        return
    target = code(small.targets[0].target).strip()
    if not isinstance(small.value, cst.Call):
        return
    for name in _given(site, small.value):
        shown = site.source(name)
        if shown == target:
            yield Idea(
                (under(site, statement, f"if {shown} is not None:"),),
                f"`{shown}` stays None where it is.",
                f"{target} = None",
                AGAIN,
                ("of nothing there is nothing to make",),
            )
        else:
            yield Idea(
                (site.replace(small.value, f"{site.source(small.value)} if {shown} is not None else None"),),
                f"`{target}` is None where `{shown}` is.",
                f"{target} = None",
                0.0,
                ("of nothing there is nothing to make",),
            )


def _given(site: Site, call: cst.Call) -> Iterator[cst.BaseExpression]:
    """The first argument, or what the method is asked of, where it is known to be None."""
    first = call.args[0].value if call.args else None
    asked = call.func.value if isinstance(call.func, cst.Attribute) else None
    for node in (first, asked):
        if isinstance(node, (cst.Name, cst.Subscript)) and site.is_none(node) and pure(node):
            yield node


TEMPLATE = Template("none_kept", NONE_KINDS, 0.6, ideas, outer=True)
