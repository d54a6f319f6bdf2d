"""`if since is not None and since >= day:` with since an empty text → `if since and …`: nothing was given."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.spots import compared, pure, test_operand
from healer.agents.rules.syntax import dotted, walk
from healer.agents.rules.templates.none_condition import wrapped

ASKED = 0.8  # log-odds: that nothing may be given is known there


def ideas(site: Site) -> Iterator[Idea]:
    for node, left, right in compared(site):
        for side in (left, right):
            place = test_operand(site, node)
            if place is None or not pure(side) or not _blank(site, side):
                continue
            operand, role = place
            shown, text = site.source(side), site.source(operand)
            asked = _asked(site, shown)
            edit = (
                site.replace(asked, shown)
                if asked is not None
                else site.replace(operand, wrapped(f"{shown} and {text}", role, "and"))
            )
            yield Idea(
                (edit,),
                f"The condition is false where `{shown}` is empty.",
                f"condition false: {text}",
                ASKED if asked is not None else 0.0,
                ("an empty text says that nothing is given",),
            )


def _blank(site: Site, side: cst.BaseExpression) -> bool:
    """Known to be an empty text; or a text still, where `if x: x = read(x)` above reads what is not empty."""
    if site.known(side):
        return site.python_value(side) == ""
    name = dotted(side)
    if site.function is None or not name or "str" not in site.crash.words.values():
        return False
    tests = (n for n in walk(site.function.body) if isinstance(n, cst.If) and n in site.file)
    return any(
        dotted(test.test) == name
        and test.orelse is None
        and site.file.lines(test)[1] < site.line
        and any(isinstance(n, cst.AssignTarget) and dotted(n.target) == name for n in walk(test.body))
        for test in tests
    )


def _asked(site: Site, shown: str) -> cst.Comparison | None:
    """`x is not None` in the same statement."""
    statement = site.statement
    nodes = walk(statement, blocks=False) if statement is not None else ()
    found = (n for n in nodes if isinstance(n, cst.Comparison) and n in site.file)
    return next((n for n in found if site.source(n) == f"{shown} is not None"), None)


TEMPLATE = Template("blank_condition", frozenset({Kind.COMPARISON}), 1.4, ideas)
