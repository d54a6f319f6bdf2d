"""A question that the functions beside it ask of the same parameter at their beginning, and this one does
not: `if is_empty(value): return ""`, taken over whole."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from math import log

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.functions import AnyFunction, find_function
from healer.agents.rules.site import Site

FIRST = 3  # statements of a function that are its beginning
LONGEST = 3  # statements under the question
FEWEST = 2  # functions that ask
MAX_IDEAS = 3
LEAVES = (ast.Return, ast.Raise)


def ideas(site: Site) -> Iterator[Idea]:
    tree = site.repository.tree(site.file.path)
    function = find_function(tree, site.function_name, site.line)
    place = site.insertable
    if tree is None or function is None or place is None or site.function is None:
        return
    params = {a.arg for a in (*function.args.args, *function.args.kwonlyargs)}
    own = {ast.unparse(n.test) for n in ast.walk(function) if isinstance(n, ast.If)}
    asked = Counter(one for other in _beside(tree, function) for one in _asked(other, params))
    for (test, lines), times in asked.most_common(MAX_IDEAS):
        if times < FEWEST or test in own:
            continue
        yield Idea(
            (site.before(place, f"if {test}:", *(f"\t{one}" for one in lines)),),
            f"`{site.function_name}` asks `{test}` first, as {times} functions beside it do.",
            lines[-1].partition("(")[0] if lines[-1].startswith("raise") else lines[-1],
            log(times) - log(FEWEST),
            (f"{times} functions beside it begin so",),
        )


def _beside(tree: ast.Module, function: AnyFunction) -> Iterator[AnyFunction]:
    """Functions of the same block."""
    for node in ast.walk(tree):
        body = node.body if isinstance(node, (ast.Module, ast.ClassDef)) else []
        if function in body:
            kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
            yield from (f for f in body if isinstance(f, kinds) and f is not function)


def _asked(function: AnyFunction, params: set[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(question, what is done then) of the beginning, where it is about nothing but these parameters."""
    mine = {a.arg for a in (*function.args.args, *function.args.kwonlyargs)}
    for statement in function.body[:FIRST]:
        if not isinstance(statement, ast.If) or statement.orelse or len(statement.body) > LONGEST:
            continue
        names = {
            n.id for s in (statement.test, *statement.body) for n in ast.walk(s) if isinstance(n, ast.Name)
        }
        about = names & mine
        if about and about <= params and isinstance(statement.body[-1], LEAVES):
            yield ast.unparse(statement.test), tuple(map(ast.unparse, statement.body))


TEMPLATE = Template("guarded_alike", frozenset(Kind) - {Kind.NAME, Kind.UNBOUND}, 1.2, ideas)
