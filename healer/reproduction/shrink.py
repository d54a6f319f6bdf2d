"""Smaller versions of a candidate that reproduced.

Only what nobody saw, or what says nothing, is dropped: guesses for optional parameters, and arguments
that repeat their default. True values stay whole: a list cut down still fails before a fix, but may then
fail after it too, for a reason of its own (the 4th smallest of one number)."""

from __future__ import annotations

from dataclasses import replace

from healer.reproduction.calls import Act, Argument, Candidate
from healer.reproduction.render import write
from healer.reproduction.values import Guess


def size(candidate: Candidate) -> int:
    return sum(map(len, write(candidate).body)) + sum(len(content) for _, _, content in candidate.files)


def smaller(candidate: Candidate) -> tuple[Candidate, ...]:
    """All cuts together first, then each by itself."""
    if candidate.act is None:
        return ()
    act = _without_defaults(candidate.act)
    guesses = [a for a in act.arguments if a.default is not None and isinstance(a.value, Guess)]
    acts = [_without(act, guesses), *(_without(act, [g]) for g in guesses), act]
    return tuple(dict.fromkeys(replace(candidate, act=a) for a in acts if a != candidate.act))


def _without(act: Act, dropped: list[Argument]) -> Act:
    return replace(act, arguments=tuple(a for a in act.arguments if a not in dropped))


def _without_defaults(act: Act) -> Act:
    kept = tuple(a for a in act.arguments if not _repeats_default(a))
    return replace(act, arguments=kept)


def _repeats_default(argument: Argument) -> bool:
    empty = argument.kind in {"args", "kwargs"} and getattr(argument.value, "items", None) == ()
    return empty or (argument.default is not None and argument.value == argument.default)
