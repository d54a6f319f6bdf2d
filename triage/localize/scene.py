"""A crash with its code, as a clue may look at it; and what the exception complains about."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from triage.incident import ExceptionInfo
from triage.localize.flow import Code, Origin, Place, Spot, Tracer
from triage.localize.syntax import own_nodes

MISSING_ATTRIBUTE = re.compile(r"^(?:type object )?'([\w.]{1,200})' object has no attribute '(\w{1,200})'")
LOOKUP_ERRORS = frozenset(("KeyError", "IndexError"))


@dataclass(frozen=True, slots=True)
class Clue:
    place: Place
    line: int
    weight: float
    why: str


@dataclass(frozen=True)
class Scene:
    """Everything a clue may look at."""

    error: ExceptionInfo
    code: Code
    spots: tuple[Spot, ...]  # in-app, oldest first; the crash last
    causes: tuple[Spot, ...]  # where the other exceptions of the chain were raised, the first cause first
    below: bool  # the exception was raised in code that is not ours, called by the last spot

    @property
    def crash(self) -> Spot:
        return self.spots[-1]

    @cached_property
    def tracer(self) -> Tracer:
        return Tracer(self.code, self.spots)

    @cached_property
    def raises(self) -> bool:
        """The crash line says `raise`: somebody thought of this case."""
        return not self.below and isinstance(self.crash.statement, ast.Raise)

    @cached_property
    def asserts(self) -> bool:
        return not self.below and isinstance(self.crash.statement, ast.Assert)

    @cached_property
    def culprits(self) -> list[ast.expr]:
        """The expressions whose value the exception complains about, the likeliest first."""
        return list(dict.fromkeys(_culprits(self)))

    @cached_property
    def origins(self) -> list[Origin]:
        found = [o for value in self.culprits[:4] for o in self.tracer.origins(value, len(self.spots) - 1)]
        return sorted(found, key=lambda origin: origin.steps)


def _culprits(scene: Scene) -> Iterator[ast.expr]:
    value, expressions = scene.error.value, scene.crash.expressions
    missing = MISSING_ATTRIBUTE.match(value)
    for node in expressions:
        if isinstance(node, ast.Attribute) and missing and node.attr == missing[2]:
            yield node.value
        elif isinstance(node, ast.Subscript) and (
            "subscript" in value or scene.error.type in (*LOOKUP_ERRORS, "TypeError")
        ):
            yield node.value
            yield node.slice
        elif isinstance(node, ast.BinOp | ast.UnaryOp | ast.Compare | ast.BoolOp) and (
            "operand" in value or "concatenate" in value
        ):
            yield from (n for n in ast.iter_child_nodes(node) if isinstance(n, ast.expr))
        elif isinstance(node, ast.Compare) and "argument of type" in value:
            yield from node.comparators
        elif isinstance(node, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
            yield from [node.generators[0].iter] * ("iterable" in value)
        elif isinstance(node, ast.Call) and not missing:
            yield from [node.func] * ("not callable" in value)
            yield from node.args
    statement = scene.crash.statement
    if isinstance(statement, ast.For | ast.AsyncFor) and "iterable" in value:
        yield statement.iter
    if isinstance(statement, ast.Assign) and "unpack" in value:
        yield statement.value
    if scene.raises or scene.asserts:
        yield from _guards(scene)


def _guards(scene: Scene) -> Iterator[ast.expr]:
    """The names that the condition around a `raise` looks at."""
    statement, body = scene.crash.statement, scene.crash.body
    for node in own_nodes(body) if body else ():
        if isinstance(node, ast.If) and statement in (*node.body, *node.orelse):
            yield from (n for n in ast.walk(node.test) if isinstance(n, ast.Name | ast.Attribute))
    if isinstance(statement, ast.Assert):
        yield from (n for n in ast.walk(statement.test) if isinstance(n, ast.Name | ast.Attribute))
