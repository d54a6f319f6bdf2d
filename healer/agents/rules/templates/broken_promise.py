"""The None came from a function that promises a collection: `return None` there → `return []`."""

from __future__ import annotations

from collections.abc import Iterator

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.producers import promises
from healer.agents.rules.site import Site
from healer.agents.rules.spots import NONE_KINDS, none_spots
from healer.agents.rules.syntax import Edit


def ideas(site: Site) -> Iterator[Idea]:
    for spot in none_spots(site):
        for path, node, text in promises(site, spot.subject):
            source = site.repository.text(path) or ""
            lines = source.splitlines(keepends=True)
            start = sum(len(line) for line in lines[: node.lineno - 1]) + node.col_offset
            end = sum(len(line) for line in lines[: (node.end_lineno or node.lineno) - 1])
            end += node.end_col_offset or 0
            yield Idea(
                (Edit(start, end, f"return {text}"),),
                f"The function gives {text}, as it promises, and no None.",
                f"callee gives {text}",
                0.0,
                (f"`{site.source(spot.subject)}` is promised to be a collection",),
                path,
            )


TEMPLATE = Template("broken_promise", NONE_KINDS, 1.6, ideas)
