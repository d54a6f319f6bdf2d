"""How an error is written here: with what the raises beside it carry besides a message."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from healer.agents.rules.functions import find_function, own_nodes
from healer.agents.rules.names import in_scope
from healer.agents.rules.site import Site


def written(site: Site, name: str, message: str, absent: str = "") -> str:
    """`Name(message, …)`, with the further arguments of the nearest raise of that class, where they can be
    given here as well. `message` is an expression that gives text, `absent` a variable that nothing can be
    asked of."""
    for call in _beside(site, name):
        rest: list[ast.expr | ast.keyword] = [*call.args[1:], *call.keywords]
        if not rest:
            break
        if any(isinstance(a, ast.Starred) for a in call.args) or not _known(site, rest, absent):
            continue
        asked = _placeholders(call.args[0]) if call.args else 0
        if asked and asked != len(call.args) - 1:
            continue
        told = f'{message} + "{": %s" * asked}"' if asked else message
        return f"{name}({', '.join([told, *(_text(one) for one in rest)])})"
    return f"{name}({message})"


def _text(node: ast.expr | ast.keyword) -> str:
    return f"{node.arg}={ast.unparse(node.value)}" if isinstance(node, ast.keyword) else ast.unparse(node)


def _beside(site: Site, name: str) -> Iterator[ast.Call]:
    """Raises of the class in the file: those of the function first, the nearest first."""
    tree = site.repository.tree(site.file.path)
    function = find_function(tree, site.function_name, site.line)
    own = [n for n in own_nodes(function) if isinstance(n, ast.Raise)] if function is not None else []
    others = [n for n in ast.walk(tree) if isinstance(n, ast.Raise)] if tree is not None else []
    held = {id(node) for node in own}
    raised = [node for node in (*own, *others) if isinstance(node, ast.Raise)]
    for node in sorted(raised, key=lambda one: (id(one) not in held, abs(one.lineno - site.line))):
        if isinstance(node.exc, ast.Call) and ast.unparse(node.exc.func) == name:
            yield node.exc


def _known(site: Site, rest: list[ast.expr | ast.keyword], absent: str) -> bool:
    """Whether plain names and attributes of them are all it takes, and they are bound by then."""
    nodes = [n for one in rest for n in ast.walk(one)]
    plain = (ast.Name, ast.Attribute, ast.Constant, ast.keyword, ast.Load)
    if not all(isinstance(n, plain) for n in nodes):
        return False
    names = {n.id for n in nodes if isinstance(n, ast.Name)}
    return absent not in names and all(n in site.parameters() or _bound(site, n) for n in names)


def _bound(site: Site, name: str) -> bool:
    return site.definition(name) is not None or name in in_scope(site) - site.names_above()


def _placeholders(node: ast.expr) -> int:
    """How many `%s` a text waits for."""
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return node.value.count("%s") + node.value.count("%r") if is_text else 0  # type: ignore[attr-defined]
