"""What the repository's own source says: modules, classes, functions, and how names resolve.

Reads through `Source` alone, one module at a time, when it is asked about it."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property
from itertools import islice
from typing import TypeVar

from healer.reproduction.modules import Class, Function, Module, Parameter, load
from triage.incident import Source

LARGEST = 2_000_000  # characters of one module
MAX_ASKED = 24  # modules that are asked where a name is from
MAX_IMPORTS = 6  # that a name is followed through
D = TypeVar("D")  # what a module defines
_PLAIN_TYPES = frozenset(
    {"object", "str", "int", "float", "bool", "bytes", "list", "dict", "tuple", "set", "frozenset", "type"}
    | {"None", "Any", "Optional", "Union", "Callable", "self", "cls"}
)
_ABSTRACT = frozenset(  # of typing and collections.abc: annotations name them without their module
    {"Collection", "Container", "Iterable", "Iterator", "Mapping", "MutableMapping", "Sequence", "Sized"}
)


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
        self._lineages: dict[tuple[str, str], tuple[Class, ...]] = {}
        self._open: dict[tuple[str, str], list[str]] = {}
        self._tuples: list[Class] | None = None
        self._only: dict[str, Function | None] = {}
        self._used: dict[str, bool] = {}
        self._imported: dict[str, tuple[str, str] | None] = {}

    @cached_property
    def _tests_first(self) -> tuple[str, ...]:
        return tuple(sorted(self.paths, key=lambda p: not is_test(p)))

    def read(self, path: str) -> str:
        if path not in self._texts:
            self._texts[path] = self._source.read(path) or ""
        return self._texts[path]

    def all_paths(self) -> tuple[str, ...]:
        return self._source.paths()

    def forget(self, paths: Iterable[str]) -> None:
        """Leave modules out of every later answer: what cannot be imported cannot be used."""
        self._modules.update(dict.fromkeys(paths))
        self._found.clear()
        self._short.clear()
        self._only.clear()
        self._lineages.clear()
        self._open.clear()

    def module(self, path: str) -> Module | None:
        if path not in self._modules:
            self._modules[path] = self._load(path)
        return self._modules[path]

    def _load(self, path: str) -> Module | None:
        text = self._source.read(path) if path in self._known else None
        if text is None or len(text) > LARGEST:
            return None
        try:
            return load(path, self.dotted_name(path), text)
        except (SyntaxError, ValueError, MemoryError, RecursionError):
            return None

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
        if not module_name and (short in _ABSTRACT or (near and self._foreign(near, name))):
            return None
        every = self._everywhere(short)
        same = [c for c in every if not module_name or c.module.name.endswith(module_name)]
        same = same or [c for c in every if c.qualname == name]
        head = name.partition(".")[0]
        if module_name and not same and not self.named(head) and (own := self._labelled(head, near)):
            return own
        same = same or [c for c in every if not is_test(c.module.path)]
        tested = [c for c in same if is_test(c.module.path)]
        if not module_name and tested == same and (len(tested) > 1 or any("." in c.qualname for c in tested)):
            return None  # of one test among others: a caller's class is only called alike
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

    def foreign(self, name: str, near: Module | None = None) -> tuple[str, str] | None:
        """Module and name of what is not the repository's own, as `near` or another module imports it."""
        if near and (found := self._foreign(near, name)):
            return found
        if name not in self._imported:
            sign = re.compile(rf"\b{re.escape(name)}\b")
            importing = (p for p in self.paths if name in self.read(p) and sign.search(self.read(p)))
            modules = filter(None, map(self.module, islice(importing, MAX_ASKED)))
            self._imported[name] = next((f for m in modules if (f := self._foreign(m, name))), None)
        return self._imported[name]

    def _foreign(self, module: Module, name: str) -> tuple[str, str] | None:
        origin, original = module.imports.get(name, ("", ""))
        own = self.path_of(origin) or self.path_of(f"{origin}.{original}")
        return (origin, original) if original and not own else None

    def uses(self, package: str) -> bool:
        """Whether any module of the repository imports it."""
        if package not in self._used:
            sign = re.compile(rf"^\s*(?:from|import)\s+{re.escape(package)}\b", re.MULTILINE)
            texts = (self.read(path) for path in self.paths)
            self._used[package] = any(package in text and sign.search(text) for text in texts)
        return self._used[package]

    def namedtuples(self) -> list[Class]:
        """Every named tuple of the repository's own code."""
        if self._tuples is None:
            paths = [p for p in self.paths if not is_test(p) and "namedtuple" in self.read(p).lower()]
            modules = [m for p in paths if (m := self.module(p))]
            self._tuples = [c for m in modules for c in m.classes.values() if c.kind == "namedtuple"]
        return self._tuples

    def only_function(self, name: str) -> Function | None:
        """The one module-level function of that name outside tests; None where there are several."""
        if name not in self._only:
            self._only[name] = self._only_function(name)
        return self._only[name]

    def _only_function(self, name: str) -> Function | None:
        sign = f"def {name}("
        modules = [m for p in self.paths if not is_test(p) and sign in self.read(p) and (m := self.module(p))]
        found = [m.functions[name] for m in modules if name in m.functions]
        return found[0] if len(found) == 1 else None

    def function(self, path: str) -> Function | None:
        """The first function outside tests of that qualified name."""
        if "<" in path or not path:
            return None
        sign = f"def {path.rpartition('.')[2]}("
        modules = (self.module(p) for p in self.paths if not is_test(p) and sign in self.read(p))
        return next((m.functions[path] for m in modules if m and path in m.functions), None)

    def methods(self, name: str) -> list[Function]:
        """The methods of that name outside tests."""
        sign = f"def {name}("
        modules = (self.module(p) for p in self.paths if not is_test(p) and sign in self.read(p))
        every = (f for m in modules if m for f in (*m.functions.values(), *m.others))
        return [f for f in every if f.name == name and f.owner]

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

    def parents(self, cls: Class) -> tuple[Class, ...]:
        """The class and its bases inside the repository, nearest first."""
        key = (cls.module.path, cls.qualname)
        if key not in self._lineages:
            self._lineages[key] = tuple(self._parents(cls))
        return self._lineages[key]

    def _parents(self, cls: Class) -> Iterator[Class]:
        queue: list[Class] = [cls]
        seen: set[tuple[str, str]] = set()
        while queue and len(seen) < 40:
            current = queue.pop(0)
            if (current.module.path, current.qualname) in seen:
                continue
            seen.add((current.module.path, current.qualname))
            yield current
            queue += [c for b in current.bases if (c := self.find_class(b, current.module))]

    def unwritten(self, cls: Class) -> list[str]:
        """Methods that a class has, or inherits, without a body: those below it have to write them."""
        key = (cls.module.path, cls.qualname)
        if key not in self._open:
            names = dict.fromkeys(f.name for c in self.parents(cls) for f in c.methods)
            found = ((name, self.method(cls, name)) for name in names)
            self._open[key] = [
                n for n, f in found if f and any(d.endswith("abstractmethod") for d in f.decorators)
            ]
        return self._open[key]

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
