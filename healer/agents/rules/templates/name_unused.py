"""A name or attribute that is not there, where one is there that nothing asks for: the one is meant by the
other. `total(lines)` in a function whose parameter `rows` is never read; `booking.finish` of a class whose
`end` nobody uses."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.names import likeness, own_members
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import walk

ALIKE = 1.0  # log-odds for a name with half of its letters
MAX_UNUSED = 2  # with more of them, which one is meant is not told


def ideas(site: Site) -> Iterator[Idea]:
    if site.crash.kind is Kind.NAME:
        yield from _names(site, site.crash.words.get("name", ""))
    else:
        yield from _members(site, site.crash.words.get("attr", ""), site.crash.words.get("owner", ""))


def _names(site: Site, name: str) -> Iterator[Idea]:
    """Parameters and variables of the function that nothing reads."""
    if site.function is None:
        return
    read = {n.value for n in walk(site.function.body) if isinstance(n, cst.Name)}
    bound = [p for p in site.parameters() if p not in {"self", "cls"}]
    unused = [p for p in bound if p not in read and not p.startswith("_")]
    nodes = [n for n in walk(site.function.body) if isinstance(n, cst.Name) and n.value == name]
    for other in unused if len(unused) <= MAX_UNUSED else ():
        yield _idea(site, nodes, name, other, "nothing reads it")


def _members(site: Site, attr: str, owner: str) -> Iterator[Idea]:
    """Members of the class that nothing outside it asks for."""
    for _, klass in site.repository.classes(owner.rpartition(".")[2]) if owner else ():
        members = {m for m in own_members(klass) if not m.startswith("_")}
        unused = sorted(m for m in members if not _used(site, m, klass))
        nodes = [n.attr for n in site.on_line(cst.Attribute) if n.attr.value == attr]
        for other in unused if len(unused) <= MAX_UNUSED else ():
            yield _idea(site, nodes, attr, other, f"nothing else asks `{klass.name}` for it")


def _used(site: Site, member: str, klass: ast.ClassDef) -> bool:
    inside = {id(n) for n in ast.walk(klass)}
    return any(
        isinstance(n, ast.Attribute)
        and n.attr == member
        and isinstance(n.ctx, ast.Load)
        and id(n) not in inside
        for _, tree in site.repository.mentioning(f".{member}")
        for n in ast.walk(tree)
    )


def _idea(site: Site, nodes: list[cst.Name], name: str, other: str, reason: str) -> Idea:
    return Idea(
        tuple(site.replace(node, other) for node in nodes),
        f"`{other}` is meant.",
        f"name {other}",
        (likeness(name, other) - 0.5) * 2 * ALIKE,
        (f"`{other}` is there, and {reason}",),
    )


TEMPLATE = Template("name_unused", frozenset({Kind.NAME, Kind.ATTRIBUTE}), 1.0, ideas)
