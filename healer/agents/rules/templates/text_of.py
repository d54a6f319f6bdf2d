"""Text joined with something that is no text: `"n: " + n`, `",".join(numbers)` → `str(…)`."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.spots import operands
from healer.agents.rules.syntax import dotted

LISTED = 1.2  # log-odds
SCALARS = {"int", "float", "Decimal", "bool", "date", "datetime", "UUID", "Path", "PosixPath"}


def ideas(site: Site) -> Iterator[Idea]:
    words = site.crash.words
    if (
        site.crash.kind is Kind.JOIN
        and words.get("left") == "str"
        and words.get("right") not in {"bytes", "NoneType"}
    ):
        yield from _joined(site)
    if words.get("right") in {"bytes", "NoneType", "list", "dict"} or words.get("left") in {
        "bytes",
        "NoneType",
    }:
        return
    if site.crash.kind in (Kind.CONCATENATE, Kind.OPERAND) and words.get("left") == "str":
        for node, _, right in operands(site):
            if isinstance(node.operator, cst.Add) and not isinstance(
                right, (cst.SimpleString, cst.FormattedString)
            ):
                yield _wrapped(site, right, 0.6 if _texty(node.left) else -0.4)
        for assign in site.on_line(cst.AugAssign):
            yield _wrapped(site, assign.value, 0.4)
    if (
        site.crash.kind is Kind.OPERAND
        and words.get("right") == "str"
        and words.get("op", "").startswith("+")
    ):
        for node, left, _ in operands(site):
            if not isinstance(left, (cst.SimpleString, cst.FormattedString)):
                yield _wrapped(site, left, 0.6 if _texty(node.right) else -0.4)


def _texty(node: cst.BaseExpression) -> bool:
    if isinstance(node, cst.BinaryOperation):
        return _texty(node.left) or _texty(node.right)
    return isinstance(node, (cst.SimpleString, cst.FormattedString, cst.ConcatenatedString))


def _wrapped(site: Site, node: cst.BaseExpression, bonus: float) -> Idea:
    if (error := _caught(site, node)) is not None:
        return Idea(
            (site.replace(node, f"str({error})"),),
            f"The whole message of `{error}` is used: an exception's arguments need not be text.",
            "message of the error",
            1.0,
            ("str() is how an exception says its message",),
        )
    shown = site.source(node)
    return Idea(
        (site.replace(node, f"str({shown})"),),
        f"`{shown}` is written as text.",
        "text of the value",
        bonus,
        ("it is joined with text",),
    )


def _caught(site: Site, node: cst.BaseExpression) -> str | None:
    """`e` of `e.args[0]` in the handler that caught it."""
    if not isinstance(node, cst.Subscript) or not isinstance(node.value, cst.Attribute):
        return None
    name = dotted(node.value.value)
    handlers = (n for n in site.file.ancestors(node) if isinstance(n, cst.ExceptHandler))
    caught = any(h.name is not None and dotted(h.name.name) == name for h in handlers)
    return name if caught and node.value.attr.value == "args" else None


def _joined(site: Site) -> Iterator[Idea]:
    for call in site.on_line(cst.Call):
        if isinstance(call.func, cst.Attribute) and call.func.attr.value == "join" and len(call.args) == 1:
            node = call.args[0].value
            shown = site.source(node)
            yield from _listed(site, node)
            yield Idea(
                (
                    site.replace(
                        node,
                        f"map(str, {shown})"
                        if not isinstance(node, cst.GeneratorExp)
                        else f"map(str, ({shown}))",
                    ),
                ),
                "Each item is written as text before it is joined.",
                "text of the items",
                0.8 if site.crash.words.get("right") in SCALARS else -0.6,  # an object's text is seldom meant
                ("join takes text only",),
            )


def _listed(site: Site, node: cst.BaseExpression) -> Iterator[Idea]:
    """`(place, inner)`, of which the joined parts are taken: the one that is no text is written as text."""
    whole = node.for_in.iter if isinstance(node, cst.BaseSimpleComp) else node
    for element in whole.elements if isinstance(whole, (cst.Tuple, cst.List)) else ():
        value = element.value
        if isinstance(value, (cst.Name, cst.Attribute)) and not isinstance(site.python_value(value), str):
            yield _wrapped(site, value, LISTED)


TEMPLATE = Template("text_of", frozenset({Kind.CONCATENATE, Kind.OPERAND, Kind.JOIN}), 0.7, ideas)
