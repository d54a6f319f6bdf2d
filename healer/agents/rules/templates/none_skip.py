"""`self.timer.cancel()` with the timer None → the same under `if self.timer is not None:`."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.guards import by_design
from healer.agents.rules.site import Site
from healer.agents.rules.spots import NONE_KINDS, none_spots, pure
from healer.agents.rules.syntax import Edit, dotted, walk

PLANNED = 0.4  # log-odds: it is None until somebody sets it
PASSED_ON = 1.2  # log-odds


def ideas(site: Site) -> Iterator[Idea]:
    statement = site.statement
    if not isinstance(statement, cst.SimpleStatementLine) or len(statement.body) != 1:
        return
    if not isinstance(statement.body[0], (cst.Expr, cst.AugAssign, cst.Assign, cst.Raise)):
        return
    assigns_name = isinstance(statement.body[0], cst.Assign) and isinstance(
        statement.body[0].targets[0].target, (cst.Name, cst.Tuple)
    )
    for spot in none_spots(site):
        if not pure(spot.subject) or (assigns_name and not _held(site, statement.body[0])):
            continue
        shown = site.source(spot.subject)
        yield Idea(
            edits=(under(site, statement, f"if {shown} is not None:"),),
            change=f"The statement runs only where `{shown}` is set.",
            behaviour="skip statement",
            bonus=_called(site, statement.body[0], shown) + _result(site, statement.body[0], shown),
            reasons=(f"without `{shown}` there is nothing to do it on",),
        )


def _held(site: Site, small: cst.BaseSmallStatement) -> bool:
    """Whether the variable holds something by then, which it keeps: it is assigned above, before a loop or in
    it."""
    name = dotted(small.targets[0].target) if isinstance(small, cst.Assign) else ""
    defined = site.definition(name) if name else None
    pair = any(name in _names(n) for n in _above(site)) if name else False
    return site.loop is not None and (defined is not None or pair)


def _above(site: Site) -> Iterator[cst.AssignTarget]:
    nodes = walk(site.function.body) if site.function is not None else ()
    return (n for n in nodes if isinstance(n, cst.AssignTarget) and site.file.lines(n)[0] < site.line)


def _names(target: cst.AssignTarget) -> set[str]:
    return {n.value for n in walk(target.target) if isinstance(n, cst.Name)}


def _called(site: Site, small: cst.BaseSmallStatement, shown: str) -> float:
    """A bare call is there for its effect alone; and who may set no callback expects none."""
    if not isinstance(small, cst.Expr):
        return 0.0
    return 0.5 + (PLANNED if by_design(site, shown) else 0.0)


def _result(site: Site, small: cst.BaseSmallStatement, shown: str) -> float:
    """What is put aside here, and then given as the result: None is a result as well, of which nothing is
    kept."""
    if not isinstance(small, cst.Assign) or site.file.source(small.value) != shown or site.function is None:
        return 0.0
    given = (n.value for n in walk(site.function.body) if isinstance(n, cst.Return) and n in site.file)
    below = (v for v in given if v is not None and site.file.lines(v)[0] > site.line)
    return PASSED_ON if any(site.source(value) == shown for value in below) else 0.0


def under(site: Site, statement: cst.CSTNode, header: str, through: cst.CSTNode | None = None) -> Edit:
    """Put the statement's lines one level deeper under a header; and what follows, `through` a later one."""
    first, last = site.file.lines(statement)[0], site.file.lines(through or statement)[1]
    start, end = site.file.line_start(first), site.file.line_start(last + 1)
    indent, unit, newline = site.file.indent(statement), site.file.unit, site.file.newline
    lines = site.file.text[start:end].splitlines(keepends=True)
    deeper = "".join(unit + line if line.strip() else line for line in lines)
    return Edit(start, end, f"{indent}{header}{newline}{deeper}")


TEMPLATE = Template("none_skip", NONE_KINDS, 0.0, ideas)
