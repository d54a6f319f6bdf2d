"""A loop that reads on past the end: `while True:` around `text[at]` → `while at < len(text):`, and
`while at < len(data):` around a record of eight bytes → `while at + 8 <= len(data):`."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst
import re2

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.spots import pure
from healer.agents.rules.syntax import code, dotted, walk

_RECORD = re2.compile(
    r"requires a buffer of (?:at least )?(?:\d+) bytes(?: for unpacking (?P<size>\d+) bytes)?"
)


def ideas(site: Site) -> Iterator[Idea]:
    loop = site.loop or (site.statement if isinstance(site.statement, cst.While) else None)
    if not isinstance(loop, cst.While):
        return
    if site.crash.kind is Kind.INDEX:
        yield from _read(site, loop)
    elif (
        (found := _RECORD.search(site.crash.message))
        and found["size"]
        and isinstance(loop.test, cst.Comparison)
    ):
        yield from _record(site, loop.test, found["size"])


def _read(site: Site, loop: cst.While) -> Iterator[Idea]:
    for node in site.on_line(cst.Subscript):
        index = node.slice[0].slice if len(node.slice) == 1 else None
        if not isinstance(index, cst.Index) or not pure(node) or not dotted(index.value):
            continue
        test = f"{site.source(index.value)} < len({site.source(node.value)})"
        if test in site.source(loop.test):
            continue
        endless = code(loop.test).strip() in {"True", "1"}
        either = isinstance(loop.test, cst.BooleanOperation) and isinstance(loop.test.operator, cst.Or)
        held = f"({site.source(loop.test)})" if either else site.source(loop.test)
        yield Idea(
            (site.replace(loop.test, test if endless else f"{test} and {held}"),),
            f"The loop ends with `{site.source(node.value)}`.",
            "loop within",
            0.4 if endless else 0.0,
            ("it reads on past the end",),
        )


def _record(site: Site, test: cst.Comparison, size: str) -> Iterator[Idea]:
    target = test.comparisons[0]
    length = any(isinstance(n, cst.Call) and dotted(n.func) == "len" for n in walk(target.comparator))
    if isinstance(target.operator, cst.LessThan) and length:
        shown = site.source(target.comparator)
        yield Idea(
            (site.replace(test, f"{site.source(test.left)} + {size} <= {shown}"),),
            "The loop ends where no whole record is left.",
            "whole records",
            1.2,
            ("a rest too short for a record is none",),
        )


TEMPLATE = Template("loop_within", frozenset({Kind.INDEX, Kind.OTHER}), 0.8, ideas)
