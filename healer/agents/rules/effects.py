"""What a function has changed, of what outlives the call, by the time it crashes."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.site import Site
from healer.agents.rules.syntax import dotted, walk

GROWS = frozenset({"add", "append", "appendleft", "extend", "insert", "push", "setdefault", "update"})
SHRINKS = frozenset({"clear", "discard", "pop", "popitem", "popleft", "remove"})


def changed_before(site: Site, place: int) -> bool:
    """Whether statements that always run before the crash, and stand above the place, change what outlives
    the call."""
    return any(changes(site, node) for node in before(site) if site.file.span(node)[1] <= place)


def before(site: Site) -> Iterator[cst.CSTNode]:
    """Earlier statements of each block around the crash, up to the function or the loop's own body."""
    inner: cst.CSTNode | None = site.statement
    while inner is not None and not isinstance(inner, (cst.FunctionDef, cst.For, cst.While)):
        block = site.file.parent(inner)
        if isinstance(block, (cst.IndentedBlock, cst.Module)):
            for statement in block.body:
                if statement is inner:
                    break
                yield statement
        inner = block


def changes(site: Site, statement: cst.CSTNode) -> bool:
    """`self.at = …`, `self.items.pop()`, `items.append(…)` of a parameter; of a plain statement alone."""
    if not isinstance(statement, cst.SimpleStatementLine) or site.function is None:
        return False
    lasting = {"self", "cls", *site.parameters()}
    if site.function.name.value == "__init__":
        return False  # nobody has the object yet
    for node in walk(statement):
        target = node.target if isinstance(node, (cst.AssignTarget, cst.AugAssign, cst.AnnAssign)) else None
        if isinstance(target, (cst.Attribute, cst.Subscript)) and _root(target) in lasting:
            return True
        method = node.func if isinstance(node, cst.Call) else None
        moved = isinstance(method, cst.Attribute) and method.attr.value in GROWS | SHRINKS
        if moved and isinstance(method, cst.Attribute) and _root(method.value) in lasting:
            return True
    return False


def _root(node: cst.BaseExpression) -> str:
    """`self` of `self.rows[0].name`."""
    while isinstance(node, (cst.Attribute, cst.Subscript)):
        node = node.value
    return dotted(node)
