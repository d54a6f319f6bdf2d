"""Base64 without its padding: add it back."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.spots import pure
from healer.agents.rules.syntax import atom


def ideas(site: Site) -> Iterator[Idea]:
    for call in site.on_line(cst.Call):
        name = call.func.attr.value if isinstance(call.func, cst.Attribute) else ""
        if "b64decode" in name or "b32decode" in name or name == "a2b_base64":
            node = call.args[0].value
            if pure(node):
                shown = site.source(node)
                size = 8 if "32" in name else 4
                sign = 'b"="' if isinstance(site.python_value(node), bytes) else '"="'
                yield Idea(
                    (site.replace(node, f"{atom(node, shown)} + {sign} * (-len({shown}) % {size})"),),
                    "Padding that was cut off is added again.",
                    "padded",
                    0.0,
                    ("tokens travel without padding",),
                )


TEMPLATE = Template("base64_padding", frozenset({Kind.PADDING}), 1.6, ideas)
