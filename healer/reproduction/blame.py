"""Which expressions of the failing line an exception speaks of, and what they were for it to fail so."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from healer.reproduction.modules import dotted, own_nodes
from healer.reproduction.values import NONE, Guess, Literal, Many, Table, Value

if TYPE_CHECKING:
    from healer.reproduction.facts import Site

_LONGEST = 200  # characters of a value in a message
_TOLD = re.compile(r"(?:\A|: )(-?\d{1,15}|'([^'\\\n]{0,150})')\Z")
_OPERANDS = ("unsupported operand", "not supported between", "concatenate", "must be str, not")


def _nodes(site: Site) -> Iterator[ast.AST]:
    return own_nodes(site.function.node) if site.function else iter(())


def blamed(site: Site, exception: str, message: str) -> Iterator[tuple[ast.expr, Value]]:
    """Expressions of the failing line, and what they were for it to fail so."""
    on_line = [
        n for n in _nodes(site) if isinstance(n, ast.expr) and n.lineno <= site.line <= (n.end_lineno or 0)
    ]
    if "NoneType" in message and "itera" in message:
        yield from ((node, NONE) for node in _iterated(site))
    deeper = {id(n.value) for n in on_line if isinstance(n, ast.Subscript)}  # of `a[b][c]`, `a[b]`
    shown = any(_is_none(site, n.value) for n in on_line if isinstance(n, ast.Subscript))
    operands = "NoneType" in message and any(text in message for text in _OPERANDS)
    told = quoted(message)
    none_attribute = re.match(r"'NoneType' object has no attribute '(\w+)'", message)
    for node in on_line:
        match node:
            case ast.Attribute(value=inner, attr=attr) if none_attribute and attr == none_attribute[1]:
                yield inner, NONE
            case ast.Subscript(value=inner) if "'NoneType' object is not subscriptable" in message:
                if id(node) not in deeper and not shown:
                    yield inner, NONE
            case ast.Subscript(value=inner, slice=key) if exception == "KeyError":
                if not _another(site, key, message):
                    yield inner, Guess(Table(()))
                if told is not None and isinstance(key, ast.Attribute):
                    yield key, told
            case ast.Call(args=[ast.Attribute() as inner, *_]) if exception == "ValueError" and told:
                yield inner, told
            case ast.Subscript(value=inner) if exception == "IndexError":
                yield inner, Guess(Many(()))
            case ast.BinOp(op=ast.Div() | ast.FloorDiv() | ast.Mod(), right=inner) if (
                exception == "ZeroDivisionError"
            ):
                yield from _zero(inner)
            case ast.BinOp(left=left, right=right) | ast.Compare(left=left, comparators=[right]) if operands:
                yield right if message.rfind("NoneType") > message.find(" and ") > 0 else left, NONE
            case ast.Call(
                func=ast.Name(id="len" | "sum" | "int" | "float" | "sorted" | "list"), args=[inner, *_]
            ) if "NoneType" in message and not operands:
                yield inner, NONE
            case ast.Call(func=ast.Name(id="min" | "max" | "next" | "mean"), args=[inner, *_]) if (
                "empty" in message
            ):
                yield inner, Guess(Many(()))


def quoted(message: str) -> Literal | None:
    """The text or number that a message ends with: what was missed, or could not be read."""
    found = _TOLD.search(message[-_LONGEST:])
    return Literal.of(found[2] if found[2] is not None else int(found[1])) if found else None


def _is_none(site: Site, node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and site.values.get(node.id) == NONE


def _another(site: Site, key: ast.expr, message: str) -> bool:
    """Whether a key is known, and is not the one that was missed."""
    known = Literal.of(key.value) if isinstance(key, ast.Constant) else None
    value = site.values.get(key.id) if isinstance(key, ast.Name) else known
    return isinstance(value, Literal) and value.source != message.strip()


def _iterated(site: Site) -> Iterator[ast.expr]:
    """What the line goes through, unpacks, or looks for something in."""
    for node in _nodes(site):
        match node:
            case ast.For(iter=inner) | ast.AsyncFor(iter=inner) if inner.lineno == site.line:
                yield inner
            case ast.comprehension(iter=inner) | ast.Starred(value=inner) if inner.lineno == site.line:
                yield inner
            case ast.Compare(ops=[ast.In() | ast.NotIn()], comparators=[inner]) if inner.lineno == site.line:
                yield inner


def _zero(node: ast.expr) -> Iterator[tuple[ast.expr, Value]]:
    if isinstance(node, ast.Call) and dotted(node.func) in {"len", "sum"} and node.args:
        yield node.args[0], Guess(Many(()))
    else:
        yield node, Literal.of(0)
