"""Lists where tuples are due: `s.startswith([..])`, `isinstance(x, [..])`, `{[1, 2]: …}` → `tuple(…)`."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import UNKNOWN, Site

ASKED = 2.0  # log-odds


def ideas(site: Site) -> Iterator[Idea]:
    if site.crash.kind is Kind.TUPLE_EXPECTED:
        for call in site.on_line(cst.Call):
            name = (
                call.func.attr.value
                if isinstance(call.func, cst.Attribute)
                else getattr(call.func, "value", "")
            )
            if name in {"startswith", "endswith"} and call.args:
                yield _idea(site, call.args[0].value, 1.4)
            if name in {"isinstance", "issubclass"} and len(call.args) > 1:
                yield _idea(site, call.args[1].value, 1.2)
    elif site.crash.words.get("right") == "list":
        for node in used_as_keys(site):
            if isinstance(site.value(node), list) or site.value(node) == UNKNOWN:
                asked = isinstance(site.file.parent(node), cst.Comparison)
                bonus = 0.8 if isinstance(site.value(node), list) else 0.0
                yield _idea(site, node, bonus - (ASKED if asked and foreign_input(site, node) else 0.0))


def foreign_input(site: Site, node: cst.BaseExpression) -> bool:
    """A parameter, looked for among what is known: of another kind than that, it is none of them."""
    return isinstance(node, cst.Name) and node.value in site.parameters()


def used_as_keys(site: Site) -> Iterator[cst.BaseExpression]:
    """Expressions on the line that are looked up, or kept, by their hash."""
    for node in site.on_line(cst.Subscript):
        if len(node.slice) == 1 and isinstance(node.slice[0].slice, cst.Index):
            yield node.slice[0].slice.value
    for call in site.on_line(cst.Call):
        if (
            isinstance(call.func, cst.Attribute)
            and call.func.attr.value in {"add", "get", "setdefault", "discard"}
            and call.args
        ):
            yield call.args[0].value
        if isinstance(call.func, cst.Name) and call.func.value == "hash" and call.args:
            yield call.args[0].value
    for node_ in site.on_line(cst.Comparison):
        yield node_.left


def _idea(site: Site, node: cst.BaseExpression, bonus: float) -> Idea:
    shown = site.source(node)
    return Idea(
        (site.replace(node, f"tuple({shown})"),),
        f"`{shown}` is made a tuple.",
        f"tuple of {shown}",
        bonus,
        ("a list is not accepted here",),
    )


TEMPLATE = Template("tuple_due", frozenset({Kind.TUPLE_EXPECTED, Kind.UNHASHABLE}), 0.7, ideas)
