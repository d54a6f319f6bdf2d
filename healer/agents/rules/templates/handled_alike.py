"""A handler that the project puts around the same call elsewhere, taken over whole."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator
from dataclasses import dataclass
from math import log

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.customs import bound_above
from healer.agents.rules.functions import own_nodes
from healer.agents.rules.guards import behaviour
from healer.agents.rules.handlers import tried, tried_already
from healer.agents.rules.outcome import Outcome
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import code

SHORTEST = 3  # characters of a method's name that says something
LONGEST = 3  # statements tried, and statements that answer
MAX_IDEAS = 3
NAMESAKE = 1.0  # log-odds: a function of the same name does it
BESIDE = 0.6  # log-odds: one of the same file
COMMON = frozenset(
    {"append", "get", "format", "join", "isinstance", "len", "str", "list", "super", "getattr"}
)
LEAVES = (ast.Return, ast.Raise, ast.Continue)


@dataclass(frozen=True)
class Handled:
    """`try: … called(…) … except caught: lines`; `target` is what is assigned by that call, if it is."""

    path: str
    function: str
    called: str
    caught: str
    lines: tuple[str, ...]
    target: str


def ideas(site: Site) -> Iterator[Idea]:
    statement = site.statement
    if not isinstance(statement, cst.SimpleStatementLine) or site.function is None or tried_already(site):
        return
    known, own = bound_above(site), _target(site)
    calls = {_last(code(n.func).strip()) for n in site.on_line(cst.Call)} - COMMON
    found: dict[tuple[str, tuple[str, ...]], list[Handled]] = {}
    for called in sorted(calls):
        for path, _ in site.repository.mentioning(f"{called}("):
            for one in site.repository.facts(path, _handled):
                if one.called == called and _catches(site, one.caught):
                    lines = tuple(_renamed(line, one.target, own) for line in one.lines)
                    if _names(lines) - {"error", "exc", "e", "err", own} <= known:
                        found.setdefault((one.caught, lines), []).append(one)
    for (caught, lines), seen in sorted(found.items(), key=lambda pair: -len(pair[1]))[:MAX_IDEAS]:
        last = lines[-1]
        action, _, text = last.partition(" ")
        if action == "continue" and site.loop is None:
            continue
        leaves = action in {"return", "raise", "continue"}
        same = any(one.function == site.function_name for one in seen)
        beside = any(one.path == site.file.path for one in seen)
        yield Idea(
            (tried(site, statement, f"except {caught}:", *lines),),
            f"{site.crash.type} there is answered as around the same call elsewhere: `{last}`.",
            behaviour(site, Outcome(action, text, 0.0)) if leaves else last,
            log(len(seen)) + (NAMESAKE if same else 0.0) + (BESIDE if beside else 0.0),
            (f"`{seen[0].called}` is tried so in {len(seen)} other places",),
        )


def _handled(path: str, tree: ast.Module) -> list[Handled]:
    found = []
    for function in (n for n in ast.walk(tree) if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))):
        for node in (n for n in own_nodes(function) if isinstance(n, ast.Try)):
            if len(node.body) > LONGEST or node.orelse or node.finalbody:
                continue
            for statement in node.body:
                calls = {_last(ast.unparse(n.func)) for n in ast.walk(statement) if isinstance(n, ast.Call)}
                target = ast.unparse(statement.targets[0]) if isinstance(statement, ast.Assign) else ""
                for called in sorted(name for name in calls if len(name) >= SHORTEST):
                    found += [
                        Handled(path, function.name, called, *_answer(handler), target)
                        for handler in node.handlers
                        if handler.type is not None and _short(handler, target)
                    ]
    return found


def _answer(handler: ast.ExceptHandler) -> tuple[str, tuple[str, ...]]:
    assert handler.type is not None
    named = f" as {handler.name}" if handler.name else ""
    return f"{ast.unparse(handler.type)}{named}", tuple(map(ast.unparse, handler.body))


def _short(handler: ast.ExceptHandler, target: str) -> bool:
    """Whether it leaves, or gives the target another value, in a few plain statements."""
    *lead, last = handler.body
    plain = len(handler.body) <= LONGEST and all(isinstance(s, (ast.Assign, ast.Expr)) for s in lead)
    given = isinstance(last, ast.Assign) and ast.unparse(last.targets[0]) == target
    return plain and (isinstance(last, LEAVES) or given or isinstance(last, ast.Pass))


def _catches(site: Site, caught: str) -> bool:
    """Whether a handler's classes hold the crash's, by its builtin bases or by its name."""
    kinds = {_last(kind.strip()) for kind in caught.partition(" as ")[0].strip("()").split(",")}
    known = getattr(builtins, site.crash.type, None)
    bases = {base.__name__ for base in known.__mro__} if isinstance(known, type) else {site.crash.type}
    return bool(kinds & (bases - {"Exception", "BaseException", "object"}))


def _target(site: Site) -> str:
    small = site.small
    return site.source(small.targets[0].target) if isinstance(small, cst.Assign) else ""


def _renamed(line: str, target: str, own: str) -> str:
    return (
        f"{own} = {line.removeprefix(f'{target} = ')}" if target and line.startswith(f"{target} = ") else line
    )


def _names(lines: tuple[str, ...]) -> set[str]:
    try:
        tree = ast.parse("\n".join(lines).replace("return", "yield").replace("continue", "pass"))
    except SyntaxError:
        return {"?"}
    return {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}


def _last(name: str) -> str:
    return name.rpartition(".")[2]


TEMPLATE = Template("handled_alike", frozenset(Kind), -0.4, ideas, outer=True)
