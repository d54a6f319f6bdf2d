"""A pattern made from data: `re.escape` it; a replacement with backslashes: give it as a function."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import dotted, walk

CALLS = {"compile", "match", "search", "fullmatch", "split", "findall", "finditer", "sub", "subn"}


def ideas(site: Site) -> Iterator[Idea]:
    escape = site.crash.message.startswith("bad escape")
    for call in site.on_line(cst.Call):
        head, _, name = dotted(call.func).rpartition(".")
        if name not in CALLS or head != "re" or not call.args:
            continue
        if escape and name in {"sub", "subn"} and len(call.args) > 1:
            text = site.source(call.args[1].value)
            yield Idea(
                (site.replace(call.args[1].value, f"lambda match: {text}"),),
                "The replacement is taken literally.",
                "literal replacement",
                0.6,
                ("it is data, not a pattern",),
            )
        for node in _data(site, call.args[0].value):
            text = site.source(node)
            yield Idea(
                (site.replace(node, f"re.escape({text})"),),
                f"`{text}` is matched literally.",
                "literal pattern",
                0.6 if node is not call.args[0].value else 0.2,
                ("it is data, not a pattern",),
            )


def _data(site: Site, pattern: cst.BaseExpression) -> Iterator[cst.BaseExpression]:
    """Variables inside a pattern that is put together, or the pattern itself."""
    if isinstance(pattern, cst.Name):
        found = site.definition(pattern.value)
        if found is None:
            yield pattern
        else:
            yield from _data(site, found.value)
        return
    for node in walk(pattern):
        if isinstance(node, cst.BinaryOperation):
            for side in (node.left, node.right):
                if isinstance(side, (cst.Name, cst.Attribute, cst.Subscript)):
                    yield side
        if isinstance(node, cst.FormattedStringExpression) and isinstance(
            node.expression, (cst.Name, cst.Attribute)
        ):
            yield node.expression


TEMPLATE = Template("regex_escape", frozenset({Kind.REGEX}), 1.0, ideas)
