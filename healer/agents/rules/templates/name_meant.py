"""`name 'totl' is not defined` → the closest name in scope, everywhere the slip stands; or `self.name`; or
the parameter that nothing reads."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.names import BUILTINS, class_members, close, in_scope, likeness
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import Edit, code, walk

MAX_UNREAD = 2  # with more of them, which one is meant is not told


def ideas(site: Site) -> Iterator[Idea]:
    name = site.crash.words.get("name", "")
    if not any(n.value == name for n in site.on_line(cst.Name)):
        return
    yield from _of_self(site, name)
    found = close(name, in_scope(site) | BUILTINS)
    yield from _unread(site, name, {other for other, _ in found})
    for rank, (other, ratio) in enumerate(found):
        yield Idea(
            edits=renamed(site, name, other),
            change=f"`{name}` is spelled `{other}`.",
            behaviour=f"name {other}",
            bonus=(ratio - 0.85) * 8 - rank,
            reasons=(f"`{other}` is the closest name in scope",),
        )


def _unread(site: Site, name: str, spelt: set[str]) -> Iterator[Idea]:
    """`total(lines)` in a function whose parameter `rows` is never read."""
    read = {n.value for n in walk(site.function.body) if isinstance(n, cst.Name)} if site.function else set()
    bound = [p for p in site.parameters() if p not in {"self", "cls"} and not p.startswith("_")]
    unread = [p for p in bound if p not in read]
    for other in unread if len(unread) <= MAX_UNREAD else ():
        if other not in spelt:
            yield Idea(
                renamed(site, name, other),
                f"`{other}` is meant.",
                f"name {other}",
                (likeness(name, other) - 0.5) * 2,
                (f"`{other}` is there, and nothing reads it",),
            )


def _of_self(site: Site, name: str) -> Iterator[Idea]:
    parameters = site.parameters()
    if site.klass is None or site.function is None or not parameters or _static(site.function):
        return
    if name in class_members(site.repository, site.file.path, site.klass.name.value):
        yield Idea(
            edits=renamed(site, name, f"{parameters[0]}.{name}"),
            change=f"`{name}` is a member of the class: `{parameters[0]}.{name}`.",
            behaviour=f"name {parameters[0]}.{name}",
            bonus=1.4,
            reasons=(f"`{site.klass.name.value}` has a member `{name}`",),
        )


def _static(function: cst.FunctionDef) -> bool:
    return any(code(one.decorator) == "staticmethod" for one in function.decorators)


def renamed(site: Site, name: str, other: str) -> tuple[Edit, ...]:
    """Every use of the undefined name in the function (or, at module level, the file)."""
    whole = site.function if site.function is not None else site.file.module
    first, last = site.file.lines(whole) if site.function is not None else (1, 10**9)
    found = []
    for node in site.file.find(cst.Name):
        above = site.file.parent(node)
        if node.value != name or not first <= site.file.lines(node)[0] <= last:
            continue
        if isinstance(above, cst.Attribute) and above.attr is node:
            continue
        if isinstance(above, (cst.Arg, cst.Param)) and (
            getattr(above, "keyword", None) is node or isinstance(above, cst.Param)
        ):
            continue
        found.append(site.replace(node, other))
    return tuple(found)


TEMPLATE = Template("name_meant", frozenset({Kind.NAME}), 1.2, ideas)
