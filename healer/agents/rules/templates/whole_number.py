"""A float where an integer is due: `n / 2` → `n // 2`, else `int(…)`; text → `int(…)`."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import Edit, dotted, walk

INTEGER_CALLS = {"range", "islice", "choice", "sample", "randint", "chr", "randrange"}


def ideas(site: Site) -> Iterator[Idea]:
    right = site.crash.words.get("right", "float")
    for node in _places(site):
        yield from _floored(site, node)
        for defined in _definitions(site, node):
            yield from _floored(site, defined)
        if right in {"str", "float", "Decimal"} and not isinstance(node, (cst.Integer, cst.SimpleString)):
            shown = site.source(node)
            yield Idea(
                (site.replace(node, f"int({shown})"),),
                f"`{shown}` is made an integer.",
                "integer of the value",
                0.4 if right == "str" else -0.4,
                ("an integer is required here",),
            )


def _places(site: Site) -> Iterator[cst.BaseExpression]:
    kind = site.crash.kind
    if kind is Kind.INDEX_TYPE:
        for node in site.on_line(cst.Subscript):
            for element in node.slice:
                if isinstance(element.slice, cst.Index):
                    yield element.slice.value
                elif isinstance(element.slice, cst.Slice):
                    bounds = (element.slice.lower, element.slice.upper, element.slice.step)
                    yield from (bound for bound in bounds if bound is not None)
    if kind is Kind.NOT_INTEGER:
        for call in site.on_line(cst.Call):
            if dotted(call.func).split(".")[-1] in INTEGER_CALLS or site.foreign:
                yield from (a.value for a in call.args)
    if kind is Kind.MULTIPLY:
        for operation in site.on_line(cst.BinaryOperation):
            if isinstance(operation.operator, cst.Multiply):
                textual = isinstance(operation.left, (cst.SimpleString, cst.List))
                yield (
                    operation.right
                    if textual or not isinstance(operation.right, (cst.SimpleString, cst.List))
                    else operation.left
                )


def _definitions(site: Site, node: cst.BaseExpression) -> Iterator[cst.BaseExpression]:
    for name in walk(node):
        if isinstance(name, cst.Name) and (found := site.definition(name.value)) is not None:
            yield found.value


def _floored(site: Site, node: cst.BaseExpression) -> Iterator[Idea]:
    if site.crash.words.get("right", "float") != "float":
        return
    for operation in walk(node):
        if isinstance(operation, cst.BinaryOperation) and isinstance(operation.operator, cst.Divide):
            start, end = site.file.span(operation.left)[1], site.file.span(operation.right)[0]
            sign = Edit(start, end, site.file.text[start:end].replace("/", "//", 1))
            yield Idea(
                (sign,),
                "The quotient is a whole number.",
                "integer of the value",
                1.0,
                ("a whole number is required here",),
            )


TEMPLATE = Template("whole_number", frozenset({Kind.INDEX_TYPE, Kind.NOT_INTEGER, Kind.MULTIPLY}), 0.8, ideas)
