"""`name = user.name` with user None → `name = user.name if user is not None else None`."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.guards import by_design, name_subject
from healer.agents.rules.site import UNKNOWN, Site, literal
from healer.agents.rules.spots import NONE_KINDS, Spot, none_spots, pure, test_operand
from healer.agents.rules.syntax import Edit, atom, code, walk
from healer.agents.rules.values import absent_values

ALIKE = 1.2  # log-odds: a neighbour is treated so


def ideas(site: Site) -> Iterator[Idea]:
    for spot in none_spots(site):
        if test_operand(site, spot.use) is not None:
            continue
        named = name_subject(site, spot.subject) if isinstance(site.small, cst.Assign) else None
        if not pure(spot.subject) and (named is None or not (site.small is not None and _whole(site, spot))):
            continue
        if spot.use is spot.subject or isinstance(site.file.parent(spot.use), cst.AssignTarget):
            continue
        shown, text = atom(spot.subject, site.source(spot.subject)), site.source(spot.use)
        lines: tuple[Edit, ...] = ()
        if named is not None and named[1] and site.statement is not None:
            text = text.replace(shown, named[0], 1)
            shown, lines = named[0], (site.before(site.statement, *named[1]),)
        planned = 0.8 if by_design(site, shown) else 0.0
        others = dict(alike(site))
        unsure = 0.4 if isinstance(spot.use, cst.Comparison) else 0.0  # nobody knows how nothing compares
        for value in absent_values(site, spot.use):
            written = f"{text} if {shown} is not None else {value.text}"
            alone = isinstance(site.file.parent(spot.use), (cst.Return, cst.Assign, cst.Arg, cst.AnnAssign))
            yield Idea(
                edits=(*lines, site.replace(spot.use, written if alone else f"({written})")),
                change=f"Where `{shown}` is None, the value is {value.text}.",
                behaviour=value.behaviour,
                bonus=value.weight
                + (planned if value.text == "None" else 0.0)
                + (ALIKE if value.text.replace("'", '"') in others else 0.0)
                - unsure,
                reasons=value.reasons,
            )


def _whole(site: Site, spot: Spot) -> bool:
    """Whether the use is all that the statement assigns."""
    return isinstance(site.small, cst.Assign) and site.small.value is spot.use


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
