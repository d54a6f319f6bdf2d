"""Where a refused value came from: the expressions, anywhere in the project, that may have made it.

A value is followed from its use to the assignment, the caller's argument, the attribute's store or the
function's `return` that gave it, a few steps far. Everything is read off the syntax; nothing is run.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

import libcst as cst

from healer.agents.rules.crash import Kind
from healer.agents.rules.functions import AnyFunction, find_function, own_nodes, returns
from healer.agents.rules.keys import missing_keys
from healer.agents.rules.site import UNKNOWN, Site
from healer.agents.rules.spots import NONE_KINDS, compared, none_spots, operands

MAX_STEPS = 3  # assignments, calls and stores that a value is followed through
MAX_STORES = 4  # places that may have filled an attribute, before nothing is said
MAX_ORIGINS = 8  # on the line, and as many behind it
PAIRED = frozenset({Kind.OPERAND, Kind.COMPARISON, Kind.CONCATENATE, Kind.MULTIPLY})
TYPE_WORDS = ("owner", "left", "right", "other", "third")


@dataclass(frozen=True)
class Origin:
    """`node` stands in the file `path`; `kept` names the attribute, parameter or variable that holds it, and
    `annotation` is what that is said to be ("" where nothing is). `steps` lie between it and its use."""

    path: str
    node: ast.expr
    steps: int
    kept: str = ""
    annotation: str = ""


def origins(site: Site) -> list[Origin]:
    """The refused expressions of the line and what made them, the nearest first; each place once."""
    found: dict[tuple[str, int, int, int], Origin] = {}
    for node in refused(site):
        start = Origin(site.file.path, node, 0)
        for origin in (start, *_behind(site, start, site.callers)):
            place = (origin.path, origin.node.lineno, origin.node.col_offset, origin.node.end_col_offset or 0)
            found.setdefault(place, origin)
    here = [origin for origin in found.values() if not origin.steps]
    behind = sorted((o for o in found.values() if o.steps), key=lambda origin: origin.steps)
    return [*here[:MAX_ORIGINS], *behind[:MAX_ORIGINS]]


def refused(site: Site) -> list[ast.expr]:
    """Expressions of the line that may hold what the message refuses, as `ast` has them."""
    tree = site.repository.tree(site.file.path)
    if tree is None or site.statement is None:
        return []
    wanted = {_place(site, node) for node in _suspects(site)}
    nodes = (n for n in ast.walk(tree) if isinstance(n, ast.expr))
    return [n for n in nodes if (n.lineno, n.col_offset, n.end_lineno, n.end_col_offset) in wanted]


def _place(site: Site, node: cst.CSTNode) -> tuple[int, int, int, int]:
    place = site.file.range(node)
    return place.start.line, place.start.column, place.end.line, place.end.column


def _suspects(site: Site) -> list[cst.BaseExpression]:
    if site.crash.kind in NONE_KINDS:
        return [spot.subject for spot in none_spots(site)]
    if site.crash.kind is Kind.KEY and (missing := [node for node, _ in missing_keys(site)]):
        return [part for node in missing for part in (*_key(node), node.value, node)]
    return list(_refused(site)) or [arg.value for call in site.on_line(cst.Call) for arg in call.args]


def _key(node: cst.Subscript) -> Iterator[cst.BaseExpression]:
    yield from (one.slice.value for one in node.slice if isinstance(one.slice, cst.Index))


def _refused(site: Site) -> Iterator[cst.BaseExpression]:
    for left, right in _pairs(site):
        yield from (side for side in (left, right) if site.python_value(side) == UNKNOWN or _text(site, side))
    if site.crash.kind in PAIRED:
        return
    types = {site.crash.words[word] for word in TYPE_WORDS if word in site.crash.words}
    attr = site.crash.words.get("attr") if site.crash.kind is Kind.ATTRIBUTE else None
    found = site.on_line(cst.Name, cst.Attribute, cst.Subscript, cst.Call)
    for node in [*found, *site.beside(cst.Attribute)] if site.crash.kind is Kind.NOT_JSON else found:
        above = site.file.parent(node)
        if attr is not None and not (isinstance(above, cst.Attribute) and above.attr.value == attr):
            continue
        called = isinstance(above, cst.Call) and above.func is node
        named = isinstance(above, (cst.Attribute, cst.AssignTarget)) and attr is None
        if not called and not named and _may_be(site, node, types):
            yield node


def _pairs(site: Site) -> Iterator[tuple[cst.BaseExpression, cst.BaseExpression]]:
    if site.crash.kind in PAIRED:
        yield from ((left, right) for _, left, right in (*operands(site), *compared(site)))


def _text(site: Site, node: cst.BaseExpression) -> bool:
    return isinstance(site.python_value(node), str)


def _may_be(site: Site, node: cst.BaseExpression, types: set[str]) -> bool:
    """Whether its recorded value is of one of these types, or not recorded."""
    shown = site.value(node)
    if shown == UNKNOWN or not types:
        return True
    known = site.python_value(node)
    if known != UNKNOWN:
        return type(known).__name__ in types
    return isinstance(shown, str) and any(name in shown for name in types)


def _behind(site: Site, origin: Origin, callers: tuple[tuple[str, int], ...]) -> Iterator[Origin]:
    """What gave the value, and what gave that."""
    if origin.steps >= MAX_STEPS:
        return
    for next_one, left in _givers(site, origin, callers):
        yield next_one
        yield from _behind(site, next_one, left)


Given = tuple[Origin, tuple[tuple[str, int], ...]]


def _givers(site: Site, origin: Origin, callers: tuple[tuple[str, int], ...]) -> Iterator[Given]:
    node, steps = origin.node, origin.steps + 1
    if isinstance(node, ast.Name):
        yield from _named(site, origin, node, callers)
    elif isinstance(node, ast.Attribute):
        stores = [*_stores(site, node.attr), *_filled(site, node.attr)]
        for path, value in stores if len(stores) <= MAX_STORES else ():
            yield Origin(path, value, steps, node.attr, field_annotation(site, node.attr)), ()
    elif isinstance(node, ast.Call):
        name = ast.unparse(node.func).rpartition(".")[2]
        known = list(site.repository.functions(name)) if name.isidentifier() else []
        for path, function in known if len(known) == 1 else ():
            kind = ast.unparse(function.returns) if function.returns is not None else ""
            for given in returns(function):
                if given.value is not None:
                    yield Origin(path, given.value, steps, name, kind), ()


def _named(
    site: Site, origin: Origin, node: ast.Name, callers: tuple[tuple[str, int], ...]
) -> Iterator[Given]:
    """The last assignment above, or what the caller gives for the parameter."""
    function = find_function(site.repository.tree(origin.path), "", node.lineno)
    if function is None:
        return
    made = [value for line, value in _assigned(function, node.id) if line < node.lineno]
    if made:
        yield Origin(origin.path, made[-1], origin.steps + 1, node.id, _local(function, node.id)), callers
        return
    inside = origin.path == site.file.path and function.lineno <= site.line <= (function.end_lineno or 0)
    if not callers or (origin.steps == 0 and not inside):
        return
    (path, line), left = callers[-1], callers[:-1]
    for call in _calls(site, path, line, function):
        given = _argument(function, call, node.id)
        if given is not None:
            yield Origin(path, given, origin.steps + 1, node.id, _local(function, node.id)), left


def _assigned(function: AnyFunction, name: str) -> list[tuple[int, ast.expr]]:
    found = []
    for node in own_nodes(function):
        targets = node.targets if isinstance(node, ast.Assign) else []
        for target in targets:
            if isinstance(target, ast.Name) and target.id == name and isinstance(node, ast.Assign):
                found.append((node.lineno, node.value))
            if isinstance(target, ast.Tuple) and isinstance(node, ast.Assign):
                found += _of_pair(node, target, name)
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == name and node.value is not None:
            found.append((node.lineno, node.value))
    return sorted(found, key=lambda pair: pair[0])


def _of_pair(node: ast.Assign, target: ast.Tuple, name: str) -> list[tuple[int, ast.expr]]:
    """`text, limit = str(value), argument or DEFAULT`."""
    values = node.value.elts if isinstance(node.value, ast.Tuple) else []
    pairs = zip(target.elts, values, strict=False) if len(values) == len(target.elts) else ()
    return [(node.lineno, value) for one, value in pairs if isinstance(one, ast.Name) and one.id == name]


def _local(function: AnyFunction, name: str) -> str:
    """The annotation of a parameter or variable."""
    arguments = function.args
    for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
        if one.arg == name and one.annotation is not None:
            return ast.unparse(one.annotation)
    for node in own_nodes(function):
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == name:
            return ast.unparse(node.annotation)
    return ""


def _calls(site: Site, path: str, line: int, function: AnyFunction) -> Iterator[ast.Call]:
    """Calls of the function on the caller's line; of a class, where it is an `__init__`."""
    for node in ast.walk(site.repository.tree(path) or ast.Module([], [])):
        if isinstance(node, ast.Call) and node.lineno <= line <= (node.end_lineno or node.lineno):
            name = ast.unparse(node.func).rpartition(".")[2]
            if name == function.name or (function.name == "__init__" and name[:1].isupper()):
                yield node


def _argument(function: AnyFunction, call: ast.Call, name: str) -> ast.expr | None:
    """What a call gives for a parameter."""
    for keyword in call.keywords:
        if keyword.arg == name:
            return keyword.value
    params = [a.arg for a in (*function.args.posonlyargs, *function.args.args)]
    if params[:1] in (["self"], ["cls"]):
        params = params[1:]
    at = params.index(name) if name in params else len(call.args)
    plain = at < len(call.args) and not any(isinstance(a, ast.Starred) for a in call.args[: at + 1])
    return call.args[at] if plain else None


def _stores(site: Site, attr: str) -> Iterator[tuple[str, ast.expr]]:
    """`x.attr = value` and `Record(attr=value)` anywhere in the project."""
    for path, tree in site.repository.mentioning(attr):
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign):
                targets = [t for t in node.targets if isinstance(t, ast.Attribute) and t.attr == attr]
                if targets and not isinstance(node.value, (ast.Name, ast.Constant)):
                    yield path, node.value
            elif isinstance(node, ast.keyword) and node.arg == attr:
                named = isinstance(node.value, (ast.Name, ast.Constant))
                yield from () if named else ((path, node.value),)


def _filled(site: Site, attr: str) -> Iterator[tuple[str, ast.expr]]:
    """`Record(value, …)` for the field of a record in its place."""
    trees = (tree for _, tree in site.repository.mentioning(f"{attr}:"))
    classes = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    for klass in classes:
        fields = _fields(klass)
        at = fields.index(attr) if attr in fields else len(fields)
        for path, call in _made(site, klass.name) if attr in fields else ():
            value = call.args[at] if at < len(call.args) else None
            if value is not None and not isinstance(value, (ast.Starred, ast.Name, ast.Constant)):
                yield path, value


def _made(site: Site, name: str) -> Iterator[tuple[str, ast.Call]]:
    for path, tree in site.repository.mentioning(f"{name}("):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == name:
                yield path, node


def _fields(klass: ast.ClassDef) -> list[str]:
    """Names of a record's fields, in order."""
    found = (s.target for s in klass.body if isinstance(s, ast.AnnAssign))
    return [target.id for target in found if isinstance(target, ast.Name)]


def field_annotation(site: Site, attr: str) -> str:
    """What classes of the project say that a field of this name is, where they agree."""
    said = {
        ast.unparse(node.annotation)
        for _, tree in site.repository.mentioning(f"{attr}:")
        for node in ast.walk(tree)
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target).removeprefix("self.") == attr
    }
    return said.pop() if len(said) == 1 else ""
