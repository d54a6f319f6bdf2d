"""`parts.pop()` whose result nobody uses, with nothing in `parts`: there is nothing to take off. And
`if self.lines:` around `self.first[1] = min(self.seen)` → `if self.lines and self.seen:`."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.sequences import short_sequences
from healer.agents.rules.site import Site
from healer.agents.rules.spots import pure
from healer.agents.rules.syntax import Edit
from healer.agents.rules.templates.none_skip import under

SOMETIMES = 0.7  # log-odds: what is done only sometimes need not be done here
ANSWER = 0.8  # log-odds from which on the function is one that says yes or no


def ideas(site: Site) -> Iterator[Idea]:
    statement = site.statement
    if not isinstance(statement, cst.SimpleStatementLine) or not isinstance(
        site.small, (cst.Expr, cst.Assign)
    ):
        return
    if isinstance(site.small, cst.Assign) and not isinstance(site.small.targets[0].target, cst.Subscript):
        return
    above = _condition(site, statement)
    if site.crash.kind is Kind.EMPTY_SEQUENCE and above is None:
        return
    answers = any(o.text in {"False", "True"} and o.weight > ANSWER for o in site.outcomes(""))
    for subject, needed in short_sequences(site):
        if needed == 1 and pure(subject):
            text = site.source(subject)
            yield Idea(
                (_asked(site, above, text) if above is not None else under(site, statement, f"if {text}:"),),
                f"The statement runs only where `{text}` has something.",
                "skip statement",
                (-1.0 if answers else 0.0) + (SOMETIMES if above is not None else 0.0),
                (f"without `{text}` there is nothing to do it on",),
            )


def _condition(site: Site, statement: cst.CSTNode) -> cst.If | None:
    """The `if` that holds this statement alone, and has no `else`."""
    block = site.file.parent(statement)
    above = site.file.parent(block) if block is not None else None
    if not isinstance(above, cst.If) or above.body is not block or len(above.body.body) > 1:
        return None
    return above if above.orelse is None else None


def _asked(site: Site, above: cst.If, text: str) -> Edit:
    either = isinstance(above.test, cst.BooleanOperation) and isinstance(above.test.operator, cst.Or)
    test = site.source(above.test)
    return site.replace(above.test, f"({test}) and {text}" if either else f"{test} and {text}")


TEMPLATE = Template("empty_skip", frozenset({Kind.EMPTY_POP, Kind.INDEX, Kind.EMPTY_SEQUENCE}), 0.5, ideas)
