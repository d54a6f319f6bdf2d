"""An item that may be past the end: `row[i] if i < len(row) else <neutral>`."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.sequences import length
from healer.agents.rules.site import UNKNOWN, Site, literal
from healer.agents.rules.spots import chain, pure, test_operand
from healer.agents.rules.syntax import code, walk
from healer.agents.rules.values import Value, absent_values

ONE_PAST = 1.8  # log-odds: the index is just past the end, so it was counted wrong; nothing is missing


def ideas(site: Site) -> Iterator[Idea]:
    for node in site.on_line(cst.Subscript):
        if (
            len(node.slice) != 1
            or not isinstance(node.slice[0].slice, cst.Index)
            or test_operand(site, node) is not None
        ):
            continue
        index = node.slice[0].slice.value
        if (
            not pure(node.value)
            or not pure(index)
            or isinstance(site.file.parent(node), (cst.AssignTarget, cst.Del))
        ):
            continue
        number, size = literal(index), length(site, node.value)
        if (isinstance(number, str) and number != UNKNOWN) or (
            size is not None and isinstance(number, int) and 0 <= number < size
        ):
            continue
        use = chain(site, node)
        beside = ONE_PAST if size and site.python_value(index) in {size, str(size)} else 0.0
        for value in (*_neighbours(site, node), *absent_values(site, use)):
            text = f"{site.source(use)} if {_test(site, node.value, index, number)} else {value.text}"
            alone = isinstance(site.file.parent(use), (cst.Return, cst.Assign, cst.Arg))
            yield Idea(
                (site.replace(use, text if alone else f"({text})"),),
                f"Past the end, {value.text} stands for the item.",
                value.behaviour,
                value.weight - beside,
                value.reasons,
            )


def _test(site: Site, holder: cst.BaseExpression, index: cst.BaseExpression, number: object) -> str:
    shown = site.source(holder)
    if isinstance(number, int):
        return shown if number in (0, -1) else f"len({shown}) {'>' if number > 0 else '>='} {abs(number)}"
    return f"{site.source(index)} < len({shown})"


def _neighbours(site: Site, node: cst.Subscript) -> Iterator[Value]:
    """The next statements guard the same sequence with a conditional: take their stand-in."""
    if site.function is None:
        return
    holder = code(node.value).strip()
    for other in walk(site.function.body):
        if isinstance(other, cst.IfExp) and holder in code(other.body) and holder not in code(other.orelse):
            yield Value(
                code(other.orelse).strip(),
                2.4,
                "value " + code(other.orelse).strip(),
                (f"line {site.file.lines(other)[0]} does the same for its neighbour",),
            )


TEMPLATE = Template("index_value", frozenset({Kind.INDEX}), -1.0, ideas)
