"""`assert match is not None` of what comes from outside → `if match is None:`, and what the contract says."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.guards import behaviour, ways_out
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import Edit, dotted


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


def _subject(test: cst.BaseExpression) -> str:
    """`match` of `match`, `match is not None`, `isinstance(match, str)`."""
    if isinstance(test, cst.Comparison):
        return dotted(test.left)
    if isinstance(test, cst.Call) and dotted(test.func) == "isinstance" and test.args:
        return dotted(test.args[0].value)
    return dotted(test)


def _denied(site: Site, test: cst.BaseExpression) -> str:
    if isinstance(test, cst.Comparison) and len(test.comparisons) == 1:
        target = test.comparisons[0]
        if isinstance(target.operator, cst.IsNot):
            return f"{site.source(test.left)} is {site.source(target.comparator)}"
        return f"not ({site.source(test)})"
    return f"not {site.source(test)}"


TEMPLATE = Template("asserted", frozenset({Kind.OTHER}), -0.6, ideas)
