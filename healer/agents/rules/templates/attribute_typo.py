"""`'Order' object has no attribute 'totl'` → the closest member of the class, module or builtin type."""

from __future__ import annotations

import builtins
from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.names import builtin_members, class_members, close, module_members
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import dotted


def ideas(site: Site) -> Iterator[Idea]:
    attr, owner = site.crash.words.get("attr", ""), site.crash.words.get("owner", "").split(".")[-1]
    nodes = [n for n in site.on_line(cst.Attribute) if n.attr.value == attr]
    if not nodes:
        return
    if attr in class_members(site.repository, site.file.path, owner):
        return  # the class has it, only this object has it not
    known = members(site, owner) or _around(site, nodes[0])
    for rank, (other, ratio) in enumerate(close(attr, known)):
        every = siblings(site, nodes[0], attr)
        yield Idea(
            edits=tuple(site.replace(n.attr, other) for n in every),
            change=f"`.{attr}` is spelled `.{other}`"
            + (f", in {len(every)} places." if len(every) > 1 else "."),
            behaviour=f"attribute {other}",
            bonus=(ratio - 0.85) * 8 - rank,
            reasons=(f"`{other}` is the closest member",),
        )


def members(site: Site, owner: str) -> set[str]:
    if site.crash.kind is Kind.MODULE_ATTRIBUTE:
        return module_members(site.repository, site.crash.words.get("module", ""))
    found = class_members(site.repository, site.file.path, owner) or builtin_members(owner)
    return found - {site.crash.words.get("attr"), site.function_name}


def _around(site: Site, node: cst.Attribute) -> set[str]:
    """Members of the class around, where `self` or `cls` is of a class that only a caller knows."""
    first = site.parameters()[:1]
    if site.klass is None or not first or dotted(node.value) != first[0]:
        return set()
    found = class_members(site.repository, site.file.path, site.klass.name.value)
    return found - {site.crash.words.get("attr"), site.function_name}


def siblings(site: Site, node: cst.Attribute, attr: str) -> list[cst.Attribute]:
    """The same slip elsewhere in the file: on the same holder, and on any where nothing has this name."""
    holder, uses = dotted(node.value), [n for n in site.file.find(cst.Attribute) if n.attr.value == attr]
    if any(isinstance(site.file.parent(n), cst.AssignTarget) for n in uses) or not holder:
        return [node]
    defined = any(True for _ in site.repository.functions(attr)) or hasattr(builtins, attr)
    return [n for n in uses if not defined or dotted(n.value) == holder]


TEMPLATE = Template("attribute_typo", frozenset({Kind.ATTRIBUTE, Kind.MODULE_ATTRIBUTE}), 1.0, ideas)
