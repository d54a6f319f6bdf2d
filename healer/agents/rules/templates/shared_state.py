"""What one call leaves behind for the next: a mutable default argument, or a constant handed out and changed.
Each call gets one of its own."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.functions import AnyFunction, own_nodes
from healer.agents.rules.places import offset, replaced
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import Edit

MUTABLE = frozenset({"[]", "{}", "set()", "list()", "dict()"})
CHANGED = frozenset(
    {"pop", "remove", "clear", "append", "extend", "update", "add", "setdefault", "discard", "popitem"}
)


def ideas(site: Site) -> Iterator[Idea]:
    if site.depth:
        return
    for path in sorted({site.file.path, *(path for path, _ in site.callers)}):
        tree, text = site.repository.tree(path), site.repository.text(path) or ""
        for function in ast.walk(tree or ast.Module([], [])):
            if isinstance(function, ast.FunctionDef):
                yield from _defaults(site, path, text, function)
                yield from _consumed(site, path, text, function)
                yield from _constants(path, text, function)


def _consumed(site: Site, path: str, text: str, function: AnyFunction) -> Iterator[Idea]:
    """`kind = item.pop("type")` of what the caller keeps, in a loop or at once: taken from a copy."""
    loops = [n for n in own_nodes(function) if isinstance(n, ast.For)]
    bodies = [(function.body, {a.arg for a in function.args.args} - {"self", "cls"})]
    bodies += [(n.body, {t.id for t in ast.walk(n.target) if isinstance(t, ast.Name)}) for n in loops]
    for body, names in bodies:
        nodes = [n for statement in body for n in ast.walk(statement)]
        taken = {_touched(n) for n in nodes if isinstance(n, ast.Call) and _takes(n)}
        for name in sorted(names & taken):
            first = body[1] if body is function.body and ast.get_docstring(function) else body[0]
            at = offset(text, first.lineno, 0)
            yield Idea(
                (Edit(at, at, f"{' ' * first.col_offset}{name} = dict({name})\n"),),
                f"`{function.name}` takes from a copy of `{name}`.",
                f"copy of {name}",
                0.4,
                (f"whoever gave `{name}` may use it again",),
                path,
            )


def _takes(call: ast.Call) -> bool:
    func = call.func
    keyed = bool(call.args) and isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
    return isinstance(func, ast.Attribute) and func.attr == "pop" and keyed


def _defaults(site: Site, path: str, text: str, function: AnyFunction) -> Iterator[Idea]:
    arguments = function.args
    positional = (*arguments.posonlyargs, *arguments.args)
    optional = positional[len(positional) - len(arguments.defaults) :]
    for param, default in zip(optional, arguments.defaults, strict=True):
        made = ast.unparse(default)
        if made not in MUTABLE or not _changes(function, param.arg):
            continue
        first = (
            function.body[1] if ast.get_docstring(function) and len(function.body) > 1 else function.body[0]
        )
        at = offset(text, first.lineno, 0)
        indent, unit = " " * first.col_offset, site.file.unit
        guard = f"{indent}if {param.arg} is None:\n{indent}{unit}{param.arg} = {made}\n"
        yield Idea(
            (replaced(text, default, "None"), Edit(at, at, guard)),
            f"Each call of `{function.name}` gets a `{param.arg}` of its own.",
            f"own {param.arg}",
            0.6,
            ("a mutable default is shared by all calls",),
            path,
        )


def _changes(function: AnyFunction, name: str) -> bool:
    """Whether it changes, stores or gives away what the name holds."""
    return any(_touched(node) == name for node in own_nodes(function))


def _touched(node: ast.AST) -> str:
    """What the node changes in place, stores or gives away; "" where it does not."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CHANGED:
        return ast.unparse(node.func.value)
    if isinstance(node, (ast.Assign, ast.Return)) and isinstance(node.value, ast.Name):
        return node.value.id
    if isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load):
        return ast.unparse(node.value)
    return ""


def _constants(path: str, text: str, function: AnyFunction) -> Iterator[Idea]:
    """`settings = DEFAULTS`, which is then changed."""
    for node in own_nodes(function):
        constant = isinstance(node, ast.Assign) and _constant(node.value)
        if isinstance(node, ast.Assign) and constant and _changes(function, ast.unparse(node.targets[0])):
            yield _copied(path, text, node.value)


def _constant(node: ast.expr) -> bool:
    name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    return name.isupper() and len(name) > 1


def _copied(path: str, text: str, node: ast.expr) -> Idea:
    shown = ast.unparse(node)
    return Idea(
        (replaced(text, node, f"{shown}.copy()"),),
        f"`{shown}` is copied before it is changed.",
        f"copy of {shown}",
        0.4,
        (f"`{shown}` is shared by all who use it",),
        path,
    )


KINDS = frozenset({Kind.KEY, Kind.INDEX, Kind.EMPTY_POP, Kind.ABSENT_ITEM, Kind.OTHER, Kind.ATTRIBUTE})
TEMPLATE = Template("shared_state", KINDS | {Kind.MUTATED, Kind.RECURSION, Kind.EMPTY_SEQUENCE}, 0.8, ideas)
