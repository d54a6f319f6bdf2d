"""Text used as a number: `row["qty"] * price`, `limit > "5"` → `int(…)`, `float(…)` or `Decimal(…)`."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import UNKNOWN, Site
from healer.agents.rules.spots import compared, operands

NUMBERS = {"int": "int", "float": "float", "Decimal": "Decimal", "decimal.Decimal": "Decimal"}


def ideas(site: Site) -> Iterator[Idea]:
    left, right = site.crash.words.get("left", ""), site.crash.words.get("right", "")
    pairs = [(a, b) for _, a, b in (*operands(site), *compared(site))]
    for one, other in pairs:
        for node, mine, theirs in ((one, left, right), (other, right, left)):
            if mine == "str" and theirs in NUMBERS and not isinstance(node, cst.SimpleString):
                yield from _converted(site, node, NUMBERS[theirs])
            if mine == "float" and theirs in {"Decimal", "decimal.Decimal"}:
                yield _idea(site, node, f"Decimal(str({site.source(node)}))", "Decimal", 1.0)
    if site.crash.kind is Kind.MULTIPLY and right in {"float", "Decimal", "decimal.Decimal"}:
        yield from _multiplied(site, NUMBERS[right], pairs)
    for assign in site.on_line(cst.AugAssign):
        if right == "str" and left in NUMBERS:
            yield from _converted(site, assign.value, NUMBERS[left])


def _multiplied(
    site: Site, number: str, pairs: list[tuple[cst.BaseExpression, cst.BaseExpression]]
) -> Iterator[Idea]:
    """The side that is text, or may be."""
    for node in (one for pair in pairs for one in pair):
        text = site.python_value(node)
        if isinstance(text, str) and not isinstance(node, (cst.SimpleString, cst.Call, cst.BinaryOperation)):
            yield _idea(site, node, f"{number}({site.source(node)})", number, 0.4 if text != UNKNOWN else 0.0)


def _converted(site: Site, node: cst.BaseExpression, number: str) -> Iterator[Idea]:
    text = site.python_value(node)
    whole = isinstance(text, str) and text != UNKNOWN and text.strip().lstrip("+-").isdigit()
    shown = site.source(node)
    if number == "int" and not whole:
        yield _idea(site, node, f"float({shown})", "float", -0.2)
    yield _idea(site, node, f"{number}({shown})", number, 0.7 if whole or number != "int" else 0.0)


def _idea(site: Site, node: cst.BaseExpression, text: str, number: str, bonus: float) -> Idea:
    shown = site.source(node)
    return Idea(
        (site.replace(node, text),),
        f"`{shown}` is read as a number.",
        f"{number} of {shown}",
        bonus,
        ("the other side is a number",),
    )


TEMPLATE = Template(
    "number_of", frozenset({Kind.OPERAND, Kind.COMPARISON, Kind.CONCATENATE, Kind.MULTIPLY}), 0.5, ideas
)
