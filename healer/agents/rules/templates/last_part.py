"""`path.rsplit("/", 1)[1]` of a path without one → `[-1]`: what stands behind the last is then all of it."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.sequences import constant_index
from healer.agents.rules.site import Site, literal

SPLITS = frozenset({"split", "rsplit"})
OUTER = frozenset("/\\:#}|")  # before each of these stands where the rest is to be found
ENDING = 1.6  # log-odds against: behind a point stands an ending, which not everything has


def ideas(site: Site) -> Iterator[Idea]:
    for node in site.on_line(cst.Subscript):
        call = node.value
        if not isinstance(call, cst.Call) or not isinstance(call.func, cst.Attribute):
            continue
        index, parts = constant_index(node), [literal(arg.value) for arg in call.args]
        if call.func.attr.value not in SPLITS or len(parts) != 2 or index is None or index != parts[1]:
            continue  # where more parts may follow, the last one is another
        separator = parts[0]
        inner = isinstance(separator, str) and bool(separator) and set(separator) <= OUTER
        yield Idea(
            (site.replace(node.slice[0].slice, "-1"),),
            f"Without {separator!r} in it, the whole is taken.",
            "last part",
            0.0 if inner else -ENDING,
            ("where there is nothing to split off, the rest is all there is",) if inner else (),
        )


TEMPLATE = Template("last_part", frozenset({Kind.INDEX}), 1.2, ideas)
