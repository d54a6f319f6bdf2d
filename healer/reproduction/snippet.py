"""The call with the lines that led to it, where those lines stand outside the repository.

A stranger's lines are parsed, never evaluated, and written out again node by node: constants, containers,
operators, locals of the frame, what `Scope` lets through. Anything else drops the statement it stands in."""

from __future__ import annotations

import ast
from collections.abc import Callable, Container, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from itertools import product

from healer.reproduction import lines
from healer.reproduction.acts import acts, leads
from healer.reproduction.facts import Site, arguments
from healer.reproduction.index import Function
from healer.reproduction.scope import BUILTINS, Origin, Scope
from healer.reproduction.values import Literal, Made, Opaque, Table, Value, Writer, invention
from triage.incident import Frame

_MOST = 3  # readings of one line
_LONGEST = 1000  # characters; longer local text may have been cut
_OPERATORS = (ast.Pow, ast.MatMult)
_KEPT: tuple[type[ast.expr], ...] = (
    *(ast.List, ast.Tuple, ast.Set, ast.Dict, ast.Subscript, ast.Slice, ast.Starred),
    *(ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.JoinedStr, ast.FormattedValue),
)


class NotTaken(Exception):
    """A line that is not written out."""


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

    def snippets(self) -> Iterator[Snippet]:
        found = lines.statement(self.frame)
        if found is None:
            return
        node, used = found
        earlier = lines.before(self.frame, used)
        seen: set[tuple[str, ...]] = set()
        for act, twin in product(acts(node, self.site), (False, True)):
            try:
                made = _Maker(self, earlier, twin=twin).make(act)
            except (NotTaken, RecursionError):
                continue
            if made.body not in seen:
                seen.add(made.body)
                yield made
            if len(seen) >= _MOST:
                return


@dataclass
class _Maker:
    """One snippet in the making."""

    quoting: Quoting
    earlier: list[ast.stmt]
    imports: dict[str, Origin] = field(default_factory=dict)  # name in the test -> where from
    given: dict[str, Value] = field(default_factory=dict)  # values written before everything else
    assigned: set[str] = field(default_factory=set)  # by the earlier lines
    values: dict[str, Value] = field(default_factory=dict)  # locals, as far as they are known
    needed: set[str] = field(default_factory=set)
    borrowed: set[str] = field(default_factory=set)
    _done: set[str] = field(default_factory=set)  # names that the kept lines make
    twin: bool = False  # for an object that nothing tells of: another one of its class
    _bound: frozenset[str] = frozenset()  # by a comprehension or lambda

    def make(self, act: ast.stmt | ast.expr) -> Snippet:
        self.assigned = {n for s in self.earlier for n in _stored(s)}
        self.values = {**self._passed(act), **self.quoting.values}
        last = self._act(act)
        kept: list[ast.stmt] = []
        for statement in reversed(self.earlier):
            if self._wanted(statement) and (made := self._tried(statement)):
                kept.insert(0, made)
        writer = Writer(taken=set(self.imports) | self.needed)
        head = self._values(writer)
        clash = {name for _, name in writer.imports} & (self.needed | set(self.given))
        if clash:
            raise NotTaken
        body = [*head, *(ast.unparse(ast.fix_missing_locations(s)) for s in kept), last]
        guessed = sum(invention(v) for v in self.given.values())
        imports = {*writer.imports, *self.imports.values()}
        return Snippet(
            tuple(line for text in body for line in text.split("\n")),
            tuple(sorted(imports)),
            guessed,
            frozenset(self.borrowed),
        )

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
        return {n: v for n, v in told.items() if n not in self.assigned or isinstance(v, Literal)}

    def _act(self, act: ast.stmt | ast.expr) -> str:
        if isinstance(act, ast.stmt):
            return ast.unparse(ast.fix_missing_locations(self._statement(act)))
        function = self.quoting.site.function
        try:
            made = self.expr(act)
        except NotTaken:
            made = self._patched(act)
        text = ast.unparse(ast.fix_missing_locations(made))
        if function is None or not leads(act, self.quoting.site) or not isinstance(act, ast.Call):
            return text
        if {"contextmanager", "contextlib.contextmanager"} & set(function.decorators):
            return f"with {text}:\n    pass"
        if function.is_async and not function.is_generator:
            self._import("asyncio", ("asyncio", ""))
            return f"asyncio.run({text})"
        return f"list({text})" if function.is_generator else text

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
                made = self._keyword(keyword)
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
            return self._callee(func)
        except NotTaken:
            if not isinstance(func, ast.Attribute):
                raise
            if self.twin:
                return ast.Attribute(self.expr(ast.Name(self._twin(), ast.Load())), func.attr, ast.Load())
            value = self.quoting.receiver()
            if value is None:
                raise
            return ast.Attribute(self._given("subject", value), func.attr, ast.Load())

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
        stored = _stored(statement)
        if stored & self.needed:
            return not all(self._certain(n) for n in stored & self.needed)
        root = _changed(statement)
        if root in self.borrowed:
            return True
        if root in self.assigned or root in self.values:
            return root in self.needed and not self._certain(root)
        return bool(root) and isinstance(statement, ast.Assign)

    def _certain(self, name: str) -> bool:
        """A local that is wholly known from the frame: no line is needed to make it."""
        value = self.values.get(name)
        return isinstance(value, Literal) and len(value.source) < _LONGEST

    def _tried(self, statement: ast.stmt) -> ast.stmt | None:
        before = (dict(self.imports), set(self.needed), set(self.borrowed))
        try:
            return self._statement(statement)
        except (NotTaken, RecursionError):
            self.imports, self.needed, self.borrowed = before
            return None

    def _values(self, writer: Writer) -> list[str]:
        """Assignments of the locals that no line makes."""
        made = {n for n in self.needed if n in self.assigned and n in self._done}
        for name in sorted(self.needed - made):
            value = self.values.get(name)
            if value is None:
                raise NotTaken
            self.given[name] = self.quoting.build(value)
        out: list[str] = []
        for name, value in self.given.items():
            written = writer.write(value)
            out += writer.statements
            writer.statements.clear()
            if written != name:
                out.append(f"{name} = {written}")
        return out

    def _statement(self, node: ast.stmt) -> ast.stmt:
        match node:
            case ast.Assign(targets=targets, value=value):
                made = ast.Assign([self._target(t) for t in targets], self.expr(value))
                self._done |= _stored(node)
                return made
            case ast.AnnAssign(target=ast.Name() as target, value=ast.expr() as value):
                self._done.add(target.id)
                return ast.Assign([target], self.expr(value))
            case ast.AugAssign(target=target, op=op, value=value) if not isinstance(op, _OPERATORS):
                changed = self._target(target)
                assert isinstance(changed, ast.Name | ast.Attribute | ast.Subscript)
                return ast.AugAssign(changed, op, self.expr(value))
            case ast.Delete(targets=[ast.Subscript() as target]):
                return ast.Delete([self._target(target)])
            case ast.Expr(value=value):
                return ast.Expr(self.expr(value))
            case ast.FunctionDef(decorator_list=[]):
                return self._function(node)
            case ast.ClassDef(decorator_list=[], keywords=[]):
                return self._class(node)
            case _:
                raise NotTaken

    def _function(self, node: ast.FunctionDef) -> ast.stmt:
        """A function of the caller's own, as plain as the lines around it."""
        args = node.args
        given = [*args.posonlyargs, *args.args, *args.kwonlyargs]
        if args.vararg or args.kwarg or args.defaults or any(args.kw_defaults):
            raise NotTaken
        self._done.add(node.name)
        before = self._bound
        self._bound |= {a.arg for a in given} | {n for s in node.body for n in _stored(s)}
        try:
            body = [self._returned(s) for s in node.body]
        finally:
            self._bound = before
        plain = ast.arguments(
            [], [ast.arg(a.arg) for a in [*args.posonlyargs, *args.args]], None, [], [], None, []
        )
        plain.kwonlyargs = [ast.arg(a.arg) for a in args.kwonlyargs]
        plain.kw_defaults = [None for _ in args.kwonlyargs]
        return ast.FunctionDef(node.name, plain, body, [], None, None)

    def _returned(self, node: ast.stmt) -> ast.stmt:
        match node:
            case ast.Return(value=value):
                return ast.Return(self.expr(value) if value else None)
            case ast.Pass() | ast.Expr(value=ast.Constant()):
                return node
            case ast.Assign(targets=targets, value=value):
                return ast.Assign([self._own_target(t) for t in targets], self.expr(value))
            case ast.Expr(value=value):
                return ast.Expr(self.expr(value))
            case _:
                raise NotTaken

    def _own_target(self, node: ast.expr) -> ast.expr:
        if isinstance(node, ast.Attribute) and not node.attr.startswith("__"):
            return ast.Attribute(self.expr(node.value), node.attr, ast.Store())
        if not isinstance(node, ast.Name):
            raise NotTaken
        return node

    def _class(self, node: ast.ClassDef) -> ast.stmt:
        self._done.add(node.name)
        body = [self._member(s) for s in node.body]
        return ast.ClassDef(node.name, [self.expr(b) for b in node.bases], [], body, [])

    def _member(self, node: ast.stmt) -> ast.stmt:
        if isinstance(node, ast.FunctionDef) and not node.decorator_list:
            done = set(self._done)
            made = self._function(node)
            self._done = done
            return made
        return self._returned(node)

    def _target(self, node: ast.expr) -> ast.expr:
        match node:
            case ast.Name(id=name):
                self.needed.add(name)
                return node
            case ast.Tuple(elts=items):
                return ast.Tuple([self._target(i) for i in items], ast.Store())
            case ast.Attribute(value=inner, attr=attr) if not attr.startswith("__"):
                return ast.Attribute(self.expr(inner), attr, node.ctx)
            case ast.Subscript(value=inner, slice=key):
                return ast.Subscript(self.expr(inner), self.expr(key), node.ctx)
            case _:
                raise NotTaken

    def expr(self, node: ast.expr) -> ast.expr:
        """The expression again, made of nothing but what may stand in a test."""
        match node:
            case ast.Constant():
                return node
            case ast.Name(id=name):
                return self._name(name)
            case ast.Attribute():
                return self._attribute(node)
            case ast.Call():
                return self._call(node)
            case ast.BinOp(op=op) if isinstance(op, _OPERATORS):
                raise NotTaken
            case ast.GeneratorExp() | ast.ListComp() | ast.SetComp() | ast.DictComp():
                names = frozenset(n for g in node.generators for n in _stored(g.target))
                return self._inside(node, names)
            case ast.Lambda(args=args):
                return self._inside(node, frozenset(a.arg for a in [*args.posonlyargs, *args.args]))
            case _ if isinstance(node, _KEPT):
                return self._children(node)
            case _:
                raise NotTaken

    def _inside(self, node: ast.expr, names: frozenset[str]) -> ast.expr:
        before, self._bound = self._bound, self._bound | names
        try:
            return self._children(node)
        finally:
            self._bound = before

    def _children(self, node: ast.expr) -> ast.expr:
        made = copy(node)
        for name, part in ast.iter_fields(node):
            setattr(made, name, self._part(part))
        return made

    def _part(self, part: object) -> object:
        match part:
            case ast.comprehension(target=target, iter=source, ifs=tests):
                if part.is_async:
                    raise NotTaken
                return ast.comprehension(target, self.expr(source), [self.expr(t) for t in tests], 0)
            case ast.expr():
                return self.expr(part)
            case list():
                return [self._part(p) for p in part]
            case ast.arguments(defaults=[], kw_defaults=[]) | ast.expr_context() | ast.operator():
                return part
            case ast.unaryop() | ast.boolop() | ast.cmpop():
                return part
            case ast.AST():
                raise NotTaken
            case _:
                return part

    def _name(self, name: str) -> ast.expr:
        if name in self._bound:
            return ast.Name(name, ast.Load())
        if self._lent(name):
            self.borrowed.add(name)
            return ast.Name(name, ast.Load())
        if name in self.assigned or (name in self.values and not self._global(name)):
            self.needed.add(name)
            return ast.Name(name, ast.Load())
        if name in BUILTINS and self.quoting.scope.origin(name) is None:
            return ast.Name(name, ast.Load())
        origin = self.quoting.scope.origin(name)
        if origin is None:
            raise NotTaken
        return self._imported(origin)

    def _lent(self, name: str) -> bool:
        """A name that only a test can say: it is not made here, nor known, nor imported."""
        if name not in self.quoting.lent or name in self.assigned:
            return False
        value = self.values.get(name)
        if value is not None:
            return isinstance(value, Opaque | Made) and not self._global(name)
        return name not in BUILTINS and self.quoting.scope.origin(name) is None

    def _global(self, name: str) -> bool:
        """A local that is a function, class or module is named, not rebuilt."""
        value = self.values[name]
        named = isinstance(value, Opaque) and value.kind in {"class", "function", "module"}
        return named and self.quoting.scope.origin(name) is not None

    def _imported(self, origin: Origin) -> ast.expr:
        """Standard modules by their full name, so that `datetime` never means two things."""
        module, name = origin
        scope = self.quoting.scope
        if not name or scope.step(origin, "x") == (f"{module}.{name}", "x"):
            whole = f"{module}.{name}" if name else module
            self._import(whole, (whole, ""))
            return _chain(whole)
        if scope.standard(module):
            self._import(module, (module, ""))
            return ast.Attribute(_chain(module), name, ast.Load())
        self._import(name, origin)
        return ast.Name(name, ast.Load())

    def _import(self, name: str, origin: Origin) -> None:
        if self.imports.setdefault(name, origin) != origin or name in self.assigned:
            raise NotTaken

    def _origin(self, node: ast.expr) -> Origin | None:
        """Where a dotted path that starts at a global name leads."""
        match node:
            case ast.Name(id=name) if name not in self.assigned and name not in self._bound:
                known = name in self.values and not self._global(name)
                return None if known else self.quoting.scope.origin(name)
            case ast.Attribute(value=inner, attr=attr):
                origin = self._origin(inner)
                return self.quoting.scope.step(origin, attr) if origin else None
            case _:
                return None

    def _attribute(self, node: ast.Attribute) -> ast.expr:
        if node.attr.startswith("__"):
            raise NotTaken
        if origin := self._origin(node):
            if not self.quoting.scope.allowed(origin):
                raise NotTaken
            return self._imported(origin)
        return ast.Attribute(self.expr(node.value), node.attr, node.ctx)

    def _callee(self, node: ast.expr) -> ast.expr:
        scope = self.quoting.scope
        if origin := self._origin(node):
            if not scope.callable(origin):
                raise NotTaken
            return self.expr(node)
        if isinstance(node, ast.Attribute):
            if not scope.method(node.attr):
                raise NotTaken
            return self.expr(node)
        return self.expr(node)

    def _keyword(self, keyword: ast.keyword) -> ast.keyword:
        if keyword.arg:
            return ast.keyword(keyword.arg, self.expr(keyword.value))
        name = keyword.value.id if isinstance(keyword.value, ast.Name) else ""
        held = self.values.get(name)
        if isinstance(held, Table) and not held.items:
            return ast.keyword(None, ast.Dict([], []))
        return ast.keyword(None, self.expr(keyword.value))

    def _call(self, node: ast.Call) -> ast.expr:
        match node:
            case ast.Call(func=ast.Name(id="compile"), args=[text, *_]) if "PyCF_ONLY_AST" in ast.dump(node):
                self._import("ast", ("ast", ""))
                return ast.Call(_chain("ast.parse"), [self.expr(text)], [])
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="pickle"), attr="loads"),
                args=[ast.Call(func=ast.Attribute(value=ast.Name(id="pickle"), attr="dumps"), args=[inner])],
            ):
                self._import("pickle", ("pickle", ""))
                dumped = ast.Call(_chain("pickle.dumps"), [self.expr(inner)], [])
                return ast.Call(_chain("pickle.loads"), [dumped], [])
        keywords = [self._keyword(k) for k in node.keywords]
        keywords = [k for k in keywords if k.arg or not isinstance(k.value, ast.Dict)]
        return ast.Call(self._callee(node.func), [self.expr(a) for a in node.args], keywords)


def _chained(func: ast.expr) -> str:
    """The last name of what is called."""
    return func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")


def _chain(path: str) -> ast.expr:
    head, *rest = path.split(".")
    made: ast.expr = ast.Name(head, ast.Load())
    for part in rest:
        made = ast.Attribute(made, part, ast.Load())
    return made


def _stored(node: ast.AST) -> set[str]:
    """Names a statement binds; of a function or a class its own name alone."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {node.name}
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}


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
    while isinstance(inner, ast.Attribute | ast.Subscript):
        inner = inner.value
    return inner.id if isinstance(inner, ast.Name) else ""
