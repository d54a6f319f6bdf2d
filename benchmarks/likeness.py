"""Whether two functions do the same, as far as their syntax tells: for fixes that no test is there to judge.

Both are brought to one form: guards as nested conditions, `x is None` and `not x` as one question, raises by
their class alone, without logging, annotations and docstrings, and new variables by the order they appear in.
What is alike in this form behaves alike on a crash's input; what is not may do so all the same.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Sequence, Set

Function = ast.FunctionDef | ast.AsyncFunctionDef
LEAVING = (ast.Return, ast.Raise, ast.Continue, ast.Break)
OPPOSITES: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.In: ast.NotIn,
    ast.Eq: ast.NotEq,
    ast.Is: ast.IsNot,
    ast.Lt: ast.GtE,
    ast.Gt: ast.LtE,
}
OPPOSITES |= {other: one for one, other in OPPOSITES.items()}
DENYING = (ast.NotIn, ast.NotEq, ast.IsNot)
LOGS = frozenset(
    {"log", "logger", "logging", "warnings", "warn", "print", "_log", "_logger", "LOG", "LOGGER"}
)
SYNONYMS = {"IOError": "OSError", "EnvironmentError": "OSError"}


def form(function: Function, known: Set[str] = frozenset()) -> str:
    """The function's form. Variables outside `known` are named by their order."""
    made = copy.deepcopy(function)
    made.body = _block(_Plain().visit(made).body, "function")
    names = (n.id for n in ast.walk(made) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store))
    new = {name: f"new {n}" for n, name in enumerate(dict.fromkeys(n for n in names if n not in known))}
    for node in ast.walk(made):
        if isinstance(node, ast.Name):
            node.id = new.get(node.id, node.id)
    return ast.dump(made)


def names(function: Function) -> set[str]:
    found = {n.id for n in ast.walk(function) if isinstance(n, ast.Name)}
    return found | {a.arg for a in ast.walk(function) if isinstance(a, ast.arg)}


def denied(test: ast.expr) -> ast.expr:
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return test.operand
    if isinstance(test, ast.BoolOp):
        other = ast.And() if isinstance(test.op, ast.Or) else ast.Or()
        return joined(other, [denied(value) for value in test.values])
    if isinstance(test, ast.Compare) and len(test.ops) == 1 and type(test.ops[0]) in OPPOSITES:
        return ast.Compare(test.left, [OPPOSITES[type(test.ops[0])]()], test.comparators)
    return ast.UnaryOp(ast.Not(), test)


def joined(operator: ast.boolop, values: Sequence[ast.expr]) -> ast.expr:
    """One flat operation, each operand once."""
    flat: dict[str, ast.expr] = {}
    for value in values:
        whole = isinstance(value, ast.BoolOp) and type(value.op) is type(operator)
        for part in value.values if isinstance(value, ast.BoolOp) and whole else [value]:
            flat.setdefault(ast.dump(part), part)
    parts = list(flat.values())
    return parts[0] if len(parts) == 1 else ast.BoolOp(operator, parts)


class _Plain(ast.NodeTransformer):
    """Expressions in one of the ways in which they can be written."""

    def visit_arg(self, node: ast.arg) -> ast.AST:
        return ast.arg(node.arg)

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return ast.Name(SYNONYMS.get(node.id, node.id), node.ctx)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        self.generic_visit(node)
        return denied(node.operand) if isinstance(node.op, ast.Not) else node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        self.generic_visit(node)
        return joined(node.op, node.values)

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        """`x is None`, `x == []`, `len(x) == 0` → `not x`."""
        self.generic_visit(node)
        if len(node.ops) > 1:
            return node
        operator, right = node.ops[0], node.comparators[0]
        if _is(right, None) or _empty(right):
            if isinstance(operator, (ast.Is, ast.Eq)):
                return denied(node.left)
            if isinstance(operator, (ast.IsNot, ast.NotEq)):
                return node.left
        if isinstance(node.left, ast.Call) and ast.unparse(node.left.func) == "len" and _is(right, 0):
            if isinstance(operator, (ast.Eq, ast.LtE)):
                return denied(node.left.args[0])
            if isinstance(operator, (ast.Gt, ast.NotEq)):
                return node.left.args[0]
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        get = isinstance(node.func, ast.Attribute) and node.func.attr == "get"
        if get and len(node.args) == 2 and _is(node.args[1], None):
            node.args = node.args[:1]
        node.keywords.sort(key=lambda keyword: keyword.arg or "~")
        return node

    def visit_List(self, node: ast.List) -> ast.AST:
        self.generic_visit(node)
        return node if node.elts else ast.Tuple([], ast.Load())

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        self.generic_visit(node)
        return _chosen(node.test, node.body, node.orelse)


def _chosen(test: ast.expr, body: ast.expr, orelse: ast.expr) -> ast.expr:
    """`x if x else y` → `x or y`; `d[k] if k in d else v` → `d.get(k, v)`."""
    if _denies(test):
        test, body, orelse = denied(test), orelse, body
    if ast.dump(test) == ast.dump(body):
        return joined(ast.Or(), [body, orelse])
    asked = isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], ast.In)
    if asked and isinstance(test, ast.Compare) and isinstance(body, ast.Subscript):
        same = [ast.dump(n) for n in (test.left, test.comparators[0])]
        if same == [ast.dump(n) for n in (body.slice, body.value)]:
            given = [test.left] if _is(orelse, None) else [test.left, orelse]
            return ast.Call(ast.Attribute(body.value, "get", ast.Load()), given, [])
    return ast.IfExp(test, body, orelse)


def _denies(test: ast.expr) -> bool:
    negated = isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)
    return negated or (isinstance(test, ast.Compare) and isinstance(test.ops[0], DENYING))


def _is(node: ast.expr, value: object) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) is type(value) and node.value == value


def _empty(node: ast.expr) -> bool:
    if isinstance(node, (ast.List, ast.Tuple)):
        return not node.elts
    return _is(node, "") or (isinstance(node, ast.Dict) and not node.keys)


def _says_only(statement: ast.stmt) -> bool:
    """A constant, `pass`, or what only logs."""
    if not isinstance(statement, ast.Expr):
        return isinstance(statement, ast.Pass)
    if not isinstance(statement.value, ast.Call):
        return isinstance(statement.value, ast.Constant)
    words = {n.attr for n in ast.walk(statement.value.func) if isinstance(n, ast.Attribute)}
    return bool((words | {n.id for n in ast.walk(statement.value.func) if isinstance(n, ast.Name)}) & LOGS)


def _leaves(body: Sequence[ast.stmt]) -> bool:
    last = body[-1] if body else None
    both = isinstance(last, ast.If) and _leaves(last.body) and _leaves(last.orelse)
    return isinstance(last, LEAVING) or both


def _block(body: Sequence[ast.stmt], end: str) -> list[ast.stmt]:
    """`end`: what is over behind the block, the function, the turn of a loop, or "" neither."""
    body = [s for s in body if not _says_only(s)]
    made: list[ast.stmt] = []
    for n, statement in enumerate(body):
        rest = body[n + 1 :]
        if (
            isinstance(statement, ast.If)
            and rest
            and (_leaves(_said(statement.body)) or _else_leaves(statement))
        ):
            into = statement.orelse if _leaves(_said(statement.body)) else statement.body
            into.extend(rest)
            return [*made, *_if(statement, end)]
        made += _statement(statement, end if not rest else "")
        if isinstance(statement, LEAVING):
            break
    last = made[-1] if made else None
    falls = isinstance(last, ast.Return) and end == "function" and last.value is None
    return made[:-1] if falls or (isinstance(last, ast.Continue) and end == "turn") else made


def _said(body: Sequence[ast.stmt]) -> list[ast.stmt]:
    return [s for s in body if not _says_only(s)]


def _else_leaves(statement: ast.If) -> bool:
    return _leaves(_said(statement.orelse))


def _statement(node: ast.stmt, end: str) -> list[ast.stmt]:
    if isinstance(node, ast.If):
        return _if(node, end)
    if isinstance(node, (ast.For, ast.AsyncFor, ast.While)):
        node.body, node.orelse = _block(node.body, "turn"), _block(node.orelse, "")
    elif isinstance(node, (ast.With, ast.AsyncWith)):
        node.body = _block(node.body, end)
    elif isinstance(node, ast.Try):
        return [_try(node, end)]
    elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        node.body, node.returns = _block(node.body, "function"), None
    elif isinstance(node, ast.AnnAssign) and node.value is not None:
        return [ast.Assign([node.target], node.value)]
    elif isinstance(node, ast.Return) and node.value is not None and _is(node.value, None):
        return [ast.Return(None)]
    elif isinstance(node, ast.Raise):
        return [ast.Raise(node.exc.func if isinstance(node.exc, ast.Call) else node.exc, None)]
    return [node]


def _if(node: ast.If, end: str) -> list[ast.stmt]:
    test, body, orelse = node.test, _block(node.body, end), _block(node.orelse, end)
    if not body or (orelse and _denies(test)):
        test, body, orelse = denied(test), orelse, body
    if not body:
        return []
    inner = body[0]
    if len(body) == 1 and isinstance(inner, ast.If) and not orelse and not inner.orelse:
        return [ast.If(joined(ast.And(), [test, inner.test]), inner.body, [])]
    if len(body) == len(orelse) == 1 and (one := _either(test, inner, orelse[0])) is not None:
        return [one]
    return [ast.If(test, body, orelse)]


def _either(test: ast.expr, one: ast.stmt, other: ast.stmt) -> ast.stmt | None:
    """Two assignments to the same, or two returns, as one of a choice."""
    if isinstance(one, ast.Assign) and isinstance(other, ast.Assign):
        same = [ast.dump(t) for t in one.targets] == [ast.dump(t) for t in other.targets]
        return ast.Assign(one.targets, _chosen(test, one.value, other.value)) if same else None
    if isinstance(one, ast.Return) and isinstance(other, ast.Return) and one.value and other.value:
        return ast.Return(_chosen(test, one.value, other.value))
    return None


def _try(node: ast.Try, end: str) -> ast.Try:
    """Handlers next to each other with one body are one; the order of their classes tells nothing."""
    node.body, node.orelse = _block(node.body, ""), _block(node.orelse, end)
    node.finalbody = _block(node.finalbody, "")
    handlers: dict[str, list[ast.expr]] = {}
    bodies: dict[str, list[ast.stmt]] = {}
    for handler in node.handlers:
        body = _block(handler.body, end)
        key = ast.dump(ast.Module(body, []))
        kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
        handlers.setdefault(key, []).extend(kind for kind in kinds if kind is not None)
        bodies[key] = body
    node.handlers = [
        ast.ExceptHandler(ast.Tuple(sorted(kinds, key=ast.dump), ast.Load()), None, bodies[key])
        for key, kinds in handlers.items()
    ]
    return node
