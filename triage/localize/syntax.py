"""Reading Python's syntax: bindings, arguments, what a function sets and which nodes are its own."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from triage.localize.code import File, FunctionNode, Unit

_BIND_INSIDE = (ast.For, ast.AsyncFor, ast.comprehension, ast.NamedExpr)  # a line that binds and uses
_LEAVING = (ast.Return, ast.Raise, ast.Continue, ast.Break)
_NESTED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


def type_name(value: ast.expr) -> str:
    """The type of a literal, of text formatted from one and of displays; "" of all else."""
    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Mod):
        value = value.left
    if isinstance(value, ast.Constant):
        return type(value.value).__name__
    shapes = {ast.JoinedStr: "str", ast.List: "list", ast.ListComp: "list", ast.Tuple: "tuple"}
    shapes |= {ast.Dict: "dict", ast.DictComp: "dict", ast.Set: "set", ast.SetComp: "set"}
    return shapes.get(type(value), "")


def statement_at(body: ast.AST, line: int) -> ast.stmt | None:
    """The innermost statement around `line`."""
    found: ast.stmt | None = None
    for node in ast.walk(body):
        if node is body or not isinstance(node, ast.stmt):
            continue
        around = node.lineno <= line <= (node.end_lineno or node.lineno)
        if around and (found is None or node.lineno >= found.lineno):
            found = node
    return found


def last_assignment(body: ast.AST, name: str, before: int) -> tuple[ast.expr, int] | None:
    """The value last given to `name` in a line above (loops and `with` included), and that line."""
    best: tuple[ast.expr, int] | None = None
    for node in reachable(body, before):
        for target, value in bindings(node):
            line = getattr(node, "lineno", value.lineno)
            within = line < before or (line == before and isinstance(node, _BIND_INSIDE))
            if within and (best is None or line > best[1]) and binds(target, name):
                best = value, line
    return best


def reachable(body: ast.AST, line: int) -> Iterator[ast.AST]:
    """A function's own nodes without the branches that exclude the one `line` is in, or never get there."""
    skipped = {
        id(child) for node in own_nodes(body) for branch in _other_branches(node, line) for child in branch
    }
    return (node for node in _own_nodes_but(body, skipped))


def _own_nodes_but(body: ast.AST, skipped: set[int]) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(body):
        if id(child) not in skipped:
            yield child
            if not isinstance(child, _NESTED):
                yield from _own_nodes_but(child, skipped)


def _other_branches(node: ast.AST, line: int) -> list[list[ast.stmt]]:
    if not isinstance(node, ast.If):
        return []
    branches = [node.body, node.orelse]
    inside = [b for b in branches if b and b[0].lineno <= line <= (b[-1].end_lineno or b[-1].lineno)]
    if not inside:
        return [b for b in branches if b and isinstance(b[-1], _LEAVING)]
    return [b for b in branches if b is not inside[0]]


def binds(target: ast.expr, name: str) -> bool:
    """Whether the name itself is bound: `name.x = …` and `name[0] = …` leave it what it was."""
    names = (node for node in ast.walk(target) if isinstance(node, ast.Name))
    return any(node.id == name and isinstance(node.ctx, ast.Store) for node in names)


def own_nodes(body: ast.AST) -> Iterator[ast.AST]:
    """Everything in a function but what belongs to functions and classes inside it."""
    for child in ast.iter_child_nodes(body):
        yield child
        if not isinstance(child, _NESTED):
            yield from own_nodes(child)


def parameters(node: FunctionNode) -> list[str]:
    args = node.args
    named = [*args.posonlyargs, *args.args, *args.kwonlyargs]
    return [a.arg for a in named] + [a.arg for a in (args.vararg, args.kwarg) if a]


def defaults(node: FunctionNode) -> dict[str, ast.expr]:
    args = node.args
    positional = [a.arg for a in (*args.posonlyargs, *args.args)]
    found = dict(zip(positional[len(positional) - len(args.defaults) :], args.defaults, strict=True))
    keyword = zip(args.kwonlyargs, args.kw_defaults, strict=True)
    return found | {a.arg: value for a, value in keyword if value is not None}


def argument(call: ast.Call, node: FunctionNode, name: str, *, bound: bool) -> ast.expr | None:
    """What `call` passes for the parameter `name`; None where it passes nothing that can be named."""
    for keyword in call.keywords:
        if keyword.arg == name:
            return keyword.value
    positional = [a.arg for a in (*node.args.posonlyargs, *node.args.args)]
    if bound and positional and positional[0] in ("self", "cls"):
        positional = positional[1:]
    if name not in positional or any(isinstance(a, ast.Starred) for a in call.args):
        return None
    index = positional.index(name)
    return call.args[index] if index < len(call.args) else None


def setters(file: File, owner: str, attribute: str) -> list[tuple[Unit, int]]:
    """The methods of a class that assign `self.attribute`, and where; a property counts as one."""
    found = []
    for unit in file.units:
        if unit.owner != owner or unit.node is None:
            continue
        if unit.name == attribute:
            found.append((unit, unit.node.lineno))
            continue
        lines = [
            target.lineno
            for node in own_nodes(unit.node)
            for target, _ in bindings(node)
            if isinstance(target, ast.Attribute) and target.attr == attribute and is_self(target.value)
        ]
        found += [(unit, line) for line in lines[:1]]
    return found


def bindings(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    """(target, value) of every kind of assignment."""
    if isinstance(node, ast.Assign):
        for target in node.targets:
            yield from _unpacked(target, node.value)
    elif isinstance(node, ast.AnnAssign | ast.AugAssign | ast.NamedExpr) and node.value is not None:
        yield node.target, node.value
    elif isinstance(node, ast.For | ast.AsyncFor | ast.comprehension):
        yield node.target, node.iter
    elif isinstance(node, ast.withitem) and node.optional_vars is not None:
        yield node.optional_vars, node.context_expr


def _unpacked(target: ast.expr, value: ast.expr) -> Iterator[tuple[ast.expr, ast.expr]]:
    """`a, b = x, y` names each value; `a, b = f()` names the call for both."""
    both = isinstance(target, ast.Tuple | ast.List) and isinstance(value, ast.Tuple | ast.List)
    if both and len(target.elts) == len(value.elts):  # type: ignore[attr-defined]
        yield from zip(target.elts, value.elts, strict=True)  # type: ignore[attr-defined]
    else:
        yield target, value


def own_expressions(statement: ast.stmt) -> Iterator[ast.expr]:
    for field_, value in ast.iter_fields(statement):
        if field_ in ("body", "orelse", "finalbody", "handlers", "cases"):
            continue
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, ast.AST):
                yield from (n for n in ast.walk(part) if isinstance(n, ast.expr))


def is_self(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in ("self", "cls")


def is_super(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and name_of(node.func) == "super"


def name_of(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Subscript):
        return name_of(node.value)
    return node.attr if isinstance(node, ast.Attribute) else ""


def dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""
