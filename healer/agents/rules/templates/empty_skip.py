"""`parts.pop()` whose result nobody uses, with nothing in `parts`: there is nothing to take off."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.sequences import short_sequences
from healer.agents.rules.site import Site
from healer.agents.rules.spots import pure
from healer.agents.rules.templates.none_skip import under

ANSWER = 0.8  # log-odds from which on the function is one that says yes or no


def ideas(site: Site) -> Iterator[Idea]:
    statement = site.statement
    if not isinstance(statement, cst.SimpleStatementLine) or not isinstance(
        site.small, (cst.Expr, cst.Assign)
    ):
        return
    if isinstance(site.small, cst.Assign) and not isinstance(site.small.targets[0].target, cst.Subscript):
        return
    answers = any(o.text in {"False", "True"} and o.weight > ANSWER for o in site.outcomes(""))
    for subject, needed in short_sequences(site):
        if needed == 1 and pure(subject):
            text = site.source(subject)
            yield Idea(
                (under(site, statement, f"if {text}:"),),
                f"The statement runs only where `{text}` has something.",
                "skip statement",
                -1.0 if answers else 0.0,
                (f"without `{text}` there is nothing to do it on",),
            )


TEMPLATE = Template("empty_skip", frozenset({Kind.EMPTY_POP, Kind.INDEX}), 0.5, ideas)
