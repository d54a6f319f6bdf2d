"""What source and locals together tell about objects whose repr hides them.

The source is the checkout's own; the values are the event's. `for e in book.entries` with a local `e`
says what `book.entries` held; `f(order.total)` says what `order.total` was where `f` is the next frame;
`'NoneType' object has no attribute 'x'` says what the expression before `.x` was on the crash line."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from healer.reproduction import conditions, refused, signatures
from healer.reproduction.blame import blamed
from healer.reproduction.hearsay import Hearsay
from healer.reproduction.modules import Class, Function, Module, dotted, own_nodes
from healer.reproduction.values import (
    NONE,
    Call,
    Guess,
    Literal,
    Made,
    Many,
    Name,
    Opaque,
    Raw,
    Table,
    Value,
    plain,
)
from triage.incident import Request

_ABSENT = re.compile(r"\A'(\w{1,80})' object has no attribute '(\w{1,80})'")
_ANYTHING = Guess(Call(Name("unittest.mock", "MagicMock")), 3)
_CHECKS = {"isinstance", "issubclass"}
_SIGNED = {"inspect.signature", "signature"}
_OWN_FRAMES = {"<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>"}
_NUMBER = Guess(Literal.of(1))  # what was divided
_FEW = 8  # items of a list of which one is known
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_CALLING = {"sorted", "min", "max", "map", "filter"}  # call what they are given on every item
_ITERATORS = {"enumerate", "sorted", "list", "reversed", "iter", "tuple", "set", "min", "max"}


@dataclass(frozen=True)
class Site:
    """One in-app frame: its function in the checkout, its line there, its locals as read."""

    path: str
    line: int
    function: Function | None
    values: Mapping[str, Value]
    name: str = ""  # co_name

    @property
    def decorated(self) -> bool:
        return bool(self.function and self.function.decorators)

    @property
    def comprehends(self) -> bool:
        """Whether it is a frame that a comprehension has to itself, inside its function."""
        return self.name in _OWN_FRAMES

    @property
    def inner(self) -> bool:
        """Whether it is a frame of something without a name inside its function."""
        return self.comprehends or self.name == "<lambda>"

    @cached_property
    def rebound(self) -> frozenset[str]:
        """Names the function stores to: their locals need not be what they were at entry."""
        nodes = ast.walk(self.function.node) if self.function else ()
        return frozenset(n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store))

    @cached_property
    def text(self) -> dict[str, str]:
        """Each local's identity."""
        return {name: identity(value) for name, value in self.values.items()}


def identity(value: Value) -> str:
    """What makes locals of two frames the same object: their repr text, addresses and all."""
    return value.text if isinstance(value, Opaque | Made) and value.text else repr(value)


@dataclass
class Facts:
    """Attribute values of objects, by the object's identity (its repr text)."""

    attributes: dict[str, dict[str, Value]] = field(default_factory=dict)
    nested: dict[tuple[str, ...], Value] = field(default_factory=dict)
    used: dict[str, set[str]] = field(default_factory=dict)  # identity -> attributes the code reads
    given: dict[str, tuple[Value, ...]] = field(
        default_factory=dict
    )  # identity of an iterator -> items it gave
    owners: dict[str, list[Class]] = field(
        default_factory=dict
    )  # class as a repr names it -> whose methods ran
    containers: dict[str, Class] = field(
        default_factory=dict
    )  # identity of what a list, dict or set holds -> its class
    absent: tuple[str, str] = ("", "")  # class and attribute that its object had not
    refused: tuple[str, str] = ("", "")  # a function that refused a call, and the source of one like it
    callers: frozenset[str] = frozenset()  # modules outside the repository that called into it
    request: Request | None = None  # the event's own
    made: Mapping[str, tuple[Site, ast.Call]] = field(default_factory=dict)  # identity -> what made it, where
    patterns: Mapping[str, Value] = field(default_factory=dict)  # identity of a match -> its pattern
    heard: Hearsay = field(default_factory=Hearsay)
    kinds: dict[str, tuple[Module, str]] = field(default_factory=dict)  # identity -> class it passed for
    below: set[str] = field(default_factory=set)  # identities of those that are classes themselves

    def of(self, identity: str) -> dict[str, Value]:
        return self.attributes.get(identity, {})

    def of_class(self, path: str) -> dict[str, Value]:
        """Of a class itself, and of the objects that show themselves as its own."""
        objects = (known for text, known in self.attributes.items() if text.startswith(f"<{path} object at"))
        return {k: v for known in (*objects, self.of(f"<class '{path}'>")) for k, v in known.items()}

    def owners_of(self, path: str) -> list[Class]:
        """Classes whose methods ran on objects of one: its objects may call it by its last name alone."""
        return self.owners.get(path) or self.owners.get(path.rpartition(".")[2], [])

    def alike(self, name: str) -> Value | None:
        """What an object has under a name, where that is known of but one: a row has its table's columns."""
        held = [known[name] for known in self.attributes.values() if name in known]
        return held[0] if len(held) == 1 and isinstance(held[0], Literal | Many | Table) else None

    def note(self, site: Site, path: tuple[str, ...], value: Value, *, weak: bool = False) -> None:
        """Remember that `path` (a local's name, then attributes) held `value` in that frame."""
        if len(path) < 2 or path[0] not in site.text:
            return
        identity = site.text[path[0]]
        if len(path) == 2:
            known = self.attributes.setdefault(identity, {})
            if weak and (both := _merged(known.get(path[1]), value)):
                known[path[1]] = both
            elif path[1] not in known or (not weak and isinstance(known[path[1]], Opaque)):
                known[path[1]] = value
        else:
            self.nested.setdefault((identity, *path[1:]), value)


def _merged(known: Value | None, more: Value) -> Value | None:
    """A dict of which one key was known with the keys of which another line tells."""
    held = known.value if isinstance(known, Guess) else known
    if not isinstance(held, Table) or not isinstance(more, Table):
        return None
    own = {key for key, _ in held.items}
    both = Table((*held.items, *(pair for pair in more.items if pair[0] not in own)))
    return Guess(both) if isinstance(known, Guess) else both


def gather(
    sites: tuple[Site, ...], exception: str, message: str, callers: frozenset[str] = frozenset()
) -> Facts:
    """Facts of all frames; the innermost frame's crash line is read with the exception."""
    facts = Facts(callers=callers)
    if not sites:
        return facts
    for site in reversed(sites):
        for name, value in site.values.items():
            facts.heard.hear(name, value)
    for depth, (inner, site) in enumerate(zip((*sites[1:], None), sites, strict=True)):
        if site.function:
            _crash(facts, site, exception, message) if inner is None else _calls(facts, site, inner)
            _statements(facts, site)
            _comprehended(facts, site, sites[:depth])
            _branches(facts, site)
            _uses(facts, site)
            _owner(facts, site)
    return facts


def path_of(node: ast.expr | None) -> tuple[str, ...]:
    """`a.b.c` as a path, also through `cast(T, a.b.c)`, () for anything else."""
    if isinstance(node, ast.Call) and len(node.args) == 2 and dotted(node.func) in {"cast", "typing.cast"}:
        node = node.args[1]
    name = dotted(node) if isinstance(node, ast.Name | ast.Attribute) else ""
    return tuple(name.split(".")) if name else ()


def _own(site: Site) -> Iterator[ast.AST]:
    return own_nodes(site.function.node) if site.function else iter(())


def _statements(facts: Facts, site: Site) -> None:
    for node in _own(site):
        if getattr(node, "lineno", 0) > site.line:
            continue
        match node:
            case ast.Assign() if (node.end_lineno or 0) >= site.line:
                pass  # it has bound nothing yet: what its name holds is from before
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name in site.values:
                if last_binding(site, name) == node.lineno:
                    _came_to(facts, site, value, site.values[name])
                elif isinstance(value, ast.Subscript):  # bound anew since, but there was something
                    _came_to(facts, site, value, Guess(site.values[name]))
            case ast.Assign(targets=[ast.Attribute() as target], value=ast.Name(id=name)) if (
                name in site.values
            ):
                facts.note(site, path_of(target), site.values[name])
            case ast.For(target=target, iter=source) | ast.AsyncFor(target=target, iter=source):
                _loop(facts, site, target, source)


def _came_to(facts: Facts, site: Site, node: ast.expr, value: Value) -> None:
    """That an expression of the frame had a value: so had what it was taken from."""
    facts.note(site, path_of(node), value)
    told = signatures.read(value)
    match node:
        case ast.Call(func=func, args=[source]) if told and dotted(func) in _SIGNED:
            _signed(facts, site, source, told)
            return
        case ast.Call(func=ast.Name(id="getattr"), args=[ast.Name(id=owner), key, *_]):
            if isinstance(attribute := _text(site, key), str) and attribute.isidentifier():
                facts.note(site, (owner, attribute), value)
            return
        case ast.Subscript(value=holder, slice=key):
            held = _holding(site, key, value)
        case ast.Call(func=ast.Attribute(value=holder, attr="get"), args=[key, *rest]):
            known = isinstance(value, Many | Table) or (isinstance(value, Literal) and value != NONE)
            default = any(isinstance(r, ast.Constant) and Literal.of(r.value) == value for r in rest)
            name = _text(site, key)
            held = Table(((Literal.of(name), value),)) if known and name and not default else None
        case _:
            return
    if held:
        facts.note(site, path_of(holder), held, weak=True)


def _signed(facts: Facts, site: Site, source: ast.expr, told: ast.arguments) -> None:
    """What was asked how it may be called: a local, or what was taken from another object."""
    if isinstance(source, ast.Name) and source.id in site.text:
        facts.note(site, (source.id, "__call__"), signatures.function(told, bound=True))
    else:
        _came_to(facts, site, source, signatures.function(told))


def _text(site: Site, node: ast.expr) -> object:
    """The constant that an expression is, or that its local holds."""
    value = site.values.get(node.id) if isinstance(node, ast.Name) else None
    return node.value if isinstance(node, ast.Constant) else plain(value)


def _branches(facts: Facts, site: Site) -> None:
    """What the conditions say that were met on the way to the line, or had to fail for it."""
    if site.function:
        for test, held in conditions.met(site.function.node, site.line, lambda t: _known_true(site, t)):
            _met(facts, site, test, held=held)


def _met(facts: Facts, site: Site, test: ast.expr, *, held: bool) -> None:
    """Values that make a condition true, or false, where there is but one such value."""
    match test:
        case ast.Call(func=ast.Name(id=asked), args=[ast.Name(id=name), kind]) if held and asked in _CHECKS:
            first = kind.elts[0] if isinstance(kind, ast.Tuple) and kind.elts else kind
            if name in site.text and site.function:
                facts.kinds.setdefault(site.text[name], (site.function.module, dotted(first)))
                facts.below |= {site.text[name]} if asked == "issubclass" else set()
        case ast.Compare(left=ast.Name(id=name), ops=[ast.In() | ast.NotIn() as op], comparators=[inner]):
            if isinstance(op, ast.In) == held and isinstance(site.values.get(name), Literal):
                facts.note(site, path_of(inner), Table(((site.values[name], _ANYTHING),)), weak=True)
        case ast.Compare(left=left, ops=[op], comparators=[ast.Constant(value=constant)]):
            same = isinstance(op, ast.Eq | ast.Is)
            if isinstance(op, ast.Eq | ast.Is | ast.NotEq | ast.IsNot) and same == held:
                facts.note(site, path_of(left), Literal.of(constant), weak=True)
        case ast.Attribute() if not held:
            facts.note(site, path_of(test), NONE, weak=True)


def _known_true(site: Site, test: ast.expr) -> bool:
    """`kind == "zone"`, where the local `kind` is known and is that."""
    match test:
        case ast.Compare(left=ast.Name(id=name), ops=[ast.Eq()], comparators=[ast.Constant(value=constant)]):
            return site.values.get(name) == Literal.of(constant)
        case _:
            return False


def _comprehended(facts: Facts, site: Site, outer: Sequence[Site]) -> None:
    """The item that a comprehension at the line, or a function given to one that goes through a container,
    was at. Where that has a frame to itself, what it goes through is in that of its function."""
    seen = within(site, outer)
    for node in _own(site):
        if not isinstance(node, ast.expr) or not node.lineno <= site.line <= (node.end_lineno or 0):
            continue
        if isinstance(node, _COMPREHENSIONS):
            for part in node.generators:
                _loop(facts, seen, part.target, part.iter)
        elif isinstance(node, ast.Call) and site.name == "<lambda>":
            for target, source in _passed_through(node):
                _loop(facts, seen, target, source)


def within(site: Site, outer: Sequence[Site]) -> Site:
    """A frame that a comprehension or a lambda has to itself, with what its function's own frame holds."""
    own = (s for s in reversed(outer) if s.function is site.function and not s.inner)
    around = next(own, None) if site.inner else None
    return replace(site, values={**around.values, **site.values}) if around else site


def _passed_through(call: ast.Call) -> Iterator[tuple[ast.expr, ast.expr]]:
    """What `sorted(a.b, key=lambda c: …)`, `map(lambda c: …, a.b)` and `a.b.sort(key=lambda c: …)` go
    through, and the name of its items."""
    given = [*call.args, *(k.value for k in call.keywords)]
    through = [a for a in call.args if not isinstance(a, ast.Lambda)]
    if isinstance(call.func, ast.Attribute) and call.func.attr == "sort":
        through = [call.func.value]
    elif not isinstance(call.func, ast.Name) or call.func.id not in _CALLING:
        return
    for function in given:
        if isinstance(function, ast.Lambda) and len(function.args.args) == len(through) == 1:
            yield ast.Name(function.args.args[0].arg, ast.Store()), through[0]


def last_binding(site: Site, name: str) -> int:
    lines = [
        n.lineno
        for n in _own(site)
        if isinstance(n, ast.Name) and n.id == name and isinstance(n.ctx, ast.Store) and n.lineno <= site.line
    ]
    return max(lines, default=0)


def _loop(facts: Facts, site: Site, target: ast.expr, source: ast.expr) -> None:
    """The item at hand is all that is known of what was iterated."""
    names = [
        n.id
        for n in ([target] if isinstance(target, ast.Name) else getattr(target, "elts", []))
        if isinstance(n, ast.Name)
    ]
    if not names or any(n not in site.values for n in names):
        return
    method = ""
    if isinstance(source, ast.Call):
        called = dotted(source.func)
        if called in _ITERATORS and source.args:
            names = names[1:] if called == "enumerate" else names
            source = source.args[0]
        elif isinstance(source.func, ast.Attribute) and not source.args:
            method, source = source.func.attr, source.func.value
    path = path_of(source)
    values = [site.values[n] for n in names]
    if isinstance(source, ast.Subscript) and values and not method:
        item = values[0] if len(values) == 1 else Many(tuple(values), "tuple")
        _came_to(facts, site, source, Many((item,), certain=False))
    if len(path) == 1 and values and isinstance(site.values.get(path[0]), Opaque) and not method:
        item = values[0] if isinstance(target, ast.Name) or len(names) == 1 else Many(tuple(values), "tuple")
        facts.given.setdefault(site.text[path[0]], (item,))
    if len(path) < 2 or not values:
        return
    if method == "items" and len(values) == 2:
        facts.note(site, path, Table(((values[0], values[1]),)), weak=True)
    elif method == "values":
        facts.note(site, path, Table(((Literal.of("key"), values[0]),)), weak=True)
    elif method in {"", "keys"}:
        item = values[0] if len(values) == 1 else Many(tuple(values), "tuple")
        facts.note(site, path, Table(((item, NONE),)) if method else Many((item,), certain=False), weak=True)


def call_on_line(site: Site, inner: Site) -> ast.Call | None:
    """The call on the frame's line that leads to the next frame."""
    wanted = {
        inner.name,
        inner.function.owner.name if inner.function and inner.function.owner else inner.name,
    }
    for node in _own(site):
        on_line = isinstance(node, ast.Call) and node.lineno <= site.line <= (node.end_lineno or 0)
        if on_line and isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] in wanted:
            return node
    return None


def arguments(call: ast.Call, inner: Function) -> dict[str, ast.expr]:
    """Which expression each parameter of the next frame was given."""
    names = [p.name for p in inner.parameters if p.kind in {"positional", "plain"}]
    if inner.owner and not {"staticmethod"} & set(inner.decorators):
        names = names[1:]
    bound: dict[str, ast.expr] = {}
    for name, given in zip(names, call.args, strict=False):
        if isinstance(given, ast.Starred):
            break
        bound[name] = given
    bound.update({k.arg: k.value for k in call.keywords if k.arg})
    return bound


def _calls(facts: Facts, site: Site, inner: Site) -> None:
    call = call_on_line(site, inner)
    if call is None or inner.function is None:
        return
    for name, given in arguments(call, inner.function).items():
        if name in inner.values:
            _came_to(facts, site, given, inner.values[name])
    if isinstance(call.func, ast.Attribute) and "self" in inner.values:
        facts.note(site, path_of(call.func.value), inner.values["self"])


def _owner(facts: Facts, site: Site) -> None:
    """The class of a receiver has the method, so it is, or descends from, the method's class."""
    function = site.function
    if function is None or function.owner is None or not function.parameters:
        return
    held = site.values.get(function.parameters[0].name)
    if isinstance(held, Many | Table) and held.items and "staticmethod" not in function.decorators:
        facts.containers.setdefault(identity(held), function.owner)
    name = held.name if isinstance(held, Opaque | Made) and "staticmethod" not in function.decorators else ""
    if name:
        facts.owners.setdefault(name, []).append(function.owner)


def _uses(facts: Facts, site: Site) -> None:
    for node in _own(site):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id in site.text
        ):
            facts.used.setdefault(site.text[node.value.id], set()).add(node.attr)


def _crash(facts: Facts, site: Site, exception: str, message: str) -> None:
    if exception == "AttributeError" and (found := _ABSENT.match(message)):
        facts.absent = (found[1], found[2])
    if exception == "TypeError":
        facts.refused = refused.function(message)
    for node, value in blamed(site, exception, message):
        facts.note(site, path_of(node), value)
        if isinstance(node, ast.Subscript) and (held := _holding(site, node.slice, value)):
            facts.note(site, path_of(node.value), held)
    for made in _own(site) if exception == "ZeroDivisionError" else ():
        if isinstance(made, ast.BinOp) and made.lineno <= site.line <= (made.end_lineno or 0):
            _came_to(facts, site, made.left, _NUMBER)


def _holding(site: Site, key: ast.expr, value: Value) -> Value | None:
    """What gives the value under a key: a list under a number that is written out, else a dict."""
    match key:
        case ast.Constant(value=int() as position) if type(position) is int:
            return Many((value,) * (position + 1)) if 0 <= position < _FEW else None
        case ast.Constant(value=str() as name):
            return Table(((Literal.of(name), value),))
        case ast.Name(id=name) if isinstance(known := site.values.get(name), Literal):
            return Table(((known, value),))
        case ast.Call() | ast.JoinedStr() if isinstance(value, Literal):  # whatever the key was
            return Guess(Call(Name("collections", "defaultdict"), (Raw(f"lambda: {value.source}"),)))
        case _:
            return None
