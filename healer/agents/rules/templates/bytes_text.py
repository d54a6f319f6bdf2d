"""Bytes where text is due, or text where bytes are: `.decode()`, `.encode()`."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import UNKNOWN, Site
from healer.agents.rules.spots import operands
from healer.agents.rules.syntax import atom


def ideas(site: Site) -> Iterator[Idea]:
    words, kind = site.crash.words, site.crash.kind
    if kind is Kind.BYTES_EXPECTED and words.get("right", "str") == "str":
        for node in _values(site):
            if not isinstance(site.python_value(node), bytes):
                yield _encoded(site, node)
    if kind in (Kind.STR_EXPECTED, Kind.JOIN) and words.get("right", "bytes") == "bytes":
        for node in _values(site):
            if isinstance(site.python_value(node), bytes) or site.value(node) == UNKNOWN:
                yield _decoded(site, node)
    if kind in (Kind.CONCATENATE, Kind.OPERAND) and {words.get("left"), words.get("right")} == {
        "str",
        "bytes",
    }:
        for _, left, right in operands(site):
            for node, mine in ((left, words.get("left")), (right, words.get("right"))):
                yield _decoded(site, node) if mine == "bytes" else _encoded(site, node, -0.6)
    if kind is Kind.ATTRIBUTE and words.get("attr") == "decode" and words.get("owner") == "str":
        yield from _undecoded(site)


def _values(site: Site) -> Iterator[cst.BaseExpression]:
    for call in site.on_line(cst.Call):
        for arg in call.args:
            if not isinstance(arg.value, (cst.Integer, cst.Lambda)) and arg.keyword is None:
                yield arg.value
    for node in site.on_line(cst.Comparison):
        yield node.left


def _encoded(site: Site, node: cst.BaseExpression, bonus: float = 0.4) -> Idea:
    shown = site.source(node)
    text = (
        f"b{shown}"
        if isinstance(node, cst.SimpleString) and shown[0] in "'\"" and shown.isascii()
        else f'{atom(node, shown)}.encode("utf-8")'
    )
    return Idea(
        (site.replace(node, text),),
        f"`{shown}` is given as bytes.",
        f"bytes of {shown}",
        bonus,
        ("bytes are required here",),
    )


def _decoded(site: Site, node: cst.BaseExpression) -> Idea:
    shown = site.source(node)
    sure = isinstance(site.python_value(node), bytes)
    return Idea(
        (site.replace(node, f'{atom(node, shown)}.decode("utf-8")'),),
        f"`{shown}` is read as text.",
        f"text of {shown}",
        0.6 if sure else 0.0,
        ("text is required here",),
    )


def _undecoded(site: Site) -> Iterator[Idea]:
    for call in site.on_line(cst.Call):
        if isinstance(call.func, cst.Attribute) and call.func.attr.value == "decode":
            shown = site.source(call.func.value)
            yield Idea((site.replace(call, shown),), f"`{shown}` is text already.", "text as it is", 0.4)
            if isinstance(call.func.value, cst.Name):
                yield Idea(
                    (
                        site.replace(
                            call, f"({site.source(call)} if isinstance({shown}, bytes) else {shown})"
                        ),
                    ),
                    f"`{shown}` is decoded only where it is bytes.",
                    "text as it is",
                    0.5,
                    ("both kinds reach this line",),
                )


TEMPLATE = Template(
    "bytes_text",
    frozenset(
        {
            Kind.BYTES_EXPECTED,
            Kind.STR_EXPECTED,
            Kind.JOIN,
            Kind.CONCATENATE,
            Kind.OPERAND,
            Kind.ATTRIBUTE,
        }
    ),
    0.6,
    ideas,
)
