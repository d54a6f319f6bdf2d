"""Of a fix alone: where the program crashed before it, and what CPython said there.

Nothing is run. The place is a statement that the change touches, stands before, or asks about; the message is
one that an expression of that statement determines for the exception's class.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

NEAR = 4  # statements below an insertion that ask for what it asks
OPERATORS: Mapping[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Mod: "%",
}
COMPARISONS: Mapping[type[ast.cmpop], str] = {ast.Lt: "<", ast.Gt: ">", ast.LtE: "<=", ast.GtE: ">="}
ANYWHERE: Mapping[str, tuple[str, ...]] = {  # said of a statement, whatever stands in it
    "UnicodeDecodeError": ("'utf-8' codec can't decode byte 0xe9 in position 0: invalid continuation byte",),
    "UnicodeEncodeError": (
        "'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range",
    ),
    "RecursionError": ("maximum recursion depth exceeded",),
    "RuntimeError": ("dictionary changed size during iteration", "generator raised StopIteration"),
    "ZeroDivisionError": ("division by zero",),
    "FileNotFoundError": ("[Errno 2] No such file or directory: 'x'",),
    "FileExistsError": ("[Errno 17] File exists: 'x'",),
    "ValueError": ("invalid value",),
    "AttributeError": ("'Thing' object has no attribute 'from_below'",),
    "TypeError": ("cannot work with this type",),
    "KeyError": ("'missing'",),
    "IndexError": ("list index out of range",),
}


@dataclass(frozen=True)
class Supposed:
    """A crash that may have been. `values` are the locals that its message tells."""

    line: int
    kind: str
    message: str
    values: Mapping[str, str]


def crashes(before: ast.AST, after: ast.AST, kind: str, owner: str) -> list[Supposed]:
    """Likeliest first: those about what the change asks for. `owner` is the class that holds the function."""
    about = _changed(before, after)
    found = [one for place in places(before, after) for one in _said(place, kind, owner)]
    ranked = sorted(found, key=lambda one: not one[0] & about)
    return list({(one.line, one.message): one for _, one in ranked}.values())


def places(before: ast.AST, after: ast.AST) -> list[ast.stmt]:
    """Statements of the function before, in the order of its lines as the change touches them."""
    old, about = _statements(before), _changed(before, after)
    texts, others = [_header(s) for s in old], [_header(s) for s in _statements(after)]
    found: dict[int, ast.stmt] = {}
    for tag, start, end, *_ in SequenceMatcher(None, texts, others, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        below = [s for s in old[end:] if _words(s) & about]
        for statement in (*old[start:end], *old[end : end + 1], *below[:NEAR]):
            found[id(statement)] = statement
    for statement in (
        s for one in _handled_otherwise(before, after) for part in one.body for s in _statements(part)
    ):
        found[id(statement)] = statement
    return list(found.values())


def _statements(node: ast.AST) -> list[ast.stmt]:
    found = (n for n in ast.walk(node) if isinstance(n, ast.stmt) and not isinstance(n, _DEFINITIONS))
    return sorted(found, key=lambda s: s.lineno)


_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def _handled_otherwise(before: ast.AST, after: ast.AST) -> list[ast.Try]:
    old, new = ([n for n in ast.walk(node) if isinstance(n, ast.Try)] for node in (before, after))
    return [one for one, other in zip(old, new, strict=False) if _handled(one) != _handled(other)]


def _handled(node: ast.Try) -> list[str]:
    return [ast.unparse(handler.type) for handler in node.handlers if handler.type is not None]


def _expressions(statement: ast.stmt) -> Iterator[ast.AST]:
    """What belongs to the statement itself, without its blocks."""
    for _, value in ast.iter_fields(statement):
        for node in value if isinstance(value, list) else [value]:
            if isinstance(node, ast.AST) and not isinstance(node, (ast.stmt, ast.ExceptHandler)):
                yield from ast.walk(node)


def _header(statement: ast.stmt) -> str:
    return ast.unparse(statement).partition("\n")[0]


def _words(node: ast.AST) -> set[str]:
    nodes = _expressions(node) if isinstance(node, ast.stmt) else ast.walk(node)
    return {ast.unparse(n) for n in nodes if isinstance(n, (ast.Name, ast.Attribute, ast.Subscript))}


def _changed(before: ast.AST, after: ast.AST) -> set[str]:
    """Names, attributes and items that the statements which differ are about."""
    old, new = ({_header(s): _words(s) for s in _statements(node)} for node in (before, after))
    return {w for text in old.keys() ^ new.keys() for w in {**old, **new}[text]} - {"self", "None", "len"}


def _said(statement: ast.stmt, kind: str, owner: str) -> Iterator[tuple[set[str], Supposed]]:
    """(words it is about, crash)."""
    for node in _expressions(statement):
        if isinstance(node, ast.expr):
            for message, holder in _messages(node, kind, owner):
                shown = {holder.id: "None"} if isinstance(holder, ast.Name) else {}
                yield _words(node), Supposed(node.lineno, kind, message, shown)
    for message in (*_of_statement(statement, kind), *ANYWHERE.get(kind, ())):
        yield set(), Supposed(statement.lineno, kind, message, {})
    if kind not in _READERS and kind not in ANYWHERE:
        yield set(), Supposed(statement.lineno, kind, "", {})


Message = tuple[str, ast.expr | None]  # and what is None by it


def _messages(node: ast.expr, kind: str, owner: str) -> Iterator[Message]:
    reader = _READERS.get(kind)
    if reader is not None:
        yield from reader(node, owner)


def _attribute(node: ast.expr, owner: str) -> Iterator[Message]:
    if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
        mine = ast.unparse(node.value) == "self"
        yield f"'NoneType' object has no attribute '{node.attr}'", node.value
        yield f"'{owner if mine else 'int'}' object has no attribute '{node.attr}'", None
        yield f"'{owner if mine else 'Thing'}' object has no attribute '{node.attr}'", None


def _type(node: ast.expr, owner: str) -> Iterator[Message]:
    if isinstance(node, ast.Subscript):
        yield "'NoneType' object is not subscriptable", node.value
        yield "unhashable type: 'list'", None
    elif isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        sign = OPERATORS[type(node.op)]
        yield f"unsupported operand type(s) for {sign}: 'NoneType' and 'int'", node.left
        yield f"unsupported operand type(s) for {sign}: 'int' and 'NoneType'", node.right
        yield 'can only concatenate str (not "int") to str', None
    elif isinstance(node, ast.Compare):
        yield from _compared(node)
    elif isinstance(node, ast.Call):
        yield from _called(node)
    elif isinstance(node, (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)):
        yield "'NoneType' object is not iterable", node.generators[0].iter


def _compared(node: ast.Compare) -> Iterator[Message]:
    for operator, right in zip(node.ops, node.comparators, strict=True):
        if isinstance(operator, (ast.In, ast.NotIn)):
            yield "argument of type 'NoneType' is not iterable", right
            yield "unhashable type: 'list'", None
        elif type(operator) in COMPARISONS:
            sign = COMPARISONS[type(operator)]
            yield f"'{sign}' not supported between instances of 'NoneType' and 'int'", node.left
            yield f"'{sign}' not supported between instances of 'int' and 'NoneType'", right


def _called(node: ast.Call) -> Iterator[Message]:
    name, first = ast.unparse(node.func).rpartition(".")[2], node.args[0] if node.args else None
    yield "'NoneType' object is not callable", node.func
    if name == "len":
        yield "object of type 'NoneType' has no len()", first
    if name in {"int", "float"}:
        wanted = "a string, a bytes-like object or a real number"
        yield f"{name}() argument must be {wanted}, not 'NoneType'", first
    if name == "issubclass":
        yield "issubclass() arg 1 must be a class", None
    if name == "join":
        yield "sequence item 0: expected str instance, int found", None
    if first is not None:
        yield "'NoneType' object is not iterable", first
        yield "expected string or bytes-like object, got 'NoneType'", node.args[-1]
        yield "a bytes-like object is required, not 'str'", None


def _key(node: ast.expr, owner: str) -> Iterator[Message]:
    if isinstance(node, ast.Subscript) and not isinstance(node.slice, ast.Slice):
        yield (repr(node.slice.value) if isinstance(node.slice, ast.Constant) else "'missing'"), None
    elif isinstance(node, ast.Call) and node.args and ast.unparse(node.func).endswith((".pop", ".remove")):
        first = node.args[0]
        yield (repr(first.value) if isinstance(first, ast.Constant) else "'missing'"), None


def _index(node: ast.expr, owner: str) -> Iterator[Message]:
    if isinstance(node, ast.Subscript):
        yield "list index out of range", None
        yield "string index out of range", None
    elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".pop"):
        yield "pop from empty list", None


def _name(node: ast.expr, owner: str) -> Iterator[Message]:
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        yield f"name '{node.id}' is not defined", None


def _unbound(node: ast.expr, owner: str) -> Iterator[Message]:
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        yield f"cannot access local variable '{node.id}' where it is not associated with a value", None


def _value(node: ast.expr, owner: str) -> Iterator[Message]:
    name = ast.unparse(node.func).rpartition(".")[2] if isinstance(node, ast.Call) else ""
    if name in VALUES:
        yield VALUES[name], None


VALUES = {
    "int": "invalid literal for int() with base 10: 'x'",
    "float": "could not convert string to float: 'x'",
    "max": "max() arg is an empty sequence",
    "min": "min() arg is an empty sequence",
    "index": "'x' is not in list",
    "remove": "list.remove(x): x not in list",
    "loads": "Expecting value: line 1 column 1 (char 0)",
    "fromisoformat": "Invalid isoformat string: 'x'",
}
_READERS = {
    "AttributeError": _attribute,
    "TypeError": _type,
    "KeyError": _key,
    "IndexError": _index,
    "NameError": _name,
    "UnboundLocalError": _unbound,
    "ValueError": _value,
}


def _of_statement(statement: ast.stmt, kind: str) -> Sequence[str]:
    """What only a whole statement says."""
    target = statement.targets[0] if isinstance(statement, ast.Assign) else getattr(statement, "target", None)
    if kind == "TypeError" and isinstance(statement, ast.For):
        return ("'NoneType' object is not iterable", "'int' object is not iterable")
    if isinstance(target, (ast.Tuple, ast.List)) and kind == "TypeError":
        return ("cannot unpack non-iterable NoneType object",)
    if isinstance(target, (ast.Tuple, ast.List)) and kind == "ValueError":
        wanted = len(target.elts)
        few = f"not enough values to unpack (expected {wanted}, got 1)"
        return (few, f"too many values to unpack (expected {wanted})")
    return ()
