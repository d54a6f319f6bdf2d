"""Smaller versions of a candidate that reproduced. Only what cannot be missed after a fix is dropped:
arguments that repeat their default, items of long uniform lists, guesses. Keys of a dict and true
attributes stay, because the code behind the failing line may need them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from healer.reproduction.calls import Act, Argument, Candidate
from healer.reproduction.render import write
from healer.reproduction.values import Guess, Many, Value, transform, walk

_FEW = 3  # a list up to this length is no burden to a reader


def size(candidate: Candidate) -> int:
    return sum(map(len, write(candidate).body)) + sum(len(content) for _, _, content in candidate.files)


def smaller(candidate: Candidate) -> tuple[Candidate, ...]:
    """All single cuts, and all of them together first."""
    if candidate.act is None:
        return ()
    act = _without_defaults(candidate.act)
    cut = [replace(candidate, act=a) for a in _cuts(act)]
    whole = [replace(candidate, act=act)] if act != candidate.act else []
    return tuple(dict.fromkeys([*whole, *cut]))


def _without_defaults(act: Act) -> Act:
    kept = tuple(a for a in act.arguments if not _repeats_default(a))
    return replace(act, arguments=kept)


def _repeats_default(argument: Argument) -> bool:
    empty = argument.kind in {"args", "kwargs"} and getattr(argument.value, "items", None) == ()
    return empty or (argument.default is not None and argument.value == argument.default)


def _cuts(act: Act) -> Iterator[Act]:
    for argument in act.arguments:
        if argument.default is not None and isinstance(argument.value, Guess):
            yield replace(act, arguments=tuple(a for a in act.arguments if a is not argument))
    longest = sorted({v for a in act.arguments for v in walk(a.value) if _long(v)}, key=repr)
    for held in longest[:4]:
        if isinstance(held, Many):
            for items in _parts(held.items):
                yield _replaced(act, held, replace(held, items=items))


def _long(value: Value) -> bool:
    return isinstance(value, Many) and len(value.items) > _FEW and len({type(i) for i in value.items}) == 1


def _parts(items: tuple[Value, ...]) -> Iterator[tuple[Value, ...]]:
    half = len(items) // 2
    yield items[:half]
    yield items[half:]
    yield from ((item,) for item in items[:4])
    yield items[-1:]


def _replaced(act: Act, old: Value, new: Value) -> Act:
    def change(node: Value) -> Value:
        return new if node == old else node

    return replace(act, arguments=tuple(replace(a, value=transform(a.value, change)) for a in act.arguments))
