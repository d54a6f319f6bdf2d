"""The call with the lines that led to it, where those lines stand outside the repository.

A stranger's lines are parsed, never evaluated, and written out again node by node: constants, containers,
operators, locals of the frame, what `Scope` lets through. Anything else drops the statement it stands in."""

from __future__ import annotations

import ast
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from textwrap import indent

from healer.reproduction import lines
from healer.reproduction.acts import acts, leads
from healer.reproduction.facts import Site, arguments
from healer.reproduction.modules import Function, dotted
from healer.reproduction.scope import BUILTINS, Scope
from healer.reproduction.slices import uses
from healer.reproduction.transcript import NotTaken, Transcript, stored
from healer.reproduction.values import (
    Call,
    Guess,
    Literal,
    Made,
    Name,
    Opaque,
    Value,
    Writer,
    invention,
    walk,
)
from triage.incident import Frame

_MOST = 4  # readings of one line
_PLAIN, _TWIN, _LOOSE, _WHOLE = ("plain", "twin", "loose", "whole")
_LONGEST = 1000  # characters; longer local text may have been cut


@dataclass(frozen=True)
class Snippet:
    body: tuple[str, ...]
    imports: tuple[tuple[str, str], ...]
    guessed: int
    borrowed: frozenset[str] = frozenset()  # names that a test of the repository lends


@dataclass
class Quoting:
    """What snippets of one frame are made from. `build` makes a local's value buildable."""

    frame: Frame
    values: Mapping[str, Value]
    site: Site
    scope: Scope
    entry: Mapping[str, Value]  # parameters of the next frame that still are what they were
    build: Callable[[Value], Value]
    receiver: Callable[[], Value | None]
    lent: Container[str] = frozenset()  # names that a test of the repository has, and that may be used
    shared: tuple[ast.stmt, ...] = ()  # what the event quotes of the module around the frame's function
    entered: tuple[ast.stmt, ...] = ()  # parameters, as its caller gave them

    def snippets(self) -> Iterator[Snippet]:
        decorated = self._decorated()
        found = (decorated, 0) if decorated else lines.statement(self.frame)
        if found is None:
            return
        node, used = found
        before = [self._own_kind(statement) for statement in lines.before(self.frame, used)]
        earlier = [*self._constants(), *self.entered, *self._unheaded(), *before]
        seen: set[tuple[str, ...]] = set()
        done = list(acts(node, self.site))
        for act, reading in (*product(done, (_PLAIN, _TWIN, _LOOSE)), *product(done, (_WHOLE,))):
            made = self._made(act, earlier, reading)
            if made and made.body not in seen:
                seen.add(made.body)
                yield made
            if len(seen) >= _MOST:
                return

    def _made(
        self,
        act: ast.stmt | ast.expr,
        earlier: list[ast.stmt],
        reading: str,
        unmade: frozenset[str] = frozenset(),
    ) -> Snippet | None:
        """Without the lines that make what cannot be made: the next frame may tell what it was."""
        try:
            return _Maker(self, earlier, reading, unmade).make(act)
        except _Unmade as found:
            rest = [s for s in earlier if not stored(s) & found.names]
            return self._made(act, rest, reading, unmade | found.names)
        except (NotTaken, RecursionError):
            return None

    def _decorated(self) -> ast.stmt | None:
        """What a decorator stands above, where it is not quoted: a function or a class of the name that the
        next frame was given it by."""
        called = lines.decorator(self.frame)
        given = self.site.function.parameters if called and self.site.function else ()
        shown = (v for p in given if isinstance(v := self.site.values.get(p.name), Opaque))
        value = next((v for v in shown if v.kind in {"function", "class"}), None)
        name = value.name.rpartition(".")[2] if value else ""
        if called is None or value is None or not name.isidentifier():
            return None
        plain = ast.parse(f"class {name}: pass" if value.kind == "class" else f"def {name}(): pass").body[0]
        assert isinstance(plain, ast.ClassDef | ast.FunctionDef)
        plain.decorator_list = [called]
        return plain

    def _unheaded(self) -> Iterator[ast.stmt]:
        """The one class that a function around the lines made, where only its end is quoted."""
        local = [n for n, v in self.values.items() if isinstance(v, Opaque) and v.kind == "class"]
        local = [n for n in local if getattr(self.values[n], "name", "").endswith(f"<locals>.{n}")]
        body = lines.members(self.frame) if len(local) == 1 else []
        if body:
            built = (v for v in walk(self.build(self.values[local[0]])) if isinstance(v, Name) and v.module)
            bases = [name.path for name in built] or self._owner(local[0])
            named: list[ast.expr] = [ast.Name(name, ast.Load()) for name in bases[:1]]
            yield ast.ClassDef(local[0], named, [], body, [])

    def _own_kind(self, statement: ast.stmt) -> ast.stmt:
        """`pen = QuietPen(width=3)` for an object that shows itself as `<Pen>`: a class of the caller's, made
        as the one whose method was called on it, where that takes the same arguments."""
        owner = self.site.function.owner if self.site.function else None
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=ast.Name(id=kind)) as made):
                value = self.values.get(name)
                shown = value.name.rpartition(".")[2] if isinstance(value, Opaque | Made) else ""
                known = self.scope.origin(kind) or kind in self.lent or kind in self.values
                if owner and shown == owner.name and not known:
                    func = ast.Name(owner.name, ast.Load())
                    return ast.Assign(statement.targets, ast.Call(func, made.args, made.keywords))
        return statement

    def _owner(self, name: str) -> list[str]:
        """The class that has the method that was called, where its object's class is of that name."""
        function = self.site.function
        first = function.parameters[0].name if function and function.owner and function.parameters else ""
        called = getattr(self.site.values.get(first), "name", "").rpartition(".")[2]
        return [function.owner.name] if function and function.owner and called == name else []

    def _constants(self) -> list[ast.stmt]:
        """Statements of the module that make something, other than the frame's own function."""
        return [
            node
            for node in self.shared
            if not isinstance(node, ast.Import | ast.ImportFrom)
            and getattr(node, "name", None) != self.frame.function
        ]


class _Unmade(NotTaken):
    """Names that lines bind of which none was written out."""

    def __init__(self, names: set[str]) -> None:
        super().__init__()
        self.names = names


class _Maker(Transcript):
    """One snippet in the making."""

    def __init__(
        self, quoting: Quoting, earlier: list[ast.stmt], reading: str, unmade: frozenset[str] = frozenset()
    ) -> None:
        """`twin`: for an object that nothing tells of, another one of its class. `loose`: stand-ins for
        arguments that nothing tells of. `whole`: with calls whose results nobody needs."""
        super().__init__(quoting.scope, quoting.lent, {n for s in earlier for n in stored(s)} | unmade)
        self.quoting, self.earlier, self.reading, self.unmade = quoting, earlier, reading, unmade
        self.given: dict[str, Value] = {}  # values written before everything else
        self.defines = False  # the act is a definition: all that stands before it may count

    def make(self, act: ast.stmt | ast.expr) -> Snippet:
        self.values = {**self._passed(act), **self.quoting.values}
        self.defines = isinstance(act, lines.DEFINITIONS)
        last, coroutine = self._act(act)
        kept: list[ast.stmt] = []
        for statement in reversed(self.earlier):
            if self._wanted(statement) and (made := self._tried(statement)):
                kept.insert(0, made)
        writer = Writer(taken=set(self.imports) | self.needed)
        head = self._values(writer, _read_early(kept))
        clash = {name for _, name in writer.imports} & (self.needed | set(self.given))
        if clash:
            raise NotTaken
        body = [*head, *self._ending(kept, last, coroutine=coroutine)]
        guessed = sum(invention(v) for v in self.given.values())
        imports = {*writer.imports, *self.imports.values()}
        return Snippet(
            tuple(line for text in body for line in text.split("\n")),
            tuple(sorted(imports)),
            guessed,
            frozenset(self.borrowed),
        )

    def _ending(self, kept: list[ast.stmt], last: str, *, coroutine: bool) -> Iterator[str]:
        """The kept lines and the act, inside what was around it, and in a coroutine where they need one."""
        if coroutine:
            last = f"await {last}" if self.awaits else f"asyncio.run({last})"
        inner = ast.parse(f"async def run():\n{indent(last, ' ')}").body[0]
        assert isinstance(inner, ast.AsyncFunctionDef)
        for statement in reversed(kept):
            if lines.encloses(statement) and isinstance(statement, ast.With | ast.AsyncWith):
                inner.body = [type(statement)(statement.items, inner.body)]
            else:
                inner.body.insert(0, statement)
        if coroutine or self.awaits:
            self.take("asyncio", ("asyncio", ""))
        made = [inner, *ast.parse("asyncio.run(run())").body] if self.awaits else inner.body
        yield from (ast.unparse(ast.fix_missing_locations(s)) for s in made)

    def _passed(self, act: ast.stmt | ast.expr) -> dict[str, Value]:
        """Locals that were arguments: the next frame's parameters tell what they held."""
        site = self.quoting.site
        if not isinstance(act, ast.Call) or site.function is None or not leads(act, site):
            return {}
        told = {
            given.id: self.quoting.entry[name]
            for name, given in arguments(act, site.function).items()
            if isinstance(given, ast.Name) and name in self.quoting.entry
        }
        made = self.assigned - self.unmade
        return {n: v for n, v in told.items() if n not in made or isinstance(v, Literal)}

    def _act(self, act: ast.stmt | ast.expr) -> tuple[str, bool]:
        """The act's source, and whether it makes a coroutine that has to be run."""
        if isinstance(act, ast.stmt):
            return ast.unparse(ast.fix_missing_locations(self.statement(act))), False
        function = self.quoting.site.function
        try:
            made = self.expr(act)
        except NotTaken:
            made = self._patched(act)
        text = ast.unparse(ast.fix_missing_locations(made))
        if function is None or not leads(act, self.quoting.site) or not isinstance(act, ast.Call):
            return text, False
        if {"contextmanager", "contextlib.contextmanager"} & set(function.decorators):
            return f"with {text}:\n    pass", False
        if function.is_async and not function.is_generator:
            return text, True
        return (f"list({text})" if function.is_generator else text), False

    def _patched(self, act: ast.expr) -> ast.expr:
        """The call with what the next frame tells in place of what its line does not."""
        function = self.quoting.site.function
        if function is None or not leads(act, self.quoting.site):
            raise NotTaken
        if isinstance(act, ast.Compare | ast.BinOp):
            return self._operation(act, [p.name for p in function.parameters[1:2]])
        if not isinstance(act, ast.Call):
            raise NotTaken
        func = self._or_receiver(act.func)
        names = [p.name for p in function.parameters if p.kind in {"positional", "plain"}]
        names = names[1:] if function.owner and "staticmethod" not in function.decorators else names
        args = [self._or_seen(a, names[n] if n < len(names) else "") for n, a in enumerate(act.args)]
        return ast.Call(func, args, list(self._keywords(act, function)))

    def _keywords(self, act: ast.Call, function: Function) -> Iterator[ast.keyword]:
        needed = {p.name for p in function.parameters if p.default is None and p.kind in {"plain", "keyword"}}
        for keyword in act.keywords:
            name = keyword.arg or ""
            try:
                made = self.keyword(keyword)
            except NotTaken:
                if name in self.quoting.site.values:
                    yield ast.keyword(name, self._seen(name))
                elif name in needed:
                    raise
                continue
            if made.arg:
                yield made

    def _operation(self, act: ast.Compare | ast.BinOp, names: list[str]) -> ast.expr:
        """`a <= b`, where the next frame is `__le__` and tells both."""
        name = names[0] if names else ""
        if isinstance(act, ast.BinOp):
            return ast.BinOp(self._or_self(act.left), act.op, self._or_seen(act.right, name))
        if len(act.comparators) > 1:
            raise NotTaken
        return ast.Compare(self._or_self(act.left), act.ops, [self._or_seen(act.comparators[0], name)])

    def _or_self(self, node: ast.expr) -> ast.expr:
        try:
            return self.expr(node)
        except NotTaken:
            value = self.quoting.receiver()
            if value is None:
                raise
            return self._given("subject", value)

    def _or_receiver(self, func: ast.expr) -> ast.expr:
        try:
            return self.callee(func)
        except NotTaken:
            if not isinstance(func, ast.Attribute):
                raise
            if self.reading == _TWIN:
                return ast.Attribute(self.expr(ast.Name(self._twin(), ast.Load())), func.attr, ast.Load())
            value = self.quoting.receiver()
            if value is None:
                raise
            return ast.Attribute(self._given("subject", value), func.attr, ast.Load())

    def _name(self, name: str) -> ast.expr:
        """What the lines would have made is nothing of the repository's."""
        if name in self.unmade and name not in self.values:
            raise NotTaken
        return super()._name(name)

    def stand_in(self, name: str) -> ast.expr:
        if self.reading != _LOOSE or name in BUILTINS:
            raise NotTaken
        self.given[name] = Guess(Call(Name("unittest.mock", "MagicMock")), 3)
        return ast.Name(name, ast.Load())

    def _twin(self) -> str:
        """A name to which the earlier lines give an object of the method's class."""
        function = self.quoting.site.function
        owner = function.owner.name if function and function.owner else ""
        for statement in reversed(self.earlier):
            match statement:
                case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=func)) if (
                    owner and _chained(func) == owner
                ):
                    return name
        raise NotTaken

    def _or_seen(self, node: ast.expr, parameter: str) -> ast.expr:
        try:
            return self.expr(node)
        except NotTaken:
            if not parameter or parameter not in self.quoting.site.values:
                raise
            return self._seen(parameter)

    def _seen(self, parameter: str) -> ast.expr:
        return self._given(parameter, self.quoting.build(self.quoting.site.values[parameter]))

    def _given(self, name: str, value: Value) -> ast.expr:
        if name in self.needed or name in self.imports or name in self.given:
            name = f"{name}_seen"
        self.given[name] = value
        return ast.Name(name, ast.Load())

    def _wanted(self, statement: ast.stmt) -> bool:
        if lines.encloses(statement):
            return True
        if isinstance(statement, ast.For | ast.If):
            return any(map(self._wanted, [*statement.body, *statement.orelse]))
        if self.reading == _WHOLE and (self.defines or self._prepares(statement)):
            return True
        if made := stored(statement) & self.needed:
            return not all(map(self._certain, made))
        if _given_to(statement) & (self.needed | self.borrowed):
            return True
        if _of_process(statement):
            return True
        root = _changed(statement)
        if root in self.borrowed:
            return True
        if root in self.assigned or root in self.values:
            return root in self.needed and not self._certain(root)
        if root in self.imports and self.scope.shared(self.imports[root]):
            return True
        return bool(root) and isinstance(statement, ast.Assign)

    def _prepares(self, statement: ast.stmt) -> bool:
        """A call that may leave something behind: `context = op_fixture("postgresql")`, `env.set("A")`."""
        call = statement.value if isinstance(statement, ast.Assign | ast.Expr) else None
        if not isinstance(call, ast.Call):
            return False
        if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name):
            return isinstance(statement, ast.Expr) and self._lent(call.func.value.id)
        return isinstance(call.func, ast.Name) and call.func.id not in BUILTINS

    def _certain(self, name: str) -> bool:
        """A local that is wholly known from the frame: no line is needed to make it."""
        value = self.values.get(name)
        return isinstance(value, Literal) and len(value.source) < _LONGEST

    def _tried(self, statement: ast.stmt) -> ast.stmt | None:
        before = (dict(self.imports), set(self.needed), set(self.borrowed))
        try:
            return self.statement(statement)
        except (NotTaken, RecursionError):
            self.imports, self.needed, self.borrowed = before
            return None

    def _values(self, writer: Writer, early: set[str]) -> list[str]:
        """Assignments of the locals that no line makes, or none before it is read."""
        made = {n for n in self.needed if n in self.assigned and n in self.done} - early
        known = {n for n, v in self.values.items() if n not in early or not isinstance(v, Opaque)}
        if lacking := self.needed - made - known:
            raise _Unmade(lacking) if lacking <= self.assigned - self.unmade else NotTaken
        for name in sorted(self.needed - made):
            self.given[name] = self.quoting.build(self.values[name])
        out: list[str] = []
        for name, value in self.given.items():
            written = writer.write(value)
            out += writer.statements
            writer.statements.clear()
            if written != name:
                out.append(f"{name} = {written}")
        return out


def _read_early(statements: Iterable[ast.stmt]) -> set[str]:
    """Names that an assignment reads before any has bound them: `size = size or 3`."""
    bound, early = set[str](), set[str]()
    for statement in statements:
        if isinstance(statement, ast.Assign):
            early |= (uses(statement.value) - stored(statement.value) - bound) & stored(statement)
        bound |= stored(statement)
    return early


def _chained(func: ast.expr) -> str:
    """The last name of what is called."""
    return func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")


def _given_to(node: ast.stmt) -> set[str]:
    """Names whose objects a call, made for its effect, may change: `freeze(a, True)`."""
    call = node.value if isinstance(node, ast.Expr) else None
    if not isinstance(call, ast.Call) or _chained(call.func).startswith("assert"):
        return set()
    return {a.id for a in [*call.args, *(k.value for k in call.keywords)] if isinstance(a, ast.Name)}


def _of_process(node: ast.stmt) -> bool:
    """`os.environ["A"] = "b"`, `sys.stdout = None`: what the call may see without being given it."""
    targets = node.targets if isinstance(node, ast.Assign | ast.Delete) else []
    return any(dotted(t).startswith(("os.environ", "sys.")) for t in targets)


def _changed(node: ast.stmt) -> str:
    """The name whose object a statement changes: `a.b(c)`, `a.b = c`, `a[b] = c`."""
    match node:
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=inner))):
            pass
        case ast.Assign(targets=[ast.Attribute(value=inner) | ast.Subscript(value=inner)]):
            pass
        case ast.AugAssign(target=ast.Attribute(value=inner) | ast.Subscript(value=inner)):
            pass
        case ast.Delete(targets=[ast.Attribute(value=inner) | ast.Subscript(value=inner)]):
            pass
        case _:
            return ""
    while isinstance(inner, ast.Attribute | ast.Subscript | ast.Call):
        inner = inner.func if isinstance(inner, ast.Call) else inner.value
    return inner.id if isinstance(inner, ast.Name) else ""
