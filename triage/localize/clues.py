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

from triage.localize.code import File, Unit, is_test, is_vendored
from triage.localize.duties import catches_others, lacks_key, passed_on, says_so
from triage.localize.flow import Place, Spot
from triage.localize.promises import annotation, own_error, pattern
from triage.localize.scene import MISSING_ATTRIBUTE, Clue, Scene
from triage.localize.syntax import own_nodes, parameters, setters
from triage.localize.values import (
    marked_elsewhere,
    passed_literal,
    value_from_attribute,
    value_from_call,
    value_from_caller,
    value_from_module,
    value_from_outside,
)

_CALL_SHAPE = re.compile(
    r"^(?:[\w.<>]{0,300}\.)?(\w{1,200})\(\) (?:takes|missing|got (?:an unexpected|multiple|some positional))"
)
_UNDEFINED = re.compile(r"^(?:global |free )?(?:name|variable) '(\w{1,200})' is not defined")
_COMPLAINERS = re.compile(
    r"^_*(?:raise|fail|error|abort|die|panic|invalid|bad|complain)(?:_|s$|$)", re.IGNORECASE
)
_CHECKERS = re.compile(r"^_*(?:check|validate|ensure|assert|require|verify)(?:_|$|[A-Z])")
_ANSWERS = frozenset(
    ("__getitem__", "__setitem__", "__delitem__", "__missing__", "get", "pop", "index", "<genexpr>")
)
_ESCAPED = ("raised StopIteration", "raised StopAsyncIteration")
_LOOKUPS = frozenset(("__getattr__", "__getattribute__", "__getitem__", "__missing__", "__call__", "__get__"))


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


def looked_up(scene: Scene) -> Iterator[Clue]:
    """A container answers to an absent key as it should; who asked for it did not look first."""
    if scene.below or scene.error.type not in ("KeyError", "IndexError"):
        return
    names = [spot.located.function.rpartition(".")[2] for spot in scene.spots]
    asked = [
        s for s, n in zip(scene.spots, names, strict=True) if n not in _ANSWERS and not _CHECKERS.match(n)
    ]
    name = next((n for n in reversed(names) if not _CHECKERS.match(n)), "")
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
    found = MISSING_ATTRIBUTE.match(scene.error.value)
    if scene.error.type != "AttributeError" or found is None or scene.raises:
        return
    owner = scene.code.class_named(found[1].rpartition(".")[2], scene.crash.file)
    if owner is None:
        return
    chain = list(scene.code.bases(*owner))
    sets = [(file, unit, line) for file, cls in chain for unit, line in setters(file, cls, found[2])]
    init = next((Place(f, u) for f, cls in chain for u in [f.unit(f"{cls}.__init__")] if u), None)
    made = [Place(file, unit) for file, unit, _ in sets if unit.name == "__init__"]
    if init and init.unit and made and init not in made and not _makes_base(init.unit):
        yield Clue(init, init.unit.first, 0.66, f"it never calls its base's __init__, which sets {found[2]}")
    if init and init.unit and init.unit.node and not sets and found[2] in parameters(init.unit.node):
        yield Clue(init, init.unit.first, 0.7, f"it takes {found[2]} and does not keep it")
    for file, unit, line in sets:
        weight = 0.3 if unit.name == "__init__" else 0.24
        yield Clue(Place(file, unit), line, weight, f"it sets the attribute {found[2]} that was missing")
    if init and init.unit and sets and all(unit.name != "__init__" for _, unit, _ in sets):
        why = f"it leaves {found[2]} unset, which {sets[0][1].name} sets later"
        yield Clue(init, init.unit.first, 0.64, why)
    elif init and init.unit and not sets and not _alike(found[2], _attributes(chain)):
        here = any(isinstance(n, ast.Attribute) and n.attr == found[2] for n in scene.crash.expressions)
        yield Clue(init, init.unit.first, 0.22 if here else 0.66, f"nothing in its class sets {found[2]}")


def _makes_base(init: Unit) -> bool:
    """Whether a constructor calls another one: `super().__init__(…)`, `Base.__init__(self, …)`."""
    calls = (n.func for n in ast.walk(init.node) if isinstance(n, ast.Call)) if init.node else ()
    return any(isinstance(func, ast.Attribute) and func.attr == "__init__" for func in calls)


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
    own = similar or _imported_inside(scene.crash.file, found[1])
    shared = importable or _used_often(scene.crash.file, found[1])
    weight = 0.3 if own else 0.66 if shared else 0.5
    yield Clue(place, 1, weight, f"{found[1]} is neither defined nor imported in this module")


def _imported_inside(file: File, name: str) -> bool:
    """Whether other functions of the file import the name for themselves."""
    nodes = (n for unit in file.units if unit.node for n in own_nodes(unit.node))
    imports = (n for n in nodes if isinstance(n, ast.Import | ast.ImportFrom))
    return any((alias.asname or alias.name) == name for node in imports for alias in node.names)


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
    repeated = [s for s in repeated if not _passes_on(s)] or repeated
    for number, spot in enumerate({s.place.key: s for s in reversed(repeated)}.values()):
        yield Clue(spot.place, spot.located.line, 0.75 * 0.8**number, "it calls itself without end")


def _passes_on(spot: Spot) -> bool:
    """A dispatcher: its line calls what it was given with what it was given."""
    calls = [e for e in spot.expressions if isinstance(e, ast.Call)]
    return _generic_call(calls) and any(isinstance(c.func, ast.Name) for c in calls)


def cause(scene: Scene) -> Iterator[Clue]:
    """`raise X from Y`: Y's crash, where it is deeper in the same story."""
    if not scene.raises:
        return
    for spot in scene.causes[:2]:
        if spot.place.key != scene.crash.place.key:
            yield Clue(spot.place, spot.located.line, 0.45, "the chain's first exception was raised here")


def escaped(scene: Scene) -> Iterator[Clue]:
    """A StopIteration that left a generator became another error, further up: its own place is the crash."""
    if scene.error.type == "RuntimeError" and scene.error.value.endswith(_ESCAPED):
        for spot in scene.causes[-1:]:
            yield Clue(spot.place, spot.located.line, 0.75, "what became this error was raised here")


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
    value_from_outside,
    passed_literal,
    marked_elsewhere,
    own_error,
    pattern,
    annotation,
    says_so,
    passed_on,
    catches_others,
    lacks_key,
    looked_up,
    deliberate,
    missing_attribute,
    call_shape,
    undefined_name,
    import_error,
    recursion,
    cause,
    escaped,
    called_here,
    nearby,
)


def discount(scene: Scene, place: Place) -> float:
    """How much less a place is to be believed, whatever points at it."""
    if is_test(place.file.path):
        return 0.4
    if is_vendored(place.file.path):
        return 0.2  # a copy is mended where it came from
    return 1.0


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
