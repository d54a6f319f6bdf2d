"""`counts[k] += 1` and `groups[k].append(x)` on a first key: start it with its neutral value; and so where
`groups[k]` is read before it is added to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.keys import missing_keys
from healer.agents.rules.site import Site
from healer.agents.rules.spots import same
from healer.agents.rules.syntax import code, walk
from healer.agents.rules.templates.literal_key import closed

MUTATORS = {
    "append": "[]",
    "extend": "[]",
    "insert": "[]",
    "add": "set()",
    "update": "{}",
    "setdefault": "{}",
}


READ_FIRST = 0.4  # log-odds against: it is asked for before anything is added
FULL = 1.8  # log-odds: the keys are written out where it is made, so that another one is a mistake


def ideas(site: Site) -> Iterator[Idea]:
    full = FULL if any(closed(site, node.value) is not None for node, _ in missing_keys(site)) else 0.0
    for idea in (*_counted(site), *_added_to_below(site)):
        yield replace(idea, bonus=idea.bonus - full)


def _counted(site: Site) -> Iterator[Idea]:
    for assign in site.on_line(cst.AugAssign):
        if isinstance(assign.target, cst.Subscript) and isinstance(
            assign.operator, (cst.AddAssign, cst.SubtractAssign)
        ):
            target, value = site.source(assign.target), site.source(assign.value)
            zero = {cst.SimpleString: '""', cst.List: "[]"}.get(type(assign.value), "0")
            sign = "+" if isinstance(assign.operator, cst.AddAssign) else "-"
            get = f"{site.source(assign.target.value)}.get({_key(assign.target)}, {zero})"
            yield _idea(site, assign, f"{target} = {get} {sign} {value}", zero)
    yield from _rewritten(site)
    for call in site.on_line(cst.Call):
        func = call.func
        if (
            isinstance(func, cst.Attribute)
            and isinstance(func.value, cst.Subscript)
            and func.attr.value in MUTATORS
        ):
            node, start = func.value, MUTATORS[func.attr.value]
            yield _idea(site, node, f"{site.source(node.value)}.setdefault({_key(node)}, {start})", start)
    for assign_ in site.on_line(cst.Assign):
        target_ = assign_.targets[0].target
        if isinstance(target_, cst.Subscript) and isinstance(target_.value, cst.Subscript):
            node = target_.value
            yield _idea(site, node, f"{site.source(node.value)}.setdefault({_key(node)}, {{}})", "{}")


def _added_to_below(site: Site) -> Iterator[Idea]:
    """`find(name, groups[k])` above `groups[k].append(x)`."""
    calls = [n for n in walk(site.function.body) if isinstance(n, cst.Call)] if site.function else []
    for node, key in missing_keys(site):
        for func in (call.func for call in calls if site.file.lines(call)[0] > site.line):
            adds = isinstance(func, cst.Attribute) and same(func.value, node)
            if adds and isinstance(func, cst.Attribute) and func.attr.value in MUTATORS:
                start = MUTATORS[func.attr.value]
                text = f"{site.source(node.value)}.setdefault({key}, {start})"
                yield replace(_idea(site, node, text, start), bonus=-READ_FIRST)
                return


def _rewritten(site: Site) -> Iterator[Idea]:
    """`d[k] = d[k] + x`."""
    for assign in site.on_line(cst.Assign):
        target, value = assign.targets[0].target, assign.value
        if (
            isinstance(target, cst.Subscript)
            and isinstance(value, cst.BinaryOperation)
            and same(target, value.left)
        ):
            zero = {cst.SimpleString: '""', cst.List: "[]"}.get(type(value.right), "0")
            yield _idea(site, value.left, f"{site.source(target.value)}.get({_key(target)}, {zero})", zero)


def _key(node: cst.Subscript) -> str:
    return ", ".join(code(e.slice).strip() for e in node.slice)


def _idea(site: Site, node: cst.CSTNode, text: str, start: str) -> Idea:
    return Idea(
        (site.replace(node, text),),
        f"A first key starts with {start}.",
        f"starts with {start}",
        0.0,
        ("it is only ever added to",),
    )


TEMPLATE = Template("key_counted", frozenset({Kind.KEY}), 2.0, ideas)
