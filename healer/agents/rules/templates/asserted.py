"""`assert match is not None` of what comes from outside → `if match is None:`, and what the contract says."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.guards import behaviour, ways_out
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import Edit, atom, dotted


def ideas(site: Site) -> Iterator[Idea]:
    small, statement = site.small, site.statement
    if site.crash.type != "AssertionError" or not isinstance(small, cst.Assert) or statement is None:
        return
    subject = _subject(small.test)
    start, end = site.file.span(small)
    indent = site.file.indent(statement) + site.file.unit
    for outcome in ways_out(site, subject) if subject else ():
        lines = (f"if {_denied(site, small.test)}:", *(f"{indent}{line}" for line in outcome.lead))
        text = site.file.newline.join((*lines, f"{indent}{outcome.statement}"))
        yield Idea(
            (Edit(start, end, text),),
            f"What was asserted of `{subject}` is asked, and answered where it does not hold.",
            behaviour(site, outcome),
            outcome.weight,
            outcome.reasons,
        )


OPPOSITES: dict[type[cst.CSTNode], str] = {
    cst.IsNot: "is",
    cst.Is: "is not",
    cst.Equal: "!=",
    cst.NotEqual: "==",
    cst.In: "not in",
    cst.NotIn: "in",
}


def _subject(test: cst.BaseExpression) -> str:
    """`match` of `match`, `match is not None`, `isinstance(match, str)`, `len(match) == 2 or not match`: what
    is named first, and is not called."""
    if isinstance(test, (cst.Name, cst.Attribute)):
        return dotted(test)
    parts = (*(arg.value for arg in test.args), test.func) if isinstance(test, cst.Call) else test.children
    found = (_subject(part) for part in parts if isinstance(part, cst.BaseExpression))
    return next((name for name in found if name not in {"", "None", "True", "False"}), "")


def _denied(site: Site, test: cst.BaseExpression) -> str:
    if isinstance(test, cst.UnaryOperation) and isinstance(test.operator, cst.Not):
        return site.source(test.expression)
    if isinstance(test, cst.Comparison) and len(test.comparisons) == 1:
        target = test.comparisons[0]
        if (opposite := OPPOSITES.get(type(target.operator))) is not None:
            return f"{site.source(test.left)} {opposite} {site.source(target.comparator)}"
    return f"not {atom(test, site.source(test))}"


TEMPLATE = Template("asserted", frozenset({Kind.OTHER}), -0.6, ideas)
