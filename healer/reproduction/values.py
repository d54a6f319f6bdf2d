"""A rebuilt value: a small tree that is written out as Python source, never evaluated here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from keyword import iskeyword


class Value:
    """The base of every node. Nodes are immutable; equality is by structure."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Literal(Value):
    """A constant of `int | float | complex | str | bytes | bool | None | ...`, as checked source text."""

    source: str
    constant: object = None

    @classmethod
    def of(cls, constant: object) -> Literal:
        return cls(repr(constant), constant)


@dataclass(frozen=True, slots=True)
class Many(Value):
    """A container without keys. `kind` is `list | tuple | set | frozenset`.

    `certain` is False where the event does not tell a list from its look-alikes."""

    items: tuple[Value, ...]
    kind: str = "list"
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Table(Value):
    """A dict. `certain` is False where keys went through `str()`."""

    items: tuple[tuple[Value, Value], ...]
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Name(Value):
    """Something importable: `module` is dotted ("" for a builtin), `path` the dotted rest."""

    module: str
    path: str


@dataclass(frozen=True, slots=True)
class Call(Value):
    target: Value
    args: tuple[Value, ...] = ()
    kwargs: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class Attribute(Value):
    of: Value
    name: str


@dataclass(frozen=True, slots=True)
class Item(Value):
    """`of[key]`: a type with its parameters."""

    of: Value
    key: Value


@dataclass(frozen=True, slots=True)
class Instance(Value):
    """An object whose attributes are set from outside: `base` is how it is made first."""

    base: Value
    attributes: tuple[tuple[str, Value], ...]
    label: str = "obj"


@dataclass(frozen=True, slots=True)
class Guess(Value):
    """A value nobody saw. Written as what it holds; counted when candidates are ranked."""

    value: Value
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Answer(Value):
    """A stand-in for a function whose answer the event tells: what it returns, or raises."""

    value: Value
    awaited: bool = False
    raised: bool = False


@dataclass(frozen=True, slots=True)
class Raw(Value):
    """Source of our own making (a fixture's name, a file path expression); never text of an event."""

    source: str


@dataclass(frozen=True, slots=True)
class Made(Value):
    """Unresolved: a constructor-like repr, `Name(args, key=value)`."""

    name: str
    args: tuple[Value, ...] = ()
    kwargs: tuple[tuple[str, Value], ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Opaque(Value):
    """Unresolved: a repr that hides its object, `<pkg.Book object at 0x7f…>`."""

    text: str
    name: str = ""  # the class as the repr names it, dotted or not
    kind: str = "object"  # object | class | function | module | enum | generator | exception


@dataclass(frozen=True, slots=True)
class Hidden(Value):
    """A value that was filtered or redacted; `kind` as the placeholder names it."""

    kind: str = ""


@dataclass(frozen=True, slots=True)
class Cycle(Value):
    """The list or dict that it stands in."""


NONE = Literal.of(None)


def children(value: Value) -> tuple[Value, ...]:
    match value:
        case Many(items=items):
            return items
        case Table(items=pairs):
            return tuple(v for pair in pairs for v in pair)
        case Call(target, args, kwargs):
            return (target, *args, *(v for _, v in kwargs))
        case Made(args=args, kwargs=kwargs):
            return (*args, *(v for _, v in kwargs))
        case Instance(base, attributes):
            return (base, *(v for _, v in attributes))
        case Item(inner, key):
            return (inner, key)
        case Guess(inner) | Attribute(of=inner) | Answer(inner):
            return (inner,)
        case _:
            return ()


def walk(value: Value) -> Iterator[Value]:
    yield value
    for child in children(value):
        yield from walk(child)


def transform(value: Value, change: Callable[[Value], Value]) -> Value:
    """The tree with `change` applied bottom-up to every node."""

    def go(inner: Value) -> Value:
        return transform(inner, change)

    match value:
        case Many(items=items):
            value = replace(value, items=tuple(map(go, items)))
        case Table(items=pairs):
            value = replace(value, items=tuple((go(k), go(v)) for k, v in pairs))
        case Call(target, args, kwargs):
            value = Call(go(target), tuple(map(go, args)), tuple((k, go(v)) for k, v in kwargs))
        case Made(args=args, kwargs=kwargs):
            value = replace(value, args=tuple(map(go, args)), kwargs=tuple((k, go(v)) for k, v in kwargs))
        case Instance(base, attributes):
            value = replace(value, base=go(base), attributes=tuple((k, go(v)) for k, v in attributes))
        case Guess(inner) | Answer(inner):
            value = replace(value, value=go(inner))
        case Attribute(of=inner):
            value = replace(value, of=go(inner))
        case Item(inner, key):
            value = Item(go(inner), go(key))
    return change(value)


def invention(value: Value) -> int:
    """How much of the value nobody saw: 0 means that all of it stood in the event."""
    own = {Guess: 1, Instance: 1, Answer: 1, Hidden: 1, Cycle: 1, Opaque: 6, Made: 6}
    return sum(node.weight if isinstance(node, Guess) else own.get(type(node), 0) for node in walk(value))


def plain(value: Value | None) -> object:
    """The constant a literal holds (through guesses), else None."""
    while isinstance(value, Guess):
        value = value.value
    return value.constant if isinstance(value, Literal) else None


def says_nothing(value: Value | None) -> bool:
    """Whether there is no value, or None (through guesses)."""
    while isinstance(value, Guess):
        value = value.value
    return value is None or value == NONE


@dataclass(slots=True)
class Writer:
    """Turns values into expressions, collecting the imports and the statements they need."""

    imports: set[tuple[str, str]] = field(default_factory=set)
    statements: list[str] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    _built: dict[Instance, str] = field(default_factory=dict)

    def write(self, value: Value) -> str:
        match value:
            case Literal(source) | Raw(source):
                return source
            case Guess(inner):
                return self.write(inner)
            case Attribute(inner, name):
                return f"{self.write(inner)}.{name}"
            case Item(inner, Many(kind="tuple") as keys) if keys.items:
                return f"{self.write(inner)}[{', '.join(map(self.write, keys.items))}]"
            case Item(inner, key):
                return f"{self.write(inner)}[{self.write(key)}]"
            case Name(module, path):
                return self._name(module, path)
            case Many(kind="list") | Table() if any(isinstance(v, Cycle) for v in children(value)):
                return self._cyclic(value)
            case Many():
                return self._many(value)
            case Table(items=pairs):
                return "{" + ", ".join(f"{self.write(k)}: {self.write(v)}" for k, v in pairs) + "}"
            case Call(target, args, kwargs):
                parts = [self.write(a) for a in args]
                parts += [f"{k}={self.write(v)}" for k, v in kwargs if not iskeyword(k)]
                if reserved := [f"{k!r}: {self.write(v)}" for k, v in kwargs if iskeyword(k)]:
                    parts.append(f"**{{{', '.join(reserved)}}}")
                return f"{self.write(target)}({', '.join(parts)})"
            case Instance():
                return self._instance(value)
            case Answer():
                return self._answer(value)
            case _:
                return "object()"

    def _answer(self, value: Answer) -> str:
        kind = Name("unittest.mock", "AsyncMock" if value.awaited else "Mock")
        given = "side_effect" if value.raised else "return_value"
        return self.write(Call(kind, (), ((given, value.value),)))

    def _name(self, module: str, path: str) -> str:
        if not module:
            return path
        if not path:
            self.imports.add((module, ""))
            return module
        self.imports.add((module, path.split(".")[0]))
        return path

    def _many(self, value: Many) -> str:
        inner = ", ".join(self.write(v) for v in value.items)
        if value.kind == "tuple":
            return f"({inner},)" if len(value.items) == 1 else f"({inner})"
        if value.kind == "list":
            return f"[{inner}]"
        if value.kind == "set" and value.items:
            return f"{{{inner}}}"
        return f"{value.kind}([{inner}])" if value.items else f"{value.kind}()"

    def _cyclic(self, value: Many | Table) -> str:
        """A container that holds itself: made first, then put into itself."""
        name = self.fresh("held")
        if isinstance(value, Table):
            made: Value = Table(tuple((k, _but_itself(v)) for k, v in value.items))
            own = [self.write(k) for k, v in value.items if isinstance(v, Cycle)]
        else:
            made = Many(tuple(map(_but_itself, value.items)))
            own = [str(n) for n, v in enumerate(value.items) if isinstance(v, Cycle)]
        self.statements.append(f"{name} = {self.write(made)}")
        self.statements += [f"{name}[{key}] = {name}" for key in own]
        return name

    def _instance(self, value: Instance) -> str:
        if value in self._built:
            return self._built[value]
        name = self.fresh(value.label)
        self.statements.append(f"{name} = {self.write(value.base)}")
        self._built[value] = name
        for attribute, held in value.attributes:
            self.statements.append(f"{name}.{attribute} = {self.write(held)}")
        return name

    def fresh(self, label: str) -> str:
        name, n = label, 1
        while name in self.taken:
            n += 1
            name = f"{label}_{n}"
        self.taken.add(name)
        return name


def _but_itself(held: Value) -> Value:
    return NONE if isinstance(held, Cycle) else held
