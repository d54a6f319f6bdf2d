"""The statements around a frame's line, as far as the event quotes them.

An event quotes five lines or so before and after. They are parsed, never run. What encloses the line
(`with`, `try`, `for`, `if`) is taken off: the locals tell how those came out."""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from textwrap import dedent
from typing import TypeGuard

from healer.reproduction.modules import dotted
from healer.reproduction.operators import spelt
from triage.incident import Frame

_LINES = 6  # of one statement
_LONGEST = 4000  # characters
_DELIMITERS = re.compile(r"\"\"\"|\'\'\'|[\"'()\[\]{}]")
_PAIRS = {"(": ")", "[": "]", "{": "}"}
_OPENING = ("(", "[", "{")
_CLOSING = (")", "]", "}")
_SHARED = (ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign, ast.ClassDef, ast.FunctionDef)
_DECLARING = (ast.Assign, ast.AnnAssign, ast.FunctionDef, ast.AsyncFunctionDef)
_DEFINING = ("class ", "def ", "async def ")
DEFINITIONS = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
_TYPES = {kind.__name__ for kind in (bool, bytes, dict, float, frozenset, int, list, set, str, tuple)}
_ENCLOSING = ("with ", "async with ", "try:", "if ", "elif ", "else:", "for ", "while ", "finally:")


def statement(frame: Frame) -> tuple[ast.stmt, int] | None:
    """The statement a frame stood at, and how many of the lines before it belong to it."""
    if (whole := _definition(frame)) is not None:
        return whole, 0
    for back in range(min(4, len(frame.pre_context) + 1)):
        start = list(frame.pre_context)[len(frame.pre_context) - back :]
        if back and not start[0].strip():
            return None
        for ahead in range(_LINES):
            lines = [*start, frame.context_line, *frame.post_context[:ahead]]
            for node in _parsed(_headless(dedent("\n".join(lines))[:_LONGEST].strip())):
                return node, back
    return _cut([frame.context_line, *frame.post_context])


def _definition(frame: Frame) -> ast.stmt | None:
    """The class or decorated function that was being made, as far as it is quoted."""
    depth = _indent(frame.context_line)
    quoted = [frame.context_line, *frame.post_context]
    if not frame.context_line.strip().startswith(("class ", "@")):
        return None
    heads = (n for n, q in enumerate(quoted) if _indent(q) == depth and q.strip().startswith(_DEFINING))
    head = next(heads, len(quoted))
    inside = itertools.takewhile(
        lambda q: not q.strip() or _indent(q) > depth or q.strip().startswith(_CLOSING), quoted[head + 1 :]
    )
    written = [*quoted[: head + 1], *inside]
    for end in range(len(written), 0, -1):
        text = dedent("\n".join(written[:end]))[:_LONGEST].rstrip()
        for node in _parsed(f"{text} pass" if text.endswith(":") else text):
            if isinstance(node, DEFINITIONS):
                return node
    return None


def decorator(frame: Frame) -> ast.expr | None:
    """The decorator that was called, where the event does not quote what it stands above."""
    text = frame.context_line.strip()
    if not text.startswith("@") or _definition(frame) is not None:
        return None
    named = list(_parsed(text.removeprefix("@")))
    return named[0].value if named and isinstance(named[0], ast.Expr) else None


def _cut(quoted: Sequence[str]) -> tuple[ast.stmt, int] | None:
    """A statement that goes on where the quote ends, closed there: its last lines may be lost."""
    for end in range(len(quoted), 0, -1):
        text = "\n".join(quoted[:end])[:_LONGEST].strip().rstrip(",")
        for node in _parsed(text + _closing(text)):
            return node, 0
    return None


def _closing(text: str) -> str:
    """What ends the string and the brackets that a text leaves open."""
    opened: list[str] = []
    quote = ""
    for found in _DELIMITERS.finditer(text):
        sign = found[0]
        if quote:
            quote = "" if sign == quote else quote
        elif sign[0] in "\"'":
            quote = sign
        elif sign in _PAIRS:
            opened.append(_PAIRS[sign])
        elif opened and sign == opened[-1]:
            opened.pop()
    return quote + "".join(reversed(opened))


def _parsed(text: str) -> Iterator[ast.stmt]:
    try:
        found = ast.parse(f"async def _():\n {text}" if "await " in text else text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    if found and isinstance(found[0], ast.AsyncFunctionDef):
        found = found[0].body
    yield from map(spelt, found[:1])


def _headless(text: str) -> str:
    """`with pytest.raises(X):`, `if f(x):`, `for a in f(x):` without their word."""
    if not text.endswith(":"):
        return text
    text = text.removesuffix(":")
    for word in ("with ", "if ", "while ", "elif "):
        if text.startswith(word):
            return text.removeprefix(word).partition(" as ")[0]
    if text.startswith("for ") and " in " in text:
        return text.partition(" in ")[2]
    return text


def before(frame: Frame, used: int) -> list[ast.stmt]:
    """The statements of the same function before it, the nearest last. What is around it by `with` stands
    among them with nothing but `pass` inside."""
    quoted = list(frame.pre_context)
    own = quoted[len(quoted) - used] if used else frame.context_line
    lines = _flat(quoted[: len(quoted) - used], own)
    for start in range(len(lines)):
        try:
            return spelt(ast.parse("\n".join(lines[start:])[:_LONGEST])).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
    return []


def entered(frame: Frame, above: Frame) -> Iterator[ast.stmt]:
    """`size = 3`, where the frame's own lines bind `size` anew and the one above called it with 3.

    Nothing but constants and names of builtin types: what else the other frame says is said of its locals."""
    bound = {n.id for s in before(frame, 0) for n in ast.walk(s) if _stores(n)}
    given = _given(frame, above) if bound else {}
    for name in sorted(bound & set(given)):
        value = given[name]
        if isinstance(value, ast.Constant) or (isinstance(value, ast.Name) and value.id in _TYPES):
            yield ast.Assign([ast.Name(name, ast.Store())], value, lineno=0)


def _stores(node: ast.AST) -> TypeGuard[ast.Name]:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)


def _given(frame: Frame, above: Frame) -> dict[str, ast.expr]:
    """Parameters of a frame's function, as its own first line and the line above name them."""
    header = next((line.strip() for line in frame.pre_context if f"def {frame.function}(" in line), "")
    found = statement(above)
    try:
        function = ast.parse(f"{header}\n pass").body[0]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}
    if found is None or not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
        return {}
    for call in ast.walk(found[0]):
        if isinstance(call, ast.Call) and dotted(call.func).rpartition(".")[2] == frame.function:
            return _passed(call, function.args, method=isinstance(call.func, ast.Attribute))
    return {}


def _passed(call: ast.Call, declared: ast.arguments, *, method: bool) -> dict[str, ast.expr]:
    names = [a.arg for a in (*declared.posonlyargs, *declared.args)]
    defaults = dict(zip(reversed(names), reversed(declared.defaults), strict=False))
    names = names[1:] if method and names[:1] in (["self"], ["cls"]) else names
    if any(isinstance(a, ast.Starred) for a in call.args) or any(not k.arg for k in call.keywords):
        return {}
    return (
        defaults | dict(zip(names, call.args, strict=False)) | {k.arg or "": k.value for k in call.keywords}
    )


def members(frame: Frame) -> list[ast.stmt]:
    """The end of a class whose head is not quoted: lines that stand deeper than the frame's, before any
    that does not, as far as they declare something."""
    depth = _indent(frame.context_line)
    deeper = itertools.takewhile(lambda q: not q.strip() or _indent(q) > depth, frame.pre_context)
    quoted = list(deeper)
    for start in range(len(quoted)):
        try:
            body = ast.parse(dedent("\n".join(quoted[start:]))[:_LONGEST]).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        return body if all(isinstance(node, _DECLARING) for node in body) else []
    return []


def encloses(node: ast.stmt) -> bool:
    """Whether it is such a `with`."""
    return isinstance(node, ast.With | ast.AsyncWith) and isinstance(node.body[0], ast.Pass)


def shared(frames: Sequence[Frame]) -> list[ast.stmt]:
    """What the frames of one file quote of its own level: imports, constants, whole classes and functions."""
    found: dict[int, ast.stmt] = {}
    for frame in frames:
        start = (frame.lineno or 1) - len(frame.pre_context)
        quoted = [*frame.pre_context, frame.context_line, *frame.post_context]
        heads = [n for n, line in enumerate(quoted) if line.strip() and not _continued(line)]
        for head, end in itertools.pairwise([*heads, len(quoted)]):
            text = "\n".join(quoted[head:end])[:_LONGEST]
            for node in _whole(text, cut=end == len(quoted) and end - head > 1):
                found.setdefault(start + head, node)
    return [found[line] for line in sorted(found)]


def _continued(line: str) -> bool:
    """Part of a statement that began on a line before."""
    text = line.strip()
    return line[0] in " \t" or text.startswith((*_CLOSING, "else:", "elif ", "except", "finally:", "#"))


def _whole(text: str, *, cut: bool) -> Iterator[ast.stmt]:
    """The one statement that a text is; of one that may go on, only what has its end in it."""
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for node in body[:1]:
        if isinstance(node, _SHARED) and not (cut and isinstance(node, ast.ClassDef | ast.FunctionDef)):
            yield node


def imported(statements: Iterable[ast.AST]) -> Iterator[tuple[str, tuple[str, str]]]:
    """What import statements bind, also inside others: local name, then module and name."""
    for statement in statements:
        for node in ast.walk(statement):
            if isinstance(node, ast.ImportFrom) and not node.level:
                yield from ((a.asname or a.name, (node.module or "", a.name)) for a in node.names)
            elif isinstance(node, ast.Import):
                for alias in node.names:
                    local = alias.asname or alias.name.split(".")[0]
                    yield local, (alias.name if alias.asname else local, "")


def _flat(lines: Sequence[str], own: str) -> list[str]:
    """Lines of the enclosing blocks, all at one depth."""
    depth = _indent(own)
    kept: list[str] = []
    header = False  # among the lines of a `with (...):` that is written over several
    for line in reversed(lines):
        text = line.strip()
        if header:
            header = _indent(line) > depth or not text.startswith(_ENCLOSING)
        elif not text or _indent(line) >= depth:
            kept.append(line[depth:])
        elif text.endswith(_OPENING):  # the call that the line stands in
            depth, kept = _indent(line), []
        elif text.endswith(":") and text.startswith((*_ENCLOSING, *_CLOSING)):
            depth, header = _indent(line), text.startswith(_CLOSING)
            if text.startswith(("with ", "async with ")):
                kept.append(f"{text} pass")
        else:
            break
    return kept[::-1]


def _indent(line: str) -> int:
    found = re.match(r"[ \t]*", line)
    return found.end() if found else 0
