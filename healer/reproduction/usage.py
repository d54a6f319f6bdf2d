"""What kind of value a function's code expects of a name."""

from __future__ import annotations

import ast

from healer.reproduction.modules import FunctionNode, dotted
from healer.reproduction.values import Call, Literal, Many, Name, Raw, Table, Value

_TEXT = {
    "startswith",
    "endswith",
    "split",
    "strip",
    "encode",
    "lower",
    "upper",
    "format",
    "replace",
    "splitlines",
    "rstrip",
}
_TABLE = {"items", "keys", "values", "get", "setdefault", "update"}
_LIST = {"append", "extend", "insert", "sort", "index", "reverse"}
_STREAM = {"read", "readline", "readlines", "write"}


def guess(node: FunctionNode, name: str) -> Value | None:
    """A small value that the uses of `name` in a function agree with; None where they say nothing."""
    for found in ast.walk(node):
        value = _by_use(found, name)
        if value is not None:
            return value
    return None


def _by_use(node: ast.AST, name: str) -> Value | None:
    match node:
        case ast.Attribute(value=ast.Name(id=used), attr=attr) if used == name:
            return _by_method(attr)
        case ast.For(iter=ast.Name(id=used)) | ast.comprehension(iter=ast.Name(id=used)) if used == name:
            return Many(())
        case ast.Call(func=ast.Name(id=used)) if used == name:
            return Raw("lambda *args, **kwargs: None")
        case ast.Call(func=function, args=[ast.Name(id=used), *_]) if used == name:
            return _by_callee(dotted(function))
        case ast.Subscript(value=ast.Name(id=used), slice=ast.Constant(value=key)) if used == name:
            return Table(()) if isinstance(key, str) else Many(())
        case ast.BinOp(left=ast.Name(id=used), right=ast.Constant(value=int())) if used == name:
            return Literal.of(1)
        case ast.Compare(left=ast.Name(id=used), comparators=[ast.Constant(value=int() as constant)]) if (
            used == name
        ):
            return Literal.of(False if isinstance(constant, bool) else 1)
    return None


def _by_method(attr: str) -> Value | None:
    if attr in _TEXT:
        return Literal.of("x")
    if attr in _TABLE:
        return Table(())
    if attr in _LIST:
        return Many(())
    return Call(Name("io", "StringIO")) if attr in _STREAM else None


def _by_callee(function: str) -> Value | None:
    if function in {
        "list",
        "tuple",
        "sorted",
        "enumerate",
        "iter",
        "set",
        "len",
        "sum",
        "max",
        "min",
        "any",
        "all",
    }:
        return Many(())
    if function == "dict":
        return Table(())
    if function in {"int", "float", "range", "abs", "round"}:
        return Literal.of(1)
    if function in {"re.compile", "open", "Path", "os.path.join", "json.loads"}:
        return Literal.of("x")
    return None
