"""A recursion that goes in circles and keeps no account: a parameter of what lies above it, asked first."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.functions import AnyFunction, find_function, neutral, own_nodes, returns
from healer.agents.rules.guards import behaviour, ways_out
from healer.agents.rules.outcome import Outcome
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import Edit, dotted, walk

NAMES = ("seen", "above", "visited", "met")
MAX_WAYS = 4
EMPTY = 0.6  # log-odds for nothing of the result's type: what is met again adds nothing


def ideas(site: Site) -> Iterator[Idea]:
    function = site.function
    if function is None or site.depth or function.params.star_kwarg is not None:
        return
    calls = [n for n in walk(function.body) if isinstance(n, cst.Call) and _again(n, function.name.value)]
    taken = {n.value for n in walk(function) if isinstance(n, cst.Name)}
    seen = next((name for name in NAMES if name not in taken), "")
    key = _key(site, calls)
    first = next((s for s in function.body.body if not _docstring(s)), None)
    if not calls or not key or not seen or first is None or any(a.star for c in calls for a in c.args):
        return
    for outcome in _ways(site, key):
        way = outcome.statement.replace(f"{key} is missing", f"{key} goes in circles")
        guard = site.before(first, f"if {key} in {seen}:", f"\t{way}")
        yield Idea(
            (_parameter(site, function, seen), guard, *(_passed(site, c, seen, key) for c in calls)),
            f"Where `{key}` was met further up already, `{site.function_name}` does: {outcome.statement}.",
            behaviour(site, outcome),
            outcome.weight,
            (*outcome.reasons, "it comes back to where it was"),
        )


def _again(call: cst.Call, name: str) -> bool:
    return (call.func.attr.value if isinstance(call.func, cst.Attribute) else dotted(call.func)) == name


def _key(site: Site, calls: list[cst.Call]) -> str:
    """The parameter that changes from call to call; `self` where another object is asked."""
    own = [p for p in site.parameters() if p not in {"self", "cls"}]
    if any(isinstance(c.func, cst.Attribute) and dotted(c.func.value) not in {"self", "cls"} for c in calls):
        return "self" if "self" in site.parameters() else ""
    for number, name in enumerate(own):
        given = [c.args[number].value for c in calls if len(c.args) > number]
        if given and any(dotted(value) != name for value in given):
            return name
    return ""


def _ways(site: Site, key: str) -> list[Outcome]:
    found = [o for o in ways_out(site, key) if o.action != "continue"]
    function = find_function(site.repository.tree(site.file.path), site.function_name, site.line)
    values = [r.value for r in returns(function) if r.value is not None] if function is not None else []
    empty = {neutral(v) for v in (*values, *_started(function, values))}
    for text in sorted(empty - {""}):
        if not any(o.text == text for o in found):
            found.append(Outcome("return", text, EMPTY, ("of the type of its other results",)))
    return found[:MAX_WAYS]


def _started(function: AnyFunction | None, values: list[ast.expr]) -> Iterator[ast.expr]:
    """What the names that it returns are given at first."""
    names = {v.id for v in values if isinstance(v, ast.Name)}
    for node in own_nodes(function) if function is not None else ():
        if isinstance(node, ast.Assign) and names & set(map(ast.unparse, node.targets)):
            yield node.value


def _docstring(statement: cst.CSTNode) -> bool:
    small = statement.body[0] if isinstance(statement, cst.SimpleStatementLine) else None
    return isinstance(small, cst.Expr) and isinstance(small.value, cst.SimpleString)


def _parameter(site: Site, function: cst.FunctionDef, seen: str) -> Edit:
    params = (*function.params.params, *function.params.kwonly_params)
    end = site.file.span(params[-1])[1] if params else site.file.span(function.name)[1] + 1
    return Edit(end, end, f", {seen}=()" if params else f"{seen}=()")


def _passed(site: Site, call: cst.Call, seen: str, key: str) -> Edit:
    end = site.file.span(call)[1] - 1
    return Edit(end, end, f"{', ' if call.args else ''}{seen}=(*{seen}, {key})")


TEMPLATE = Template("cycle_seen", frozenset({Kind.RECURSION}), 0.6, ideas)
