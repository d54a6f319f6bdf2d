"""Statements put under `try`, with a narrow `except` that answers as the contract says."""

from __future__ import annotations

import builtins
from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea
from healer.agents.rules.carried import written
from healer.agents.rules.guards import behaviour, reserve, ways_out
from healer.agents.rules.outcome import Outcome
from healer.agents.rules.site import Site
from healer.agents.rules.spots import same
from healer.agents.rules.syntax import Edit, code, dotted, walk

REFINES = 0.5  # log-odds
FAMILIES = ("ValueError", "LookupError", "OSError", "ArithmeticError")
MADE_OF = {"JSONDecodeError": "ValueError", "InvalidOperation": "ArithmeticError", "Error": "ValueError"}
MAX_TRIED = 2  # statements under one `try`: with more, something else may fail as well


def translated(site: Site, error: str, subject: str, *, only_raise: bool = False) -> Iterator[Idea]:
    """`try: <statement>` / `except error: <way out>`; a raised domain error keeps its cause."""
    statement = site.statement
    if not isinstance(statement, cst.SimpleStatementLine) or site.function is None:
        return
    for outcome in ways_out(site, subject):
        if (outcome.action == "raise" and outcome.text.split("(")[0] == error) or (
            only_raise and outcome.action != "raise"
        ):
            continue
        call = written(site, outcome.text.split("(")[0], message(subject))
        raised = f"raise {call} from error"
        way = raised if outcome.action == "raise" else outcome.statement
        caught = f"except {error} as error:" if outcome.action == "raise" else f"except {error}:"
        yield Idea(
            (tried(site, statement, caught, way),),
            f"{error} there makes `{site.function_name}` {_verb(outcome.action)} {_what(outcome)}.".replace(
                " .", "."
            ),
            behaviour(site, outcome),
            outcome.weight + _manner(site, error, outcome),
            outcome.reasons,
            reserve=reserve(site, outcome, call),
        )


def _what(outcome: Outcome) -> str:
    return outcome.text.partition("(")[0] if outcome.action == "raise" else outcome.text


def _manner(site: Site, error: str, outcome: Outcome) -> float:
    """Leaving in silence hides more than raising, and an error that refines this one is meant for it."""
    if outcome.action != "raise":
        return -0.6
    return 0.4 + (REFINES if site.repository.derives(_what(outcome), error) else 0.0)


def message(subject: str) -> str:
    """What the new error says: the old one's words, behind the name of what they are about."""
    named = subject.replace(".", "").replace("_", "").isalnum() and not subject[:1].isdigit()
    return f'f"{subject.rpartition(".")[2]}: {{error}}"' if named else "str(error)"


def _verb(action: str) -> str:
    return {"return": "return", "raise": "raise", "continue": "go on with the next item"}[action]


def tried(site: Site, statement: cst.CSTNode, caught: str, *way: str) -> Edit:
    """The statement's lines under `try:`, and the handler."""
    first, last = site.file.lines(statement)
    start, end = site.file.line_start(first), site.file.line_start(last + 1)
    indent, unit, newline = site.file.indent(statement), site.file.unit, site.file.newline
    lines = site.file.text[start:end].splitlines(keepends=True)
    deeper = "".join(unit + line if line.strip() else line for line in lines)
    if not deeper.endswith(("\n", "\r")):
        deeper += newline
    handler = "".join(f"{indent}{unit}{line}{newline}" for line in way)
    return Edit(start, end, f"{indent}try:{newline}{deeper}{indent}{caught}{newline}{handler}")


def tried_already(site: Site) -> cst.Try | None:
    """The `try` whose short body holds the statement."""
    block = site.file.parent(site.statement) if site.statement is not None else None
    above = site.file.parent(block) if block is not None else None
    if not isinstance(above, cst.Try) or above.body is not block:
        return None
    return above if len(above.body.body) <= MAX_TRIED else None


def shown(node: cst.CSTNode) -> str:
    return code(node).strip()


def kinds_of(node: cst.BaseExpression | None) -> list[str]:
    """Classes that a handler names."""
    if isinstance(node, cst.Tuple):
        return [dotted(element.value) for element in node.elements]
    return [dotted(node)] if node is not None and dotted(node) else []


def widened(site: Site, around: cst.Try, handler: cst.ExceptHandler, error: str) -> Iterator[Edit]:
    """The handler names `error` as well. So do its twins, with the same words around a body that does what is
    called the same, and those under it that await what it awaits, for there it tries what has failed."""
    does, kinds = _does(around.body), kinds_of(handler.type)
    nested = {node for node in walk(handler.body) if isinstance(node, cst.Try)}
    for other in site.file.find(cst.Try):
        for one in other.handlers:
            twin = same(one, handler) and bool(does & _does(other.body))
            under = other in nested and set(kinds) <= set(kinds_of(one.type))
            if one is handler or ((twin or under) and error not in kinds_of(one.type)):
                assert one.type is not None
                yield site.replace(one.type, _joined(one.type, error))


def _does(body: cst.BaseSuite) -> set[str]:
    """What is called, and what is assigned to."""
    called = {code(n.func).strip().rpartition(".")[2] for n in walk(body) if isinstance(n, cst.Call)}
    return called | {code(n.target).strip() for n in walk(body) if isinstance(n, cst.AssignTarget)}


def _joined(node: cst.BaseExpression, error: str) -> str:
    """One base class that says it all, or all of them, as they are written in the node's place."""
    kinds = kinds_of(node)
    for base in ("ValueError", "OSError"):
        if len(kinds) == 1 and base in family(kinds[0]) & family(error) and kinds[0] != base:
            return base
    listed = ", ".join([*kinds, error])
    return listed if isinstance(node, cst.Tuple) and node.lpar else f"({listed})"


def family(name: str) -> set[str]:
    """The builtin kinds of error that a class belongs to."""
    short = name.rpartition(".")[2]
    short = MADE_OF.get(short, short)
    known = getattr(builtins, short, None)
    bases = {base.__name__ for base in known.__mro__} if isinstance(known, type) else set()
    return bases & set(FAMILIES)
