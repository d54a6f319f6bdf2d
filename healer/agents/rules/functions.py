"""Reading a function's syntax: its own nodes, its returns, the literals and types they show."""

from __future__ import annotations

import ast
from collections.abc import Iterator

AnyFunction = ast.FunctionDef | ast.AsyncFunctionDef


def find_function(tree: ast.Module | None, name: str, line: int) -> AnyFunction | None:
    """The innermost function of this name that holds the line."""
    found = [
        node
        for node in ast.walk(tree or ast.Module([], []))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and node.lineno <= line <= (node.end_lineno or node.lineno)
    ]
    return max(found, key=lambda n: n.lineno, default=None)


def own_nodes(function: AnyFunction) -> Iterator[ast.AST]:
    """Nodes of the body, without nested functions and classes."""
    stack: list[ast.AST] = list(function.body)
    while stack:
        node = stack.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            continue
        yield node
        stack.extend(ast.iter_child_nodes(node))


def is_generator(function: AnyFunction) -> bool:
    return any(isinstance(n, (ast.Yield, ast.YieldFrom)) for n in own_nodes(function))


def returns(function: AnyFunction) -> list[ast.Return]:
    return [n for n in own_nodes(function) if isinstance(n, ast.Return)]


def sentences(docstring: str) -> list[str]:
    return " ".join(docstring.split()).split(". ")


LONGEST = 60  # characters of a list that stands for a constant answer


def literal_text(node: ast.expr) -> str | None:
    """Source of a constant or an empty container, else None."""
    if isinstance(node, ast.Constant) and not (isinstance(node.value, str) and len(node.value) > 30):
        return ast.unparse(node)
    if isinstance(node, ast.UnaryOp) and isinstance(node.operand, ast.Constant):
        return ast.unparse(node)
    if isinstance(node, (ast.List, ast.Tuple, ast.Set)) and not node.elts:
        return ast.unparse(node)
    if isinstance(node, ast.Tuple) and all(literal_text(e) is not None for e in node.elts):
        return ast.unparse(node)
    if isinstance(node, ast.List) and _written_out(node):
        text = ast.unparse(node)
        return text if len(text) <= LONGEST else None
    if isinstance(node, ast.Dict) and not node.keys:
        return "{}"
    return None


def _written_out(node: ast.expr) -> bool:
    """Whether it is made of constants alone."""
    plain = (ast.Constant, ast.List, ast.Dict, ast.Load)
    return all(isinstance(n, plain) for n in ast.walk(node))


_STRING_METHODS = {
    "join",
    "strip",
    "lower",
    "upper",
    "format",
    "replace",
    "title",
    "lstrip",
    "rstrip",
    "decode",
}


_LIST_METHODS = {"split", "splitlines", "findall"}


def neutral(node: ast.expr) -> str:
    """The empty value of an expression's type, where the type can be read off."""
    if isinstance(node, (ast.List, ast.ListComp)):
        return "[]"
    if isinstance(node, (ast.Dict, ast.DictComp)):
        return "{}"
    if isinstance(node, (ast.Set, ast.SetComp)):
        return "set()"
    if isinstance(node, ast.JoinedStr):
        return "''"
    if isinstance(node, (ast.Compare,)) or (isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)):
        return "False"
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Div, ast.Mult, ast.FloorDiv, ast.Sub)):
        return "0"
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod) and isinstance(node.left, ast.Constant):
        return "''" if isinstance(node.left.value, str) else "0"
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _number(node) or neutral(node.left) or neutral(node.right)
    if isinstance(node, ast.Call):
        return _neutral_call(node.func)
    return ""


def _number(node: ast.BinOp) -> str:
    """`1 + …`"""
    sides = (node.left, node.right)
    return "0" if any(isinstance(s, ast.Constant) and type(s.value) in (int, float) for s in sides) else ""


def built(function: AnyFunction, name: str) -> str:
    """The empty value that a local name starts with, `[]` of `result = []`; "" where it starts otherwise."""
    for node in own_nodes(function):
        targets = node.targets if isinstance(node, ast.Assign) else []
        targets = [node.target] if isinstance(node, ast.AnnAssign) else targets
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and name in map(ast.unparse, targets):
            text = ast.unparse(node.value) if node.value is not None else ""
            text = {"list()": "[]", "dict()": "{}"}.get(text, text)
            if text in {"[]", "{}", "()", "''", "0", "0.0", "set()"}:
                return text
    return ""


def assigned_by(function: AnyFunction, name: str, line: int) -> bool:
    """Whether a statement of the function's own block assigns it above the line."""
    above = (s for s in function.body if (s.end_lineno or s.lineno) < line)
    return any(isinstance(s, ast.Assign) and name in map(ast.unparse, s.targets) for s in above)


def _neutral_call(func: ast.expr) -> str:
    if isinstance(func, ast.Attribute):
        return "''" if func.attr in _STRING_METHODS else "[]" if func.attr in _LIST_METHODS else ""
    by_name = {
        "str": "''",
        "list": "[]",
        "sorted": "[]",
        "dict": "{}",
        "set": "set()",
        "len": "0",
        "sum": "0",
        "any": "False",
        "all": "False",
        "bool": "False",
        "isinstance": "False",
        "tuple": "()",
        "round": "0",
        "int": "0",
        "float": "0.0",
    }
    return by_name.get(func.id, "") if isinstance(func, ast.Name) else ""
