"""`kind = release["type"]` and the lines below it, which are all about `kind` → the same under
`if "type" in release:`; so with what is None, and with the first of what is empty. So with one line alone,
whose variable has a value already, or which leaves with what the lines below give as well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.keys import missing_keys
from healer.agents.rules.sequences import short_sequences
from healer.agents.rules.site import UNKNOWN, Site, literal
from healer.agents.rules.spots import NONE_KINDS, none_spots, pure
from healer.agents.rules.syntax import Statement, atom, dotted, walk
from healer.agents.rules.templates.none_skip import under

ASKED = 0.5  # log-odds: the project asks just this elsewhere
MOST = 6  # statements: a longer run does more than this value asks for
STATEMENTS = (cst.SimpleStatementLine, cst.BaseCompoundStatement)


def ideas(site: Site) -> Iterator[Idea]:
    run = dependent(site)
    alone = "" if run else _alone(site)
    if not run and not alone:
        return
    first, last = (run[0], run[-1]) if run else (site.statement, site.statement)
    assert first is not None
    shown = ", ".join(sorted(_bound(first)))
    for test in dict.fromkeys(_tests(site)):
        times = _asked(site, test)
        also = (f"`{test}` is asked in {times} other place{'s' * (times > 1)}",) if times else ()
        yield Idea(
            (under(site, first, f"if {test}:", last),),
            f"What is done with `{shown}` is done only where there is one."
            if run
            else f"It is done where `{test}`.",
            "skip statement",
            ASKED + log(times) if times else 0.0,
            (alone or f"nothing else asks for `{shown}`", *also),
        )


def _alone(site: Site) -> str:
    """Why the line may be left out by itself; "" where it may not."""
    small = site.small
    if isinstance(small, cst.Return) and small.value is not None and _goes_on(site):
        return "what is below answers for what is not there"
    name = (
        dotted(small.targets[0].target) if isinstance(small, cst.Assign) and len(small.targets) == 1 else ""
    )
    stands = name.isidentifier() and site.loop is None and _starts(site, name)  # in a loop, the last one's
    return f"`{name}` has a value by then" if stands else ""


def _starts(site: Site, name: str) -> bool:
    """Whether the function's own block gives it a plain value above the line."""
    lines = site.function.body.body if site.function is not None else ()
    smalls = (s.body[0] for s in lines if isinstance(s, cst.SimpleStatementLine) and s is not site.statement)
    made = (n for n in smalls if isinstance(n, cst.Assign) and site.file.lines(n)[1] < site.line)
    return any(dotted(n.targets[0].target) == name and literal(n.value) != UNKNOWN for n in made)


def _goes_on(site: Site) -> bool:
    """Whether something stands below the block of the line, in the function's own."""
    inner: cst.CSTNode | None = site.statement
    for block in site.file.ancestors(site.statement) if site.statement is not None else ():
        if isinstance(block, cst.IndentedBlock) and site.function is not None and block is site.function.body:
            return block.body[-1] is not inner
        inner = block
    return False


def _asked(site: Site, test: str) -> int:
    """How often the project asks it."""
    asked = f"if {test}:"
    return sum(
        (site.repository.text(path) or "").count(asked) for path, _ in site.repository.mentioning(asked)
    )


def _tests(site: Site) -> Iterator[str]:
    """What must hold for the line to be carried out."""
    if site.crash.kind is Kind.KEY:
        for node, key in missing_keys(site):
            if pure(node):
                yield f"{key} in {atom(node.value, site.source(node.value))}"
    elif site.crash.kind is Kind.INDEX:
        for sequence, need in short_sequences(site):
            if pure(sequence):
                yield site.source(sequence) if need == 1 else f"len({site.source(sequence)}) >= {need}"
    else:
        for spot in none_spots(site):
            if pure(spot.subject):
                yield f"{atom(spot.subject, site.source(spot.subject))} is not None"


def dependent(site: Site) -> list[Statement]:
    """The statement, which binds names, and those after it in its block that work on them: all of them, and
    nothing besides. Empty where a name is asked for further down, or was bound before."""
    statement, function = site.statement, site.function
    block = site.file.parent(statement) if statement is not None else None
    if function is None or not isinstance(block, cst.IndentedBlock) or statement not in block.body:
        return []
    body = [s for s in block.body if isinstance(s, STATEMENTS)]
    run = _run(body[body.index(statement) :]) if isinstance(statement, cst.SimpleStatementLine) else []
    bound = {name for one in run for name in _bound(one)}
    inside = {id(node) for one in run for node in walk(one)}
    others = (n for n in walk(function) if isinstance(n, cst.Name) and id(n) not in inside)
    return run if 1 < len(run) <= MOST and not bound & {n.value for n in others} else []


def _run(body: Sequence[Statement]) -> list[Statement]:
    """The first statement, and the following ones, as long as each asks for a name bound by one before it."""
    bound, run = _bound(body[0]), [body[0]]
    for statement in body[1:]:
        if not bound or not bound & {n.value for n in walk(statement) if isinstance(n, cst.Name)}:
            break
        if any(isinstance(n, (cst.Return, cst.Raise)) for n in walk(statement)):
            return []  # without it the function would end otherwise
        run.append(statement)
        bound = bound | _bound(statement)
    return run


def _bound(statement: cst.CSTNode) -> set[str]:
    """Local names that it assigns."""
    targets = (n.target for n in walk(statement) if isinstance(n, (cst.AssignTarget, cst.AnnAssign, cst.For)))
    found = (n for target in targets if isinstance(target, (cst.Name, cst.Tuple)) for n in walk(target))
    return {n.value for n in found if isinstance(n, cst.Name)}


TEMPLATE = Template("run_skipped", NONE_KINDS | {Kind.KEY, Kind.INDEX}, -0.2, ideas)
