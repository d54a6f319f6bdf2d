"""A stranger's lines written out again, node by node.

They were parsed, never evaluated: constants, containers, operators, locals of their frame, what `Scope` lets
through, and what a test of the repository lends. Anything else is `NotTaken`."""

from __future__ import annotations

import ast
from collections.abc import Container
from copy import copy
from dataclasses import dataclass, field

from healer.reproduction.modules import FunctionNode, dotted
from healer.reproduction.scope import BUILTINS, Origin, Scope
from healer.reproduction.values import Made, Opaque, Table, Value

_DECORATORS = {"staticmethod", "classmethod", "property"}
_OPERATORS = (ast.Pow, ast.MatMult)
_KEPT: tuple[type[ast.expr], ...] = (
    *(ast.List, ast.Tuple, ast.Set, ast.Dict, ast.Subscript, ast.Slice, ast.Starred),
    *(ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.JoinedStr, ast.FormattedValue),
)


class NotTaken(Exception):
    """A line that is not written out."""


@dataclass
class Transcript:
    """What the lines written so far use."""

    scope: Scope
    lent: Container[str] = frozenset()  # names that a test of the repository has, and that may be used
    assigned: set[str] = field(default_factory=set)  # by the lines
    values: dict[str, Value] = field(default_factory=dict)  # locals, as far as they are known
    imports: dict[str, Origin] = field(default_factory=dict)  # name in the test -> where from
    needed: set[str] = field(default_factory=set)  # locals that have to be made
    borrowed: set[str] = field(default_factory=set)  # of what is lent
    done: set[str] = field(default_factory=set)  # names that the kept lines make
    awaits: bool = False  # some of it has to stand in a coroutine
    _bound: frozenset[str] = frozenset()  # by a comprehension, a lambda, a function

    def statement(self, node: ast.stmt) -> ast.stmt:
        if patch := self._process(node):
            return patch
        match node:
            case ast.Assign(targets=targets, value=value):
                made = ast.Assign([self._target(t) for t in targets], self.expr(value))
                self.done |= stored(node)
                return made
            case ast.AnnAssign(target=ast.Name() as target, value=ast.expr() as value):
                self.done.add(target.id)
                return ast.Assign([target], self.expr(value))
            case ast.AugAssign(target=target, op=op, value=value) if not isinstance(op, _OPERATORS):
                changed = self._target(target)
                assert isinstance(changed, ast.Name | ast.Attribute | ast.Subscript)
                return ast.AugAssign(changed, op, self.expr(value))
            case ast.With(items=items, body=body) | ast.AsyncWith(items=items, body=body):
                entered = [self._entered(item) for item in items]
                self.done |= {n for i in entered if i.optional_vars for n in stored(i.optional_vars)}
                self.awaits |= isinstance(node, ast.AsyncWith)
                kept: list[ast.stmt] = [s if isinstance(s, ast.Pass) else self.statement(s) for s in body]
                return type(node)(entered, kept)
            case ast.For(target=target, iter=source, body=body, orelse=[]):
                looped = ast.For(self._target(target), self.expr(source), [], [])
                self.done |= stored(target)
                looped.body = [s if isinstance(s, ast.Pass) else self.statement(s) for s in body]
                return looped
            case ast.If(test=test, body=body, orelse=orelse):
                return ast.If(
                    self.expr(test), [self.statement(s) for s in body], list(map(self.statement, orelse))
                )
            case ast.Delete(targets=[ast.Attribute(value=holder)]) if self._origin(holder):
                raise NotTaken
            case ast.Delete(targets=[ast.Subscript() | ast.Attribute() as target]):
                return ast.Delete([self._target(target)])
            case ast.Expr(value=value):
                return ast.Expr(self.expr(value))
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                return self._function(node)
            case ast.ClassDef():
                return self._class(node)
            case _:
                raise NotTaken

    def _process(self, node: ast.stmt) -> ast.stmt | None:
        """A change of the process, or of what a module holds, in a way that a test takes back."""
        match node:
            case ast.Assign(
                targets=[
                    ast.Subscript(value=ast.Attribute() as held, slice=ast.Constant(value=str() as name))
                ],
                value=ast.Constant(value=str() as value),
            ) if dotted(held) == "os.environ":
                return _patch("setenv", ast.Constant(name), ast.Constant(value))
            case ast.Delete(
                targets=[
                    ast.Subscript(value=ast.Attribute() as held, slice=ast.Constant(value=str() as name))
                ]
            ) if dotted(held) == "os.environ":
                return _patch("delenv", ast.Constant(name), ast.Constant(False))
            case ast.Assign(targets=[ast.Attribute(value=holder, attr=attr)], value=value):
                origin = self._origin(holder)
                if origin is None or not self.scope.held(origin):
                    return None
                if not self.scope.changeable(origin, attr):
                    raise NotTaken
                return _patch("setattr", self.expr(holder), ast.Constant(attr), self.expr(value))
            case _:
                return None

    def _entered(self, item: ast.withitem) -> ast.withitem:
        target = self._target(item.optional_vars) if item.optional_vars else None
        return ast.withitem(self.expr(item.context_expr), target)

    def _function(self, node: FunctionNode) -> ast.stmt:
        """A function of the caller's own, as plain as the lines around it."""
        args = node.args
        decorators = [self._decorator(d) for d in node.decorator_list]
        defaults = [self.expr(d) for d in args.defaults]
        keyword_defaults = [self.expr(d) if d else None for d in args.kw_defaults]
        self.done.add(node.name)
        rest = [a for a in (args.vararg, args.kwarg) if a]
        given = [*args.posonlyargs, *args.args, *args.kwonlyargs, *rest]
        before = self._bound
        self._bound |= {a.arg for a in given} | {n for s in node.body for n in stored(s)}
        try:
            body = [self._inner(s) for s in node.body]
        finally:
            self._bound = before
        plain = ast.arguments(
            list(map(self._parameter, args.posonlyargs)),
            list(map(self._parameter, args.args)),
            self._parameter(args.vararg) if args.vararg else None,
            list(map(self._parameter, args.kwonlyargs)),
            keyword_defaults,
            self._parameter(args.kwarg) if args.kwarg else None,
            defaults,
        )
        return type(node)(node.name, plain, body, decorators, self._annotation(node.returns), None)

    def _parameter(self, node: ast.arg) -> ast.arg:
        return ast.arg(node.arg, self._annotation(node.annotation))

    def _annotation(self, node: ast.expr | None) -> ast.expr | None:
        """What decorators and metaclasses read; left out where it may not be written."""
        if node is None:
            return None
        before = (dict(self.imports), set(self.needed), set(self.borrowed))
        try:
            return self.expr(node)
        except NotTaken:
            self.imports, self.needed, self.borrowed = before
            return None

    def _decorator(self, node: ast.expr) -> ast.expr:
        """Decorating is a call."""
        if isinstance(node, ast.Name) and node.id in _DECORATORS:
            return node
        return self.expr(node) if isinstance(node, ast.Call) else self.callee(node)

    def _inner(self, node: ast.stmt) -> ast.stmt:
        """A statement inside a function of the caller's, or a class of his."""
        match node:
            case ast.Return(value=value):
                return ast.Return(self.expr(value) if value else None)
            case ast.Pass() | ast.Expr(value=ast.Constant()):
                return node
            case ast.Raise(exc=ast.expr() as raised, cause=None):
                return ast.Raise(self.expr(raised), None)
            case ast.If(test=test, body=body, orelse=orelse):
                return ast.If(
                    self.expr(test), [self._inner(s) for s in body], [self._inner(s) for s in orelse]
                )
            case ast.Expr(value=ast.Yield(value=value)):
                return ast.Expr(ast.Yield(self.expr(value) if value else None))
            case ast.Assign(targets=targets, value=value):
                return ast.Assign([self._own_target(t) for t in targets], self.expr(value))
            case ast.AnnAssign(
                target=ast.Name() as target, annotation=annotation, value=value, simple=simple
            ):
                held = self.expr(value) if value else None
                return ast.AnnAssign(target, self.expr(annotation), held, simple)
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
        self.done.add(node.name)
        decorators = [self._decorator(d) for d in node.decorator_list]
        bases = [self.expr(b) for b in node.bases]
        keywords = [self.keyword(k) for k in node.keywords]
        before = self._bound
        self._bound |= {n for s in node.body for n in stored(s)}
        try:
            body = [self._member(s) for s in node.body]
        finally:
            self._bound = before
        return ast.ClassDef(node.name, bases, keywords, body, decorators)

    def _member(self, node: ast.stmt) -> ast.stmt:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            done = set(self.done)
            made = self._class(node) if isinstance(node, ast.ClassDef) else self._function(node)
            self.done = done
            return made
        return self._inner(node)

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
            case ast.Await(value=value):
                self.awaits |= not self._bound
                return ast.Await(self.expr(value))
            case ast.GeneratorExp() | ast.ListComp() | ast.SetComp() | ast.DictComp():
                names = frozenset(n for g in node.generators for n in stored(g.target))
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
        if name in BUILTINS and self.scope.origin(name) is None:
            return ast.Name(name, ast.Load())
        origin = self.scope.origin(name)
        if origin is None:
            raise NotTaken
        return self._imported(origin)

    def _lent(self, name: str) -> bool:
        """A name that only a test can say: it is not made here, nor known, nor imported."""
        if name not in self.lent or name in self.assigned:
            return False
        value = self.values.get(name)
        if value is not None:
            return isinstance(value, Opaque | Made) and not self._global(name)
        return name not in BUILTINS and self.scope.origin(name) is None

    def _global(self, name: str) -> bool:
        """A local that is a function, class or module is named, not rebuilt, unless a function made it."""
        value = self.values[name]
        if not isinstance(value, Opaque) or value.kind not in {"class", "function", "module"}:
            return False
        return "<locals>" not in value.name and self.scope.origin(name) is not None

    def _imported(self, origin: Origin) -> ast.expr:
        """Standard modules by their full name, so that `datetime` never means two things."""
        module, name = origin
        scope = self.scope
        if not name or scope.step(origin, "x") == (f"{module}.{name}", "x"):
            whole = f"{module}.{name}" if name else module
            self.take(whole, (whole, ""))
            return chain(whole)
        if scope.standard(module):
            self.take(module, (module, ""))
            return ast.Attribute(chain(module), name, ast.Load())
        self.take(name, origin)
        return ast.Name(name, ast.Load())

    def take(self, name: str, origin: Origin) -> None:
        if self.imports.setdefault(name, origin) != origin or name in self.assigned:
            raise NotTaken

    def _origin(self, node: ast.expr) -> Origin | None:
        """Where a dotted path that starts at a global name leads."""
        match node:
            case ast.Name(id=name) if name not in self.assigned and name not in self._bound:
                known = name in self.values and not self._global(name)
                return None if known else self.scope.origin(name)
            case ast.Attribute(value=inner, attr=attr):
                origin = self._origin(inner)
                return self.scope.step(origin, attr) if origin else None
            case _:
                return None

    def _attribute(self, node: ast.Attribute) -> ast.expr:
        if node.attr.startswith("__"):
            raise NotTaken
        if origin := self._origin(node):
            if not self.scope.allowed(origin):
                raise NotTaken
            return self._imported(origin)
        return ast.Attribute(self.expr(node.value), node.attr, node.ctx)

    def callee(self, node: ast.expr) -> ast.expr:
        scope = self.scope
        if origin := self._origin(node):
            if not scope.callable(origin):
                raise NotTaken
            return self.expr(node)
        if isinstance(node, ast.Attribute):
            if not scope.method(node.attr):
                raise NotTaken
            if node.attr.startswith("__"):  # as the stack or a test calls it
                return ast.Attribute(self.expr(node.value), node.attr, ast.Load())
        return self.expr(node)

    def keyword(self, keyword: ast.keyword) -> ast.keyword:
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
                self.take("ast", ("ast", ""))
                return ast.Call(chain("ast.parse"), [self.expr(text)], [])
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="pickle"), attr="loads"),
                args=[ast.Call(func=ast.Attribute(value=ast.Name(id="pickle"), attr="dumps"), args=[inner])],
            ):
                self.take("pickle", ("pickle", ""))
                dumped = ast.Call(chain("pickle.dumps"), [self.expr(inner)], [])
                return ast.Call(chain("pickle.loads"), [dumped], [])
        keywords = [self.keyword(k) for k in node.keywords]
        keywords = [k for k in keywords if k.arg or not isinstance(k.value, ast.Dict)]
        return ast.Call(self.callee(node.func), [self._argument(a) for a in node.args], keywords)

    def _argument(self, node: ast.expr) -> ast.expr:
        try:
            return self.expr(node)
        except NotTaken:
            if not isinstance(node, ast.Name):
                raise
            return self.stand_in(node.id)

    def stand_in(self, name: str) -> ast.expr:
        """For an argument that nothing tells of."""
        raise NotTaken


def _patch(name: str, *args: ast.expr) -> ast.stmt:
    return ast.Expr(ast.Call(chain(f"monkeypatch.{name}"), list(args), []))


def chain(path: str) -> ast.expr:
    head, *rest = path.split(".")
    made: ast.expr = ast.Name(head, ast.Load())
    for part in rest:
        made = ast.Attribute(made, part, ast.Load())
    return made


def stored(node: ast.AST) -> set[str]:
    """Names a statement binds; of a function or a class its own name alone."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {node.name}
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
