"""A recursion that keeps an account in a parameter, `def load(path, reading=())`, and calls itself without:
`load(target)` → `load(target, reading)`."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import Edit, dotted, walk


def ideas(site: Site) -> Iterator[Idea]:
    function = site.function
    if function is None:
        return
    own = [p for p in (*function.params.params, *function.params.kwonly_params) if p.default is not None]
    used = {n.value for n in walk(function.body) if isinstance(n, cst.Name)}
    calls = [n for n in walk(function.body) if isinstance(n, cst.Call) and _again(n, function.name.value)]
    for name in (p.name.value for p in own if p.name.value in used):
        held = _derived(site, name)
        edits = [_passed(site, call, name, held) for call in calls if not _gives(site, call, name)]
        if edits:
            yield Idea(
                tuple(edits),
                f"`{function.name.value}` hands `{name}` on where it calls itself.",
                f"{held} handed on",
                0.0,
                (f"`{name}` is kept for the calls further down, and none is given it",),
            )


def _derived(site: Site, name: str) -> str:
    """`reading` of `reading = (*_reading, path)`, else the parameter itself."""
    assert site.function is not None
    for node in walk(site.function.body):
        target = node.targets[0].target if isinstance(node, cst.Assign) else None
        if not isinstance(node, cst.Assign) or not isinstance(target, cst.Name):
            continue
        if any(isinstance(n, cst.Name) and n.value == name for n in walk(node.value)):
            return target.value
    return name


def _again(call: cst.Call, name: str) -> bool:
    return dotted(call.func).rpartition(".")[2] == name


def _gives(site: Site, call: cst.Call, name: str) -> bool:
    """By name, by position or among what is starred."""
    named = any(a.keyword is not None and a.keyword.value == name for a in call.args)
    place = [p for p in site.parameters() if p not in {"self", "cls"}]
    number = place.index(name) if name in place else len(call.args)
    return named or number < len(call.args) or any(a.star for a in call.args)


def _passed(site: Site, call: cst.Call, name: str, held: str) -> Edit:
    end = site.file.span(call)[1] - 1
    comma = "" if site.file.text[:end].rstrip().endswith(("(", ",")) else ", "
    return Edit(end, end, f"{comma}{name}={held}")


TEMPLATE = Template("recursion_passed", frozenset({Kind.RECURSION}), 1.6, ideas, outer=True)
