"""Text with braces that was not written for it: `text.format(user=name)` → `.replace("{user}", name)`; and
`format_map(values)` without a value, which is empty then."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import atom


def ideas(site: Site) -> Iterator[Idea]:
    for call in site.on_line(cst.Call):
        func = call.func
        if not isinstance(func, cst.Attribute) or isinstance(func.value, cst.SimpleString):
            continue
        if func.attr.value == "format_map" and len(call.args) == 1 and site.crash.kind is Kind.KEY:
            value = call.args[0].value
            yield Idea(
                (
                    *site.importing("from collections import defaultdict"),
                    site.replace(value, f"defaultdict(str, {site.source(value)})"),
                ),
                "What has no value is left empty.",
                "empty text",
                0.0,
                ("whoever wrote the text need not know every name",),
            )
        if func.attr.value == "format" and call.args and all(a.keyword is not None for a in call.args):
            written = site.source(func.value)
            for arg in call.args:
                assert arg.keyword is not None
                text = site.source(arg.value)
                plain = text if isinstance(arg.value, (cst.SimpleString, cst.IfExp)) else f"str({text})"
                written += f'.replace("{{{arg.keyword.value}}}", {plain})'
            yield Idea(
                (site.replace(call, atom(call, written)),),
                "Other braces stay as they are.",
                "braces stay",
                0.4,
                ("the text comes from outside, and may have braces of its own",),
            )


TEMPLATE = Template("format_text", frozenset({Kind.KEY, Kind.INDEX, Kind.OTHER}), 0.8, ideas)
