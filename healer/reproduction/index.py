"""What the repository's own source says: modules, classes, functions, and how names resolve.

Reads through `Source` alone, one module at a time, when it is asked about it."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TypeVar

from triage.incident import Source

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef
LARGEST = 2_000_000  # characters of one module
MAX_IMPORTS = 6  # that a name is followed through
D = TypeVar("D")  # what a module defines
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
_PLAIN_TYPES = frozenset(
    {"object", "str", "int", "float", "bool", "bytes", "list", "dict", "tuple", "set", "frozenset", "type"}
    | {"None", "Any", "Optional", "Union", "Callable", "self", "cls"}
)
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

    def function_at(self, line: int, name: str) -> Function | None:
        """The innermost function of that name around a line."""
        around = [
            f
            for f in self.functions.values()
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


class Index:
    """Modules and names of one commit. Source roots are folders; "" is the repository itself."""

    def __init__(self, source: Source, roots: tuple[str, ...] = ()) -> None:
        self._source = source
        self.paths = tuple(p for p in source.paths() if p.endswith(".py"))
        self._known = frozenset(self.paths)
        self.roots = tuple(
            sorted({r.strip("/").removeprefix("./") for r in roots if r != "."} | {""}, key=len, reverse=True)
        )
        self._modules: dict[str, Module | None] = {}
        self._found: dict[tuple[str, str], Class | None] = {}
        self._short: dict[str, tuple[Class, ...]] = {}
        self._texts: dict[str, str] = {}
        self._tuples: list[Class] | None = None

    @cached_property
    def _tests_first(self) -> tuple[str, ...]:
        return tuple(sorted(self.paths, key=lambda p: not is_test(p)))

    def read(self, path: str) -> str:
        if path not in self._texts:
            self._texts[path] = self._source.read(path) or ""
        return self._texts[path]

    def all_paths(self) -> tuple[str, ...]:
        return self._source.paths()

    def module(self, path: str) -> Module | None:
        if path not in self._modules:
            self._modules[path] = self._load(path)
        return self._modules[path]

    def _load(self, path: str) -> Module | None:
        text = self._source.read(path) if path in self._known else None
        if text is None or len(text) > LARGEST:
            return None
        try:
            tree = ast.parse(text)
        except (SyntaxError, ValueError, MemoryError, RecursionError):
            return None
        module = Module(path, self.dotted_name(path), tree, text)
        _Reader(module).scan()
        return module

    def statement(self, path: str, line: int) -> range:
        """Lines of the smallest statement around a line; of a compound one its head alone."""
        module = self.module(path)
        spans = (_span(n) for n in ast.walk(module.tree) if isinstance(n, ast.stmt)) if module else ()
        return min((s for s in spans if line in s), key=len, default=range(0))

    def dotted_name(self, path: str) -> str:
        """How the module is imported: below a source root, or where its packages end."""
        parts = path.removesuffix(".py").split("/")
        if parts[-1] == "__init__":
            parts.pop()
        root = next(
            (r for r in self.roots if r and path.startswith(f"{r}/")),
            "src" if path.startswith("src/") else "",
        )
        return ".".join(parts[len(root.split("/")) if root else 0 :])

    def path_of(self, dotted_module: str) -> str | None:
        tail = dotted_module.replace(".", "/")
        for root in self.roots + (("src",) if "src" not in self.roots else ()):
            prefix = f"{root}/" if root else ""
            for candidate in (f"{prefix}{tail}.py", f"{prefix}{tail}/__init__.py"):
                if candidate in self._known:
                    return candidate
        return None

    def named(self, dotted_module: str) -> Module | None:
        path = self.path_of(dotted_module)
        return self.module(path) if path else None

    def find_class(self, name: str, near: Module | None = None) -> Class | None:
        """By dotted or short name; what the module near the use sees comes first."""
        if not name or name.startswith("builtins.") or name in _PLAIN_TYPES:
            return None
        key = (name, near.path if near else "")
        if key not in self._found:
            self._found[key] = self._find_class(name, near)
        return self._found[key]

    def _find_class(self, name: str, near: Module | None) -> Class | None:
        if "<locals>" in name:
            return None
        module_name, _, short = name.rpartition(".")
        if near and (found := self._seen(near, name)):
            return found
        if module_name and (module := self.named(module_name)) and (found := self._seen(module, short)):
            return found
        every = self._everywhere(short)
        same = [c for c in every if not module_name or c.module.name.endswith(module_name)]
        same = same or [c for c in every if c.qualname == name]
        head = name.partition(".")[0]
        if module_name and not same and not self.named(head) and (own := self._labelled(head, near)):
            return own
        same = same or [c for c in every if not is_test(c.module.path)]
        return min(same, key=lambda c: (is_test(c.module.path), len(c.module.path)), default=None)

    def _labelled(self, head: str, near: Module | None) -> Class | None:
        """The class of `<ClassDef.Shop l.3>`, whose repr goes on with its object's own name."""
        own = self.find_class(head, near)
        return own if own and not is_test(own.module.path) else None

    def _seen(self, module: Module, name: str) -> Class | None:
        """A class as one module's namespace shows it, through its imports."""
        return self._through(module, name, lambda here: here.classes)

    def find_function(self, module: Module, name: str) -> Function | None:
        """A function as one module's namespace shows it: `f`, `helpers.f`, `Class.method`."""
        return self._through(module, name, lambda here: here.functions)

    def _through(
        self, module: Module, name: str, defined: Callable[[Module], Mapping[str, D]], depth: int = 0
    ) -> D | None:
        """What `name` is in a module, or behind its imports."""
        if name in defined(module):
            return defined(module)[name]
        head, _, rest = name.partition(".")
        if head not in module.imports or depth > MAX_IMPORTS:
            return None
        origin, original = module.imports[head]
        target = self.named(f"{origin}.{original}" if original else origin)
        if target:
            return self._through(target, rest, defined, depth + 1) if rest else None
        target = self.named(origin)
        whole = f"{original}.{rest}" if rest else original
        return self._through(target, whole, defined, depth + 1) if target and original else None

    def _everywhere(self, short: str) -> list[Class]:
        if short not in self._short:
            self._short[short] = tuple(self._scan(short)) if short.isidentifier() else ()
        return list(self._short[short])

    def _scan(self, short: str) -> Iterator[Class]:
        sign = re.compile(rf"\bclass\s+{short}\b|\b{short}\s*=\s*\S*[nN]amed[tT]uple\(")
        for path in self.paths:
            text = self.read(path)
            if short in text and sign.search(text) and (module := self.module(path)):
                yield from (
                    c for c in module.classes.values() if c.name == short and "<locals>" not in c.qualname
                )

    def namedtuples(self) -> list[Class]:
        """Every named tuple of the repository's own code."""
        if self._tuples is None:
            paths = [p for p in self.paths if not is_test(p) and "namedtuple" in self.read(p).lower()]
            modules = [m for p in paths if (m := self.module(p))]
            self._tuples = [c for m in modules for c in m.classes.values() if c.kind == "namedtuple"]
        return self._tuples

    def only_function(self, name: str) -> Function | None:
        """The one module-level function of that name outside tests; None where there are several."""
        sign = f"def {name}("
        modules = [m for p in self.paths if not is_test(p) and sign in self.read(p) and (m := self.module(p))]
        found = [m.functions[name] for m in modules if name in m.functions]
        return found[0] if len(found) == 1 else None

    def calls(self, name: str, most: int = 40) -> Iterator[tuple[Module, ast.Call]]:
        """Calls of a name anywhere in the repository, tests first."""
        sign = f"{name}("
        for path in self._tests_first:
            if sign not in self.read(path) or not (module := self.module(path)):
                continue
            for node in module.calls.get(name, ())[:most]:
                yield module, node
                most -= 1
            if most <= 0:
                return

    def parents(self, cls: Class) -> Iterator[Class]:
        """The class and its bases inside the repository, nearest first."""
        queue: list[Class] = [cls]
        seen: set[tuple[str, str]] = set()
        while queue and len(seen) < 40:
            current = queue.pop(0)
            if (current.module.path, current.qualname) in seen:
                continue
            seen.add((current.module.path, current.qualname))
            yield current
            queue += [c for b in current.bases if (c := self.find_class(b, current.module))]

    def method(self, cls: Class, name: str) -> Function | None:
        return next((m for c in self.parents(cls) if (m := c.method(name))), None)

    def kind(self, cls: Class) -> str:
        """dataclass, namedtuple, enum or pydantic, also where a base in the repository decides."""
        return next((c.kind for c in self.parents(cls) if c.kind != "plain"), "plain")

    def initial(self, cls: Class) -> tuple[Parameter, ...] | None:
        """The constructor's parameters without self; None where a foreign base decides."""
        lineage = list(self.parents(cls))
        kind = self.kind(cls)
        own = next((m for c in lineage if (m := c.method("__init__") or c.method("__new__"))), None)
        if own:
            return own.parameters[1:]
        if kind in {"dataclass", "pydantic", "namedtuple"}:
            merged = {p.name: p for c in reversed(lineage) for p in c.fields}
            return tuple(merged.values())
        foreign = any(
            self.find_class(b, c.module) is None and b not in {"object", "Generic", "ABC", "abc.ABC"}
            for c in lineage
            for b in c.bases
        )
        return None if foreign else ()


@cache
def is_test(path: str) -> bool:
    name = path.rsplit("/", 1)[-1]
    return (
        name.startswith("test_")
        or name.endswith("_test.py")
        or "tests/" in f"/{path}"
        or name == "conftest.py"
    )


def _span(node: ast.stmt) -> range:
    body = getattr(node, "body", None)
    last = node.end_lineno or node.lineno
    return range(node.lineno, (max(body[0].lineno, node.lineno + 1) if body else last + 1))


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
        self._module.functions.setdefault(function.qualname, function)
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
            names = [t.id for t in item.targets if isinstance(t, ast.Name)]
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
