"""Leave before a missing key is read, in the way the function's contract says."""

from __future__ import annotations

from collections.abc import Iterator

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.guards import guard
from healer.agents.rules.keys import missing_keys
from healer.agents.rules.site import Site


def ideas(site: Site) -> Iterator[Idea]:
    for node, key in missing_keys(site):
        yield from guard(site, node.value, f"{key} not in {{}}", f"has no {key}")


TEMPLATE = Template("key_guard", frozenset({Kind.KEY}), -1.1, ideas)
