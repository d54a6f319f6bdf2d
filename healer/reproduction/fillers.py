"""Other values in place of those that nobody saw: such as the exception speaks of."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace

from healer.reproduction.blame import OF_KIND
from healer.reproduction.candidate import Act, Candidate
from healer.reproduction.values import (
    NONE,
    Call,
    Guess,
    Literal,
    Many,
    Name,
    Table,
    Value,
    transform,
    walk,
)

_LONGEST = 500  # characters of a message
_QUOTED = re.compile(r"'([^'\\\n]{0,100})'")
_EMPTY = (Literal.of(""), Many(()), Table(()))
_MOCKS = {"AsyncMock", "MagicMock", "SimpleNamespace"}


def wanted(exception: str, message: str) -> tuple[Value, ...]:
    """Values that could have led to such an exception, the likeliest first."""
    message = message[:_LONGEST]
    quoted = _QUOTED.findall(message)
    types = [OF_KIND[name] for name in reversed(quoted) if name in OF_KIND]
    texts = [Literal.of(text) for text in reversed(quoted) if text not in OF_KIND]
    if "NoneType" in message and NONE not in types:
        types.append(NONE)
    if exception == "ZeroDivisionError":
        return (Literal.of(0), *_EMPTY)
    if exception in {"TypeError", "AttributeError"}:
        return tuple(dict.fromkeys(types))
    empty = _EMPTY if exception == "IndexError" or "empty" in message else ()
    return tuple(dict.fromkeys((*texts, *empty)))


def variants(candidate: Candidate, values: tuple[Value, ...]) -> Iterator[Candidate]:
    """The candidate with one of the values for everything of its kind that nobody saw, then for each part
    alone."""
    if candidate.act is None:
        return
    count = sum(_open(node) for value in _parts(candidate.act) for node in walk(value))
    for value in values if count else ():
        yield replace(candidate, act=_refilled(candidate.act, value, None))
    for value in values if count > 1 else ():
        for position in range(count):
            yield replace(candidate, act=_refilled(candidate.act, value, position))


def _parts(act: Act) -> tuple[Value, ...]:
    return (act.callee, *(a.value for a in act.arguments))


def _open(node: Value) -> bool:
    """A guess that is no object of the repository's."""
    if not isinstance(node, Guess):
        return False
    held = node.value
    if isinstance(held, Call):
        return isinstance(held.target, Name) and held.target.path in _MOCKS
    return isinstance(held, Literal) or (isinstance(held, Many | Table) and not held.items)


def _suits(held: Value, value: Value) -> bool:
    """Whether a guess is of the value's kind, or of none."""
    if not isinstance(held, Literal) or held == NONE:
        return isinstance(held, Call | Literal) or type(held) is type(value)
    return isinstance(value, Literal) and type(held.constant) is type(value.constant)


def _refilled(act: Act, value: Value, position: int | None) -> Act:
    """`position`: of the guess that is replaced among all; None for every one."""
    seen = itertools.count()

    def change(node: Value) -> Value:
        if not _open(node) or not isinstance(node, Guess):
            return node
        chosen = _suits(node.value, value) if position is None else position == next(seen)
        return replace(node, value=value) if chosen else node

    callee = transform(act.callee, change)
    arguments = tuple(replace(a, value=transform(a.value, change)) for a in act.arguments)
    return replace(act, callee=callee, arguments=arguments)
