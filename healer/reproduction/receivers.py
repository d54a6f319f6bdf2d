"""What an object's own method says of it when it fails: `7 is not in list`, a byte that is no UTF-8."""

from __future__ import annotations

import re
from collections.abc import Iterator

from healer.reproduction.values import Call, Guess, Literal, Many, Name, Table, Value

_BYTE = re.compile(r"'[\w-]{1,20}' codec can't decode byte 0x([0-9a-f]{2}) in position (\d{1,3}):")
_CHARACTER = re.compile(
    r"'[\w-]{1,20}' codec can't encode character '(\\x[0-9a-f]{2}|\\u[0-9a-f]{4})' in position (\d{1,3}):"
)
_MISSED = re.compile(r"'([A-Za-z_]\w{0,60})'\Z")
_LIST, _SET, _DICT, _TEXT = Many(()), Many((), "set"), Table(()), Literal.of("")
_DEQUE = Call(Name("collections", "deque"))
_EMPTY: tuple[tuple[str, str, tuple[str, ...], Value], ...] = (  # exception, part of its message, methods
    ("ValueError", "not in list", ("index", "remove"), _LIST),
    ("ValueError", "not in deque", ("index", "remove"), _DEQUE),
    ("ValueError", "substring not found", ("index", "rindex"), _TEXT),
    ("ValueError", "subsection not found", ("index", "rindex"), Literal.of(b"")),
    ("IndexError", "empty deque", ("pop", "popleft"), _DEQUE),
    ("IndexError", "empty list", ("pop",), _LIST),
    ("KeyError", "empty set", ("pop",), _SET),
    ("KeyError", "dictionary is empty", ("popitem",), _DICT),
    ("KeyError", "", ("pop",), _DICT),
    ("KeyError", "", ("remove",), _SET),
)


def told(exception: str, message: str, method: str) -> Value | None:
    """What an object was whose method failed so; None where that tells nothing."""
    return next((Guess(held) for name, held in _told(exception, message) if name == method), None)


def _told(exception: str, message: str) -> Iterator[tuple[str, Value]]:
    if exception == "UnicodeDecodeError" and (found := _BYTE.match(message)):
        yield "decode", Literal.of(b"x" * int(found[2]) + bytes.fromhex(found[1]))
    if exception == "UnicodeEncodeError" and (found := _CHARACTER.match(message)):
        yield "encode", Literal.of("x" * int(found[2]) + chr(int(found[1][2:], 16)))
    if exception == "KeyError" and (found := _MISSED.match(message)):
        yield "format", Literal.of(f"{{{found[1]}}}")
    for kind, part, methods, held in _EMPTY:
        if exception == kind and part in message:
            yield from ((method, held) for method in methods)
