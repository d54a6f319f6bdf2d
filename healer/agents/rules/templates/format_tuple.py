"""`"%s" % value` with a tuple for value → `% (value,)`; `%d` of text → `%s`."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site


def ideas(site: Site) -> Iterator[Idea]:
    for node in site.on_line(cst.BinaryOperation):
        if not isinstance(node.operator, cst.Modulo):
            continue
        if site.crash.kind is Kind.FORMAT_ARGUMENTS and not isinstance(node.right, (cst.Tuple, cst.Dict)):
            shown = site.source(node.right)
            yield Idea(
                (site.replace(node.right, f"({shown},)"),),
                f"`{shown}` is one value, also where it is a tuple.",
                "one value",
                1.5,
                ("a tuple on the right is taken for several values",),
            )
        if site.crash.kind is Kind.FORMAT_NUMBER and isinstance(node.left, cst.SimpleString):
            code = "%" + site.crash.words.get("code", "d")
            text = site.source(node.left)
            if text.count(code) == 1:
                yield Idea(
                    (site.replace(node.left, text.replace(code, "%s")),),
                    "The value is written as it is.",
                    "format as text",
                    -1.4 if _digits(site, node.right) else 0.2,
                    ("it is not always a number",),
                )


def _digits(site: Site, right: cst.BaseExpression) -> bool:
    """Whether a number stands there as text: whoever read it should have made it one."""
    values = [e.value for e in right.elements] if isinstance(right, cst.Tuple) else [right]
    shown = (site.python_value(value) for value in values)
    return any(isinstance(one, str) and one.strip().isdigit() for one in shown)


TEMPLATE = Template("format_tuple", frozenset({Kind.FORMAT_ARGUMENTS, Kind.FORMAT_NUMBER}), 0.6, ideas)
