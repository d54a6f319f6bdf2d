"""What the calls of a frame answered in production, and what it found on objects, where its locals tell.

`order = session.query(Order).get(key)` with a local `order` says what that call gave, whatever stood behind
it. Where the session cannot be made again, the call is: by a stand-in that answers as production's did. What
leads on into the failure is never replaced."""

from __future__ import annotations

import ast
import builtins
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from keyword import iskeyword

from healer.reproduction.blame import blamed
from healer.reproduction.facts import Facts, Site, last_binding, within
from healer.reproduction.index import Index
from healer.reproduction.modules import Class, Module, own_nodes
from healer.reproduction.values import (
    Answer,
    Call,
    Guess,
    Instance,
    Literal,
    Made,
    Many,
    Name,
    Opaque,
    Table,
    Value,
)
from triage.incident import ExceptionInfo

_MOST = 8  # names of modules that one test replaces
_THROUGH = {"list", "tuple", "dict", "set", "sorted", "iter", "next", "cast"}
_OUTSIDE = {  # of the standard library: what they answer does not stand in their arguments
    *("subprocess", "socket", "ssl", "http", "urllib.request", "smtplib", "imaplib", "ftplib", "sqlite3"),
    *("json.load", "pickle.load", "tomllib.load", "csv.reader", "csv.DictReader", "plistlib.load"),
}
_DISPLAYS = (ast.Dict, ast.List, ast.Set)  # what they make refuses new members
_MOCK = Name("unittest.mock", "MagicMock")


@dataclass(frozen=True)
class Replaced:
    """A name of a module, as a test replaces it."""

    module: Module
    path: str  # dotted, as `monkeypatch.setattr` takes it
    value: Value


@dataclass(frozen=True)
class Answers:
    facts: Facts  # with the answers of objects, as attributes of theirs
    replaced: tuple[Replaced, ...] = ()
    names: tuple[str, ...] = ()  # of the calls and attributes that are answered

    def __bool__(self) -> bool:
        return bool(self.names)


@dataclass(frozen=True)
class _Bound:
    """An expression of a frame, and what it came to."""

    site: Site
    node: ast.expr
    value: Value
    awaited: bool = False
    raised: bool = False


@dataclass
class _Stand:
    """What stands for an object: its members, what it returns, what it is."""

    parts: dict[str, _Stand] = field(default_factory=dict)
    returned: _Stand | None = None
    awaited: bool = False
    raised: bool = False
    value: Value | None = None

    @property
    def asked(self) -> bool:
        """Whether anything of it is called."""
        return self.returned is not None or any(part.asked for part in self.parts.values())

    def built(self) -> Value:
        if self.value is not None:
            return self.value
        if self.returned is not None:
            return Answer(self.returned.built(), self.awaited, self.raised)
        return Call(_MOCK, (), tuple((name, part.built()) for name, part in self.parts.items()))


def gather(
    index: Index, sites: Sequence[Site], facts: Facts, raised: ExceptionInfo | None, *, own: bool
) -> Answers:
    """Answers of calls that lead outside the repository; with `own` of its own functions and methods too."""
    copied = {k: dict(v) for k, v in facts.attributes.items()}
    work = _Gatherer(index, sites, replace(facts, attributes=copied), own)
    seen = [within(site, sites[:depth]) for depth, site in enumerate(sites)]
    for site in reversed(seen):
        for bound in _bound(site):
            work.take(bound)
    if raised and seen:
        crash = seen[-1]
        for bound in (*_denied(crash, raised), *_failed(index, crash, raised)):
            work.take(bound)
    return work.done()


def _bound(site: Site) -> Iterator[_Bound]:
    """Expressions whose value a local still holds."""
    for node in own_nodes(site.function.node) if site.function else ():
        if getattr(node, "lineno", 0) > site.line:
            continue
        match node:
            case (
                ast.Assign(targets=[target], value=made)
                | ast.AnnAssign(target=target, value=ast.expr() as made)
            ):
                if (node.end_lineno or 0) < site.line and (held := _held(site, target)) is not None:
                    yield _Bound(site, made, held)
            case ast.NamedExpr(target=target, value=made):
                if (held := _held(site, target)) is not None:
                    yield _Bound(site, made, held)
            case ast.For(target=target, iter=made) | ast.AsyncFor(target=target, iter=made):
                yield from _gone_through(site, target, made)
            case ast.comprehension(target=ast.Name() as target, iter=made) if (
                site.line in {target.lineno, made.lineno}  # of a tuple the item before may be what is held
            ):
                yield from _gone_through(site, target, made)
            case ast.With(items=items) | ast.AsyncWith(items=items):
                yield from _entered(
                    site, items, "__aenter__" if isinstance(node, ast.AsyncWith) else "__enter__"
                )


def _gone_through(site: Site, target: ast.expr, made: ast.expr) -> Iterator[_Bound]:
    """The item that a loop was at, also where it counts them."""
    match target, made:
        case ast.Tuple(elts=[_, item]), ast.Call(func=ast.Name(id="enumerate"), args=[counted, *_]):
            target, made = item, counted
    if (held := _held(site, target)) is not None:
        yield _Bound(site, made, Many((held,)))


def _held(site: Site, target: ast.expr) -> Value | None:
    """What a target still holds of the value it was bound to."""
    match target:
        case ast.Name(id=name) if name in site.values and last_binding(site, name) == target.lineno:
            return site.values[name]
        case ast.Tuple(elts=elements) | ast.List(elts=elements):
            parts = [_held(site, element) for element in elements]
            return Many(tuple(p for p in parts if p), "tuple") if parts and all(parts) else None
        case _:
            return None


def _entered(site: Site, items: Sequence[ast.withitem], method: str) -> Iterator[_Bound]:
    for item in items:
        target = item.optional_vars
        held = _held(site, target) if target is not None and item.context_expr.lineno < site.line else None
        if held is not None:
            manager = Instance(Call(_MOCK), ((f"{method}.return_value", held),), "manager")
            yield _Bound(site, item.context_expr, manager)


def _denied(site: Site, raised: ExceptionInfo) -> Iterator[_Bound]:
    """What the exception says of a call on the failing line: `find(key).name` failed, since it gave None."""
    for node, value in blamed(site, raised.type, raised.value):
        if isinstance(node, ast.Call | ast.Await):
            yield _Bound(site, node, value)


def _failed(index: Index, site: Site, raised: ExceptionInfo) -> Iterator[_Bound]:
    """A service's own error, raised below the failing line: its call raises it again."""
    below = raised.frames and not raised.frames[-1].in_app
    if not below or not _serves(index, raised):
        return
    error = Name("" if raised.module in {"", "builtins"} else raised.module, raised.type)
    on_line = [
        n
        for n in own_nodes(site.function.node if site.function else ast.Pass())
        if isinstance(n, ast.Call) and n.lineno <= site.line <= (n.end_lineno or 0)
    ]
    for node in on_line[:1]:
        yield _Bound(site, node, Call(error, (Literal.of(raised.value),)), raised=True)


def _serves(index: Index, raised: ExceptionInfo) -> bool:
    """Whether an exception tells of something outside the process, not of what it was given. Its name is a
    stranger's text: only the standard library's and those of packages that the repository imports count."""
    package, *inner = raised.module.split(".")
    if package in {"", "builtins"}:
        kind = getattr(builtins, raised.type, None)
        return isinstance(kind, type) and issubclass(kind, OSError)
    if not all(part.isidentifier() and not iskeyword(part) for part in (package, *inner, raised.type)):
        return False
    if package in sys.stdlib_module_names:
        return package in {one.partition(".")[0] for one in _OUTSIDE} - {"json", "csv"}
    return index.uses(package) and index.named(package) is None


def _inverted(bound: _Bound) -> _Bound | None:
    """The call in an expression, and what it must have given for the expression to come to its value."""
    node, value = bound.node, bound.value
    match node:
        case ast.Await(value=inner):
            return _inverted(replace(bound, node=inner, awaited=True))
        case ast.Call(func=ast.Name(id=name), args=[*_, ast.expr() as inner]) if name in _THROUGH:
            given = Many((value,)) if name == "next" else value
            return _inverted(replace(bound, node=inner, value=given)) if isinstance(inner, ast.Call) else None
        case ast.Call():
            return bound
        case ast.Subscript(value=inner, slice=ast.Constant(value=str() as key)):
            return _inverted(replace(bound, node=inner, value=Table(((Literal.of(key), value),))))
        case ast.Subscript(value=inner, slice=ast.Constant(value=0)):
            return _inverted(replace(bound, node=inner, value=Many((value,))))
        case ast.Attribute(value=inner, attr=name) if isinstance(inner, ast.Call | ast.Await):
            return _inverted(replace(bound, node=inner, value=Call(_MOCK, (), ((name, value),))))
        case ast.BoolOp(op=ast.Or(), values=[first, *_]):
            return _inverted(replace(bound, node=first))
        case ast.BoolOp(op=ast.And(), values=[*_, last]):
            return _inverted(replace(bound, node=last))
        case ast.IfExp(body=body, orelse=orelse):
            taken = [b for b in (body, orelse) if not isinstance(b, ast.Constant)]
            return _inverted(replace(bound, node=taken[0])) if taken else None
        case ast.Attribute():
            return bound
        case _:
            return None


def _steps(node: ast.expr) -> tuple[str, list[tuple[str, bool]]]:
    """`a.b(x).c()` from its root: ("a", [("b", called), ("c", called)]); ("", []) for anything else."""
    steps: list[tuple[str, bool]] = []
    is_called = False
    while True:
        match node:
            case ast.Call(func=inner) if not is_called:
                node, is_called = inner, True
            case ast.Attribute(value=inner, attr=name):
                steps.append((name, is_called))
                node, is_called = inner, False
            case ast.Name(id=name):
                return name, [*([("", True)] if is_called else []), *reversed(steps)]
            case _:
                return "", []


class _Gatherer:
    def __init__(self, index: Index, sites: Sequence[Site], facts: Facts, own: bool) -> None:
        self._index, self._facts, self._own = index, facts, own
        entered = {s.name for s in sites} | {
            s.function.owner.name for s in sites if s.function and s.function.owner
        }
        self._entered = entered - {""}
        self._objects: dict[str, _Stand] = {}
        self._classes: dict[str, Class] = {}  # of those objects that are the repository's
        self._modules: dict[tuple[str, str], tuple[Module, _Stand]] = {}
        self._names: dict[str, None] = {}

    def take(self, bound: _Bound) -> None:
        found = _inverted(bound)
        if found is None or found.site.function is None:
            return
        root, steps = _steps(found.node)
        last = steps[-1][0] or root if steps else ""
        if not steps or last in self._entered:
            return
        if (stand := self._root(found, root, steps)) is not None and self._put(stand, steps, found):
            self._names.setdefault(last)

    def _put(self, stand: _Stand, steps: list[tuple[str, bool]], found: _Bound) -> bool:
        """Whether it is news that a path from there led to the value."""
        caller = stand
        for name, is_called in steps:
            stand = stand.parts.setdefault(name, _Stand()) if name else stand
            if is_called:
                caller = stand
                stand.returned = stand.returned or _Stand()
                stand = stand.returned
        if stand.value is not None or stand.parts or stand.returned:
            return False
        stand.value, caller.awaited, caller.raised = found.value, found.awaited, found.raised
        return True

    def _root(self, found: _Bound, root: str, steps: list[tuple[str, bool]]) -> _Stand | None:
        """Where the answer of a call belongs; None for one that is as well made for real."""
        site = found.site
        assert site.function
        module = site.function.module
        if root in site.text:
            held = site.values[root]
            mine = root == next((p.name for p in site.function.parameters), "") and site.function.owner
            if not (mine or isinstance(held, Opaque | Made)):
                return None
            name = held.name if isinstance(held, Opaque | Made) else ""
            cls = self._index.find_class(name, module) or (site.function.owner if mine else None)
            if not self._own and len(steps) == 1 and cls:
                return None
            if cls:
                self._classes.setdefault(site.text[root], cls)
            return self._objects.setdefault(site.text[root], _Stand())
        path = self._place(module, root)
        read = not isinstance(found.node, ast.Call)
        if not path or (not self._object(module, path) if read else self._as_well(module, root, steps)):
            return None
        return self._modules.setdefault((module.name, path), (module, _Stand()))[1]

    def _place(self, module: Module, root: str) -> str:
        """Where a test finds what a module has under a name."""
        own = {
            n.name
            for n in module.tree.body
            if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        }
        if root in own or root in module.assigned:
            return f"{module.name}.{root}"
        if root not in module.imports:
            return ""
        if any(
            isinstance(n, ast.Import | ast.ImportFrom) and _imports(n, root) for n in own_nodes(module.tree)
        ):
            return f"{module.name}.{root}"
        origin, original = module.imports[root]  # imported within a function
        return f"{origin}.{original}" if original else origin

    def _as_well(self, module: Module, root: str, steps: list[tuple[str, bool]]) -> bool:
        """Whether the real function gives the same: a pure one, a class, or the repository's own."""
        origin, original = module.imports.get(root, (module.name, root))
        whole = ".".join((root, *(name for name, _ in steps if name)))
        if self._index.find_class(whole, module):
            return True
        if self._index.named(origin) or self._index.find_function(module, whole):
            return not self._own
        names = [origin, original, *(name for name, _ in steps)]
        called = ".".join(name for name in names if name)
        standard = origin.partition(".")[0] in sys.stdlib_module_names
        return standard and not any(f"{called}.".startswith(f"{one}.") for one in _OUTSIDE)

    def _object(self, module: Module, path: str) -> bool:
        """Whether a module's name is that of an object, by its spelling: it is replaced as a whole, since
        asking it for its members may want what is not there (a request, a connection)."""
        name = path.rpartition(".")[2]
        origin, original = module.imports.get(name, ("", name))
        if not original or name in module.functions or self._index.named(f"{origin}.{original}"):
            return False
        return name.lstrip("_")[:1].islower() or isinstance(module.assigned.get(name), _DISPLAYS)

    def done(self) -> Answers:
        for (identity, *path), value in self._facts.nested.items():
            stand = self._objects.setdefault(identity, _Stand())
            for name in path:
                stand = stand.parts.setdefault(name, _Stand())
            if stand.value is None and not stand.parts and stand.returned is None:
                stand.value = value
                self._names.setdefault(path[-1])
        fixed = [one for identity in self._objects for one in self._of_class(identity)]
        for identity, stand in self._objects.items():
            self._note(identity, stand)
        replaced = fixed + [
            Replaced(module, ".".join((path, *names)), value)
            for (_, path), (module, stand) in self._modules.items()
            for names, value in (
                [((), stand.built())] if stand.asked and self._object(module, path) else _leaves(stand)
            )
        ]
        return Answers(self._facts, tuple(replaced[:_MOST]), tuple(self._names))

    def _of_class(self, identity: str) -> Iterator[Replaced]:
        """What an object does not let itself be given: it is given to its class."""
        cls, stand = self._classes.get(identity), self._objects[identity]
        lineage = list(self._index.parents(cls)) if cls else []
        slotted = bool(lineage) and all(_binds(c, "__slots__") for c in lineage)
        for name in [*stand.parts] if cls else ():
            made = self._index.method(cls, name) if cls else None
            if cls and made and (slotted or "property" in made.decorators):
                path = f"{cls.module.name}.{cls.qualname}.{name}"
                yield Replaced(cls.module, path, stand.parts.pop(name).built())

    def _note(self, identity: str, stand: _Stand) -> None:
        known = self._facts.attributes.setdefault(identity, {})
        if stand.returned is not None:
            known.setdefault("return_value", stand.returned.built())
        for name, part in stand.parts.items():
            held = known.get(name)
            if isinstance(held, Opaque) and part.parts and part.returned is None:
                self._note(held.text, part)
            elif held is None or isinstance(held, Guess):
                known[name] = part.built()


def _leaves(stand: _Stand, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Value]]:
    """The functions below a name, each with what stands for it."""
    if stand.returned is not None or stand.value is not None:
        yield path, stand.built()
        return
    for name, part in stand.parts.items():
        yield from _leaves(part, (*path, name))


def _binds(cls: Class, name: str) -> bool:
    """Whether a class's body assigns to a name."""
    nodes = cls.node.body if cls.node else []
    targets = (t for n in nodes if isinstance(n, ast.Assign) for t in n.targets)
    return any(isinstance(t, ast.Name) and t.id == name for t in targets)


def _imports(node: ast.Import | ast.ImportFrom, name: str) -> bool:
    return any((alias.asname or alias.name.partition(".")[0]) == name for alias in node.names)
