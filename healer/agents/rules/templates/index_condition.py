"""`if word[0] == "-":` with word empty → `if word and word[0] == "-":`; bounds are checked before use."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.sequences import constant_index, length
from healer.agents.rules.site import Site, literal
from healer.agents.rules.spots import pure, test_operand
from healer.agents.rules.syntax import atom, dotted
from healer.agents.rules.templates.none_condition import asks_for_absence, wrapped


def ideas(site: Site) -> Iterator[Idea]:
    if site.crash.kind is Kind.EMPTY_SEQUENCE:
        yield from _measured(site)
        return
    yield from _swapped(site)
    for node in site.on_line(cst.Subscript):
        place = test_operand(site, node)
        if (
            place is None
            or not pure(node.value)
            or len(node.slice) != 1
            or not isinstance(node.slice[0].slice, cst.Index)
        ):
            continue
        known = length(site, node.value)
        if known is not None and (index := constant_index(node)) is not None and known > index >= 0:
            continue
        operand, role = place
        test, absent = _bound(site, node), asks_for_absence(operand)
        text = site.source(operand)
        yield Idea(
            (site.replace(operand, wrapped(f"{test} and {text}", role, "and")),),
            f"The condition is false without {_item(site, node)}.",
            f"condition false: {text}",
            0.6 if not absent else -0.8,
            ("what is not there cannot match",),
        )
        negated = (
            f"not {atom(node.value, site.source(node.value))}"
            if constant_index(node) is not None
            else f"not ({test})"
        )
        yield Idea(
            (site.replace(operand, wrapped(f"{negated} or {text}", role, "or")),),
            f"The condition is true without {_item(site, node)}.",
            f"condition true: {text}",
            0.2 if absent else -1.4,
            ("what is not there differs",),
        )


def _measured(site: Site) -> Iterator[Idea]:
    """`min(name) >= " " and …` with nothing in `name` → `len(name) > 0 and …`."""
    for call in site.on_line(cst.Call):
        place = test_operand(site, call)
        if place is None or dotted(call.func) not in {"min", "max"} or len(call.args) != 1:
            continue
        operand, role = place
        shown, text = site.source(call.args[0].value), site.source(operand)
        if pure(call.args[0].value) and not asks_for_absence(operand):
            yield Idea(
                (site.replace(operand, wrapped(f"len({shown}) > 0 and {text}", role, "and")),),
                f"The condition is false where `{shown}` is empty.",
                f"condition false: {text}",
                0.6,
                ("what is not there cannot match",),
            )


def _item(site: Site, node: cst.Subscript) -> str:
    return f"`{site.source(node)}`"


def _bound(site: Site, node: cst.Subscript) -> str:
    holder = site.source(node.value)
    index = node.slice[0].slice
    assert isinstance(index, cst.Index)
    value = literal(index.value)
    if isinstance(value, int):
        return holder if value in (0, -1) else f"len({holder}) {'>' if value > 0 else '>='} {abs(value)}"
    return f"{site.source(index.value)} < len({holder})"


def _swapped(site: Site) -> Iterator[Idea]:
    """`a[i] == x and i < len(a)` → the bound first."""
    for node in site.on_line(cst.BooleanOperation):
        text = site.source(node.right)
        if (
            isinstance(node.operator, cst.And)
            and "len(" in text
            and "<" in text
            and "[" in site.source(node.left)
        ):
            yield Idea(
                (site.replace(node.left, text), site.replace(node.right, site.source(node.left))),
                "The bound is checked before the item is read.",
                "bound first",
                2.0,
                ("the bound stood too late",),
            )


TEMPLATE = Template("index_condition", frozenset({Kind.INDEX, Kind.EMPTY_SEQUENCE}), 1.0, ideas)
