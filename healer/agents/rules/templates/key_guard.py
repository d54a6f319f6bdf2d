"""Leave before a missing key is read, in the way the function's contract says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.contract import of_emptiness
from healer.agents.rules.crash import Kind
from healer.agents.rules.doubts import asked_for
from healer.agents.rules.guards import guard
from healer.agents.rules.keys import missing_keys
from healer.agents.rules.site import Site
from healer.agents.rules.templates.none_skip import under

EMPTY, PASSED = 1.5, 1.5  # log-odds
IN_PLACE = 2.4
PASSES = ("continue", "skip statement")


def ideas(site: Site) -> Iterator[Idea]:
    for node, key in missing_keys(site):
        yield from _in_place(site, node, key)
        for idea in guard(site, node.value, f"{key} not in {{}}", f"has no {key}"):
            empty = idea.behaviour.startswith("return") and any(map(of_emptiness, idea.reasons))
            passed = PASSED if idea.behaviour in PASSES and asked_for(site, node.value) else 0.0
            yield replace(idea, bonus=idea.bonus + passed - (EMPTY if empty else 0.0))


def _in_place(site: Site, node: cst.Subscript, key: str) -> Iterator[Idea]:
    """`row["when"] = read(row["when"])`: only what is there is converted."""
    small, statement, shown = site.small, site.statement, site.source(node)
    if not isinstance(small, cst.Assign) or statement is None or small.value is node:
        return
    if [site.source(target.target) for target in small.targets] == [shown]:
        holder = site.source(node.value)
        yield Idea(
            (under(site, statement, f"if {key} in {holder}:"),),
            f"`{shown}` is converted where it is there.",
            "skip statement",
            IN_PLACE,
            ("it is only written in another way, in its own place",),
        )


TEMPLATE = Template("key_guard", frozenset({Kind.KEY}), -1.1, ideas)
