"""A number or truth value asked for a method of text: `value.splitlines()` → `str(value).splitlines()`."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site

SCALARS = frozenset({"int", "float", "bool", "Decimal", "complex"})
METHODS = frozenset(dir(str)) - frozenset(dir(int)) - frozenset(dir(float))


def ideas(site: Site) -> Iterator[Idea]:
    attr, owner = site.crash.words.get("attr", ""), site.crash.words.get("owner", "")
    if owner.split(".")[-1] not in SCALARS or attr not in METHODS:
        return
    for call in site.on_line(cst.Call):
        if isinstance(call.func, cst.Attribute) and call.func.attr.value == attr:
            shown = site.source(call.func.value)
            yield Idea(
                (site.replace(call.func.value, f"str({shown})"),),
                f"`{shown}` is written as text before `.{attr}`.",
                "text of the value",
                0.8,
                (f"only text has `.{attr}`",),
            )


TEMPLATE = Template("method_of_text", frozenset({Kind.ATTRIBUTE}), -0.1, ideas)
