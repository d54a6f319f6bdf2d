"""Guards before a statement: `if <absent>: <what the contract says>`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace

import libcst as cst

from healer.agents.rules.candidate import Idea
from healer.agents.rules.carried import written
from healer.agents.rules.contract import NOTHINGS, answers
from healer.agents.rules.effects import changes
from healer.agents.rules.functions import find_function
from healer.agents.rules.outcome import Outcome
from healer.agents.rules.site import Site
from healer.agents.rules.spots import NONE_KINDS, in_comprehension, pure, test_operand
from healer.agents.rules.syntax import Edit, Statement, atom, dotted, walk

NO_CHANGE = 0.6  # log-odds
NOTHING = 0.8  # log-odds for a return where there is nothing to work on
ACCUMULATES = 1.5  # log-odds against leaving before a value is first kept
CARRIES = 1.5  # log-odds
SAME_ANSWER = 1.4
ANSWERED = 1.0
STATEMENTS = (cst.SimpleStatementLine, cst.BaseCompoundStatement)
MATCHERS = {"match", "search", "fullmatch", "finditer"}


def guard(site: Site, subject: cst.BaseExpression, condition: str, what: str) -> Iterator[Idea]:
    """Leave before the statement in each way the contract allows. `{}` in `condition` is the subject."""
    statement = site.insertable
    if statement is None or site.function is None or in_comprehension(site, subject):
        return
    named = name_subject(site, subject)
    if named is None:
        return
    name, lines, edits = named
    test = condition.format(name)
    shown = site.source(subject)
    kept = ACCUMULATES if accumulates(site, shown) else 0.0
    behind = 0.8 if test_operand(site, subject) is not None else 0.0  # a condition is there already
    place = statement if lines else settled(site, subject, statement)
    for outcome in ways_out(site, shown):
        asked = (f"if {test}:", *(f"\t{line}" for line in (*outcome.lead, outcome.statement)))
        inserted = site.before(place, *lines, *asked)
        also = twins(site, statement, shown) if outcome.action == "raise" and not lines else ()
        yield Idea(
            edits=(inserted, *edits, *(site.before(one, *asked) for one in also)),
            change=f"`{site.function_name}` now {_says(outcome)} where `{shown}` {what}.",
            behaviour=behaviour(site, outcome),
            bonus=outcome.weight
            - behind
            - kept
            + _returning(site, shown, outcome, what)
            + _own_branch(site, outcome),
            reasons=outcome.reasons,
            reserve=reserve(site, outcome),
        )


def twins(site: Site, statement: Statement, shown: str) -> tuple[Statement, ...]:
    """The same line in other methods of the class, about the same attribute of the object, not asked for
    there either: it would crash in the same way."""
    if site.klass is None or site.function is None or not shown.startswith("self."):
        return ()
    wanted, found = _first_line(site, statement), []
    for method in site.klass.body.body:
        if not isinstance(method, cst.FunctionDef) or method is site.function:
            continue
        inside = [n for n in walk(method.body) if isinstance(n, STATEMENTS)]
        asks = any(isinstance(n, cst.If) and f"{shown} is" in site.source(n.test) for n in inside)
        same = [n for n in inside if _first_line(site, n) == wanted and not _elif(site, n)]
        found += same[:1] if not asks else []
    return tuple(found)


def _first_line(site: Site, statement: Statement) -> str:
    return site.source(statement).partition("\n")[0].strip()


def _elif(site: Site, statement: Statement) -> bool:
    return isinstance(statement, cst.If) and isinstance(site.file.parent(statement), cst.If)


def settled(site: Site, subject: cst.BaseExpression, statement: Statement) -> Statement:
    """Where the guard stands: before anything is changed that depends on the subject, if that can be."""
    defined = site.definition(dotted(subject))
    line = site.file.lines(defined)[1] if defined is not None else 0
    block = site.file.parent(statement)
    if not line or not isinstance(block, cst.IndentedBlock):
        return statement
    above = [s for s in block.body[: block.body.index(statement)] if isinstance(s, STATEMENTS)]
    since = [s for s in above if site.file.lines(s)[0] > line]
    whole = any(site.file.lines(s)[1] == line for s in above)
    return since[0] if whole and any(changes(site, s) for s in since) else statement


def _returning(site: Site, subject: str, outcome: Outcome, what: str) -> float:
    """What a return at the head of a function gains: a recursion ends so; and nothing in is nothing out."""
    if outcome.action == "return" and outcome.text in {"0", "0.0"} and _difference(site, subject):
        return NO_CHANGE
    if outcome.action != "return" or subject not in site.parameters():
        return 0.0
    if what == "is empty" and outcome.text in {"[]", "{}", "()", "set()"}:
        return NOTHING
    return NOTHING if _recursive(site) else 0.0


def _difference(site: Site, subject: str) -> bool:
    """`return level(days[-1]) - level(days[-2])`: of one there is no change."""
    value = site.small.value if isinstance(site.small, cst.Return) else None
    if not isinstance(value, cst.BinaryOperation) or not isinstance(value.operator, cst.Subtract):
        return False
    return all(f"{subject}[" in site.source(side) for side in (value.left, value.right))


def _own_branch(site: Site, outcome: Outcome) -> float:
    """The crash is in the very question whose answer is to leave in this way."""
    if not isinstance(site.statement, cst.If) or site.statement.orelse is not None:
        return 0.0
    if outcome.action == "return" and outcome.text not in NOTHINGS:
        return 0.0
    first = site.statement.body.body[0]
    return SAME_ANSWER if site.source(first).strip() == outcome.statement else 0.0


def _recursive(site: Site) -> bool:
    if site.function is None:
        return False
    name = site.function.name.value
    calls = (n for n in walk(site.function.body) if isinstance(n, cst.Call))
    return any(dotted(call.func).rpartition(".")[2] == name for call in calls)


def accumulates(site: Site, subject: str) -> bool:
    """`self.note = self.note + text`: leaving before it would lose the text for good."""
    small = site.small
    if isinstance(small, cst.AugAssign):
        return dotted(small.target) == subject
    return isinstance(small, cst.Assign) and any(dotted(t.target) == subject for t in small.targets)


def behaviour(site: Site, outcome: Outcome) -> str:
    """One label for ways out that come to the same: leaving before the last statement is skipping it."""
    if outcome.action == "raise":
        return f"raise {outcome.text.split('(')[0]}"
    last = site.statement is not None and is_last(site, site.statement)
    if last and outcome.action == "continue":
        return "skip statement"
    if last and outcome.action == "return" and outcome.text in {"", "None"} and site.loop is None:
        return "return None" if isinstance(site.small, cst.Return) else "skip statement"
    return f"return {outcome.text or 'None'}" if outcome.action == "return" else outcome.action


def is_last(site: Site, statement: cst.CSTNode) -> bool:
    """Whether nothing follows in the loop's or function's own block."""
    block = site.file.parent(statement)
    holder = site.file.parent(block) if block is not None else None
    whole = isinstance(holder, (cst.For, cst.While, cst.FunctionDef))
    return whole and isinstance(block, cst.IndentedBlock) and block.body[-1] is statement


def ways_out(site: Site, subject: str) -> list[Outcome]:
    """The contract's outcomes, with exceptions spelled so that they can be raised here."""
    found = site.outcomes(subject)
    if by_design(site, subject):
        found = [replace(o, weight=o.weight - 1.5) if o.action == "raise" else o for o in found]
    found = [replace(o, weight=o.weight - strange(site, o)) for o in found]
    if site.loop is not None and not any(o.action == "continue" for o in found):
        found.append(Outcome("continue", "", -0.2))
    if site.loop is None:
        found = [o for o in found if o.action != "continue"]
    else:
        midway = 1.5 if _leaves(site) else 2.0  # what the loop has built would be lost
        found = [replace(o, weight=o.weight - midway) if o.action == "return" else o for o in found]
    return [spelled for o in found if (spelled := _spell(site, o, subject)) is not None]


def _leaves(site: Site) -> bool:
    """Whether the loop around is left by a return already."""
    return site.loop is not None and any(isinstance(n, cst.Return) for n in walk(site.loop.body))


LOW = frozenset({"IndexError", "KeyError", "AttributeError", "ImportError", "OSError", "LookupError"})
VALUES = frozenset({"IndexError", "KeyError", "ValueError", "InvalidOperation", "OverflowError"})
VALUES |= {"ZeroDivisionError", "UnicodeDecodeError", "UnicodeEncodeError", "RecursionError", "StopIteration"}


def strange(site: Site, outcome: Outcome) -> float:
    """Log-odds against an error that does not name what is wrong: of mechanism, or of type for a value."""
    name = outcome.text.partition("(")[0].rpartition(".")[2] if outcome.action == "raise" else ""
    if name == site.crash.type:
        return 1.5
    if name in LOW:
        return 1.0
    if name and site.crash.kind in NONE_KINDS:
        return 0.5  # None is passed over far more often than it is refused
    return 0.8 if name == "TypeError" and site.crash.type in VALUES else 0.0


def reserve(site: Site, outcome: Outcome, call: str = "") -> float:
    """Log-odds against a raise that speaks for no rival: without what others of its kind carry, or where the
    docstring gives an answer for some case and names no error. `call` is how the error is written."""
    if outcome.action != "raise" or "," in outcome.text:
        return 0.0
    name = outcome.text.partition("(")[0].rpartition(".")[2]
    function = find_function(site.repository.tree(site.file.path), site.function_name, site.line)
    told = function is not None and answers(function)
    bare = carries_more(site, name) and not _several(call or outcome.text)
    return (CARRIES if bare else 0.0) + (ANSWERED if told else 0.0)


def _several(call: str) -> bool:
    """Whether an error is given more than a message."""
    made = ast.parse(call, mode="eval").body
    return isinstance(made, ast.Call) and len(made.args) + len(made.keywords) > 1


def carries_more(site: Site, name: str) -> bool:
    """Whether this file mostly gives the error more than a message: its handlers may ask for that."""
    tree = site.repository.tree(site.file.path)
    raised = [n.exc for n in ast.walk(tree) if isinstance(n, ast.Raise)] if tree is not None else []
    calls = [e for e in raised if isinstance(e, ast.Call) and ast.unparse(e.func).rpartition(".")[2] == name]
    return sum(len(call.args) + len(call.keywords) > 1 for call in calls) * 2 > len(calls)


def by_design(site: Site, subject: str) -> bool:
    """Whether the code itself lets the subject be None: a default, or a `.get()` that gives None."""
    defined = site.definition(subject)
    if defined is not None and isinstance(defined.value, cst.Call):
        call = defined.value
        if isinstance(call.func, cst.Attribute) and call.func.attr.value == "get" and len(call.args) == 1:
            return True
    if site.function is not None and _defaults_to_none(site.function, subject):
        return True
    init = site.initialiser
    return init is not None and subject.startswith("self.") and _starts_as_none(init, subject)


def _defaults_to_none(function: cst.FunctionDef, name: str) -> bool:
    parameters = (*function.params.params, *function.params.kwonly_params)
    return any(
        p.name.value == name and p.default is not None and dotted(p.default) == "None" for p in parameters
    )


def _starts_as_none(init: cst.FunctionDef, attribute: str) -> bool:
    """`self.x = None`, or `self.x = x` of a parameter that defaults to None."""
    for node in walk(init.body):
        if isinstance(node, cst.Assign) and dotted(node.targets[0].target) == attribute:
            name = dotted(node.value)
            return name == "None" or _defaults_to_none(init, name)
    return False


def _spell(site: Site, outcome: Outcome, subject: str) -> Outcome | None:
    if outcome.action != "raise" or "(" in outcome.text:
        return outcome
    if not outcome.text.replace(".", "").isidentifier():
        return None
    message = repr(f"{site.function_name}: {subject} is missing")
    return Outcome("raise", written(site, outcome.text, message, subject), outcome.weight, outcome.reasons)


def _says(outcome: Outcome) -> str:
    if outcome.action == "continue":
        return "goes on with the next item"
    if outcome.action == "raise":
        return f"raises {outcome.text.split('(')[0]}"
    return f"returns {outcome.text}" if outcome.text else "returns early"


def name_subject(
    site: Site, subject: cst.BaseExpression
) -> tuple[str, tuple[str, ...], tuple[Edit, ...]] | None:
    """A name for the subject: itself, or a new variable where writing it twice would compute it twice.

    None where pulling it out of the statement would change the order of evaluation."""
    if pure(subject):
        return atom(subject, site.source(subject)), (), ()
    if not isinstance(subject, cst.Call) or "\n" in site.source(subject) or _conditional(site, subject):
        return None
    name = fresh(site, subject)
    return name, (f"{name} = {site.source(subject)}",), (site.replace(subject, name),)


def _conditional(site: Site, node: cst.CSTNode) -> bool:
    """Whether the node is evaluated only sometimes."""
    for above in site.file.ancestors(node):
        if isinstance(above, (cst.BooleanOperation, cst.IfExp, cst.Lambda, cst.BaseComp)):
            return True
        if isinstance(above, (cst.BaseSmallStatement, cst.BaseCompoundStatement)):
            return isinstance(above, cst.While)
    return False


def fresh(site: Site, call: cst.Call) -> str:
    last = dotted(call.func).split(".")[-1] or "value"
    base = (
        "match" if last in MATCHERS else last.removeprefix("get_").removeprefix("find_").strip("_") or "value"
    )
    if base == last or not base.isidentifier():
        base = "match" if last in MATCHERS else "found"
    taken = site.names_above() | {n.value for n in walk(site.file.module) if isinstance(n, cst.Name)}
    return base if base not in taken else next(n for i in range(2, 99) if (n := f"{base}_{i}") not in taken)
