"""From a frame to the call that leads into it again."""

from __future__ import annotations

import ast
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace

from healer.reproduction import closures, containers, entry, lines, syntax, words, wrappers
from healer.reproduction.callers import NOBODY, Callers
from healer.reproduction.candidate import Act, Argument, Candidate
from healer.reproduction.facts import Facts, Site, arguments, call_on_line, path_of
from healer.reproduction.index import Index
from healer.reproduction.inventions import invent
from healer.reproduction.lessons import NOTHING_LEARNT, Lessons
from healer.reproduction.linking import linked
from healer.reproduction.modules import Class, Function, dotted, own_nodes
from healer.reproduction.operators import WRITTEN
from healer.reproduction.quoted import quoted_call
from healer.reproduction.rebuild import Choice, Rebuilder
from healer.reproduction.reprs import read
from healer.reproduction.scope import Scope
from healer.reproduction.snippet import Quoting, Snippet
from healer.reproduction.values import (
    Attribute,
    Call,
    Literal,
    Made,
    Many,
    Name,
    Opaque,
    Table,
    Value,
    invention,
)
from triage.incident import Frame

NODES = 6  # of a syntax tree that are tried for one
_MANAGERS = {"contextmanager", "contextlib.contextmanager"}
_ASYNC_MANAGERS = {"asynccontextmanager", "contextlib.asynccontextmanager"}
Reading = tuple[str, Facts, Choice, dict[str, Value]]
_CACHED = {"property", "cached_property", "functools.cached_property", "abc.abstractproperty"}


class Caller:
    """Makes candidates for the frames of one stack."""

    def __init__(
        self,
        index: Index,
        sites: tuple[Site, ...],
        facts: Facts,
        callers: Callers = NOBODY,
        lessons: Lessons = NOTHING_LEARNT,
    ) -> None:
        self._lessons = lessons
        self._callers = callers
        self._outside = callers.near
        self._index = index
        self._sites = sites
        self._facts = facts
        self._linked = linked(sites, facts)
        owners = (s.function.owner for s in sites if s.function and s.function.owner)
        classes = {c.name: (c.module.name, c.qualname) for c in owners if "." not in c.qualname}
        modules = [s.function.module.name for s in sites if s.function]
        said = dict(lines.imported(callers.quoted))
        around = (s.function.enclosing for s in sites if s.function)
        called = frozenset([*(s.name for s in sites), *(f.name for f in around if f)])
        self._scope = Scope(index, called, classes, modules, said)

    def candidates(self, depth: int) -> Iterator[Candidate]:
        """Readings of one frame, the likeliest first; no two alike."""
        site = self._sites[depth]
        seen: set[Act] = set()
        if depth == 0 and site.function and (act := self._quoted(site)):
            seen.add(act)
            yield Candidate(act, depth, site.function.name, note="as called")
        for caller in self._callers.frames if depth == 0 else ():
            yield from self._snippets(site, caller)
        if site.name == "<module>":
            yield from self._imported(site, depth)
        if site.function is None:
            return
        yield from self._read(depth, self._readings(depth), seen)

    def answered(self, depth: int) -> Iterator[Candidate]:
        """The call where facts hold what others answered: objects as they are made, then without that."""
        values = {**self._sites[depth].values, **self._entry(depth)}
        made = Choice(lessons=self._lessons)
        yield from self._read(
            depth,
            [("answered", self._facts, choice, values) for choice in (made, replace(made, bare=True))],
            set(),
        )

    def _read(self, depth: int, readings: Iterable[Reading], seen: set[Act]) -> Iterator[Candidate]:
        site = self._sites[depth]
        function = site.function
        for note, facts, choice, values in readings if function else ():
            assert function
            try:
                act = self._act(site, function, Rebuilder(self._index, facts, choice), values)
            except RecursionError:  # a value nested beyond reason
                continue
            if act and act not in seen:
                seen.add(act)
                yield Candidate(act, depth, function.name, note=note)

    def _imported(self, site: Site, depth: int) -> Iterator[Candidate]:
        """A module that fails while it is loaded: loaded anew, and as a program."""
        module = self._index.module(site.path)
        if module is None or not all(part.isidentifier() for part in module.name.split(".")):
            return
        forget = f'monkeypatch.delitem(sys.modules, "{module.name}", raising=False)'
        loaded = (forget, f'importlib.import_module("{module.name}")')
        yield Candidate(
            None, depth, module.name, body=loaded, imports=(("importlib", ""), ("sys", "")), note="imported"
        )
        if "__main__" in module.text:
            run = f'runpy.run_module("{module.name}", run_name="__main__", alter_sys=True)'
            yield Candidate(
                None, depth, module.name, body=(forget, run), imports=(("runpy", ""), ("sys", ""))
            )

    def _snippets(self, site: Site, outside: Frame) -> Iterator[Candidate]:
        for made in self.quoted(site, outside):
            yield Candidate(
                None, 0, site.name, body=made.body, imports=made.imports, note="lines", guessed=made.guessed
            )

    def quoted(self, site: Site, outside: Frame, lent: Container[str] = frozenset()) -> Iterator[Snippet]:
        """The lines outside the repository that led to the call, as far as they are harmless."""
        module = site.function.module if site.function else self._index.module(site.path)
        rebuild = Rebuilder(self._index, self._facts, Choice(lessons=self._lessons))
        quoting = Quoting(
            outside,
            {k: read(v) for k, v in outside.vars.items() if k.isidentifier()},
            site,
            self._scope,
            {k: v for k, v in site.values.items() if k not in site.rebound},
            lambda value: rebuild.value(value, module),
            lambda: self._receiver(site, rebuild),
            lent,
            self._callers.shared,
            self._callers.entered if outside is self._outside else (),
        )
        yield from quoting.snippets()

    def _receiver(self, site: Site, rebuild: Rebuilder) -> Value | None:
        """The object the method was called on."""
        callee = self._callee(site.function, rebuild, dict(site.values)) if site.function else None
        return callee.of if isinstance(callee, Attribute) else None

    def _quoted(self, site: Site) -> Act | None:
        """The call as the line outside the repository writes it."""
        function = site.function
        found = quoted_call(self._index, site, self._outside) if self._outside and function else None
        if found is None or function is None:
            return None
        callee, bound = found
        rebuild = Rebuilder(self._index, self._facts, Choice(lessons=self._lessons))
        callee = rebuild.value(callee, function.module)
        given = tuple(
            Argument(
                p.name,
                rebuild.value(bound[p.name], function.module, p.annotation, p.name),
                p.kind,
                p.default is not None,
            )
            for p in function.parameters
            if p.name in bound
        )
        return _consumed(function, Act(callee, given))

    def _readings(self, depth: int) -> Iterator[Reading]:
        site = self._sites[depth]
        now = dict(site.values)
        before = self._entry(depth)
        if self._lessons:
            yield from self._learnt(site, {**now, **before})
            return
        yield "as seen", self._facts, Choice(), {**now, **before}
        if before and any(now.get(k) != v for k, v in before.items()):
            yield "at the crash", self._facts, Choice(), now
        first = {**now, **before}
        if site.function and wrappers.wrapped(site.function):
            yield "unwrapped", self._facts, Choice(unwrapped=True), first
        yield "linked", self._linked, Choice(), first
        if self._facts.made:
            yield "as made", self._facts, Choice(made=True), first
        yield from (("node", self._facts, Choice(node=n), first) for n in self._nodes(first))
        yield "tuples", self._facts, Choice(sequences="tuple"), first
        yield "bare objects", self._facts, Choice(bare=True), first
        yield "text keys", self._facts, Choice(integer_keys=False), first
        yield "sets", self._facts, Choice(sequences="set"), first
        yield "no mocks", self._facts, Choice(mocks=False), first
        yield "no examples", self._facts, Choice(examples=False), first

    def _nodes(self, values: Mapping[str, Value]) -> range:
        """Further nodes of a syntax tree that could be the one that an argument was."""
        parsed = any(syntax.kind(value, ()) for value in values.values())
        return range(1, NODES) if parsed and self._facts.heard.texts else range(0)

    def _learnt(self, site: Site, values: dict[str, Value]) -> Iterator[Reading]:
        """The readings again, without what an earlier round showed to be wrong."""
        choice = Choice(lessons=self._lessons)
        yield "learnt", self._facts, choice, values
        if site.function and wrappers.wrapped(site.function):
            yield "learnt, unwrapped", self._facts, replace(choice, unwrapped=True), values
        yield "learnt, tuples", self._facts, replace(choice, sequences="tuple"), values
        yield "learnt, no examples", self._facts, replace(choice, examples=False), values
        yield "learnt, bare objects", self._facts, replace(choice, bare=True), values

    def _entry(self, depth: int) -> dict[str, Value]:
        """Arguments as the caller's frame shows them: the callee may have rebound its names since."""
        inner = self._sites[depth]
        if inner.function is None:
            return {}
        rebound = inner.rebound
        if not depth:
            told = entry.given(self._outside, inner.function) if self._outside else {}
            return {k: v for k, v in told.items() if k in rebound or k not in inner.values}
        outer = self._sites[depth - 1]
        call = call_on_line(outer, inner)
        if call is None:
            return {}
        found = {}
        for name, given in arguments(call, inner.function).items():
            value = self._told(outer, given)
            if value is not None and (name in rebound or name not in inner.values):
                found[name] = value
        return found

    def _told(self, site: Site, given: ast.expr) -> Value | None:
        """What a caller's expression was: a constant, a local, an attribute that is known."""
        match given:
            case ast.Constant(value=constant):
                return Literal.of(constant)
            case ast.Name(id=name):
                return site.values.get(name)
            case ast.Attribute():
                path = path_of(given)
                value = site.values.get(path[0]) if path else None
                if isinstance(value, Made) and len(path) == 2:
                    return dict(value.kwargs).get(path[1])
                return self._facts.of(site.text[path[0]]).get(path[1]) if value and len(path) == 2 else None
            case ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=key)):
                held = site.values.get(name)
                pairs = held.items if isinstance(held, Table) else ()
                return next((v for k, v in pairs if k == Literal.of(key)), None)
            case _:
                return None

    def told(self, depth: int) -> dict[str, Value]:
        """A frame's arguments as the event tells them, buildable."""
        site = self._sites[depth]
        values = {**site.values, **self._entry(depth)}
        rebuild = Rebuilder(self._index, self._facts)
        parameters = site.function.parameters if site.function else ()
        module = site.function.module if site.function else None
        return {
            p.name: rebuild.value(values[p.name], module, p.annotation, p.name)
            for p in parameters
            if p.name in values
        }

    def upon(self, depth: int, receiver: Value) -> Act | None:
        """The call of a frame's method on an object that is made elsewhere; it stands for every argument
        of its class that the event tells no more of."""
        site = self._sites[depth]
        function = site.function
        if function is None or {"staticmethod", "classmethod"} & set(function.decorators):
            return None
        values = {**site.values, **self._entry(depth)}
        own = values.get(function.parameters[0].name) if function.parameters else None
        alike = {k for k, v in values.items() if isinstance(v, Opaque) and _kind(v) == _kind(own)}
        values |= dict.fromkeys(alike, receiver)
        return self._act(site, function, Rebuilder(self._index, self._facts), values, receiver)

    def known(self, depth: int) -> dict[str, Value]:
        """What the stack tells of the attributes of a frame's `self`, buildable."""
        site = self._sites[depth]
        first = site.function.parameters[0].name if site.function and site.function.parameters else ""
        if first not in site.text or not site.function:
            return {}
        rebuild = Rebuilder(self._index, self._facts)
        told = self._facts.of(site.text[first])
        owner = site.function.owner
        own = {k: v for k, v in told.items() if owner is None or rebuild.settable(owner, k, v)}
        built = {k: rebuild.value(v, site.function.module, name=k) for k, v in own.items()}
        return {k: v for k, v in built.items() if k.isidentifier() and not invention(v)}

    def _act(
        self,
        site: Site,
        function: Function,
        rebuild: Rebuilder,
        values: dict[str, Value],
        receiver: Value | None = None,
    ) -> Act | None:
        if function.name == "<module>":
            return None
        callee = (
            Attribute(receiver, function.outside) if receiver else self._callee(function, rebuild, values)
        )
        if callee is None:
            return None
        if rebuild.choice.unwrapped:
            callee = wrappers.original(callee, function)
        given = tuple(self._arguments(function, rebuild, values))
        if set(function.decorators) & _CACHED:
            return Act(callee, called=False)
        if any(d.endswith(".setter") for d in function.decorators):
            return Act(callee, given, operator="{self}." + function.outside + " = {0}")
        if function.name in WRITTEN and len(given) <= 1 and isinstance(callee, Attribute):
            return Act(callee.of, given, operator=WRITTEN[function.name])
        return _consumed(function, Act(callee, given))

    def _callee(self, function: Function, rebuild: Rebuilder, values: dict[str, Value]) -> Value | None:
        module = function.module.name
        if function.enclosing:
            return self._closure(function, rebuild, values)
        if function.owner is None:
            return Name(module, function.qualname)
        owner = Name(module, function.owner.qualname)
        first = function.parameters[0].name if function.parameters else ""
        if function.name in {"__init__", "__new__", "__post_init__"}:
            return None if function.name == "__post_init__" else owner
        if "staticmethod" in function.decorators:
            return Attribute(owner, function.outside)
        actual = self._class_of(values.get(first), function.owner, function)
        if "classmethod" in function.decorators:
            return Attribute(Name(actual.module.name, actual.qualname), function.outside)
        return Attribute(self._self(values.get(first), actual, rebuild), function.outside)

    def _class_of(self, value: Value | None, owner: Class, function: Function) -> Class:
        name = value.name if isinstance(value, Opaque | Made) else ""
        found = self._index.find_class(name, function.module) if name else None
        if found and any(p.qualname == owner.qualname for p in self._index.parents(found)):
            return found
        return owner

    def _self(self, value: Value | None, cls: Class, rebuild: Rebuilder) -> Value:
        """The object a method was called on; its class is known even where its repr says nothing."""
        name = Name(cls.module.name, cls.qualname)
        if isinstance(value, Many | Table):
            return containers.build(rebuild, value, cls)
        if isinstance(value, Made) and rebuild.known(value.name, cls.module):
            return rebuild.value(value, cls.module)
        if isinstance(value, Opaque) and value.kind == "enum":
            return rebuild.value(value, cls.module)
        text = value.text if isinstance(value, Opaque | Made) else ""
        if isinstance(value, Literal):
            return Call(name, (value,))
        if isinstance(value, Opaque) and (made := rebuild.as_made(value)):
            return made
        return rebuild.construct(cls, (), {}, text)

    def _closure(self, function: Function, rebuild: Rebuilder, values: dict[str, Value]) -> Value | None:
        """A function inside another: what the outer one gives, called with what the inner one closes over."""
        if (decorated := self._decorated(function, rebuild, values)) is not None:
            return decorated
        outer = function.enclosing
        if outer is None or not closures.gives(outer, function):
            return None
        made = self._callee(outer, rebuild, values)
        return closures.called(made, self._arguments(outer, rebuild, values)) if made else None

    def _decorated(self, function: Function, rebuild: Rebuilder, values: dict[str, Value]) -> Value | None:
        """What a wrapper wraps, by its own name: called, it goes through the wrapper again."""
        own = {p.name for p in function.parameters}
        called = (dotted(n.func) for n in own_nodes(function.node) if isinstance(n, ast.Call))
        for name in called:
            value = values.get(name)
            if name in own or not isinstance(value, Opaque) or value.kind != "function":
                continue
            wrapped = self._index.only_function(value.name.rpartition(".")[2])
            if wrapped and wrapped.decorators and not wrapped.owner and not wrapped.enclosing:
                return Name(wrapped.module.name, wrapped.qualname)
        return None

    def _arguments(
        self, function: Function, rebuild: Rebuilder, values: dict[str, Value]
    ) -> Iterator[Argument]:
        parameters = function.parameters
        if function.owner and "staticmethod" not in function.decorators:
            parameters = parameters[1:]
        for parameter in parameters:
            kind = parameter.kind
            default = (
                rebuild.value(Literal.of(parameter.default.value), None)
                if isinstance(parameter.default, ast.Constant)
                else None
            )
            if parameter.name in values and words.default(values[parameter.name], parameter):
                continue
            if parameter.name in values:
                value = rebuild.value(
                    values[parameter.name], function.module, parameter.annotation, parameter.name
                )
                yield Argument(parameter.name, value, kind, parameter.default is not None, default)
            elif parameter.default is None and kind not in {"args", "kwargs"}:
                yield Argument(parameter.name, invent(rebuild, function.owner, parameter, 1), kind)


def _consumed(function: Function, act: Act) -> Act:
    """Generators are exhausted, coroutines run, context managers entered."""
    decorators = set(function.decorators)
    if decorators & _MANAGERS:
        return replace(act, wrap="with {}:\n    pass")
    if function.is_async and function.is_generator:
        if decorators & _ASYNC_MANAGERS:
            return replace(act, wrap="asyncio.run({}.__aenter__())", imports=(("asyncio", ""),))
        wrap = "async def consume():\n    return [item async for item in {}]\n\nasyncio.run(consume())"
        return replace(act, wrap=wrap, imports=(("asyncio", ""),))
    if function.is_async:
        return replace(act, wrap="asyncio.run({})", imports=(("asyncio", ""),))
    return replace(act, wrap="list({})") if function.is_generator else act


def _kind(value: Value | None) -> str:
    """What an object's repr says of its class."""
    return value.name or value.text if isinstance(value, Opaque) else ""
