"""`best = [0] * n` that is read or written at n: a table from 0 to n has n + 1 places."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.bounds import assignments
from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import code, dotted, walk


def ideas(site: Site) -> Iterator[Idea]:
    tables = {_table(node) for node in site.on_line(cst.Subscript)} - {""}
    for target, value in assignments(site):
        if dotted(target) in tables:
            for size in _sizes(value):
                if not _ends_in_one(size):
                    yield _idea(site, dotted(target), size)


def _table(node: cst.Subscript) -> str:
    """The table's name, of `table[i]` as of `table[i][j]`."""
    inner: cst.BaseExpression = node
    while isinstance(inner, cst.Subscript):
        inner = inner.value
    return dotted(inner)


def _sizes(value: cst.BaseExpression) -> Iterator[cst.BaseExpression]:
    """`n` of `[0] * n`, and of `[… for _ in range(n)]`, at each depth."""
    for node in walk(value):
        if (
            isinstance(node, cst.BinaryOperation)
            and isinstance(node.operator, cst.Multiply)
            and isinstance(node.left, cst.List)
        ):
            yield node.right
        if isinstance(node, cst.CompFor) and isinstance(node.iter, cst.Call) and _counts(node.iter):
            yield node.iter.args[0].value


def _counts(call: cst.Call) -> bool:
    return dotted(call.func) == "range" and len(call.args) == 1


def _ends_in_one(size: cst.BaseExpression) -> bool:
    return isinstance(size, cst.BinaryOperation) and code(size.right).strip() == "1"


def _idea(site: Site, name: str, size: cst.BaseExpression) -> Idea:
    text = site.source(size)
    alone = isinstance(site.file.parent(size), cst.Arg) or bool(size.lpar)
    reached = _reached(site, text)
    return Idea(
        (site.replace(size, f"{text} + 1" if alone else f"({text} + 1)"),),
        f"`{name}` has a place for {text} itself.",
        f"{name} holds {text} + 1",
        1.0 if reached else 0.0,
        (f"the function counts up to `{text}` itself",) if reached else (),
    )


def _reached(site: Site, text: str) -> bool:
    """`n + 1` ends a range elsewhere in the function, or `[n]` is asked for at its end."""
    function = site.function
    whole = code(function) if function is not None else ""
    return f"{text} + 1)" in whole or f"{text} + 1," in whole or f"[{text}]" in whole


TEMPLATE = Template("table_size", frozenset({Kind.INDEX}), 0.9, ideas)
