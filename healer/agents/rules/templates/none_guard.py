"""Leave before a None is used, in the way the function's contract says."""

from __future__ import annotations

from collections.abc import Iterator

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.guards import guard
from healer.agents.rules.site import Site
from healer.agents.rules.spots import NONE_KINDS, none_spots


def ideas(site: Site) -> Iterator[Idea]:
    for spot in none_spots(site):
        yield from guard(site, spot.subject, "{} is None", "is None")


TEMPLATE = Template("none_guard", NONE_KINDS, -1.0, ideas)
