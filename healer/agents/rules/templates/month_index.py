"""`NAMES[day.month]`, `QUARTERS[day.month // 3]`: months are counted from one, places from nought."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import dotted, walk

MONTHS = 12
FROM_ONE = frozenset({"month", "isoweekday"})


def ideas(site: Site) -> Iterator[Idea]:
    for node in site.on_line(cst.Subscript):
        index = node.slice[0].slice if len(node.slice) == 1 else None
        if not isinstance(index, cst.Index) or "- 1" in site.source(index.value):
            continue
        for counted in (n for n in walk(index.value) if isinstance(n, (cst.Attribute, cst.Call, cst.Name))):
            name = dotted(counted.func if isinstance(counted, cst.Call) else counted)
            if name.rpartition(".")[2] not in FROM_ONE or isinstance(site.file.parent(counted), cst.Call):
                continue
            value = site.python_value(counted)
            if isinstance(value, int) and value > MONTHS:
                continue  # no month at all
            shown = site.source(counted)
            whole = counted is index.value
            yield Idea(
                (site.replace(counted, f"{shown} - 1" if whole else f"({shown} - 1)"),),
                f"`{shown}` is counted from one, places are from nought.",
                f"{shown} less one",
                0.0,
                ("the first month is 1",),
            )
            break


TEMPLATE = Template("month_index", frozenset({Kind.INDEX}), 1.8, ideas)
