"""`if quoted: value = clean(quoted)` with quoted an empty text, which leaves `value` None → `if quoted is not
None:`: what is given may be empty."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.site import UNKNOWN, Site
from healer.agents.rules.spots import NONE_KINDS, none_spots
from healer.agents.rules.syntax import dotted, walk


def ideas(site: Site) -> Iterator[Idea]:
    for name in {dotted(spot.subject) for spot in none_spots(site)} - {""}:
        for test in _tests(site, name):
            shown = site.source(test)
            yield Idea(
                (site.replace(test, f"{shown} is not None"),),
                f"`{shown}` may be empty and is given all the same: only None means that it is not.",
                f"{name} from {shown}",
                0.0,
                (f"`{shown}` is empty, not None, and `{name}` is worked out of it",),
            )


def _tests(site: Site, name: str) -> Iterator[cst.BaseExpression]:
    """Truths asked above of what was empty, not None, where `name` is then worked out of it."""
    for node in walk(site.function.body) if site.function is not None else ():
        if not isinstance(node, (cst.If, cst.IfExp)) or node not in site.file:
            continue
        if site.file.lines(node)[0] > site.line or not _given_empty(site, node.test):
            continue
        if name in _made(site, node) and _mentions(node.body, dotted(node.test)):
            yield node.test


def _given_empty(site: Site, test: cst.BaseExpression) -> bool:
    """Whether the event shows a plain variable that is empty or nought."""
    if not isinstance(test, cst.Name):
        return False
    value = site.python_value(test)
    return value is not None and value != UNKNOWN and not value


def _made(site: Site, node: cst.If | cst.IfExp) -> set[str]:
    """Names that the branch gives."""
    if isinstance(node, cst.If):
        return {dotted(n.target) for n in walk(node.body) if isinstance(n, cst.AssignTarget)}
    above = site.file.parent(node)
    return {dotted(t.target) for t in above.targets} if isinstance(above, cst.Assign) else set()


def _mentions(body: cst.CSTNode, name: str) -> bool:
    return any(isinstance(n, cst.Name) and n.value == name for n in walk(body))


TEMPLATE = Template("truth_asked", NONE_KINDS, 1.8, ideas)
