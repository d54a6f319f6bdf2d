"""Leave before a missing key is read, in the way the function's contract says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.contract import of_emptiness
from healer.agents.rules.crash import Kind
from healer.agents.rules.doubts import asked_for
from healer.agents.rules.guards import guard
from healer.agents.rules.keys import missing_keys
from healer.agents.rules.site import Site

EMPTY, PASSED = 1.5, 1.5  # log-odds
PASSES = ("continue", "skip statement")


def ideas(site: Site) -> Iterator[Idea]:
    for node, key in missing_keys(site):
        for idea in guard(site, node.value, f"{key} not in {{}}", f"has no {key}"):
            empty = idea.behaviour.startswith("return") and any(map(of_emptiness, idea.reasons))
            passed = PASSED if idea.behaviour in PASSES and asked_for(site, node.value) else 0.0
            yield replace(idea, bonus=idea.bonus + passed - (EMPTY if empty else 0.0))


TEMPLATE = Template("key_guard", frozenset({Kind.KEY}), -1.1, ideas)
