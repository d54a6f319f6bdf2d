"""What a round of candidates taught: which guesses the repository refused, and what it asked of them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from healer.case import Raised, RaisedAt, Run
from healer.reproduction.index import Index
from healer.reproduction.modules import dotted, own_nodes

_MADE = {"__init__", "__new__", "__post_init__", "__attrs_post_init__"}
_REFUSED = re.compile(
    r"(?:Can't instantiate abstract class |\A)(\w{1,80})(?:\.__init__\(\)|\.__new__\(\)| with| without|\(\))"
)
_ABSENT = re.compile(r"\A(?:type object )?'(\w{1,80})'(?: object)? has no attribute '(\w{1,80})'")
_CONTEXT = re.compile(r"\AWorking outside of (application|request) context")
_TEXT = re.compile(r"\b(?:str|string|bytes|bytes-like|os\.PathLike|buffer)\b")
_NUMBER = re.compile(r"\b(?:int|float|integer|number|instances of)\b")
_STAND_INS = ("Mock", "SimpleNamespace")


@dataclass(frozen=True)
class Lessons:
    unbuilt: frozenset[str] = frozenset()  # classes whose constructor refused what it was given
    absent: frozenset[tuple[str, str]] = frozenset()  # (class, attribute) that an object needs
    context: str = ""  # of a Flask application that the code asked for: app | request
    unloaded: frozenset[str] = frozenset()  # files that cannot be imported here: of another Python, or system
    unknown: str = ""  # what stands for a value nobody saw: "" a mock, "text", "number", "awaited"

    def __bool__(self) -> bool:
        return bool(self.unbuilt or self.absent or self.unloaded or self.unknown or self.context)


NOTHING_LEARNT = Lessons()


def learn(index: Index, run: Run, path: str, before: Lessons, message: str) -> Lessons:
    """`before`, and what the tests of the file `path` add to it. What production said teaches nothing."""
    unbuilt, absent, unknown = set(before.unbuilt), set(before.absent), before.unknown
    unloaded, context = set(before.unloaded), before.context
    for raised in run.raised:
        if raised.test.partition("::")[0] != path or raised.message == message:
            continue
        unbuilt |= set(_unbuilt(index, raised, path))
        absent |= set(_absent(index, raised))
        unloaded |= set(_unloaded(raised, path))
        unknown = unknown or _asked(raised.message)
        if raised.exception == "RuntimeError" and (asked := _CONTEXT.match(raised.message)):
            context = "request" if "request" in (asked[1], context) else "app"
    return Lessons(frozenset(unbuilt), frozenset(absent), context, frozenset(unloaded), unknown)


def _unloaded(raised: Raised, path: str) -> Iterator[str]:
    """The module whose own lines failed while a test imported what it needs."""
    last = raised.frames[-1] if raised.frames else None
    if last and last.function == "<module>" and last.path != path:
        yield last.path


def _unbuilt(index: Index, raised: Raised, path: str) -> Iterator[str]:
    reached = [frame for frame in raised.frames if frame.path != path]
    if reached and reached[0].function.rpartition(".")[2] in _MADE:
        if owner := _owner(index, reached[0]):
            yield owner
    elif not reached and (found := _REFUSED.search(raised.message)):
        yield found[1]


def _absent(index: Index, raised: Raised) -> Iterator[tuple[str, str]]:
    found = _ABSENT.match(raised.message)
    if not found or raised.exception != "AttributeError":
        return
    if found[1] != "NoneType":
        yield found[1], found[2]
    elif raised.frames:
        yield from _nothing(index, raised.frames[-1], found[2])


def _nothing(index: Index, at: RaisedAt, asked: str) -> Iterator[tuple[str, str]]:
    """`self.cache.get` where `self.cache` is None: the object's class, and `cache`."""
    module = index.module(at.path)
    function = module.function_at(at.line, at.function.rpartition(".")[2]) if module else None
    if function is None or function.owner is None:
        return
    for node in own_nodes(function.node):
        if isinstance(node, ast.Attribute) and node.attr == asked and node.lineno == at.line:
            owner, _, attribute = dotted(node.value).rpartition(".")
            if owner == "self" and attribute:
                yield function.owner.name, attribute


def _owner(index: Index, at: RaisedAt) -> str:
    module = index.module(at.path)
    function = module.function_at(at.line, at.function.rpartition(".")[2]) if module else None
    return function.owner.name if function and function.owner else ""


def _asked(message: str) -> str:
    """What kind of value the code wanted in place of a stand-in."""
    if not any(name in message for name in _STAND_INS):
        return ""
    if "'await'" in message:
        return "awaited"
    if _TEXT.search(message):
        return "text"
    return "number" if _NUMBER.search(message) else ""
