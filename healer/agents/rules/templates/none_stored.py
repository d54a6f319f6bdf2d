"""`last[key] = value` of a None that is read there later → only what is there is kept."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.site import Site
from healer.agents.rules.spots import NONE_KINDS, none_spots, pure
from healer.agents.rules.syntax import code, walk
from healer.agents.rules.templates.none_skip import under

ASKED = 1.2  # log-odds: the function asks elsewhere whether just this value is there


def ideas(site: Site) -> Iterator[Idea]:
    for spot in none_spots(site):
        if not isinstance(spot.subject, cst.Subscript) or site.function is None:
            continue
        holder = code(spot.subject.value).strip()
        for line in walk(site.function.body):
            kept = _kept(line, holder)
            if kept is None or not isinstance(line, cst.SimpleStatementLine) or not pure(kept):
                continue
            shown = site.source(kept)
            tests = [code(n.test) for n in walk(site.function.body) if isinstance(n, cst.If)]
            asked = any(f"{shown} is not None" in test for test in tests)
            yield Idea(
                (under(site, line, f"if {shown} is not None:"),),
                f"`{holder}` keeps only what is there.",
                f"{holder} keeps no None",
                ASKED if asked else 0.0,
                (f"a None in `{holder}` is of no use to what reads it",),
            )


def _kept(line: cst.CSTNode, holder: str) -> cst.BaseExpression | None:
    """What a line `holder[…] = value` stores."""
    small = line.body[0] if isinstance(line, cst.SimpleStatementLine) else None
    if not isinstance(small, cst.Assign) or len(small.targets) != 1:
        return None
    target = small.targets[0].target
    if not isinstance(target, cst.Subscript) or code(target.value).strip() != holder:
        return None
    return small.value if isinstance(small.value, (cst.Name, cst.Attribute, cst.Subscript)) else None


TEMPLATE = Template("none_stored", NONE_KINDS, 0.4, ideas)
