"""Smaller versions of a candidate that reproduced.

Only what nobody saw, or what says nothing, is dropped: guesses for optional parameters, and arguments
that repeat their default. True values stay whole: a list cut down still fails before a fix, but may then
fail after it too, for a reason of its own (the 4th smallest of one number)."""

from __future__ import annotations

from dataclasses import replace

from healer.reproduction.candidate import Argument, Candidate
from healer.reproduction.values import Guess


def smallest(candidate: Candidate) -> Candidate:
    """The candidate without all of that."""
    if candidate.act is None:
        return candidate
    kept = tuple(a for a in candidate.act.arguments if not _idle(a))
    return replace(candidate, act=replace(candidate.act, arguments=kept))


def _idle(argument: Argument) -> bool:
    empty = argument.kind in {"args", "kwargs"} and getattr(argument.value, "items", None) == ()
    repeated = argument.default is not None and argument.value == argument.default
    return empty or repeated or (argument.optional and isinstance(argument.value, Guess))
