"""What tells that the cause is somewhere else than the crash. Each clue is one small function.

A clue names a place, how much it weighs (0..1) and why. Weights are ordinal: they were set on crashes of
real projects, where three in four fixes go to the function that crashed, so that a clue has to be strong
to come before it.
"""

from __future__ import annotations

import ast
import difflib
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from triage.incident import ExceptionInfo
from triage.localize.code import MODULE, File, Unit, is_test, is_vendored
from triage.localize.flow import Code, Origin, Place, Spot, Tracer, own_nodes, setters

_MISSING_ATTRIBUTE = re.compile(r"^(?:type object )?'([\w.]{1,200})' object has no attribute '(\w{1,200})'")
_CALL_SHAPE = re.compile(
    r"^(?:[\w.<>]{0,300}\.)?(\w{1,200})\(\) (?:takes|missing|got (?:an unexpected|multiple|some positional))"
)
_UNDEFINED = re.compile(r"^(?:global |free )?(?:name|variable) '(\w{1,200})' is not defined")
_COMPLAINERS = re.compile(
    r"^_*(?:raise|fail|error|abort|die|panic|invalid|bad|complain)(?:_|s$|$)", re.IGNORECASE
)
_CHECKERS = re.compile(r"^_*(?:check|validate|ensure|assert|require|verify)(?:_|$|[A-Z])")
_LOOKUP_ERRORS = frozenset(("KeyError", "IndexError", "TypeError"))
_NEVER_NONE = (ast.Constant, ast.Tuple, ast.List, ast.Dict, ast.Set, ast.JoinedStr, ast.BinOp)
_ANSWERS = frozenset(("__getitem__", "__delitem__", "__missing__", "get", "pop", "index", "<genexpr>"))
_LOOKUPS = frozenset(("__getattr__", "__getattribute__", "__getitem__", "__missing__", "__call__", "__get__"))


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


def stack(scene: Scene) -> Iterator[Clue]:
    """The crash itself, then its callers with falling weight."""
    weight, seen = 0.62, set[tuple[str, str]]()
    for spot in reversed(scene.spots):
        if spot.place.key in seen:
            continue
        why = "the exception was raised here" if not seen else "a caller on the stack"
        yield Clue(spot.place, spot.located.line, weight, why)
        seen.add(spot.place.key)
        weight = 0.34 if len(seen) == 1 else weight * 0.72


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
            own = origin.place.unit and origin.place.unit.name == "__init__"
            yield Clue(origin.place, origin.line, 0.26 if own else 0.2, origin.how)


def value_from_caller(scene: Scene) -> Iterator[Clue]:
    """The bad value came in as an argument: whoever passed it is suspect.

    A None that a function never offered to take is its caller's fault; other values are more often
    the function's own business.
    """
    givers = [o for o in scene.origins if o.kind == "caller" and o.place.key != scene.crash.place.key]
    none = "NoneType" in scene.error.value and not scene.raises and not _forgetful(scene)
    for origin in givers:
        weight = _giver(scene, origin, none) if origin is givers[-1] else 0.16
        yield Clue(origin.place, origin.line, weight, f"{origin.how} to {scene.crash.located.function}")


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


def looked_up(scene: Scene) -> Iterator[Clue]:
    """A container answers to an absent key as it should; who asked for it did not look first."""
    if scene.below or scene.error.type not in ("KeyError", "IndexError"):
        return
    asked = [s for s in scene.spots if s.located.function.rpartition(".")[2] not in _ANSWERS]
    name = scene.crash.located.function.rpartition(".")[2]
    if name in _ANSWERS and asked:
        yield Clue(
            asked[-1].place, asked[-1].located.line, 0.66, f"{name} answered that there is no such key"
        )


def deliberate(scene: Scene) -> Iterator[Clue]:
    """A function that exists to complain is right to complain; who called it was wrong."""
    if len(scene.spots) < 2 or not (scene.raises or scene.asserts):
        return
    caller = next((s for s in reversed(scene.spots) if s.place.key != scene.crash.place.key), None)
    name = scene.crash.located.function.rpartition(".")[2]
    if caller is None:
        return
    if _COMPLAINERS.match(name):
        yield Clue(caller.place, caller.located.line, 0.62, f"it found the fault that {name} only reports")
    elif _CHECKERS.match(name) or name in _LOOKUPS:
        why = f"{name} refuses on purpose; this function handed it what it refuses"
        yield Clue(caller.place, caller.located.line, 0.3, why)


def missing_attribute(scene: Scene) -> Iterator[Clue]:
    """An attribute that a class of the project should have: its __init__, or whoever else sets it."""
    found = _MISSING_ATTRIBUTE.match(scene.error.value)
    if scene.error.type != "AttributeError" or found is None or scene.raises:
        return
    owner = scene.code.class_named(found[1].rpartition(".")[2], scene.crash.file)
    if owner is None:
        return
    chain = list(scene.code.bases(*owner))
    sets = [(file, unit, line) for file, cls in chain for unit, line in setters(file, cls, found[2])]
    init = next((Place(f, u) for f, cls in chain for u in [f.unit(f"{cls}.__init__")] if u), None)
    for file, unit, line in sets:
        weight = 0.3 if unit.name == "__init__" else 0.24
        yield Clue(Place(file, unit), line, weight, f"it sets the attribute {found[2]} that was missing")
    if init and init.unit and sets and all(unit.name != "__init__" for _, unit, _ in sets):
        why = f"it leaves {found[2]} unset, which {sets[0][1].name} sets later"
        yield Clue(init, init.unit.first, 0.64, why)
    elif init and init.unit and not sets and not _alike(found[2], _attributes(chain)):
        here = any(isinstance(n, ast.Attribute) and n.attr == found[2] for n in scene.crash.expressions)
        yield Clue(init, init.unit.first, 0.22 if here else 0.66, f"nothing in its class sets {found[2]}")


def call_shape(scene: Scene) -> Iterator[Clue]:
    """The arguments do not fit: the call or the signature is wrong, and the other callers tell which."""
    found = _CALL_SHAPE.match(scene.error.value)
    if scene.error.type != "TypeError" or found is None:
        return
    calls = [e for e in scene.crash.expressions if isinstance(e, ast.Call)]
    places = [p for call in calls for p in scene.code.callees(call, scene.crash.file, scene.crash.unit)]
    named = [p for p in places if p.unit and p.unit.name == found[1]]
    known = [] if found[1].startswith("__") else scene.code.functions(found[1])
    for place in (named or known)[:3]:
        if place.unit is None:
            continue
        weight = 0.66 if _generic_call(calls) else 0.36
        yield Clue(place, place.unit.first, weight, "its signature does not take what it is called with")


def undefined_name(scene: Scene) -> Iterator[Clue]:
    """A name nobody defined: an import is missing at the top, or it is misspelt here."""
    found = _UNDEFINED.match(scene.error.value)
    if scene.error.type != "NameError" or found is None:
        return
    place = Place(scene.crash.file, None)
    importable = found[1] in scene.code.checkout.modules or bool(scene.code.functions(found[1]))
    similar = _alike(found[1], _names_of(scene.crash.file))
    weight = 0.3 if similar else 0.66 if importable or _used_often(scene.crash.file, found[1]) else 0.5
    yield Clue(place, 1, weight, f"{found[1]} is neither defined nor imported in this module")


def import_error(scene: Scene) -> Iterator[Clue]:
    """The module that does not hold what was asked of it."""
    if scene.error.type not in ("ImportError", "ModuleNotFoundError"):
        return
    for name in re.findall(r"'([\w.]{1,200})'", scene.error.value[:1000]):
        path = scene.code.checkout.modules.get(name)
        file = scene.code.checkout.file(path) if path else None
        if file and file.path != scene.crash.file.path:
            yield Clue(Place(file, None), 1, 0.3, f"{name} was imported from")


def recursion(scene: Scene) -> Iterator[Clue]:
    """An endless recursion has no crash line: the function that repeats is it."""
    if scene.error.type != "RecursionError":
        return
    counted = Counter(spot.place.key for spot in scene.spots)
    often = max(counted.values())
    repeated = [s for s in scene.spots if counted[s.place.key] >= max(2, often / 2)]
    for number, spot in enumerate({s.place.key: s for s in reversed(repeated)}.values()):
        yield Clue(spot.place, spot.located.line, 0.75 * 0.8**number, "it calls itself without end")


def cause(scene: Scene) -> Iterator[Clue]:
    """`raise X from Y`: Y's crash, where it is deeper in the same story."""
    if not scene.raises:
        return
    for spot in scene.causes[:2]:
        if spot.place.key != scene.crash.place.key:
            yield Clue(spot.place, spot.located.line, 0.45, "the chain's first exception was raised here")


def called_here(scene: Scene) -> Iterator[Clue]:
    """Functions the crash line calls, with nothing else known about them."""
    for call in [e for e in scene.crash.expressions if isinstance(e, ast.Call)]:
        for place in scene.code.callees(call, scene.crash.file, scene.crash.unit):
            if place.unit and place.key != scene.crash.place.key:
                yield Clue(place, place.unit.first, 0.12, "the crash line calls it")


def nearby(scene: Scene) -> Iterator[Clue]:
    """Where the rest of a short list comes from: the class's __init__, the module around the crash."""
    file, unit = scene.crash.file, scene.crash.unit
    init = file.unit(f"{unit.owner}.__init__") if unit and unit.owner else None
    if init and init != unit:
        yield Clue(Place(file, init), init.first, 0.09, "it makes the object that failed")
    if unit:
        yield Clue(Place(file, None), 1, 0.08, "the module around the crash")


ALL: tuple[Callable[[Scene], Iterator[Clue]], ...] = (
    stack,
    value_from_call,
    value_from_attribute,
    value_from_caller,
    value_from_module,
    looked_up,
    deliberate,
    missing_attribute,
    call_shape,
    undefined_name,
    import_error,
    recursion,
    cause,
    called_here,
    nearby,
)


def discount(scene: Scene, place: Place) -> float:
    """How much less a place is to be believed, whatever points at it."""
    if is_test(place.file.path):
        return 0.4
    if is_vendored(place.file.path):
        return 0.5
    return 1.0


def _culprits(scene: Scene) -> Iterator[ast.expr]:
    value, expressions = scene.error.value, scene.crash.expressions
    missing = _MISSING_ATTRIBUTE.match(value)
    for node in expressions:
        if isinstance(node, ast.Attribute) and missing and node.attr == missing[2]:
            yield node.value
        elif isinstance(node, ast.Subscript) and ("subscript" in value or scene.error.type in _LOOKUP_ERRORS):
            yield node.value
            yield node.slice
        elif isinstance(node, ast.BinOp | ast.UnaryOp | ast.Compare | ast.BoolOp) and "operand" in value:
            yield from (n for n in ast.iter_child_nodes(node) if isinstance(n, ast.expr))
        elif isinstance(node, ast.Compare) and "argument of type" in value:
            yield from node.comparators
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


def _attributes(chain: list[tuple[File, str]]) -> set[str]:
    """What the classes of a chain call their own attributes and methods."""
    found = {unit.name for file, cls in chain for unit in file.units if unit.owner == cls}
    for file, cls in chain:
        found |= {n.attr for n in ast.walk(file.classes[cls]) if isinstance(n, ast.Attribute)}
    return found


def _alike(name: str, known: set[str]) -> bool:
    return bool(difflib.get_close_matches(name, known - {name}, n=1, cutoff=0.8))


def _names_of(file: File) -> set[str]:
    tree = file.tree
    names = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)} if tree else set()
    return names | set(file.by_name) | set(file.classes)


def _used_often(file: File, name: str) -> bool:
    uses = [n for n in ast.walk(file.tree) if isinstance(n, ast.Name) and n.id == name] if file.tree else []
    return len({unit.qualname for n in uses if (unit := file.unit_at(n.lineno))}) > 1


def _generic_call(calls: list[ast.Call]) -> bool:
    """`func(*args, **kwargs)`: the caller only passes on."""
    return any(isinstance(a, ast.Starred) for c in calls for a in c.args) or any(
        k.arg is None for c in calls for k in c.keywords
    )


__all__ = ["ALL", "MODULE", "Clue", "Scene", "discount"]
