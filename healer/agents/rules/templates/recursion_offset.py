"""A recursive call on a part of a sequence whose index still counts the whole: subtract what was left out."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import code, dotted


def ideas(site: Site) -> Iterator[Idea]:
    if site.function is None:
        return
    for call in site.on_line(cst.Call):
        if dotted(call.func).split(".")[-1] != site.function.name.value or len(call.args) < 2:
            continue
        for arg in call.args[1:]:
            if not isinstance(arg.value, cst.Name) or arg.value.value not in site.parameters():
                continue
            for threshold in _thresholds(site, arg.value.value):
                yield Idea(
                    (site.replace(arg.value, f"{arg.value.value} - {threshold}"),),
                    f"`{arg.value.value}` is counted from the start of the part.",
                    f"offset {threshold}",
                    0.0,
                    (f"the branch is taken where it is at least {threshold}",),
                )


def _thresholds(site: Site, name: str) -> Iterator[str]:
    """`n` of `if name >= n` around the call."""
    if site.statement is None:
        return
    for above in site.file.ancestors(site.statement):
        if isinstance(above, cst.If) and isinstance(above.test, cst.Comparison):
            target = above.test.comparisons[0]
            if dotted(above.test.left) == name and isinstance(
                target.operator, (cst.GreaterThanEqual, cst.GreaterThan)
            ):
                yield code(target.comparator).strip()


TEMPLATE = Template(
    "recursion_offset", frozenset({Kind.INDEX, Kind.RECURSION, Kind.EMPTY_SEQUENCE}), 1.8, ideas, outer=True
)
