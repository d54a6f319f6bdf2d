"""A step too early: `self.load()` asks for `self.path`, which the next line sets. The line is moved up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.spots import NONE_KINDS
from healer.agents.rules.syntax import Edit, code, walk

WANTED = frozenset({Kind.ATTRIBUTE, Kind.UNBOUND, Kind.NAME, Kind.KEY, Kind.EMPTY_POP, Kind.INDEX})
NEAR = 4  # statements
NAMED = 0.8  # log-odds: what it sets is what the message says is not there


def ideas(site: Site) -> Iterator[Idea]:
    statement = site.statement
    block = site.file.parent(statement) if statement is not None else None
    if statement is None or not isinstance(block, cst.IndentedBlock):
        return
    below = list(block.body)[list(block.body).index(statement) + 1 :][:NEAR]
    read = {code(n).strip() for n in walk(statement) if isinstance(n, (cst.Name, cst.Attribute))}
    for number, later in enumerate(below):
        made = _sets(later)
        if not made or (not site.depth and not made & read) or _waits(later, (statement, *below[:number])):
            continue
        attr = site.crash.words.get("attr", "") or site.crash.words.get("name", "")
        named = any(one.rpartition(".")[2] == attr for one in made) if attr else False
        if site.crash.kind in {Kind.ATTRIBUTE, Kind.UNBOUND, Kind.NAME} and not named:
            continue
        yield Idea(
            _moved(site, statement, later),
            f"`{site.source(later).strip().splitlines()[0]}` comes first.",
            f"first {site.source(later).strip()}",
            NAMED if named else 0.0,
            ("the line above it needs what it sets",),
        )


def _sets(node: cst.CSTNode) -> set[str]:
    """Targets of a plain assignment; what a bare call of a method is asked of."""
    if not isinstance(node, cst.SimpleStatementLine) or len(node.body) != 1:
        return set()
    small = node.body[0]
    if isinstance(small, cst.Assign):
        return {code(target.target).strip() for target in small.targets}
    if isinstance(small, cst.AnnAssign) and small.value is not None:
        return {code(small.target).strip()}
    if isinstance(small, cst.Expr) and isinstance(small.value, cst.Call):
        func = small.value.func
        return {code(func.value).strip()} if isinstance(func, cst.Attribute) else set()
    return set()


def _waits(later: cst.CSTNode, before: Sequence[cst.CSTNode]) -> bool:
    """Whether it reads what a statement that it would pass sets."""
    read = {n.value for n in walk(later) if isinstance(n, cst.Name)}
    targets = (t.target for node in before for t in walk(node) if isinstance(t, cst.AssignTarget))
    return any(isinstance(n, cst.Name) and n.value in read - {"self"} for t in targets for n in walk(t))


def _moved(site: Site, statement: cst.CSTNode, later: cst.CSTNode) -> tuple[Edit, ...]:
    first, last = site.file.lines(later)
    start, end = site.file.line_start(first), site.file.line_start(last + 1)
    text = site.file.text[start:end]
    text = text if text.endswith(("\n", "\r")) else text + site.file.newline
    at = site.file.line_start(site.file.lines(statement)[0])
    return Edit(at, at, text), Edit(start, end, "")


TEMPLATE = Template("moved_up", WANTED | NONE_KINDS, 1.4, ideas, outer=True)
