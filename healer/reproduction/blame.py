"""Which expressions of the failing line an exception speaks of, and what they were for it to fail so."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from healer.reproduction import receivers
from healer.reproduction.modules import dotted, own_nodes
from healer.reproduction.values import NONE, Guess, Literal, Many, Opaque, Table, Value

if TYPE_CHECKING:
    from healer.reproduction.facts import Site

_LONGEST = 200  # characters of a value in a message
_TOLD = re.compile(r"(?:\A|: )(-?\d{1,15}|'([^'\\\n]{0,150})')\Z")
_DATA = re.compile(r"time data '([^'\\\n]{0,100})' does not match|'([^'\\\n]{0,100})' is not a valid ")
_KIND = r"(?:[\w.]{0,80}\.)?(\w{1,80})"
_ABSENT = re.compile(rf"'{_KIND}' object has no attribute '(\w{{1,80}})'")
_OPERANDS = re.compile(
    rf"unsupported operand type\(s\) for [^:]{{1,12}}: '{_KIND}' and '{_KIND}'"
    rf"|not supported between instances of '{_KIND}' and '{_KIND}'"
)
_JOINED = re.compile(rf"concatenate \w+ \(not \"{_KIND}\"\)|must be str, not {_KIND}")
_OBJECT = re.compile(
    rf"'{_KIND}' (?:object|has no len|is not iterable|is not a container)|non-iterable {_KIND} object"
)
_INDICES = re.compile(r"(string|list|tuple|byte) ind(?:ices|ex)")
_NOT = re.compile(rf"(?:, got|, not|but got) '?{_KIND}'?(?: instance)?\Z")
_UNPACKED = re.compile(
    r"(?:too many|not enough) values to unpack \(expected (?:at least )?(\d{1,3})(?:, got (\d{1,3}))?\)"
)
_CHANGED = re.compile(r"(Set|dictionary) changed size during iteration")
_MEASURING = {"len", "list", "set", "sorted", "sum", "tuple"}
_INDEXED = {"string": "str", "byte": "bytes"}
_PART = Literal.of("x")
OF_KIND: dict[str, Value] = {
    "NoneType": NONE,
    "bool": Literal.of(True),
    "bytes": Literal.of(b"x"),
    "dict": Table(()),
    "float": Literal.of(1.5),
    "int": Literal.of(1),
    "list": Many(()),
    "set": Many((), "set"),
    "str": Literal.of("x"),
    "tuple": Many((), "tuple"),
}


def of_kind(name: str) -> Value:
    """A value of a type as a message names it."""
    held = OF_KIND.get(name)
    if held is None:
        return Opaque(f"<{name} object>", name)
    return held if held == NONE else Guess(held)


def _nodes(site: Site) -> Iterator[ast.AST]:
    return own_nodes(site.function.node) if site.function else iter(())


def blamed(site: Site, exception: str, message: str) -> Iterator[tuple[ast.expr, Value]]:
    """Expressions of the failing line, and what they were for it to fail so."""
    message = message[:_LONGEST]
    on_line = [
        n for n in _nodes(site) if isinstance(n, ast.expr) and n.lineno <= site.line <= (n.end_lineno or 0)
    ]
    if exception == "AttributeError" and (absent := _ABSENT.match(message)):
        found = (n.value for n in on_line if isinstance(n, ast.Attribute) and n.attr == absent[2])
        yield from ((node, of_kind(absent[1])) for node in found)
    elif exception == "TypeError":
        yield from _mistyped(site, on_line, message)
    elif exception == "RuntimeError" and (changed := _CHANGED.match(message)):
        yield from ((node, _holding(site, changed[1])) for node in _iterated(site))
    elif exception == "ValueError" and (unpacked := _UNPACKED.match(message)):
        yield from _unpacked(site, int(unpacked[2] or int(unpacked[1]) + 1))
    told = quoted(message)
    for node in on_line:
        match node:
            case ast.Call(func=ast.Attribute(value=inner, attr=method)) if held := receivers.told(
                exception, message, method
            ):
                yield inner, held
            case ast.Subscript(value=inner, slice=key) if exception == "KeyError":
                if not _another(site, key, message):
                    yield inner, Guess(Table(()))
                if told is not None and isinstance(key, ast.Attribute):
                    yield key, told
            case ast.Call(args=[ast.Attribute() | ast.Subscript() as inner, *_]) if (
                exception == "ValueError" and told
            ):
                yield inner, told
            case ast.Subscript(value=inner) if exception == "IndexError":
                yield inner, Guess(Many(()))
            case ast.BinOp(op=ast.Div() | ast.FloorDiv() | ast.Mod(), right=inner) if (
                exception == "ZeroDivisionError"
            ):
                yield from _zero(inner)
            case ast.Call(func=ast.Name(id="min" | "max" | "next" | "mean"), args=[inner, *_]) if (
                "empty" in message
            ):
                yield inner, Guess(Many(()))


def _mistyped(site: Site, on_line: Sequence[ast.expr], message: str) -> Iterator[tuple[ast.expr, Value]]:
    """What was of a type that the line cannot do with."""
    if both := _OPERANDS.search(message):
        left, right = (kind for kind in both.groups() if kind)
        yield from _operands(on_line, of_kind(left), of_kind(right))
    elif one := _JOINED.search(message):
        yield from ((n.right, of_kind(one[1] or one[2])) for n in on_line if isinstance(n, ast.BinOp))
    elif indexed := _INDICES.match(message):
        held = of_kind(_INDEXED.get(indexed[1], indexed[1]))
        yield from ((node, held) for node in _subscripted(on_line))
    elif (given := _NOT.search(message)) and "itera" in message:
        yield from ((node, of_kind(given[1])) for node in _iterated(site))
    elif given:
        calls = (n.args for n in on_line if isinstance(n, ast.Call))
        told = ([a for a in args if not isinstance(a, ast.Constant)] for args in calls)
        yield from ((args[0], of_kind(given[1])) for args in told if args)
    elif kind := _OBJECT.search(message):
        held = of_kind(kind[1] or kind[2])
        yield from ((node, held) for node in _used(site, on_line, message))


def _holding(site: Site, kind: str) -> Value:
    """A set or a dict that holds what its loop was at."""
    loops = (n for n in _nodes(site) if isinstance(n, ast.For) and n.lineno == site.line)
    names = [n.target.id for n in loops if isinstance(n.target, ast.Name)]
    items = [v for name in names if isinstance(v := site.values.get(name), Literal)]
    if kind == "Set":
        return Guess(Many(tuple(items or [_PART]), "set"))
    return Guess(Table(tuple((item, Guess(NONE)) for item in items or [_PART])))


def _unpacked(site: Site, size: int) -> Iterator[tuple[ast.expr, Value]]:
    """What has that many parts, where the line names another number of them."""
    parts = Guess(Many((Guess(_PART),) * size))
    for node in _nodes(site):
        match node:
            case ast.Assign(targets=[ast.Tuple() | ast.List()], value=inner) if inner.lineno == site.line:
                yield from _split(inner, size) or [(inner, parts)]
            case (
                ast.For(target=ast.Tuple(), iter=inner)
                | ast.AsyncFor(target=ast.Tuple(), iter=inner)
                | ast.comprehension(target=ast.Tuple(), iter=inner)
            ) if inner.lineno == site.line:
                yield inner, Guess(Many((parts,)))


def _split(node: ast.expr, size: int) -> list[tuple[ast.expr, Value]]:
    """The text of which `text.split(":")` made so many parts."""
    match node:
        case ast.Call(
            func=ast.Attribute(value=text, attr="split" | "rsplit"),
            args=[ast.Constant(value=str() as sign), *_],
        ):
            return [(text, Guess(Literal.of(sign.join([str(_PART.constant)] * size))))]
        case ast.Call(func=ast.Attribute(value=text, attr="split" | "rsplit"), args=[]):
            return [(text, Guess(Literal.of(" ".join([str(_PART.constant)] * size))))]
        case _:
            return []


def _operands(on_line: Sequence[ast.expr], left: Value, right: Value) -> Iterator[tuple[ast.expr, Value]]:
    for node in on_line:
        match node:
            case ast.BinOp(left=one, right=other) | ast.Compare(left=one, comparators=[other]):
                yield from ((one, left), (other, right))


def _used(site: Site, on_line: Sequence[ast.expr], message: str) -> Iterator[ast.expr]:
    """What an object of the wrong type was used as: called, subscripted, gone through, measured."""
    if "itera" in message or "unpack" in message:
        yield from _iterated(site)
    shown = any(_is_none(site, n.value) for n in on_line if isinstance(n, ast.Subscript))
    if ("subscript" in message or "item" in message) and not shown:
        yield from _subscripted(on_line)
    for node in on_line:
        match node:
            case ast.Call(func=inner) if "not callable" in message:
                yield inner
            case ast.Call(
                func=ast.Name(id="len" | "sum" | "sorted" | "list" | "set" | "tuple"), args=[inner, *_]
            ):
                yield inner


def _subscripted(on_line: Sequence[ast.expr]) -> Iterator[ast.expr]:
    """What has an index or key; of `a[b][c]` it is `a[b]`."""
    deeper = {id(n.value) for n in on_line if isinstance(n, ast.Subscript)}
    yield from (n.value for n in on_line if isinstance(n, ast.Subscript) and id(n) not in deeper)


def quoted(message: str) -> Literal | None:
    """The text or number that a message ends with, or the text it begins with: what was missed, or could not
    be read."""
    if found := _TOLD.search(message[-_LONGEST:]):
        return Literal.of(found[2] if found[2] is not None else int(found[1]))
    return Literal.of(first[1] or first[2] or "") if (first := _DATA.match(message)) else None


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
