"""`if node.kind == CALL:` around `first = node.args[0]` with no args → `if node.kind == CALL and node.args:`.
What the block needs is asked where it is entered."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.keys import missing_keys
from healer.agents.rules.sequences import short_sequences
from healer.agents.rules.site import Site
from healer.agents.rules.spots import NONE_KINDS, none_spots, pure
from healer.agents.rules.syntax import atom, walk

OTHERWISE = 0.4  # log-odds: the code says what is done where the block is not entered
LATER = 0.8  # log-odds against: what the block does before would be left undone


def ideas(site: Site) -> Iterator[Idea]:
    block = _block(site)
    if block is None or isinstance(site.statement, cst.If):
        return
    asked, made = _names(block.test), _bound(block.body)
    for subject, need in _needs(site):
        names = _names(subject)
        if not pure(subject) or not names & asked or names & made:
            continue
        text = site.source(block.test)
        yield Idea(
            (
                site.replace(
                    block.test, f"{atom(block.test, text) if _either(block.test) else text} and {need}"
                ),
            ),
            f"The block under `{text}` is for what has `{site.source(subject)}`.",
            f"condition false: {text}",
            (OTHERWISE if block.orelse is not None else 0.0)
            - (LATER if block.body.body[0] is not site.statement else 0.0),
            (f"`{text}` is asked of it first",),
        )


def _needs(site: Site) -> Iterator[tuple[cst.BaseExpression, str]]:
    """What the line needs: of which expression, and the question whether it is there."""
    if site.crash.kind in NONE_KINDS:
        for spot in none_spots(site):
            yield spot.subject, f"{atom(spot.subject, site.source(spot.subject))} is not None"
    elif site.crash.kind is Kind.KEY:
        for holder, key in ((node.value, key) for node, key in missing_keys(site)):
            yield holder, f"{key} in {site.source(holder)}"
    else:
        for node, count in short_sequences(site):
            shown = site.source(node)
            yield node, shown if count == 1 else f"len({shown}) >= {count}"


def _block(site: Site) -> cst.If | None:
    """The `if` whose body holds the statement directly."""
    body = site.file.parent(site.statement) if site.statement is not None else None
    above = site.file.parent(body) if body is not None else None
    return above if isinstance(above, cst.If) and above.body is body else None


def _names(node: cst.CSTNode) -> set[str]:
    return {n.value for n in walk(node) if isinstance(n, cst.Name)} - {"self"}


def _bound(body: cst.CSTNode) -> set[str]:
    return {name for n in walk(body) if isinstance(n, cst.AssignTarget) for name in _names(n)}


def _either(test: cst.BaseExpression) -> bool:
    """Whether the test would be torn apart by an `and`."""
    loose = isinstance(test, (cst.IfExp, cst.Lambda, cst.NamedExpr))
    return loose or (isinstance(test, cst.BooleanOperation) and isinstance(test.operator, cst.Or))


KINDS = NONE_KINDS | {Kind.KEY, Kind.INDEX, Kind.EMPTY_SEQUENCE, Kind.EMPTY_POP}
TEMPLATE = Template("block_admitted", KINDS, -0.5, ideas)
