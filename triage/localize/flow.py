"""Where a value came from: through assignments, parameters and calls, as far as names tell.

No types, no execution: an answer is a suspicion, and where a name has several meanings there is none.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from triage.incident import Located
from triage.localize.code import Checkout, File, Unit, is_test
from triage.localize.syntax import (
    argument,
    bindings,
    binds,
    defaults,
    dotted,
    is_self,
    is_super,
    last_assignment,
    name_of,
    own_expressions,
    parameters,
    setters,
    statement_at,
    type_name,
)

_MAX_STEPS = 12
_MAX_INDEXED = 4000  # files; beyond, methods are not found by their bare name


@dataclass(frozen=True, slots=True)
class Place:
    """A function of the repository, or the module level of a file (unit is None)."""

    file: File
    unit: Unit | None

    @property
    def key(self) -> tuple[str, str]:
        return self.file.path, self.unit.qualname if self.unit else "<module>"


@dataclass(frozen=True, slots=True)
class Origin:
    """One step on the way back from a value: `how` is in words."""

    kind: str  # call | parameter | default | attribute | caller | maker | literal | global
    place: Place
    line: int
    how: str
    steps: int


@dataclass(frozen=True)
class Spot:
    """A frame as code: its file, function and the statement it stands at."""

    located: Located
    file: File
    unit: Unit | None

    @property
    def place(self) -> Place:
        return Place(self.file, self.unit)

    @property
    def body(self) -> ast.AST | None:
        return self.unit.node if self.unit else self.file.tree

    @cached_property
    def statement(self) -> ast.stmt | None:
        return statement_at(self.body, self.located.line) if self.body else None

    @cached_property
    def expressions(self) -> list[ast.expr]:
        """Those of the statement's own part (not a block's content), on the frame's line where any is."""
        if self.statement is None:
            return []
        own = list(own_expressions(self.statement))
        line = self.located.line
        here = [e for e in own if e.lineno <= line <= (e.end_lineno or e.lineno)]
        return here or own


class Code:
    """Names of a checkout, resolved."""

    def __init__(self, checkout: Checkout) -> None:
        self.checkout = checkout
        self._functions: dict[str, list[Place]] = {}

    def spot(self, located: Located) -> Spot | None:
        file = self.checkout.file(located.path)
        if file is None:
            return None
        return Spot(located, file, file.unit(located.function) if located.function != "<module>" else None)

    def functions(self, name: str) -> list[Place]:
        """Every function of that bare name outside tests. Only files that spell it are parsed."""
        if name not in self._functions:
            files = self._spelling(re.compile(rf"\bdef {re.escape(name)}\b"))
            self._functions[name] = [
                Place(file, unit) for file in files for unit in file.by_name.get(name, ())
            ]
        return self._functions[name]

    def _spelling(self, pattern: re.Pattern[str]) -> list[File]:
        paths = [path for path in self.checkout.paths if path.endswith(".py") and not is_test(path)]
        files = map(self.checkout.file, paths[:_MAX_INDEXED])
        return [file for file in files if file and pattern.search(file.text)]

    def callees(self, call: ast.Call, file: File, unit: Unit | None) -> list[Place]:
        """The repository's functions that `call` may enter: one, or none where the name does not tell."""
        return self.named(call.func, file, unit)

    def named(self, target: ast.expr, file: File, unit: Unit | None) -> list[Place]:
        if isinstance(target, ast.Name):
            return self._global(target.id, file)
        if not isinstance(target, ast.Attribute):
            return []
        if is_self(target.value) and unit and unit.owner:
            return self._method(file, unit.owner, target.attr)
        if unit and unit.owner and is_super(target.value):
            return self._inherited(file, unit.owner, target.attr)
        module = self._module(target.value, file)
        if module:
            return self._global(target.attr, module)
        known = self.functions(target.attr)
        return known if len(known) == 1 else []

    def constant(self, name: str, file: File) -> tuple[File, int] | None:
        """The module-level assignment of `name`, here or where it is imported from."""
        for node in file.tree.body if file.tree else ():
            if any(binds(target, name) for target, _ in bindings(node)):
                return file, node.lineno
        imported = self._imported(name, file)
        return self.constant(imported[1], imported[0]) if imported else None

    def class_named(self, name: str, near: File) -> tuple[File, str] | None:
        """A class of the repository by its bare name: in the file, imported into it, or the only one."""
        if name in near.classes:
            return near, name
        imported = self._imported(name, near)
        if imported and imported[1] in imported[0].classes:
            return imported
        files = self._spelling(re.compile(rf"\bclass {re.escape(name)}\b"))
        owners = [(file, found) for file in files for found in file.classes if found.split(".")[-1] == name]
        return owners[0] if len(owners) == 1 else None

    def bases(self, file: File, qualname: str) -> Iterator[tuple[File, str]]:
        """The class and, nearest first, those of its bases that are in the repository."""
        queue, seen = [(file, qualname)], set[tuple[str, str]]()
        while queue and len(seen) < 40:
            at, name = queue.pop(0)
            if (at.path, name) in seen or name not in at.classes:
                continue
            seen.add((at.path, name))
            yield at, name
            for base in _spelt_out(at, at.classes[name].bases):
                found = self.class_named(name_of(base), at) if name_of(base) else None
                if found:
                    queue.append(found)

    def _global(self, name: str, file: File) -> list[Place]:
        if name in file.classes:
            return self._method(file, name, "__init__")
        unit = file.unit(name)
        if unit:
            return [Place(file, unit)]
        imported = self._imported(name, file)
        return self._global(imported[1], imported[0]) if imported and imported[0] is not file else []

    def _method(self, file: File, owner: str, name: str) -> list[Place]:
        for at, cls in self.bases(file, owner):
            unit = at.unit(f"{cls}.{name}")
            if unit:
                return [Place(at, unit)]
        return []

    def _inherited(self, file: File, owner: str, name: str) -> list[Place]:
        for at, cls in list(self.bases(file, owner))[1:]:
            unit = at.unit(f"{cls}.{name}")
            if unit:
                return [Place(at, unit)]
        return []

    def _imported(self, name: str, file: File) -> tuple[File, str] | None:
        """`from x import name`: the file of x and the name there; a package's re-export is followed once."""
        for node in ast.walk(file.tree) if file.tree else ():
            if not isinstance(node, ast.ImportFrom):
                continue
            for alias in node.names:
                if (alias.asname or alias.name) == name:
                    found = self._file_of(node.module or "", node.level, file)
                    return (found, alias.name) if found and found is not file else None
        return None

    def _module(self, target: ast.expr, file: File) -> File | None:
        """`x.y` as a module: imported by that name."""
        spelt = dotted(target)
        for node in ast.walk(file.tree) if file.tree and spelt else ():
            if isinstance(node, ast.Import):
                for alias in node.names:
                    if (alias.asname or alias.name) == spelt:
                        return self._file_of(alias.name, 0, file)
            elif isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    if (alias.asname or alias.name) == spelt:
                        base = f"{node.module}." if node.module else ""
                        return self._file_of(f"{base}{alias.name}", node.level, file)
        return None

    def _file_of(self, module: str, level: int, file: File) -> File | None:
        if not level:
            path = self.checkout.modules.get(module)
            return self.checkout.file(path) if path else None
        folder = "/".join(file.path.split("/")[:-level])
        stem = "/".join(part for part in (folder, module.replace(".", "/")) if part)
        return self.checkout.file(f"{stem}.py") or self.checkout.file(f"{stem}/__init__.py")


class Tracer:
    """Follows one value back from a spot, up the stack where it came in as an argument."""

    def __init__(self, code: Code, spots: Sequence[Spot]) -> None:
        self._code = code
        self._spots = spots  # oldest first

    def origins(self, value: ast.expr, at: int) -> list[Origin]:
        """`value` stands in the statement of spot number `at`."""
        return list(self._walk(value, at, self._spots[at].located.line, 0))

    def _walk(self, value: ast.expr, at: int, line: int, steps: int) -> Iterator[Origin]:
        if steps > _MAX_STEPS:
            return
        if isinstance(value, ast.Await | ast.Starred | ast.NamedExpr):
            yield from self._walk(value.value, at, line, steps)
        elif isinstance(value, ast.Call):
            yield from self._call(value, at, line, steps)
        elif isinstance(value, ast.Name):
            yield from self._name(value.id, at, line, steps)
        elif isinstance(value, ast.Attribute):
            yield from self._attribute(value, at, steps)
        elif isinstance(value, ast.Subscript):
            yield from self._walk(value.value, at, line, steps + 1)
        elif isinstance(value, ast.IfExp | ast.BoolOp):
            inner = value.values if isinstance(value, ast.BoolOp) else [value.body, value.orelse]
            for part in inner:
                yield from self._walk(part, at, line, steps + 1)

    def _call(self, value: ast.Call, at: int, line: int, steps: int) -> Iterator[Origin]:
        spot = self._spots[at]
        places = self._code.callees(value, spot.file, spot.unit)
        for place in places:
            how = f"its result is the value that {spot.located.function} stumbled over"
            yield Origin("call", place, _first_line(place), how, steps)
        if not places and isinstance(value.func, ast.Attribute):  # PATTERN.match(text): who made PATTERN?
            yield from self._walk(value.func.value, at, line, steps + 1)

    def _name(self, name: str, at: int, line: int, steps: int) -> Iterator[Origin]:
        spot = self._spots[at]
        assigned = last_assignment(spot.body, name, line) if spot.body else None
        if assigned is not None:
            value, where = assigned
            yield from self._walk(value, at, where, steps + 1)
        elif spot.unit and spot.unit.node and name in parameters(spot.unit.node):
            yield from self._parameter(name, at, steps)
        elif spot.unit:
            yield from self._global(name, spot.file, steps)

    def _global(self, name: str, file: File, steps: int) -> Iterator[Origin]:
        found = self._code.constant(name, file)
        if found:
            yield Origin("global", Place(found[0], None), found[1], f"it defines {name}", steps + 1)

    def _parameter(self, name: str, at: int, steps: int) -> Iterator[Origin]:
        spot = self._spots[at]
        node = spot.unit.node if spot.unit else None
        if node is None or name in ("self", "cls"):
            return
        yield Origin("parameter", spot.place, node.lineno, f"the parameter {name}", steps)
        if at == 0:
            return
        caller = self._spots[at - 1]
        call = _call_of(caller, spot)
        if call is None:
            return
        passed = argument(call, node, name, bound=bool(spot.unit and spot.unit.owner))
        if passed is None:
            if name in defaults(node):
                yield Origin("default", spot.place, node.lineno, f"{name} was left at its default", steps + 1)
            return
        yield Origin("caller", caller.place, caller.located.line, f"it passed {name}", steps + 1)
        own = parameters(caller.unit.node) if caller.unit and caller.unit.node else []
        if not (isinstance(passed, ast.Name) and passed.id in own):
            yield Origin("maker", caller.place, caller.located.line, f"it passed {name}", steps + 1)
        kind = type_name(_spelt(passed, caller))
        if kind:
            yield Origin(
                "literal", caller.place, caller.located.line, f"it passed {name}, a {kind}", steps + 1
            )
        yield from self._walk(passed, at - 1, caller.located.line, steps + 1)

    def _attribute(self, value: ast.Attribute, at: int, steps: int) -> Iterator[Origin]:
        spot = self._spots[at]
        if not is_self(value.value) or not spot.unit or not spot.unit.owner:
            return
        for file, owner in self._code.bases(spot.file, spot.unit.owner):
            for unit, line in setters(file, owner, value.attr):
                how = f"it sets self.{value.attr}"
                yield Origin("attribute", Place(file, unit), line, how, steps + 1)


def _spelt(value: ast.expr, spot: Spot) -> ast.expr:
    """The expression that a local name was last assigned, else the value itself."""
    if isinstance(value, ast.Name) and spot.body is not None:
        found = last_assignment(spot.body, value.id, spot.located.line)
        return found[0] if found else value
    return value


def _call_of(caller: Spot, callee: Spot) -> ast.Call | None:
    """The call in the caller's line that entered the callee."""
    name = callee.unit.name if callee.unit else ""
    owner = callee.unit.owner.rpartition(".")[2] if callee.unit else ""
    calls = [e for e in caller.expressions if isinstance(e, ast.Call)]
    wanted = {name, owner} if name == "__init__" else {name}
    named = [c for c in calls if name_of(c.func) in wanted]
    return named[0] if named else (calls[0] if len(calls) == 1 and name.startswith("__") else None)


def _first_line(place: Place) -> int:
    node = place.unit.node if place.unit else None
    return node.lineno if node else (place.unit.first if place.unit else 1)


def _spelt_out(file: File, bases: list[ast.expr]) -> Iterator[ast.expr]:
    """Bases of a class; `*bases` by the tuple of that name in the module."""
    for base in bases:
        if not isinstance(base, ast.Starred):
            yield base
            continue
        for node in ast.walk(file.tree) if file.tree else ():
            for target, value in bindings(node):
                if isinstance(value, ast.Tuple) and name_of(target) == name_of(base.value):
                    yield from value.elts
