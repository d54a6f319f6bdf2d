"""Reads the repr strings of an event's locals into values. A reader, never an evaluator:
the text is parsed into a syntax tree, and only the node kinds named here are kept."""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from keyword import kwlist

from healer.reproduction.values import (
    Cycle,
    Hidden,
    Literal,
    Made,
    Many,
    Name,
    Opaque,
    Table,
    Value,
    transform,
    walk,
)
from triage.noun import Json

LONGEST = 100_000  # characters of one repr
CUT = 10  # containers of this length may have been longer
PARAMETRISED = ("[]", "~")  # names of what `Dict[str, int]` and `~T` are read as
_GENERIC = ("typing.", "collections.", "contextlib.")
_GENERIC_BUILTINS = {"dict", "frozenset", "list", "set", "tuple", "type"}
_CYCLIC = "<cyclic>"  # what sentry-sdk writes for a list or dict inside itself
_STAND_IN = "opaque_repr_"
_RESERVED = "reserved_word_"  # before a keyword argument whose name is a word of the language
_WORD = re.compile(rf"(?<![\w.])(?:{'|'.join(kwlist)})=(?!=)")
_PLACE = re.compile(r"\A<(?:\w{1,80}\.){0,8}(\w{1,80})[ :]{1,2}'?([^\s'<>()\[\]=]{1,200})'?>\Z")
_PERSONAL = frozenset(
    [
        "secret",
        "email",
        "phone",
        "card",
        "iban",
        "ip",
        "mac",
        "national-id",
        "passport",
        "licence",
        "birth-date",
        "name",
        "address",
        "geo",
        "user",
        "account",
    ]
)


def read(value: Json) -> Value:
    """What sentry-sdk serialised: structure for lists and dicts, repr text for the rest."""
    if isinstance(value, list):
        return Many(tuple(map(read, value)), certain=False)
    if isinstance(value, dict):
        return Table(tuple((Literal.of(key), read(held)) for key, held in value.items()), certain=False)
    if value == _CYCLIC:
        return Cycle()
    if isinstance(value, str):
        return read_text(value)
    return Literal.of(value)


def plain_json(value: Json) -> Value:
    """JSON that is itself, not repr text: a request's body, extra data."""
    if isinstance(value, list):
        return Many(tuple(map(plain_json, value)))
    if isinstance(value, dict):
        return Table(tuple((Literal.of(key), plain_json(held)) for key, held in value.items()))
    return Literal.of(value)


def hidden(text: str) -> Hidden | None:
    """`[Filtered]`, `[email:08d2e7]`, `[secret:github-token:3f9a1c]` stand for a value that was removed."""
    if not (text.startswith("[") and text.endswith("]")) or len(text) > 64:
        return None
    if text.lower() in {"[filtered]", "[redacted]", "[removed]"}:
        return Hidden()
    kind, _, digest = text[1:-1].partition(":")
    return Hidden(kind) if kind in _PERSONAL and digest else None


@lru_cache(maxsize=256)
def read_text(text: str) -> Value:
    """One repr. What cannot be read is `Opaque`."""
    if found := hidden(text.strip()):
        return found
    if len(text) > LONGEST:
        return Opaque(text[:200])
    masked, opaque = _mask(text.strip())
    tree = _parse(masked)
    if tree is None:
        return _cut_string(text) or Opaque(text[:2000])
    try:
        return _Reader(opaque, text).read(tree)
    except (_Unreadable, RecursionError):
        return Opaque(text[:2000])


def read_node(node: ast.expr | None) -> Value | None:
    """An expression of the repository's own source, where it is made of constants, containers and calls."""
    if node is None:
        return None
    try:
        return _Reader([], "").read(node)
    except (_Unreadable, RecursionError):
        return None


def _parse(text: str) -> ast.expr | None:
    try:
        return ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None


def _cut_string(text: str) -> Value | None:
    """A string that an older SDK shortened: the closing quote is gone, `...` stands in its place."""
    if text[:1] not in {"'", '"'} or not text.endswith("..."):
        return None
    for end in range(len(text) - 3, max(len(text) - 14, 0), -1):
        tree = _parse(text[:end] + text[0])
        if isinstance(tree, ast.Constant) and isinstance(tree.value, str):
            return Literal.of(tree.value)
    return None


def _mask(text: str) -> tuple[str, list[str]]:
    """The text with each `<…>` outside strings replaced by a name, and those parts; `from=` gets one."""
    out: list[str] = []
    opaque: list[str] = []
    at = 0
    while at < len(text):
        char = text[at]
        end = at + 1
        if char in "'\"":
            end = _string_end(text, at)
        elif char == "<":
            end = _angle_end(text, at)
            opaque.append(text[at:end])
            out.append(f"{_STAND_IN}{len(opaque) - 1}")
            at = end
            continue
        elif _WORD.match(text, at):
            out.append(_RESERVED)
        out.append(text[at:end])
        at = end
    return "".join(out), opaque


def _string_end(text: str, at: int) -> int:
    quote, at = text[at], at + 1
    while at < len(text):
        if text[at] == "\\":
            at += 2
        elif text[at] == quote:
            return at + 1
        else:
            at += 1
    return len(text)


def _angle_end(text: str, at: int) -> int:
    depth = 0
    while at < len(text):
        if text[at] == "<":
            depth += 1
        elif text[at] == ">":
            depth -= 1
            if depth == 0:
                return at + 1
        at += 1
    return len(text)


class _Unreadable(Exception):
    pass


class _Reader:
    def __init__(self, opaque: list[str], text: str) -> None:
        self._opaque = opaque
        self._text = text

    def read(self, node: ast.expr) -> Value:
        match node:
            case ast.Constant(value=constant):
                return _literal(constant)
            case ast.UnaryOp(op=ast.Invert(), operand=ast.Name(id=name)):
                return Made("~", (Literal.of(name),))
            case ast.UnaryOp() | ast.BinOp():
                return self._number(node)
            case ast.List(elts=items):
                self._text = ""
                return Many(self._all(items))
            case ast.Tuple(elts=items):
                self._text = ""
                return Many(self._all(items), "tuple")
            case ast.Set(elts=items):
                return Many(self._all(items), "set")
            case ast.Dict(keys=keys, values=values):
                self._text = ""
                return Table(tuple((self._key(k), self.read(v)) for k, v in zip(keys, values, strict=True)))
            case ast.Call():
                return self._call(node)
            case ast.Name() | ast.Attribute():
                return self._dotted(node)
            case ast.Subscript(value=head, slice=key) if _generic(head):
                return Made("[]", (self.read(head), self.read(key)))
            case _:
                raise _Unreadable

    def _all(self, nodes: list[ast.expr]) -> tuple[Value, ...]:
        return tuple(self.read(node) for node in nodes)

    def _key(self, node: ast.expr | None) -> Value:
        if node is None:
            raise _Unreadable
        return self.read(node)

    def _number(self, node: ast.expr) -> Value:
        match node:
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self._number(operand)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                inner = self._number(operand)
                constant = inner.constant if isinstance(inner, Literal) else None
                if isinstance(constant, int | float | complex):
                    return _literal(-constant)
            case ast.BinOp(
                left=left, op=ast.Add() | ast.Sub() as op, right=ast.Constant(value=complex() as part)
            ):
                real = self._number(left)
                constant = real.constant if isinstance(real, Literal) else None
                if isinstance(constant, int | float):
                    return _literal(constant + part if isinstance(op, ast.Add) else constant - part)
            case ast.BinOp(op=ast.BitOr()):
                return self._flags(node)
            case ast.Constant(value=int() | float() | complex() as constant):
                return _literal(constant)
            case ast.Name(id="inf" | "nan"):
                return self.read(node)
        raise _Unreadable

    def _flags(self, node: ast.BinOp) -> Value:
        """`re.IGNORECASE|re.MULTILINE`: kept as an operator call on names."""
        return Made("|", (self.read(node.left), self.read(node.right)))

    def _call(self, node: ast.Call) -> Value:
        name = ".".join(_path(node.func))
        if any(k.arg is None for k in node.keywords) or any(isinstance(a, ast.Starred) for a in node.args):
            raise _Unreadable
        text, self._text = self._text, ""  # only the outermost call is the text's object
        names = [(k.arg or "").removeprefix(_RESERVED) for k in node.keywords]
        kwargs = tuple((name, self.read(k.value)) for name, k in zip(names, node.keywords, strict=True))
        return Made(name, self._all(node.args), kwargs, text)

    def _dotted(self, node: ast.expr) -> Value:
        path = ".".join(_path(node))
        if path.startswith(_STAND_IN):
            return opaque(self._opaque[int(path.removeprefix(_STAND_IN))])
        if path in {"inf", "nan"}:
            return Literal(f'float("{path}")', math.inf if path == "inf" else math.nan)
        if path in {"Ellipsis", "NotImplemented"}:
            return Name("", path)
        return Opaque(path, path, "name")


def _generic(node: ast.expr) -> bool:
    """Whether it names a type of the standard library that takes parameters."""
    path = ".".join(_path(node))
    return path.startswith(_GENERIC) or path in _GENERIC_BUILTINS


def _path(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Attribute):
        yield from _path(node.value)
        yield node.attr
    elif isinstance(node, ast.Name):
        yield node.id
    else:
        raise _Unreadable


def _literal(constant: object) -> Literal:
    if isinstance(constant, float) and not math.isfinite(constant):
        return Literal(f'float("{constant}")', constant)
    return Literal.of(constant)


def opaque(text: str) -> Value:
    """`<Color.RED: 1>`, `<class 'a.B'>`, `<function f at 0x…>`, `<a.B object at 0x…>`, `<B of 3>`."""
    inner = text[1:-1].strip()
    head, _, rest = inner.partition(" ")
    quoted = rest.split("'")[1] if rest.count("'") >= 2 else ""
    if head in {"class", "enum", "module"} and quoted:
        return Opaque(text, quoted, "class" if head != "module" else "module")
    if head in {"function", "built-in", "bound"}:
        words = rest.split()
        name = words[1] if words[:1] in (["function"], ["method"]) and len(words) > 1 else (words or [""])[0]
        return Opaque(text, name, "function" if head != "bound" else "method")
    if head in {"generator", "coroutine", "async_generator"}:
        return Opaque(text, (rest.split() or [""])[-3:][0] if " at " in rest else "", "generator")
    if head.endswith(":") and "." in head and _dotted_name(head[:-1]):
        return Opaque(text, head[:-1], "enum")
    name = head.rstrip(":,([")
    for stop in "([=":
        name = name.split(stop)[0]
    return Opaque(text, name if _dotted_name(name) else "", "object")


def unquoted(made: Made) -> Value:
    """A repr that writes its texts without quotes: a field that holds words holds no numbers either."""
    objects = [v for v in walk(made) if isinstance(v, Made)]
    words = {k for m in objects for k, v in m.kwargs if isinstance(v, Opaque) and v.kind == "name"}

    def told(value: Value) -> Value:
        if not isinstance(value, Made) or not words:
            return value
        return replace(value, kwargs=tuple((k, _word(v) if k in words else v) for k, v in value.kwargs))

    return transform(made, told)


def _word(value: Value) -> Value:
    number = isinstance(value, Literal) and type(value.constant) in {int, float}
    return Literal.of(value.source) if isinstance(value, Literal) and number else value


def method_owner(text: str) -> Value | None:
    """The object in `<bound method Shop.price of REPR>`; None where the repr does not tell it."""
    head, found, rest = text.removeprefix("<bound method ").removesuffix(">").partition(" of ")
    return read_text(rest) if found and rest and _dotted_name(head.rpartition(".")[2]) else None


def _dotted_name(text: str) -> bool:
    return bool(text) and all(part.isidentifier() or part == "<locals>" for part in text.split("."))


def shown_place(name: str, text: str) -> Literal | None:
    """What a repr like `<LocalPath /srv/data>` names: a path, or a URL."""
    found = _PLACE.match(text)
    return Literal.of(found[2]) if found and found[1] == name and "/" in found[2] else None
