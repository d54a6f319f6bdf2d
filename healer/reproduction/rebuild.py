"""Values as read become values that can be built, with the repository's own classes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from healer.reproduction import (
    containers,
    hints,
    inventions,
    libraries,
    makings,
    matches,
    naming,
    records,
    reprs,
    standard,
    strangers,
    syntax,
    words,
)
from healer.reproduction.attributes import attribute_type
from healer.reproduction.examples import Examples
from healer.reproduction.factories import kept_as, maker, needy
from healer.reproduction.facts import Facts, identity
from healer.reproduction.index import Index
from healer.reproduction.lessons import NOTHING_LEARNT, Lessons
from healer.reproduction.modules import Class, Module, Parameter
from healer.reproduction.tuples import tuple_class
from healer.reproduction.values import (
    NONE,
    Answer,
    Attribute,
    Call,
    Guess,
    Hidden,
    Instance,
    Literal,
    Made,
    Many,
    Name,
    Opaque,
    Raw,
    Table,
    Value,
    plain,
    says_nothing,
)

DEEPEST = 24
MOST = 400  # objects of one reading whose attributes are looked up
MOST_OBJECTS = 400  # of one reading, of any class; a test that needs more of them is hopeless
MOST_BUILT = 150  # of the repository's classes; one that holds more is no test that anybody reads


@dataclass(frozen=True)
class Choice:
    """Which of the readings an event leaves open is taken."""

    sequences: str = "list"  # uncertain lists are lists, tuples or sets
    integer_keys: bool = True  # keys that look like integers are integers
    bare: bool = False  # objects by `__new__` and attributes instead of their constructor
    mocks: bool = True  # unknown objects become mocks; otherwise None
    examples: bool = True  # constructor arguments as the repository itself writes them
    node: int = 0  # which of the nodes of a syntax tree that its kind and the texts leave open
    made: bool = False  # objects by the calls that made them
    unwrapped: bool = False  # functions below what decorators put in their place
    lessons: Lessons = NOTHING_LEARNT


@dataclass
class Rebuilder:
    index: Index
    facts: Facts
    choice: Choice = field(default_factory=Choice)
    examples: Examples = field(init=False)
    _within: set[str] = field(default_factory=set)  # objects that are being built
    _asked_for: int = 0
    _built: int = 0
    _objects: int = 0

    def __post_init__(self) -> None:
        self.examples = Examples(self.index)

    def value(
        self, value: Value, near: Module | None, annotation: str = "", name: str = "", depth: int = 0
    ) -> Value:
        """The buildable form of a value met in `near`, for a parameter or attribute `name`."""
        if depth > DEEPEST:
            return NONE
        if not depth and isinstance(value, Made):
            value = reprs.unquoted(value)
        match value:
            case Many() | Table() if (cls := self._holder(value)) is not None:
                return containers.build(self, value, cls, depth)
            case Many():
                return self._many(value, near, annotation, name, depth)
            case Table():
                return self._table(value, near, annotation, depth)
            case Made() | Opaque() if self._objects > MOST_OBJECTS:
                return Guess(NONE, 2)
            case Made():
                self._objects += 1
                return self._made(value, near, depth)
            case Opaque():
                self._objects += 1
                return self._opaque(value, near, annotation, name, depth)
            case Call(target, args, kwargs):
                return Call(
                    self.value(target, near, depth=depth + 1),
                    tuple(self.value(a, near, depth=depth + 1) for a in args),
                    tuple((k, self.value(v, near, name=k, depth=depth + 1)) for k, v in kwargs),
                )
            case Attribute(inner, member):
                return Attribute(self.value(inner, near, depth=depth + 1), member)
            case Guess(inner):
                return replace(value, value=self.value(inner, near, annotation, name, depth + 1))
            case Answer(inner):
                return replace(value, value=self.value(inner, near, name=name, depth=depth + 1))
            case Hidden(kind):
                return self._hidden(kind, annotation, name)
            case Literal(constant=str() as text) if "/" not in text or "[" in text:
                return self._redacted(value, text, name)
            case _:
                return value

    def _holder(self, value: Many | Table) -> Class | None:
        """The class of the repository that a list or dict of the event is an object of."""
        known = {} if value.certain else self.facts.containers
        return known.get(identity(value)) if known else None

    def contents(self, value: Many | Table, depth: int) -> Value:
        """A list or dict with what is in it, whatever class it is of."""
        if isinstance(value, Table):
            return self._table(value, None, "", depth)
        return self._many(replace(value, certain=True), None, "", "", depth)

    def _redacted(self, value: Literal, text: str, name: str) -> Value:
        found = reprs.hidden(text)
        return standard.stand_in(found.kind, name) if found else value

    def _hidden(self, kind: str, annotation: str, name: str) -> Value:
        typed = standard.default_for(annotation, "") if annotation and "str" not in annotation else None
        return typed or standard.stand_in(kind, name)

    def _many(self, value: Many, near: Module | None, annotation: str, name: str, depth: int) -> Value:
        head, inner = hints.split(annotation)
        items = tuple(self.value(v, near, inner, name, depth + 1) for v in value.items)
        if value.certain:
            return replace(value, items=items)
        if (cls := tuple_class(self.index, self.facts, value, near, annotation)) is not None:
            return Call(naming.of_class(cls), items)
        kind = hints.SEQUENCES.get(head, self.choice.sequences)
        if kind in {"set", "frozenset"} and not all(map(_hashable, items)):
            kind = "list"
        return Many(items, kind, certain=head in hints.SEQUENCES)

    def _table(self, value: Table, near: Module | None, annotation: str, depth: int) -> Value:
        head, inner = hints.split(annotation)
        key_type, _, held_type = inner.partition(",")
        pairs = tuple(
            (
                self._key(k, value.certain, key_type.strip(), near),
                self.value(v, near, held_type.strip(), str(plain(k) or ""), depth + 1),
            )
            for k, v in value.items
        )
        table = Table(pairs, value.certain)
        cls = self.index.find_class(head, near) if head and not value.certain else None
        return Call(naming.of_class(cls), (table,)) if cls and self.index.kind(cls) == "plain" else table

    def _key(self, key: Value, certain: bool, key_type: str, near: Module | None) -> Value:
        text = plain(key)
        if certain:
            return self.value(key, near)
        if not isinstance(text, str):
            return key
        integer = text.lstrip("-").isdecimal() and text.isascii() and str(int(text[:18] or 0)) == text
        if integer and (key_type == "int" or (key_type in {"", "Any"} and self.choice.integer_keys)):
            return Literal.of(int(text))
        if text[:1] == "(" and text[-1:] == ")" and self.choice.integer_keys:
            return self.value(reprs.read_text(text), near)
        if text in {"None", "True", "False"} and key_type != "str":
            return reprs.read_text(text)
        if "." in text and text.rpartition(".")[0].isidentifier():
            return self.enum(text, near) or key
        return key

    def enum(self, path: str, near: Module | None) -> Value | None:
        owner, _, member = path.rpartition(".")
        cls = self.index.find_class(owner, near)
        if cls and self.index.kind(cls) == "enum" and (member in cls.members or not cls.members):
            return Attribute(naming.of_class(cls), member)
        return None

    def _made(self, made: Made, near: Module | None, depth: int) -> Value:
        if made.name in reprs.PARAMETRISED:
            return words.parametrised(self, made, near)
        resolved = replace(
            made,
            args=tuple(self.value(a, near, depth=depth + 1) for a in made.args),
            kwargs=tuple((k, self.value(v, near, name=k, depth=depth + 1)) for k, v in made.kwargs),
        )
        cls = self.index.find_class(made.name, near)
        if cls is None and (factory := self._factory(made.name, near)):
            return Call(factory, resolved.args, resolved.kwargs)
        if cls is None:
            known = standard.build(resolved) or libraries.made(resolved, self.index.uses)
            return (
                known
                or self._error(made.name, resolved.args)
                or strangers.build(self, made.name, made.text, dict(resolved.kwargs), depth)
            )
        return self.construct(cls, resolved.args, dict(resolved.kwargs), made.text, depth)

    def known(self, name: str, near: Module | None) -> bool:
        """Whether a repr's first word can be called to make its object."""
        return self.index.find_class(name, near) is not None or self._factory(name, near) is not None

    def _factory(self, name: str, near: Module | None) -> Name | None:
        """A function that objects name in their repr: `complement({'a'})`, or what the package calls so."""
        if not name.isidentifier() or not standard.free(name):
            return None
        if made := self.index.only_function(name):
            return Name(made.module.name, made.qualname)
        package = self.index.named(near.name.partition(".")[0]) if near else None
        return Name(package.name, name) if package and name in package.assigned else None

    def _opaque(self, value: Opaque, near: Module | None, annotation: str, name: str, depth: int) -> Value:
        if value.kind == "name":
            return words.bare(self, value, near)
        if value.kind == "enum" and not value.text.startswith("<rest_framework."):
            return self.enum(value.name, near) or Guess(Raw("None"), 2)
        if value.kind in {"class", "function", "module", "method"}:
            return self._named(value, near)
        if made := self.as_made(value, depth):
            return made
        if made := matches.build(value, self.facts.patterns) or standard.opaque_object(value):
            return self._refilled(made, value, near, depth)
        cls = self.index.find_class(value.name, near) or self.index.find_class(hints.bare(annotation), near)
        if cls and value.text:
            return self.construct(cls, (), {}, value.text, depth)
        if found := self._as_checked(value, depth):
            return found
        found = libraries.opaque(value, self.index.uses, self.facts.request) or self._error(value.name)
        if not found and (kind := syntax.kind(value, near.imports if near else ())):
            found = syntax.node(kind, self.facts.heard.texts, self.choice.node)
        if found:
            return self._of_library(found, value, near, depth)
        return strangers.build(self, value.name, value.text, {}, depth)

    def checked(self, text: str) -> Class | None:
        """The class of the repository that an object of this identity passed for."""
        module, kind = self.facts.kinds.get(text, (None, ""))
        return self.index.find_class(kind, module) if module and kind else None

    def _as_checked(self, value: Opaque, depth: int) -> Value | None:
        """An object of such a class, or a class below it."""
        cls = self.checked(value.text)
        if cls is None or self.index.kind(cls) == "enum":
            return None
        if value.text in self.facts.below:
            return Guess(naming.below(cls, value.name), 2)
        return Guess(self.construct(cls, (), {}, value.text, depth), 2)

    def as_made(self, value: Opaque, depth: int = 0) -> Value | None:
        """The object by the call that made it, where a frame shows that."""
        if not self.choice.made or value.text in self._within:
            return None
        self._within.add(value.text)
        try:
            return makings.made(self, value.text, depth)
        finally:
            self._within.discard(value.text)

    def _error(self, name: str, args: tuple[Value, ...] = ()) -> Value | None:
        return libraries.error(name, args, self.index.foreign, self.choice.lessons.unbuilt)

    def _of_library(self, made: Value, value: Opaque, near: Module | None, depth: int) -> Value:
        """A library's object, with the attributes that the repository's code was seen to find on it."""
        if isinstance(made, Opaque):
            return self.value(made, near, depth=depth + 1)
        told = self.told(value.text, near, depth + 4)
        seen = tuple((k, v) for k, v in told.items() if k.isidentifier() and not libraries.computed(k))
        return Instance(made, seen, naming.label(value.name.rpartition(".")[2])) if seen else made

    def told(self, text: str, near: Module | None, depth: int, cls: Class | None = None) -> dict[str, Value]:
        """What the frames tell of an object's attributes; nothing more of one that stands within itself."""
        if text in self._within or self._asked_for >= MOST:
            return {}
        self._within.add(text)
        self._asked_for += 1
        try:
            said = {k: attribute_type(self.index, cls, k) if cls else "" for k in self.facts.of(text)}
            return {k: self.value(v, near, said[k], k, depth) for k, v in self.facts.of(text).items()}
        finally:
            self._within.discard(text)

    def told_of_class(self, path: str, text: str, near: Module | None) -> dict[str, Value]:
        """What the frames tell of a class: what its objects have, it may have given them."""
        told, within = self.told(text, near, 4), f"class {path}"
        if within in self._within:
            return told
        self._within.add(within)
        try:
            of_class = self.facts.of_class(path).items()
            more = {k: v for k, v in of_class if k not in told and not hasattr(type, k)}
            return {k: self.value(v, near, name=k, depth=4) for k, v in more.items()} | told
        finally:
            self._within.discard(within)

    def _refilled(self, empty: Value, value: Opaque, near: Module | None, depth: int) -> Value:
        """An iterator with the item that a loop was at; everything else as it is."""
        held = tuple(self.value(v, near, depth=depth + 1) for v in self.facts.given.get(value.text, ()))
        call = empty.value if isinstance(empty, Guess) else empty
        if not held or not isinstance(call, Call) or call.target != Name("", "iter"):
            return empty
        return Guess(Call(Name("", "iter"), (Many(held),)))

    def _named(self, value: Opaque, near: Module | None) -> Value:
        """A function, class or module by its name; `<locals>` cannot be reached from outside."""
        path = value.name
        if value.kind == "module":
            return Name(path, "")
        if value.kind == "method" and (owner := reprs.method_owner(value.text)):
            return Attribute(self.value(owner, near, depth=1), path.rpartition(".")[2])
        if cls := self.index.find_class(path, near):
            return naming.of_class(cls)
        if near and (function := self.index.find_function(near, path)) and "<locals>" not in path:
            return Name(function.module.name, function.qualname)
        if found := self.index.function(path):
            return Name(found.module.name, path)
        if value.kind == "class":
            module, _, short = path.rpartition(".")
            if not module and (known := words.builtin_type(short)):
                return known
            if strangers.unreachable(self, path):
                return Guess(strangers.its_class(self, path, self.told_of_class(path, value.text, near)), 2)
            return Name(module, short)
        if (answer := self.facts.of(value.text).get("return_value")) is not None:
            return self.value(Answer(answer), near, depth=1)
        like = self.facts.refused[1] if path == self.facts.refused[0] else ""
        return Guess(Raw(like or "lambda *args, **kwargs: None"), 2)

    def construct(
        self, cls: Class, args: tuple[Value, ...], kwargs: dict[str, Value], text: str, depth: int = 0
    ) -> Value:
        """An object of a repository class, from what its repr and the frames say about it."""
        self._built += 1
        if self._built > MOST_BUILT:
            return Guess(NONE, 2)
        known = self.told(text, cls.module, depth + 1, cls)
        parameters = self.index.initial(cls)
        if self.index.kind(cls) == "enum":
            return Attribute(naming.of_class(cls), cls.members[0]) if cls.members else NONE
        if parameters is None and (declared := records.columns(self.index, cls)):
            own = {k: v for k, v in {**kwargs, **known}.items() if not self._computed(cls, k)}
            return records.build(naming.of_class(cls), own, declared, text, naming.label(cls.name))
        bare = self.choice.bare and self.index.kind(cls) != "namedtuple"  # its `__new__` takes the fields
        if parameters is None or bare or cls.name in self.choice.lessons.unbuilt:
            return inventions.bare(
                self, cls, {**dict(zip(_names(parameters), args, strict=False)), **kwargs, **known}, depth
            )
        if not (args or kwargs or known) and (place := reprs.shown_place(cls.name, text)) and parameters:
            if parameters[0].kind == "args":
                return Call(naming.of_class(cls), (Guess(place),))
            args = (Guess(place),) if parameters[0].kind in {"positional", "plain"} else ()
        told = {k.lstrip("_") for k in known} & {p.name for p in parameters}
        if not (args or kwargs or told) and needy(parameters) and (made := maker(self.index, cls)):
            return Guess(Call(made))
        given, left = self.bind(cls, parameters, args, {**known, **kwargs}, depth, frozenset(kwargs))
        left |= self.asked(cls, {**dict(given[1]), **left})
        base = Call(inventions.concrete(self, cls, known), *given)
        extra = tuple((k, v) for k, v in left.items() if self.settable(cls, k, v))
        if not extra and not any(given):  # nothing is known of its state
            return Guess(base)
        return Instance(base, extra, naming.label(cls.name)) if extra else base

    def asked(self, cls: Class, known: Mapping[str, Value]) -> dict[str, Value]:
        """Attributes that the code asked for and did not find."""
        return self.missed({parent.name for parent in self.index.parents(cls)}, known)

    def missed(self, names: set[str], known: Mapping[str, Value]) -> dict[str, Value]:
        asked = sorted(attribute for owner, attribute in self.choice.lessons.absent if owner in names)
        return {a: inventions.stand_in(self.choice) for a in asked if says_nothing(known.get(a))}

    def settable(self, cls: Class, name: str, value: Value) -> bool:
        """Whether an attribute can be set from outside: a method may be, to what it answered."""
        answers = isinstance(value, Answer) and self.index.kind(cls) != "namedtuple"
        return name.isidentifier() and (answers or not self._computed(cls, name))

    def _computed(self, cls: Class, name: str) -> bool:
        made = self.index.method(cls, name)
        kept = made and any(d.endswith(("cached_property", ".setter")) for d in made.decorators)
        return (made is not None and not kept) or self.index.kind(cls) == "namedtuple"

    def bind(
        self,
        cls: Class,
        parameters: tuple[Parameter, ...],
        args: tuple[Value, ...],
        known: dict[str, Value],
        depth: int,
        given: frozenset[str] = frozenset(),
    ) -> tuple[tuple[tuple[Value, ...], tuple[tuple[str, Value], ...]], dict[str, Value]]:
        """Constructor arguments, and what is known beyond them."""
        left = dict(known)
        stored = kept_as(self.index.method(cls, "__init__"))
        positional = [p for p in parameters if p.kind in {"positional", "plain"}]
        bound: dict[str, Value] = {p.name: a for p, a in zip(positional, args, strict=False)}
        for parameter in parameters:
            if parameter.kind in {"args", "kwargs"} or parameter.name in bound:
                continue
            attribute = next(
                (
                    a
                    for a in (parameter.name, stored.get(parameter.name), f"_{parameter.name}")
                    if a and a in left
                ),
                None,
            )
            if attribute is not None:
                bound[parameter.name] = left.pop(attribute)
                left.pop(parameter.name, None)
            elif parameter.default is None:
                bound[parameter.name] = inventions.invent(self, cls, parameter, depth)
        if any(p.kind == "kwargs" for p in parameters):
            bound.update({k: left.pop(k) for k in known if k in given and k in left and k not in bound})
        only = {p.name for p in parameters if p.kind == "positional"}
        front = tuple(bound.pop(p.name) for p in parameters if p.name in only and p.name in bound)
        return (front, tuple(bound.items())), {k: v for k, v in left.items() if k not in bound}


def _names(parameters: tuple[Parameter, ...] | None) -> list[str]:
    return [p.name for p in parameters or ()]


def _hashable(value: Value) -> bool:
    return isinstance(value, Literal | Call | Attribute | Name) or (
        isinstance(value, Many) and value.kind in {"tuple", "frozenset"} and all(map(_hashable, value.items))
    )
