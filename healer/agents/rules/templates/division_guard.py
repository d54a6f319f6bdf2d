"""Division by zero: leave before it, or let the quotient be what the contract says."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.guards import guard
from healer.agents.rules.site import Site
from healer.agents.rules.spots import chain, pure
from healer.agents.rules.syntax import atom, dotted
from healer.agents.rules.values import absent_values

DIVIDES = (cst.Divide, cst.FloorDivide, cst.Modulo)


def ideas(site: Site) -> Iterator[Idea]:
    for node in site.on_line(cst.BinaryOperation):
        if isinstance(node.operator, DIVIDES) and site.value(node.right) in (
            "0",
            "0.0",
            "…unknown…",
            "Decimal('0')",
        ):
            subject = counted(node.right)
            yield from guard(site, subject, "not {}", "is zero" if subject is node.right else "is empty")
            yield from _quotient(site, node, subject)


def counted(node: cst.BaseExpression) -> cst.BaseExpression:
    """`x` of `len(x)`, else the node."""
    if isinstance(node, cst.Call) and dotted(node.func) == "len" and len(node.args) == 1:
        return node.args[0].value
    return node


def _quotient(site: Site, node: cst.BinaryOperation, subject: cst.BaseExpression) -> Iterator[Idea]:
    if not pure(subject):
        return
    whole = chain(site, node)
    above = site.file.parent(whole)
    written = f"{site.source(node)} if {site.source(subject)} else 0"
    text = (
        written if isinstance(above, (cst.Return, cst.Assign, cst.Arg)) and not node.lpar else f"({written})"
    )
    if isinstance(above, cst.Return):
        return  # the guard says the same
    shown = atom(node.right, site.source(node.right))
    for value in absent_values(site, node):
        if value.text == "None" and value.weight > 1:
            yield Idea(
                (site.replace(node, written[:-1] + "None"),),
                f"Where {shown} is zero, the quotient is None.",
                value.behaviour,
                value.weight,
                value.reasons,
            )
    yield Idea(
        (site.replace(node, text),),
        f"Where {shown} is zero, the quotient is 0.",
        "quotient 0",
        0.5,
        ("a share of nothing is zero",),
    )


TEMPLATE = Template("division_guard", frozenset({Kind.DIVISION}), -0.6, ideas)
