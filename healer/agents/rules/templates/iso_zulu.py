"""`datetime.fromisoformat("…Z")` before Python 3.11: `Z` is `+00:00`."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import atom


def ideas(site: Site) -> Iterator[Idea]:
    value = site.crash.words.get("value", "")
    for call in site.on_line(cst.Call):
        if (
            isinstance(call.func, cst.Attribute)
            and call.func.attr.value == "fromisoformat"
            and call.args
            and value.endswith("Z")
        ):
            node = call.args[0].value
            yield Idea(
                (site.replace(node, f'{atom(node, site.source(node))}.replace("Z", "+00:00")'),),
                "`Z` is read as UTC.",
                "Z is UTC",
                0.0,
                ("Python before 3.11 does not know `Z`",),
            )


TEMPLATE = Template("iso_zulu", frozenset({Kind.ISO_DATE}), 2.2, ideas)
