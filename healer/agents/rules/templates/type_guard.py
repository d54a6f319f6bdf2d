"""A variable annotated as one class that holds something else: leave as for what is absent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.guards import guard
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import dotted, walk

REFUSED = 1.6  # log-odds: what the program itself comes by is worked with or passed over, not refused


def ideas(site: Site) -> Iterator[Idea]:
    attr = site.crash.words.get("attr", "")
    for node in site.on_line(cst.Attribute):
        if node.attr.value != attr or not isinstance(node.value, cst.Name):
            continue
        kind = annotated(site, node.value.value)
        if kind and kind.rpartition(".")[2] != site.crash.words.get("owner", "").rpartition(".")[2]:
            for idea in guard(site, node.value, f"not isinstance({{}}, {kind})", f"is no `{kind}`"):
                refused = REFUSED if idea.behaviour.startswith("raise") else 0.0
                yield replace(idea, bonus=idea.bonus - refused)


def annotated(site: Site, name: str) -> str:
    """The one class that the function's own annotation of a local variable names; "" where there is none."""
    for node in walk(site.function.body) if site.function is not None else ():
        if isinstance(node, cst.AnnAssign) and dotted(node.target) == name:
            kind = dotted(node.annotation.annotation)
            return kind if kind not in {"Any", "object", "typing.Any"} else ""
    return ""


TEMPLATE = Template("type_guard", frozenset({Kind.ATTRIBUTE}), 0.2, ideas)
