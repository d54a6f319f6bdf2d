"""Clues from where the bad value came from: a call, an attribute, a caller, a module's table."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from triage.localize.code import File, FunctionNode, Unit
from triage.localize.flow import Origin, Place
from triage.localize.scene import LOOKUP_ERRORS, MISSING_ATTRIBUTE, Clue, Scene
from triage.localize.syntax import defaults, own_nodes, parameters

_NEVER_NONE = (ast.Constant, ast.Tuple, ast.List, ast.Dict, ast.Set, ast.JoinedStr, ast.BinOp)


def value_from_call(scene: Scene) -> Iterator[Clue]:
    """The bad value is the result of one of the project's functions, which is not on the stack."""
    about_none = "NoneType" in scene.error.value
    for origin in scene.origins:
        if origin.kind != "call" or origin.place.unit is None or origin.place.key == scene.crash.place.key:
            continue
        if about_none and _forgets_to_return(origin.place.unit):
            yield Clue(
                origin.place, origin.line, 0.66, f"it falls off its end, so returns None; {origin.how}"
            )
        elif about_none and not _may_return_none(origin.place.unit):
            continue
        else:
            yield Clue(origin.place, origin.line, 0.3 - 0.03 * min(origin.steps, 4), origin.how)


def value_from_attribute(scene: Scene) -> Iterator[Clue]:
    for origin in scene.origins:
        if origin.kind == "attribute":
            unit = origin.place.unit
            own = unit is not None and unit.name == "__init__"
            bare = unit is not None and unit.node is not None and _kept_bare(unit.node, origin.line)
            none = own and bare and "NoneType" in scene.error.value
            yield Clue(origin.place, origin.line, 0.66 if none else 0.26 if own else 0.2, origin.how)


def _kept_bare(node: ast.AST, line: int) -> bool:
    """`self.b = b` beside `self.a = a or []`: a stand-in was thought of for others."""
    kept = [
        n for n in own_nodes(node) if isinstance(n, ast.Assign) and isinstance(n.targets[0], ast.Attribute)
    ]
    bare = any(n.lineno == line and isinstance(n.value, ast.Name) for n in kept)
    return bare and any(isinstance(n.value, ast.BoolOp | ast.IfExp) for n in kept)


def value_from_caller(scene: Scene) -> Iterator[Clue]:
    """The bad value came in as an argument: whoever passed it is suspect.

    A None that a function never offered to take is its caller's fault; other values are more often
    the function's own business.
    """
    givers = [o for o in scene.origins if o.kind == "caller" and o.place.key != scene.crash.place.key]
    none = "NoneType" in scene.error.value and not scene.raises and not _forgetful(scene)
    none = none and not _held_inside(scene) and not _offered(scene)
    for origin in givers:
        weight = _giver(scene, origin, none) if origin is givers[-1] else 0.16
        yield Clue(origin.place, origin.line, weight, f"{origin.how} to {scene.crash.located.function}")
    makers = [o for o in scene.origins if o.kind == "maker" and o.place.key != scene.crash.place.key]
    if none and makers and makers[0].steps > 2:
        maker = makers[0]
        yield Clue(maker.place, maker.line, 0.66, f"{maker.how}, which the others only passed on")


def _offered(scene: Scene) -> bool:
    """Whether the function itself takes None for what it stumbled over: by default, or as it asks for it."""
    node = scene.crash.unit.node if scene.crash.unit else None
    if node is None:
        return False
    held = scene.crash.located.frame.vars
    given = {v.id for v in scene.culprits if isinstance(v, ast.Name) and held.get(v.id, "None") == "None"}
    given &= set(parameters(node))
    return bool(given) and given <= {*map(_asked_for, own_nodes(node)), *_left_out(node)}


def _asked_for(node: ast.AST) -> str:
    """`name` of `name is None`, `name is not None`."""
    if not isinstance(node, ast.Compare) or not isinstance(node.left, ast.Name):
        return ""
    none = isinstance(node.ops[0], ast.Is | ast.IsNot) and _says_none(node.comparators[0])
    return node.left.id if none else ""


def _left_out(node: FunctionNode) -> set[str]:
    """Parameters that are None where nobody gives them."""
    return {name for name, value in defaults(node).items() if _says_none(value)}


def _held_inside(scene: Scene) -> bool:
    """`sorted(items)` that compares a None in it, `int(row[key])`: what was passed is no None itself."""
    items = any(isinstance(value, ast.Subscript) for value in scene.culprits)
    if items and "subscript" not in scene.error.value:
        return True
    compared = any(isinstance(node, ast.Compare) for node in scene.crash.expressions)
    return "not supported between" in scene.error.value and not compared


def _giver(scene: Scene, origin: Origin, none: bool) -> float:
    """Who passed a value first, where others only passed it on."""
    if none and origin.steps <= 2:
        return 0.64
    return 0.4 if origin.steps > 1 and not scene.raises else 0.16


def _forgetful(scene: Scene) -> bool:
    """Whether a function of the project made the None by accident."""
    calls = [o.place.unit for o in scene.origins if o.kind == "call"]
    return any(unit is not None and _forgets_to_return(unit) for unit in calls)


def value_from_module(scene: Scene) -> Iterator[Clue]:
    """A table or a pattern at module level does not cover this case."""
    for origin in scene.origins:
        if origin.kind == "global":
            yield Clue(origin.place, origin.line, 0.3, origin.how)


def value_from_outside(scene: Scene) -> Iterator[Clue]:
    """A function in a function stumbles over a variable of the outer one, which made it."""
    unit, file = scene.crash.unit, scene.crash.file
    outer = file.unit(unit.qualname.rpartition(".")[0]) if unit and unit.node else None
    if outer is None or outer.node is None or unit is None or unit.node is None or scene.raises:
        return
    if scene.error.type in LOOKUP_ERRORS:
        return  # the place in it is the inner one's own business
    own = {*parameters(unit.node), *_bound(unit.node)}
    made = _bound(outer.node)
    if "NoneType" in scene.error.value:
        made |= dict.fromkeys(_left_out(outer.node), outer.first)
    for value in scene.culprits:
        if isinstance(value, ast.Name) and value.id not in own and value.id in made:
            yield Clue(Place(file, outer), made[value.id], 0.64, f"{value.id} is its own")


def _bound(node: ast.AST) -> dict[str, int]:
    """Names that a function assigns, with the first line."""
    found: dict[str, int] = {}
    for inner in own_nodes(node):
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store):
            found.setdefault(inner.id, inner.lineno)
    return found


def passed_literal(scene: Scene) -> Iterator[Clue]:
    """Somebody wrote None, or bytes, or a list into a call, and below it the type was a wrong one."""
    if scene.raises or scene.error.type not in ("TypeError", "AttributeError"):
        return
    words = set(re.findall(r"\w+", scene.error.value[:1000]))
    for origin in scene.origins:
        if origin.kind == "literal" and origin.how.rpartition(" ")[2] in words:
            yield Clue(origin.place, origin.line, 0.66, origin.how)


def marked_elsewhere(scene: Scene) -> Iterator[Clue]:
    """Other code of the project marks strangers' objects with this attribute; whoever passed one on that
    was not marked yet came too early."""
    found = MISSING_ATTRIBUTE.match(scene.error.value)
    givers = [o for o in scene.origins if o.kind == "caller" and o.place.key != scene.crash.place.key]
    if found is None or found[1] == "NoneType" or not givers or scene.raises:
        return
    if scene.code.class_named(found[1].rpartition(".")[2], scene.crash.file) is None and _marks(
        scene.crash.file, found[2]
    ):
        giver = givers[-1]
        yield Clue(giver.place, giver.line, 0.66, f"{giver.how} before it had its {found[2]}")


def _marks(file: File, attribute: str) -> bool:
    """`node.attribute = …`, of other objects than the own one."""
    return any(
        isinstance(n, ast.Attribute)
        and n.attr == attribute
        and isinstance(n.ctx, ast.Store)
        and not (isinstance(n.value, ast.Name) and n.value.id in ("self", "cls"))
        for n in (ast.walk(file.tree) if file.tree else ())
    )


def _returns(unit: Unit) -> list[ast.Return]:
    return [n for n in own_nodes(unit.node) if isinstance(n, ast.Return)] if unit.node else []


def _may_return_none(unit: Unit) -> bool:
    """Whether None is among its results, as far as its text shows."""
    returns = _returns(unit)
    if unit.node is None or not returns:
        return True
    return _falls_through(unit.node.body) or any(_maybe_none(r.value) for r in returns)


def _maybe_none(value: ast.expr | None) -> bool:
    return _says_none(value) or not isinstance(value, _NEVER_NONE)


def _says_none(value: ast.expr | None) -> bool:
    return value is None or (isinstance(value, ast.Constant) and value.value is None)


def _forgets_to_return(unit: Unit) -> bool:
    """It returns values on some paths and falls off the end on another, without ever saying None."""
    returns = _returns(unit)
    if unit.node is None or not returns or _is_generator(unit.node):
        return False
    annotated = ast.unparse(unit.node.returns) if unit.node.returns else ""
    meant = "None" in annotated or "Optional" in annotated or any(_says_none(r.value) for r in returns)
    return not meant and _falls_through(unit.node.body)


def _is_generator(node: ast.AST) -> bool:
    return any(isinstance(n, ast.Yield | ast.YieldFrom) for n in own_nodes(node))


def _falls_through(body: list[ast.stmt]) -> bool:
    last = body[-1]
    if isinstance(last, ast.Return | ast.Raise):
        return False
    if isinstance(last, ast.If):
        return not last.orelse or _falls_through(last.body) or _falls_through(last.orelse)
    if isinstance(last, ast.Try):
        if last.finalbody and not _falls_through(last.finalbody):
            return False
        ends = [last.orelse or last.body, *(handler.body for handler in last.handlers)]
        return any(map(_falls_through, ends))
    if isinstance(last, ast.With | ast.AsyncWith):
        return _falls_through(last.body)
    if isinstance(last, ast.While):
        endless = isinstance(last.test, ast.Constant) and bool(last.test.value)
        return not endless or any(isinstance(n, ast.Break) for n in ast.walk(last))
    if isinstance(last, ast.Match):
        return True
    return True
