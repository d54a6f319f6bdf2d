"""What the failing call comes to with a candidate: a second test that reports its result by raising it."""

from __future__ import annotations

import ast

import re2

from healer.case import Reproduction, Run

TEST = "test_observed_result"
RESULT = "ObservedResult"
_ADDRESS = re2.compile(r"0x[0-9a-fA-F]{4,}")
_HEAD = f"\n\nclass {RESULT}(Exception):\n    pass\n\n\n"


def node_id(reproduction: Reproduction) -> str:
    return f"{reproduction.path}::{TEST}"


def observing(reproduction: Reproduction) -> str:
    """The reproduction's text with the second test, or "" where its last statement is no plain call."""
    name = reproduction.test.rpartition("::")[2]
    if reproduction.test != f"{reproduction.path}::{name}":
        return ""
    try:
        tree = ast.parse(reproduction.source)
    except (SyntaxError, ValueError, RecursionError):
        return ""
    made = next((n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == name), None)
    if made is None or not _reports(made.body):
        return ""
    made.name = TEST
    return reproduction.source + _HEAD + ast.unparse(ast.fix_missing_locations(made)) + "\n"


def _reports(body: list[ast.stmt]) -> bool:
    """Make the last call raise its result; what the test would suppress comes out as well."""
    last = body[-1]
    if isinstance(last, ast.With) and "suppress" in ast.unparse(last.items[0]):
        body[-1:] = last.body
        return _reports(body)
    if not isinstance(last, ast.Expr) or not isinstance(last.value, ast.Call):
        return False
    report = ast.Call(ast.Name(RESULT, ast.Load()), [_shown(last.value)], [])
    body[-1] = ast.Raise(report, None)
    return True


def _shown(call: ast.expr) -> ast.expr:
    return ast.Call(ast.Name("repr", ast.Load()), [call], [])


def result(run: Run, test: str) -> str:
    """`raise KIND` or `value REPR`; "" where nothing telling was seen.

    None and objects without a repr of their own say too little: what was done on the way may differ."""
    told = next((r for r in run.raised if r.test == test), None)
    if told is None:
        return ""
    if told.exception != RESULT:
        return f"raise {told.exception}"
    opaque = told.message in {"", "None"} or _ADDRESS.search(told.message) is not None
    return "" if opaque else f"value {told.message}"
