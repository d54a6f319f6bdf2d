"""Functions that decorators put something else in the place of."""

from __future__ import annotations

from healer.reproduction.modules import Function
from healer.reproduction.values import Call, Guess, Literal, Name, Value

_IN_PLACE = {
    "abstractmethod",
    "asynccontextmanager",
    "cached_property",
    "contextmanager",
    "overload",
    "property",
}
_COMMANDS = {"command", "group"}  # of click: an object that has the function as its callback


def wrapped(function: Function) -> bool:
    """Whether a call by its name may go through something that wants more than its arguments: a command
    line, a request, a session."""
    last = {name.rpartition(".")[2] for name in function.decorators}
    return bool(last - _IN_PLACE) and function.owner is None and function.enclosing is None


def original(callee: Value, function: Function) -> Value:
    """The function itself, below its wrappers."""
    if _COMMANDS & {name.rpartition(".")[2] for name in function.decorators}:
        callee = Call(Name("", "getattr"), (callee, Literal.of("callback"), callee))
    return Guess(Call(Name("inspect", "unwrap"), (callee,)))
