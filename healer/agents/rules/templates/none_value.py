"""`name = user.name` with user None → `name = user.name if user is not None else None`."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.guards import by_design
from healer.agents.rules.site import UNKNOWN, Site, literal
from healer.agents.rules.spots import NONE_KINDS, none_spots, pure, test_operand
from healer.agents.rules.syntax import atom, code, walk
from healer.agents.rules.values import absent_values

ALIKE = 1.2  # log-odds: a neighbour is treated so


def ideas(site: Site) -> Iterator[Idea]:
    for spot in none_spots(site):
        if not pure(spot.subject) or test_operand(site, spot.use) is not None:
            continue
        if spot.use is spot.subject or isinstance(site.file.parent(spot.use), cst.AssignTarget):
            continue
        shown, text = atom(spot.subject, site.source(spot.subject)), site.source(spot.use)
        planned = 0.8 if by_design(site, shown) else 0.0
        others = dict(alike(site))
        unsure = 0.4 if isinstance(spot.use, cst.Comparison) else 0.0  # nobody knows how nothing compares
        for value in absent_values(site, spot.use):
            written = f"{text} if {shown} is not None else {value.text}"
            alone = isinstance(site.file.parent(spot.use), (cst.Return, cst.Assign, cst.Arg, cst.AnnAssign))
            yield Idea(
                edits=(site.replace(spot.use, written if alone else f"({written})"),),
                change=f"Where `{shown}` is None, the value is {value.text}.",
                behaviour=value.behaviour,
                bonus=value.weight
                + (planned if value.text == "None" else 0.0)
                + (ALIKE if value.text.replace("'", '"') in others else 0.0)
                - unsure,
                reasons=value.reasons,
            )


def alike(site: Site) -> Iterator[tuple[str, int]]:
    """Values that stand for a None in the same function's conditional expressions, with their lines."""
    if site.function is None:
        return
    for node in walk(site.function.body):
        if isinstance(node, cst.IfExp) and "None" in code(node.test):
            for branch in (node.body, node.orelse):
                if literal(branch) != UNKNOWN:
                    yield code(branch).strip().replace("'", '"'), site.file.lines(node)[0]


TEMPLATE = Template("none_value", NONE_KINDS, -0.9, ideas)
