"""What a name in a stranger's line may stand for: the repository's own things, and harmless standard ones.

Nothing here is evaluated. A name is taken for what the repository's own files import under it; a function
of the repository is called only where its own tests (or the stack itself) call it, so that no line of an
event picks what a test does to a database or a mailbox."""

from __future__ import annotations

import ast
import builtins
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from healer.reproduction.harmless import Harmless
from healer.reproduction.index import Index, is_test
from healer.reproduction.lines import imported
from healer.reproduction.modules import Module

Origin = tuple[str, str]  # module, name in it ("" for the module itself)

BUILTINS = frozenset(
    {
        "abs",
        "all",
        "any",
        "bool",
        "bytearray",
        "bytes",
        "chr",
        "complex",
        "dict",
        "divmod",
        "enumerate",
        "float",
        "format",
        "frozenset",
        "hash",
        "int",
        "iter",
        "len",
    }
    | {
        "list",
        "max",
        "memoryview",
        "min",
        "next",
        "object",
        "ord",
        "pow",
        "range",
        "repr",
        "reversed",
        "round",
        "set",
        "slice",
        "sorted",
        "str",
        "sum",
        "tuple",
        "zip",
    }
) | {n for n, v in vars(builtins).items() if isinstance(v, type) and issubclass(v, Exception)}
_PURE = frozenset(
    {
        "array",
        "base64",
        "binascii",
        "bisect",
        "calendar",
        "collections",
        "copy",
        "datetime",
        "decimal",
        "enum",
        "fractions",
        "hashlib",
        "heapq",
        "hmac",
        "html",
        "ipaddress",
        "itertools",
    }
    | {
        "json",
        "math",
        "numbers",
        "operator",
        "re",
        "shlex",
        "statistics",
        "string",
        "struct",
        "textwrap",
        "time",
        "unicodedata",
        "uuid",
        "zoneinfo",
        "email.message",
        "urllib.parse",
    }
)
_SOME = {
    "ast": {"parse", "PyCF_ONLY_AST"},
    "_ast": {"PyCF_ONLY_AST"},
    "io": {"BytesIO", "StringIO"},
    "pathlib": {"PurePath", "PurePosixPath", "PureWindowsPath"},
    "unittest.mock": {"Mock", "MagicMock"},
    "xml.etree.ElementTree": {"Element", "SubElement", "fromstring", "XML", "tostring"},
    "types": {"SimpleNamespace", "MappingProxyType", "ModuleType"},
    "logging": {"StreamHandler", "NullHandler", "Formatter", "LogRecord", "getLogger", "Logger"}
    | {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL", "makeLogRecord", "getLevelName"},
    "sys": {"stdout", "stderr", "maxsize", "maxunicode", "byteorder", "version_info"},
    "functools": {"partial", "reduce", "cmp_to_key"},
    "threading": {"Lock", "RLock", "Event", "local"},
    "argparse": {"Namespace", "ArgumentParser"},
    "configparser": {"ConfigParser", "RawConfigParser"},
    "csv": {"reader", "DictReader"},
    "dataclasses": {"dataclass", "field", "make_dataclass"},
    "contextlib": {"nullcontext", "ExitStack"},
    "warnings": {"catch_warnings", "simplefilter"},
    "http.cookies": {"SimpleCookie", "Morsel"},
    "email": {"message_from_string", "message_from_bytes"},
    "weakref": {"ref", "WeakKeyDictionary", "WeakValueDictionary"},
    "traceback": {"format_exception_only"},
    "typing": {"Any", "Callable", "Dict", "List", "NamedTuple", "Optional", "Set", "Tuple", "Union"}
    | {"ClassVar", "FrozenSet", "Generic", "Iterable", "Iterator", "Literal", "Mapping", "Sequence", "Type"},
}
_NEVER = {("time", "sleep"), ("operator", "attrgetter"), ("operator", "methodcaller")}
_METHODS = frozenset(
    name
    for kind in (str, bytes, bytearray, list, dict, set, frozenset, tuple, int, float, complex)
    for name in dir(kind)
    if not name.startswith("_")
)
_RUNS = {"main", "invoke", "test_client"}  # of commands and applications
_DEEPEST = 4  # imports that a name is followed through
_MOST = 16  # files asked what a name is
_IMPORT = re.compile(
    r"^[ \t]*(from[ \t]+\w[\w.]*[ \t]+import[ \t]*\([^)]{0,5000}\)"
    r"|from[ \t]+\w[\w.]*[ \t]+import[ \t][^\n(]+|import[ \t]+[^\n]+)",
    re.M,
)


class Scope:
    def __init__(
        self,
        index: Index,
        stack: frozenset[str],
        classes: Mapping[str, Origin] | None = None,
        modules: Sequence[str] = (),
        quoted: Mapping[str, Origin] | None = None,
    ) -> None:
        """`classes`: those whose methods are on the stack, by name; `modules`: where its functions stand,
        the nearest to the caller first; `quoted`: what the caller's own import statements say."""
        self._classes = dict(classes or {})
        self._quoted = dict(quoted or {})
        self._modules = tuple(dict.fromkeys(modules))
        self._index = index
        self._stack = stack  # names of the functions on the stack
        self._origins: dict[str, Origin | None] = {}
        self._files: dict[str, dict[str, Origin]] = {}
        self._allowed: dict[Origin, bool] = {}
        self._tested: dict[str, bool] = {}
        self._harmless = Harmless(index, BUILTINS | _METHODS)

    def origin(self, name: str) -> Origin | None:
        """Where a global name of the calling code most likely came from; None where it may not be used."""
        if name not in self._origins:
            self._origins[name] = self._find(name) if name.isidentifier() else None
        return self._origins[name]

    def _find(self, name: str) -> Origin | None:
        if (said := self._quoted.get(name)) and self.allowed(said):
            return said
        if name in self._classes:
            return self._classes[name]
        votes = Counter(o for o in self._imported(name) if self.allowed(o))
        if votes:
            return votes.most_common(1)[0][0]
        cls = self._index.find_class(name)
        if cls and not is_test(cls.module.path) and "." not in cls.qualname:
            return (cls.module.name, cls.qualname)
        if function := self._index.only_function(name):
            return (function.module.name, name)
        for module in self._modules:
            if self._own(module, name):
                return (module, name)
        if self._is_module(name):
            return (name, "")
        return (name, "") if self.standard(name) else None

    def _imported(self, name: str) -> Iterator[Origin]:
        word = re.compile(rf"\bimport\b[^\n]*\b{name}\b|^\s+{name}\b,?|\bas {name}\b", re.M)
        asked = 0
        for path in self._ordered:
            text = self._index.read(path)
            if asked < _MOST and name in text and word.search(text):
                asked += 1
                if found := self._imports(path, text).get(name):
                    yield found

    @cached_property
    def _ordered(self) -> tuple[str, ...]:
        return tuple(sorted(self._index.paths, key=lambda p: not is_test(p)))

    def _imports(self, path: str, text: str) -> dict[str, Origin]:
        """Absolute imports of one file, read without parsing all of it."""
        if path not in self._files:
            self._files[path] = dict(o for found in _IMPORT.findall(text) for o in _origins(found))
        return self._files[path]

    def allowed(self, origin: Origin) -> bool:
        """The repository's own, outside its tests, or standard and without effects."""
        if origin not in self._allowed:
            self._allowed[origin] = self._may(*origin)
        return self._allowed[origin]

    def _may(self, module: str, name: str) -> bool:
        if (module, name) in _NEVER:
            return False
        if module in _PURE or name in _SOME.get(module, ()) or self._error(module, name):
            return True
        if not name:
            return self._is_module(module) or module in _SOME
        path = self._index.path_of(module)
        if path:
            made = name in self._stack  # a module may get its functions at run time
            return not is_test(path) and (made or self._own(module, name))
        return self._is_module(f"{module}.{name}")

    def _error(self, module: str, name: str) -> bool:
        """A library's exception that the repository imports: it does no more than hold its arguments."""
        return name.endswith(("Error", "Exception")) and self._index.foreign(name) == (module, name)

    @cached_property
    def _folders(self) -> frozenset[str]:
        return frozenset(p.rpartition("/")[0] for p in self._index.paths)

    def _is_module(self, dotted: str) -> bool:
        path = self._index.path_of(dotted)
        tail = dotted.replace(".", "/")
        return not is_test(path) if path else tail in self._folders and not is_test(f"{tail}/")

    def _own(self, module: str, name: str, depth: int = 0) -> bool:
        """Whether a module's attribute is the repository's, also where it is only passed on."""
        if self._is_module(f"{module}.{name}"):
            return True
        loaded = self._index.named(module)
        if loaded is None or depth > _DEEPEST:
            return False
        if name in loaded.functions or name in loaded.classes or name in loaded.assigned:
            return True
        if name in loaded.imports:
            origin, original = loaded.imports[name]
            return self._is_module(origin) and (not original or self._own(origin, original, depth + 1))
        return "*" in loaded.imports and self._somewhere(name, module.partition(".")[0])

    def _somewhere(self, name: str, package: str) -> bool:
        """What a star import may have brought: a class, a function, a module of the same package."""
        cls = self._index.find_class(name)
        if (cls and not is_test(cls.module.path)) or self._index.only_function(name):
            return True
        return any(f.endswith(f"/{name}") and f"/{package}/" in f"/{f}" for f in self._folders)

    def held(self, origin: Origin) -> bool:
        """Whether it is a module, whose attributes others see."""
        module, name = origin
        return not name or self._is_module(f"{module}.{name}")

    def changeable(self, origin: Origin, attribute: str) -> bool:
        """What a line may set on a module: a standard stream, the arguments, a variable of the repository."""
        module = ".".join(part for part in origin if part)
        if module == "sys":
            return attribute in {"stdin", "stdout", "stderr", "argv"}
        loaded = self._index.named(module)
        return loaded is not None and attribute in loaded.assigned and not is_test(loaded.path)

    def shared(self, origin: Origin) -> bool:
        """Whether it is an object that a module of the repository holds, and that calls may change."""
        module, name = origin
        for _ in range(_DEEPEST):
            loaded = self._index.named(module)
            if loaded is None or name in loaded.assigned:
                return loaded is not None
            module, name = loaded.imports.get(name, ("", ""))
        return False

    def step(self, origin: Origin, attribute: str) -> Origin | None:
        """What an attribute of a module is; None for what hangs on an object."""
        module, name = origin
        whole = f"{module}.{name}" if name else module
        if name and not self._is_module(whole):
            return None
        return (whole, attribute)

    def standard(self, module: str) -> bool:
        return module in _PURE or module in _SOME

    def callable(self, origin: Origin) -> bool:
        """A class, a function the tests call, one of the stack, a harmless standard one."""
        module, name = origin
        if module in _PURE or name in _SOME.get(module, ()):
            return origin not in _NEVER
        own = name in self._stack or self._is_class(module, name) or self.tested(name)
        return own or self._error(module, name)

    def _is_class(self, module: str, name: str) -> bool:
        near: Module | None = self._index.named(module)
        cls = self._index.find_class(name, near)
        return bool(cls and not is_test(cls.module.path))

    def method(self, name: str) -> bool:
        """A method that any object's line may call."""
        known = name in _METHODS or name in _RUNS or name in self._stack
        return known or self.tested(name) or self._harmless.method(name)

    def _invoked(self, name: str) -> bool:
        """`runner.invoke(command)` calls a command."""
        return any(
            isinstance(call.args[0], ast.Name) and call.args[0].id == name and is_test(module.path)
            for module, call in self._index.calls("invoke", 200)
            if call.args
        )

    def tested(self, name: str) -> bool:
        if name not in self._tested:
            called = any(is_test(module.path) for module, _ in self._index.calls(name, 1))
            self._tested[name] = called or self._invoked(name)
        return self._tested[name]


def _origins(text: str) -> Iterator[tuple[str, Origin]]:
    """What one import statement binds: local name, then module and name."""
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError):
        return
    yield from imported(body)
