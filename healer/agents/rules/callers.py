"""What callers do with a function's result, and which exceptions they expect of it."""

from __future__ import annotations

import ast
import builtins

from healer.agents.rules.functions import AnyFunction, find_function, own_nodes
from healer.agents.rules.outcome import Tally
from healer.agents.rules.repository import Repository
from healer.agents.rules.siblings import raised_names

NEAR = 2  # frames
ABOVE = 0.8  # log-odds
EXPECTED, FURTHER = (
    2.2,
    1.2,
)  # a loop over commands catches what any of them may raise, not what this one should


def from_callers(tally: Tally, repository: Repository, function: AnyFunction) -> None:
    """What the code that calls it does with the result."""
    seen = 0
    for path, tree in repository.mentioning(function.name + "("):
        for caller in _callers(tree, function.name):
            if caller is not function:
                seen += _from_caller(tally, caller, function.name, path)
        if seen > 20:
            return


def _callers(tree: ast.Module, name: str) -> list[AnyFunction]:
    """Functions around a call of the name."""
    nodes = list(ast.walk(tree))
    lines = [n.lineno for n in nodes if isinstance(n, ast.Call) and _calls(n, name)]
    functions = [n for n in nodes if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))]
    return [f for f in functions if any(f.lineno <= line <= (f.end_lineno or 0) for line in lines)]


def _from_caller(tally: Tally, caller: AnyFunction, name: str, path: str) -> int:
    seen = 0
    for node in own_nodes(caller):
        if (
            isinstance(node, ast.Assign)
            and _calls(node.value, name)
            and isinstance(node.targets[0], ast.Name)
        ):
            seen += 1
            _from_use(tally, caller, node.targets[0].id)
        if isinstance(node, ast.BoolOp) and any(_calls(v, name) for v in node.values[:-1]):
            tally.add("return", "None", 0.7, f"`{caller.name}` allows for an empty result")
        if isinstance(node, (ast.If, ast.While)) and _calls(node.test, name):
            tally.add("return", "False", 0.5, f"`{caller.name}` asks whether it holds")
        if isinstance(node, ast.For) and _calls(node.iter, name):
            tally.add("return", "[]", 1.2, f"`{caller.name}` iterates over the result")
            tally.add("return", "None", -2.0, "")
        if isinstance(node, ast.Attribute) and _calls(node.value, name):
            tally.add("return", "None", -1.0, "")
    return seen


def _calls(node: ast.expr, name: str) -> bool:
    if isinstance(node, ast.UnaryOp):
        node = node.operand
    if not isinstance(node, ast.Call):
        return False
    func = node.func
    return (isinstance(func, ast.Name) and func.id == name) or (
        isinstance(func, ast.Attribute) and func.attr == name
    )


def _from_use(tally: Tally, caller: AnyFunction, variable: str) -> None:
    for node in own_nodes(caller):
        test = node.test if isinstance(node, (ast.If, ast.IfExp, ast.While)) else None
        if test is None:
            continue
        text = ast.unparse(test)
        if text in {f"{variable} is None", f"{variable} is not None"}:
            tally.add("return", "None", 2.0, f"`{caller.name}` checks the result for None")
        elif text in {variable, f"not {variable}"}:
            for value in ("None", "''", "[]", "0"):
                tally.add("return", value, 0.5, f"`{caller.name}` checks the result for emptiness")


def from_above(tally: Tally, repository: Repository, callers: tuple[tuple[str, int], ...]) -> None:
    """The project's own errors that the nearest frames above raise for bad input: whoever called them
    expects these."""
    for path, line in callers[-NEAR:]:
        function = find_function(repository.tree(path), "", line)
        if function is not None:
            for name in set(raised_names(own_nodes(function))):
                if not hasattr(builtins, name):
                    tally.add("raise", name, ABOVE, f"`{function.name}`, which calls it, raises {name}")


def from_expected(tally: Tally, repository: Repository, callers: tuple[tuple[str, int], ...]) -> None:
    """Exceptions that the frames above catch around the call: what they expect this code to raise."""
    for steps, (path, line) in enumerate(reversed(callers)):
        weight, who = (EXPECTED, "a caller") if steps < NEAR else (FURTHER, "a caller further up")
        for node in ast.walk(repository.tree(path) or ast.Module([], [])):
            if isinstance(node, ast.Try) and node.body and _in_body(node, line):
                for handler in node.handlers:
                    for name in _handled(handler):
                        tally.add("raise", name, weight, f"{who} expects {name} ({path}:{node.lineno})")


def _in_body(node: ast.Try, line: int) -> bool:
    return node.body[0].lineno <= line <= (node.body[-1].end_lineno or 0)


LAST_RESORT = frozenset(
    {"Exception", "BaseException", "KeyboardInterrupt", "SystemExit", "RecursionError", "MemoryError"}
)


def _handled(handler: ast.ExceptHandler) -> list[str]:
    if handler.type is None:
        return []
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    names = [ast.unparse(kind) for kind in kinds]
    return [n for n in names if n not in LAST_RESORT]
