"""Text that is put together from constants alone. Nobody writes `"py" + "test"` for another reason than that
a reader, or this gate, should not see the word. Pure; bounded in time and size.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

LONGEST = 2000  # characters of a text that is looked at
_PLAIN = frozenset(
    {"replace", "lower", "upper", "swapcase", "title", "strip", "lstrip", "rstrip", "removeprefix"}
    | {"removesuffix", "casefold", "capitalize"}
)
DECODERS = (  # by the last parts of the callee's name; with a constant, the text is meant not to be read
    "b64decode",
    "b32decode",
    "b16decode",
    "b85decode",
    "a85decode",
    "decodebytes",
    "unhexlify",
    "a2b_hex",
    "a2b_base64",
    "decompress",
    "codecs.decode",
)


def text(node: ast.AST) -> str | None:
    """What an expression of constants comes to; None where it is more than that, or too long."""
    return _of(node, 0)


def hidden(call: ast.Call, name: str) -> bool:
    """Is a constant decoded that could have been written as it is?"""
    told = name.endswith(DECODERS) and bool(call.args)
    return told and isinstance(call.args[0], ast.Constant)


def _of(node: ast.AST, depth: int) -> str | None:
    if depth > 60:
        return None
    if isinstance(node, ast.Constant):
        return _constant(node.value)
    reader = _READERS.get(type(node))
    found = reader(node, depth + 1) if reader else None
    return found if found is not None and len(found) <= LONGEST else None


def _constant(value: object) -> str | None:
    if isinstance(value, bytes):
        return value.decode("latin-1")
    return value if isinstance(value, str) and len(value) <= LONGEST else None


def _sum(node: ast.BinOp, depth: int) -> str | None:
    left = _of(node.left, depth)
    if left is None:
        return None
    if isinstance(node.op, ast.Mod):
        return _filled(left, node.right, depth)
    if isinstance(node.op, ast.Mult) and isinstance(node.right, ast.Constant):
        times = node.right.value
        return left * times if isinstance(times, int) and len(left) * abs(times) <= LONGEST else None
    right = _of(node.right, depth) if isinstance(node.op, ast.Add) else None
    return None if right is None or len(left) + len(right) > LONGEST else left + right


def _filled(template: str, given: ast.expr, depth: int) -> str | None:
    values = [_of(e, depth) for e in (given.elts if isinstance(given, ast.Tuple) else [given])]
    parts = template.split("%s")
    if None in values or len(parts) != len(values) + 1 or "%" in "".join(parts):
        return None
    return "".join(x or "" for pair in zip(parts, [*values, ""], strict=True) for x in pair)


def _joined(node: ast.JoinedStr, depth: int) -> str | None:
    parts = [_of(v.value if isinstance(v, ast.FormattedValue) else v, depth) for v in node.values]
    return None if None in parts else "".join(part or "" for part in parts)


def _slice(node: ast.Subscript, depth: int) -> str | None:
    value = _of(node.value, depth)
    if value is None:
        return None
    try:
        index = ast.literal_eval(node.slice) if not isinstance(node.slice, ast.Slice) else _steps(node.slice)
        return value[index] if isinstance(index, int | slice) else None
    except (ValueError, IndexError, TypeError):
        return None


def _steps(node: ast.Slice) -> slice:
    return slice(*(None if n is None else ast.literal_eval(n) for n in (node.lower, node.upper, node.step)))


def _called(node: ast.Call, depth: int) -> str | None:
    if isinstance(node.func, ast.Name):
        return _character(node) if node.func.id == "chr" else None
    if not isinstance(node.func, ast.Attribute) or node.keywords:
        return None
    name = node.func.attr
    if name == "fromhex":
        return _from_hex(node)
    receiver = _of(node.func.value, depth)
    if receiver is None:
        return None
    if name in {"encode", "decode"}:
        return receiver
    if name == "join" and len(node.args) == 1:
        return _glued(receiver, node.args[0], depth)
    values = [_of(a, depth) for a in node.args]
    if None in values or (name == "replace" and len(values) != 2):
        return None
    if name == "format":
        return _formatted(receiver, [v or "" for v in values])
    try:
        return str(getattr(receiver, name)(*values)) if name in _PLAIN else None
    except TypeError:
        return None


def _formatted(template: str, values: list[str]) -> str | None:
    parts = template.split("{}")
    if len(parts) != len(values) + 1 or "{" in "".join(parts):
        return None
    return "".join(x for pair in zip(parts, [*values, ""], strict=True) for x in pair)


def _glued(separator: str, given: ast.expr, depth: int) -> str | None:
    if isinstance(given, ast.List | ast.Tuple):
        parts = [_of(e, depth) for e in given.elts[:LONGEST]]
        return None if None in parts else separator.join(part or "" for part in parts)
    whole = _of(given, depth)
    return None if whole is None else separator.join(whole)


def _character(node: ast.Call) -> str | None:
    value = getattr(node.args[0], "value", None) if node.args else None
    return chr(value) if isinstance(value, int) and 0 <= value < 0x110000 else None


def _from_hex(node: ast.Call) -> str | None:
    value = getattr(node.args[0], "value", None) if node.args else None
    try:
        return bytes.fromhex(value[:LONGEST]).decode("latin-1") if isinstance(value, str) else None
    except ValueError:
        return None


_READERS: dict[type, Callable[..., str | None]] = {
    ast.BinOp: _sum,
    ast.JoinedStr: _joined,
    ast.Subscript: _slice,
    ast.Call: _called,
}


def texts(node: ast.AST) -> Iterator[str]:
    """The text of one node, where it is constant: written, or assembled."""
    if isinstance(node, ast.Constant | ast.BinOp | ast.JoinedStr | ast.Subscript | ast.Call):
        found = node.value if isinstance(node, ast.Constant) else text(node)
        if isinstance(found, bytes):
            found = found.decode("latin-1")
        if isinstance(found, str):
            yield found
