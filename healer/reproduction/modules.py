"""What one module's source defines: classes, functions, parameters, imports.

Read from the syntax tree; nothing of it is imported."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from triage.python import parse

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef
_DATACLASS = {
    "dataclass",
    "dataclasses.dataclass",
    "attr.s",
    "attr.attrs",
    "attrs.define",
    "attrs.frozen",
    "define",
}
_DATACLASS |= {
    "frozen",
    "attr.define",
    "attr.frozen",
    "attr.dataclass",
    "pydantic.dataclasses.dataclass",
    "attrs",
}
_ENUMS = {"Enum", "IntEnum", "StrEnum", "Flag", "IntFlag"}


@dataclass(frozen=True)
class Parameter:
    name: str
    kind: str = "plain"  # positional | plain | keyword | args | kwargs
    annotation: str = ""
    default: ast.expr | None = None


@dataclass(frozen=True)
class Function:
    """A function of the repository. `qualname` as Python writes it, with `<locals>`."""

    module: Module = field(repr=False)
    qualname: str
    node: FunctionNode = field(repr=False)
    owner: Class | None = None
    enclosing: Function | None = None

    @property
    def name(self) -> str:
        return self.node.name

    @property
    def outside(self) -> str:
        """The name by which code outside its class has it: `__sort` of `Shop` is `_Shop__sort`."""
        return mangled(self.owner.name, self.name) if self.owner else self.name

    @cached_property
    def decorators(self) -> tuple[str, ...]:
        return tuple(dotted(d.func if isinstance(d, ast.Call) else d) for d in self.node.decorator_list)

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        return tuple(_parameters(self.node.args))

    @property
    def is_async(self) -> bool:
        return isinstance(self.node, ast.AsyncFunctionDef)

    @cached_property
    def is_generator(self) -> bool:
        return any(isinstance(n, ast.Yield | ast.YieldFrom) for n in own_nodes(self.node))


@dataclass(frozen=True)
class Class:
    module: Module = field(repr=False)
    qualname: str
    node: ast.ClassDef | None = field(repr=False)  # None: made by a call of namedtuple()
    kind: str = "plain"  # plain | dataclass | namedtuple | enum | pydantic
    fields: tuple[Parameter, ...] = ()  # of dataclass, namedtuple, pydantic
    members: tuple[str, ...] = ()  # of an enum

    @property
    def name(self) -> str:
        return self.qualname.split(".")[-1]

    @cached_property
    def bases(self) -> tuple[str, ...]:
        return tuple(dotted(b) for b in self.node.bases) if self.node else ()

    def method(self, name: str) -> Function | None:
        return self.module.functions.get(f"{self.qualname}.{name}")

    @cached_property
    def methods(self) -> tuple[Function, ...]:
        return tuple(f for f in self.module.functions.values() if f.owner is self and not f.enclosing)


@dataclass
class Module:
    path: str
    name: str  # dotted, as imported
    tree: ast.Module = field(repr=False)
    text: str = field(default="", repr=False)
    functions: dict[str, Function] = field(default_factory=dict, repr=False)
    classes: dict[str, Class] = field(default_factory=dict, repr=False)
    imports: dict[str, tuple[str, str]] = field(default_factory=dict, repr=False)  # local -> (module, name)
    assigned: dict[str, ast.expr] = field(default_factory=dict, repr=False)
    others: list[Function] = field(default_factory=list, repr=False)  # of a name that was taken before

    def function_at(self, line: int, name: str) -> Function | None:
        """The innermost function of that name around a line."""
        around = [
            f
            for f in (*self.functions.values(), *self.others)
            if f.name == name and first_line(f.node) <= line <= (f.node.end_lineno or 0)
        ]
        return max(around, key=lambda f: f.node.lineno, default=None)

    @cached_property
    def calls(self) -> Mapping[str, list[ast.Call]]:
        """Every call, by the last name of what is called."""
        found: dict[str, list[ast.Call]] = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                found.setdefault(dotted(node.func).split(".")[-1], []).append(node)
        return found


def mangled(owner: str, name: str) -> str:
    """A member's name as it is outside its class."""
    if not name.startswith("__") or name.endswith("__"):
        return name
    return f"_{owner.lstrip('_')}{name}"


def load(path: str, name: str, text: str) -> Module:
    """The module with its tables filled; SyntaxError and the like where it cannot be parsed."""
    module = Module(path, name, parse(text), text)
    _Reader(module).scan()
    return module


def first_line(node: FunctionNode) -> int:
    return min([node.lineno, *(d.lineno for d in node.decorator_list)])


def dotted(node: ast.expr | None) -> str:
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=inner, attr=attr):
            prefix = dotted(inner)
            return f"{prefix}.{attr}" if prefix else ""
        case ast.Subscript(value=inner):
            return dotted(inner)
        case ast.Call(func=inner):
            return dotted(inner)
        case _:
            return ""


def own_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a function's body without those of functions inside it."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
            continue
        yield child
        yield from own_nodes(child)


def _parameters(args: ast.arguments) -> Iterator[Parameter]:
    plain = [(a, "positional") for a in args.posonlyargs] + [(a, "plain") for a in args.args]
    defaults = [None] * (len(plain) - len(args.defaults)) + list(args.defaults)
    for (arg, kind), default in zip(plain, defaults, strict=True):
        yield Parameter(arg.arg, kind, _text(arg.annotation), default)
    if args.vararg:
        yield Parameter(args.vararg.arg, "args", _text(args.vararg.annotation))
    for arg, default in zip(args.kwonlyargs, args.kw_defaults, strict=True):
        yield Parameter(arg.arg, "keyword", _text(arg.annotation), default)
    if args.kwarg:
        yield Parameter(args.kwarg.arg, "kwargs", _text(args.kwarg.annotation))


def _text(node: ast.expr | None) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return ast.unparse(node) if node else ""


class _Reader:
    """Fills a module's tables."""

    def __init__(self, module: Module) -> None:
        self._module = module

    def scan(self) -> None:
        self._body(self._module.tree.body, "", None, None)

    def _body(
        self, body: list[ast.stmt], prefix: str, owner: Class | None, enclosing: Function | None
    ) -> None:
        for node in body:
            match node:
                case ast.FunctionDef() | ast.AsyncFunctionDef():
                    self._function(node, prefix, owner, enclosing)
                case ast.ClassDef():
                    self._class(node, prefix, enclosing)
                case ast.Import() | ast.ImportFrom():
                    self._import(node)
                case ast.Assign(targets=[ast.Name(id=name)], value=value) if not prefix:
                    self._assign(name, value)
                case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value) if not prefix:
                    self._assign(name, value)
                case ast.If() | ast.Try() | ast.With() | ast.For() | ast.While():
                    for part in ("body", "orelse", "finalbody"):
                        self._body(getattr(node, part, []), prefix, owner, enclosing)
                    for handler in getattr(node, "handlers", []):
                        self._body(handler.body, prefix, owner, enclosing)

    def _function(
        self, node: FunctionNode, prefix: str, owner: Class | None, enclosing: Function | None
    ) -> None:
        function = Function(self._module, prefix + node.name, node, owner, enclosing)
        if any(d.rpartition(".")[2] == "overload" for d in function.decorators):
            return  # says how another one may be called
        if self._module.functions.setdefault(function.qualname, function) is not function:
            self._module.others.append(function)
        if any(d.endswith(".setter") for d in function.decorators):
            self._module.functions[f"{function.qualname}.setter"] = function
        self._body(node.body, f"{function.qualname}.<locals>.", None, function)

    def _class(self, node: ast.ClassDef, prefix: str, enclosing: Function | None) -> None:
        kind = _kind(node)
        members = tuple(_members(node)) if kind == "enum" else ()
        fields = () if kind in {"plain", "enum"} else tuple(_fields(node))
        cls = Class(self._module, prefix + node.name, node, kind, fields, members)
        self._module.classes.setdefault(cls.qualname, cls)
        self._body(node.body, f"{cls.qualname}.", cls, enclosing)

    def _import(self, node: ast.Import | ast.ImportFrom) -> None:
        if isinstance(node, ast.Import):
            for alias in node.names:
                local = alias.asname or alias.name.split(".")[0]
                self._module.imports.setdefault(local, (alias.name if alias.asname else local, ""))
            return
        origin = self._absolute(node.module or "", node.level)
        for alias in node.names:
            self._module.imports.setdefault(alias.asname or alias.name, (origin, alias.name))

    def _absolute(self, name: str, level: int) -> str:
        if not level:
            return name
        parts = self._module.name.split(".")
        drop = level - (1 if self._module.path.endswith("__init__.py") else 0)
        base = parts[: len(parts) - drop] if drop else parts
        return ".".join([*base, *([name] if name else [])])

    def _assign(self, name: str, value: ast.expr) -> None:
        self._module.assigned.setdefault(name, value)
        if (
            isinstance(value, ast.Call)
            and dotted(value.func).lower().endswith("namedtuple")
            and len(value.args) > 1
        ):
            fields = tuple(Parameter(n) for n in _tuple_fields(value.args[1]))
            self._module.classes.setdefault(name, Class(self._module, name, None, "namedtuple", fields))


def _kind(node: ast.ClassDef) -> str:
    bases = {dotted(b).split(".")[-1] for b in node.bases}
    if bases & _ENUMS:
        return "enum"
    if bases & {"NamedTuple"}:
        return "namedtuple"
    if bases & {"BaseModel", "BaseSettings", "SQLModel"}:
        return "pydantic"
    if any(dotted(d) in _DATACLASS for d in node.decorator_list):
        return "dataclass"
    return "plain"


def _fields(node: ast.ClassDef) -> Iterator[Parameter]:
    for item in node.body:
        if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name):
            annotation = _text(item.annotation)
            if not annotation.startswith(("ClassVar", "typing.ClassVar")) and not _no_init(item.value):
                yield Parameter(item.target.id, "plain", annotation, item.value)
        elif isinstance(item, ast.Assign) and dotted(item.value).split(".")[-1] in {"ib", "attrib", "field"}:
            names = [t.id for t in item.targets if isinstance(t, ast.Name) and not _no_init(item.value)]
            has_default = isinstance(item.value, ast.Call) and (
                bool(item.value.args) or any(k.arg in {"default", "factory"} for k in item.value.keywords)
            )
            yield from (
                Parameter(n.lstrip("_"), "plain", "", item.value if has_default else None) for n in names
            )


def _no_init(value: ast.expr | None) -> bool:
    return isinstance(value, ast.Call) and any(
        k.arg == "init" and isinstance(k.value, ast.Constant) and k.value.value is False
        for k in value.keywords
    )


def _members(node: ast.ClassDef) -> Iterator[str]:
    for item in node.body:
        if isinstance(item, ast.Assign):
            yield from (t.id for t in item.targets if isinstance(t, ast.Name) and not t.id.startswith("_"))


def _tuple_fields(node: ast.expr) -> list[str]:
    match node:
        case ast.Constant(value=str() as text):
            return text.replace(",", " ").split()
        case ast.List(elts=items) | ast.Tuple(elts=items):
            names = [i.elts[0] if isinstance(i, ast.Tuple) and i.elts else i for i in items]
            return [n.value for n in names if isinstance(n, ast.Constant) and isinstance(n.value, str)]
        case _:
            return []
