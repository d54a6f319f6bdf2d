"""`if text.isdigit(): int(text)` with "²" → `text.isdecimal()`: digits that `int` can read."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import walk

LOOSE = frozenset({"isdigit", "isnumeric"})


def ideas(site: Site) -> Iterator[Idea]:
    value = site.crash.words.get("value", "")
    if site.function is None or not value or value.isdecimal() or not value.isnumeric():
        return
    asked = [
        node
        for node in walk(site.function.body)
        if isinstance(node, cst.Attribute) and node.attr.value in LOOSE and node in site.file
    ]
    yield Idea(
        tuple(site.replace(node.attr, "isdecimal") for node in asked),
        "Digits that are no decimals, as in “²”, are not taken for a number.",
        "not a number",
        0.0,
        (f"{value!r} is a digit that `int` does not read",),
    )


TEMPLATE = Template("digits_decimal", frozenset({Kind.NUMBER_PARSE}), 3.4, ideas)
