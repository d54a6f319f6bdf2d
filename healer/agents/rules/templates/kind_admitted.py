"""`isinstance(other, (int, str))` of a float, for which other places ask beside one of those, or its kin."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from math import log

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import UNKNOWN, Site
from healer.agents.rules.syntax import Edit, dotted, walk
from triage.noun import Json

MAX_IDEAS = 3
KIN = ({"int", "float"}, {"str", "bytes"}, {"list", "tuple"}, {"set", "frozenset"})


def ideas(site: Site) -> Iterator[Idea]:
    calls = [n for n in walk(site.function.body) if isinstance(n, cst.Call)] if site.function else []
    made = 0
    for call in calls:
        if dotted(call.func) != "isinstance" or len(call.args) != 2:
            continue
        classes = call.args[1].value
        listed = _listed(classes)
        for kind in _kinds(site, call.args[0].value) - set(listed) if listed else ():
            times = _asked_with(site, kind, set(listed))
            kin = any(kind in one and one & set(listed) for one in KIN)
            if (times or kin) and made < MAX_IDEAS:
                made += 1
                yield _idea(site, call, classes, kind, times)


def _kinds(site: Site, node: cst.BaseExpression) -> set[str]:
    """The classes of the value, as the event shows it here and, by that name, in the frames around: it may
    have been replaced since."""
    held = [site.value(node), *(values.get(dotted(node), UNKNOWN) for _, values in site.frames)]
    return {_kind(shown) for shown in held} - {""}


def _kind(shown: Json) -> str:
    """The class of a value that an event shows."""
    if not isinstance(shown, str):
        return type(shown).__name__ if isinstance(shown, (dict, list)) else ""
    try:
        value = ast.literal_eval(shown)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        name = shown.partition("(")[0] if "(" in shown else ""
        return name if name.isidentifier() else ""
    return "" if value is None else type(value).__name__


def _listed(node: cst.BaseExpression) -> list[str]:
    if isinstance(node, cst.Tuple):
        return [dotted(element.value) for element in node.elements]
    return [dotted(node)] if dotted(node) else []


def _asked_with(site: Site, kind: str, listed: set[str]) -> int:
    """How often the project asks for this class and for one of those together."""
    found = 0
    for path, _ in site.repository.mentioning("isinstance("):
        found += sum(kind in one and bool(listed & one) for one in site.repository.facts(path, _classes))
    return found


def _classes(path: str, tree: ast.Module) -> list[frozenset[str]]:
    """The classes of each question for several."""
    return [
        frozenset(map(ast.unparse, node.args[1].elts))
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and len(node.args) == 2 and ast.unparse(node.func) == "isinstance"
        if isinstance(node.args[1], ast.Tuple)
    ]


def _idea(site: Site, call: cst.Call, classes: cst.BaseExpression, kind: str, times: int) -> Idea:
    text = site.source(classes)
    if isinstance(classes, cst.Tuple):
        end = site.file.span(classes.elements[-1].value)[1]
        edit = Edit(end, end, f", {kind}")
    else:
        edit = site.replace(classes, f"({text}, {kind})")
    shown = site.source(call.args[0].value)
    return Idea(
        (edit,),
        f"A {kind} for `{shown}` is admitted as well.",
        f"{kind} admitted",
        log(1 + times),
        (f"{kind} is asked for beside the others in {times} other places",) if times else (),
    )


TEMPLATE = Template(
    "kind_admitted",
    frozenset(
        {
            Kind.ATTRIBUTE,
            Kind.NOT_ITERABLE,
            Kind.NOT_SUBSCRIPTABLE,
            Kind.NOT_CALLABLE,
            Kind.NO_LEN,
            Kind.OPERAND,
            Kind.COMPARISON,
            Kind.CONCATENATE,
            Kind.INDEX_TYPE,
            Kind.STR_EXPECTED,
            Kind.BYTES_EXPECTED,
        }
    ),
    0.0,
    ideas,
    outer=True,
)
