"""Leave before a None is used, in the way the function's contract says."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.guards import guard
from healer.agents.rules.site import Site
from healer.agents.rules.spots import NONE_KINDS, none_spots, pure
from healer.agents.rules.syntax import code, dotted, walk


def ideas(site: Site) -> Iterator[Idea]:
    for spot in none_spots(site):
        if needs_items(site, spot.subject):
            yield from guard(site, spot.subject, "not {}", "is None or empty")
        else:
            yield from guard(site, spot.subject, "{} is None", "is None")


def needs_items(site: Site, subject: cst.BaseExpression) -> bool:
    """Whether nothing in it would crash the function as well: `sum(x) / len(x)`, `x[0]`, `max(x)`."""
    if site.function is None or not pure(subject):
        return False
    shown = site.source(subject)
    return any(_fails_empty(node, shown) for node in walk(site.function.body))


def _fails_empty(node: cst.CSTNode, shown: str) -> bool:
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, (cst.Divide, cst.FloorDivide)):
        return code(node.right).strip() == f"len({shown})"
    if isinstance(node, cst.Call) and dotted(node.func) in {"max", "min"} and len(node.args) == 1:
        return code(node.args[0].value).strip() == shown
    return False


TEMPLATE = Template("none_guard", NONE_KINDS, -1.0, ideas)
