"""Clues from who answers for what: a function that only passes on, that says it refuses, a caller that
catches."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from triage.localize.flow import Spot
from triage.localize.scene import Clue, Scene
from triage.localize.syntax import own_nodes

_RAISES = re.compile(r"(?:\bRaises?:?\s{1,20}|:raises?\s{1,9})(?:\w{1,80}\.){0,4}(\w{1,80})")
_NEAR = 3  # frames up the stack
_WIDE = frozenset(("Exception", "BaseException"))


def says_so(scene: Scene) -> Iterator[Clue]:
    """A function whose docstring names the error it raises is right to raise it; its caller did not look."""
    if not scene.raises or not isinstance(scene.crash.body, ast.FunctionDef | ast.AsyncFunctionDef):
        return
    told = _RAISES.findall(ast.get_docstring(scene.crash.body) or "")
    caller = _caller(scene)
    if caller and scene.error.type.rpartition(".")[2] in told:
        why = f"{scene.crash.located.function} says that it raises {scene.error.type}"
        yield Clue(caller.place, caller.located.line, 0.64, why)


def passed_on(scene: Scene) -> Iterator[Clue]:
    """A function that is one call of somebody else's code on what it was given: who gave it chose wrong."""
    body = scene.crash.body
    if not scene.below or not isinstance(body, ast.FunctionDef | ast.AsyncFunctionDef):
        return
    caller = _caller(scene)
    if caller and _one_call(body.body):
        why = f"{scene.crash.located.function} only passes on what this gave it"
        yield Clue(caller.place, caller.located.line, 0.64, why)


def _one_call(body: list[ast.stmt]) -> bool:
    """Whether a function does but one thing, or one of two."""
    does = [s for s in body if not (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant))]
    match does:
        case [ast.Return() | ast.Expr()]:
            return True
        case [ast.If(body=[ast.Return()], orelse=[ast.Return()])]:
            return True
        case [ast.If(body=[ast.Return()], orelse=[]), ast.Return()]:
            return True
        case _:
            return False


def catches_others(scene: Scene) -> Iterator[Clue]:
    """A caller that catches other errors of the same call, and not this one."""
    for spot in reversed(scene.spots[-1 - _NEAR : -1]):
        caught = {name for handlers in _handlers(spot) for name in handlers}
        if caught and not caught & {*_WIDE, scene.error.type} and spot.place.key != scene.crash.place.key:
            why = f"it catches {', '.join(sorted(caught)[:3])} of this call, and not {scene.error.type}"
            yield Clue(spot.place, spot.located.line, 0.4, why)
            return


def _handlers(spot: Spot) -> Iterator[list[str]]:
    line = spot.located.line
    for node in own_nodes(spot.body) if spot.body and spot.unit else ():
        if isinstance(node, ast.Try) and node.body[0].lineno <= line <= (node.body[-1].end_lineno or 0):
            for handler in node.handlers:
                kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
                yield [ast.unparse(k).rpartition(".")[2] if k else "BaseException" for k in kinds]


def lacks_key(scene: Scene) -> Iterator[Clue]:
    """`context.opts["key"]`: a caller that writes the keys of `opts` down left this one out."""
    if scene.error.type != "KeyError" or scene.below:
        return
    keys = {
        node.value.attr
        for node in scene.crash.expressions
        if isinstance(node, ast.Subscript)
        and isinstance(node.value, ast.Attribute)
        and isinstance(node.slice, ast.Constant)
        and repr(node.slice.value) == scene.error.value.strip()
    }
    for spot in scene.spots[:-1]:
        for node in own_nodes(spot.body) if keys and spot.body and spot.unit else ():
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict):
                names = {t.id for t in node.targets if isinstance(t, ast.Name)}
                if names & keys and spot.place.key != scene.crash.place.key:
                    why = f"it makes {sorted(names & keys)[0]} without the key {scene.error.value[:80]}"
                    yield Clue(spot.place, node.lineno, 0.66, why)
                    return


def _caller(scene: Scene) -> Spot | None:
    """The next function up the stack that is not one of a descriptor."""
    others = (s for s in reversed(scene.spots) if s.place.key != scene.crash.place.key)
    return next((s for s in others if not s.located.function.endswith(("__get__", "__call__"))), None)
