"""A list, a text or a number where a mapping was expected: `if not isinstance(data, dict):`, and what the
contract says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.guards import guard
from healer.agents.rules.site import UNKNOWN, Site
from healer.agents.rules.spots import pure

METHODS = frozenset({"get", "items", "keys", "values"})


def ideas(site: Site) -> Iterator[Idea]:
    for subject in _subjects(site):
        for idea in guard(site, subject, "not isinstance({}, dict)", "is no mapping"):
            told = tuple(replace(e, text=e.text.replace("is missing", "is no mapping")) for e in idea.edits)
            yield replace(idea, edits=told)


def _subjects(site: Site) -> Iterator[cst.BaseExpression]:
    """Names that are asked for a text key, or as mappings are, and are none as far as the event tells."""
    seen: set[str] = set()
    held: list[cst.BaseExpression] = [n.value for n in site.on_line(cst.Subscript) if _by_text(n)]
    held += [n.value for n in site.on_line(cst.Attribute) if n.attr.value in METHODS]
    for node in held:
        shown = site.source(node)
        if pure(node) and shown not in seen and not isinstance(site.value(node), dict):
            seen.add(shown)
            if isinstance(node, cst.Name) or site.value(node) != UNKNOWN:
                yield node


def _by_text(node: cst.Subscript) -> bool:
    index = node.slice[0].slice if len(node.slice) == 1 else None
    return isinstance(index, cst.Index) and isinstance(index.value, cst.SimpleString)


TEMPLATE = Template(
    "mapping_due", frozenset({Kind.INDEX_TYPE, Kind.ATTRIBUTE, Kind.NOT_SUBSCRIPTABLE}), -0.2, ideas
)
