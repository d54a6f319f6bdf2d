"""`if x != y:` around `if y < 0:` with y None → `if y is not None and x != y:`:
the question around is about the same value, and is asked first."""

from __future__ import annotations

from collections.abc import Iterator

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.site import Site
from healer.agents.rules.spots import NONE_KINDS, asked_around, none_spots, pure
from healer.agents.rules.syntax import atom
from healer.agents.rules.templates.none_condition import wrapped

UNEQUAL = 0.6  # log-odds: `x != y` is true of nothing, and was hardly meant for it


def ideas(site: Site) -> Iterator[Idea]:
    for spot in none_spots(site):
        operand = asked_around(site, spot.subject) if pure(spot.subject) else None
        if operand is None:
            continue
        shown, text = atom(spot.subject, site.source(spot.subject)), site.source(operand)
        yield Idea(
            (site.replace(operand, wrapped(f"{shown} is not None and {text}", "test", "and")),),
            f"What stands under `{text}` is for a `{shown}` that is there.",
            f"condition false: {text}",
            UNEQUAL if "!=" in text or "not in" in text else 0.0,
            (f"`{text}` is asked of it first",),
        )


TEMPLATE = Template("asked_around", NONE_KINDS, 1.2, ideas)
