"""The standard library's reprs: which name builds the object again."""

from __future__ import annotations

import builtins
import re

from healer.reproduction.values import Attribute, Call, Guess, Literal, Made, Many, Name, Opaque, Table, Value

_NAMES = {
    "Decimal": ("decimal", "Decimal"),
    "Fraction": ("fractions", "Fraction"),
    "UUID": ("uuid", "UUID"),
    "PosixPath": ("pathlib", "Path"),
    "Path": ("pathlib", "Path"),
    "PurePosixPath": ("pathlib", "PurePosixPath"),
    "PurePath": ("pathlib", "PurePath"),
    "PureWindowsPath": ("pathlib", "PureWindowsPath"),
    "WindowsPath": ("pathlib", "PureWindowsPath"),
    "OrderedDict": ("collections", "OrderedDict"),
    "defaultdict": ("collections", "defaultdict"),
    "Counter": ("collections", "Counter"),
    "deque": ("collections", "deque"),
    "ChainMap": ("collections", "ChainMap"),
    "UserDict": ("collections", "UserDict"),
    "mappingproxy": ("types", "MappingProxyType"),
    "namespace": ("types", "SimpleNamespace"),
    "SimpleNamespace": ("types", "SimpleNamespace"),
    "Namespace": ("argparse", "Namespace"),
    "CompletedProcess": ("subprocess", "CompletedProcess"),
    "IPv4Address": ("ipaddress", "IPv4Address"),
    "IPv6Address": ("ipaddress", "IPv6Address"),
    "IPv4Network": ("ipaddress", "IPv4Network"),
    "IPv6Network": ("ipaddress", "IPv6Network"),
    "ParseResult": ("urllib.parse", "ParseResult"),
    "SplitResult": ("urllib.parse", "SplitResult"),
    "TextIOWrapper": ("io", "TextIOWrapper"),
    "ForwardRef": ("typing", "ForwardRef"),
}
_BUILTINS = {
    "range",
    "slice",
    "bytearray",
    "complex",
    "frozenset",
    "set",
    "list",
    "tuple",
    "dict",
    "int",
    "float",
    "str",
}
_MODULES = {
    "datetime",
    "re",
    "zoneinfo",
    "decimal",
    "fractions",
    "uuid",
    "pathlib",
    "collections",
    "types",
    "functools",
}
_MODULES |= {
    "operator",
    "itertools",
    "array",
    "ipaddress",
    "email",
    "http",
    "json",
    "math",
    "time",
    "io",
    "string",
    "typing",
}
_VIEWS = {"dict_keys", "dict_values", "dict_items", "odict_keys", "odict_values", "odict_items"}
_SAFE_CALLS = {
    "datetime": {"datetime", "date", "time", "timedelta", "timezone"},
    "re": {"compile"},
    "zoneinfo": {"ZoneInfo"},
    "functools": {"partial"},
    "operator": {"itemgetter", "attrgetter"},
    "itertools": {"count"},
    "time": {"struct_time"},
    "http": set(),
}


def builtin_exception(name: str) -> bool:
    kind = getattr(builtins, name, None)
    return isinstance(kind, type) and issubclass(kind, Exception)


def free(name: str) -> bool:
    """Whether a repr's word is not already a standard one."""
    return name not in _NAMES and name not in _BUILTINS and name not in _VIEWS and not hasattr(builtins, name)


def module_attribute(path: str) -> Value | None:
    """`datetime.timezone.utc`, `re.IGNORECASE`: constants of modules known to be harmless."""
    head, _, rest = path.partition(".")
    if head not in _MODULES or not rest:
        return None
    value: Value = Name(head, "")
    for part in rest.split("."):
        value = Attribute(value, part)
    return value


def build(made: Made) -> Value | None:
    """The standard object a constructor-like repr speaks of; arguments are resolved already."""
    name, args, kwargs = made.name, made.args, made.kwargs
    if name == "|" and len(args) == 2:
        return Call(Name("operator", "or_"), args)
    if name in _VIEWS:
        return args[0] if args else Many(())
    if name in _NAMES:
        return Call(Name(*_NAMES[name]), args, kwargs)
    if name in _BUILTINS:
        return _builtin(made)
    if builtin_exception(name):
        return Call(Name("", name), args, kwargs)
    head, _, rest = name.partition(".")
    if rest in _SAFE_CALLS.get(head, ()) and (target := module_attribute(name)):
        return Call(target, args, kwargs)
    short = name.rpartition(".")[2]
    if head in _MODULES and short in _NAMES:
        return Call(Name(*_NAMES[short]), args, kwargs)
    return None


def _builtin(made: Made) -> Value:
    if made.name in {"set", "frozenset"} and len(made.args) <= 1:
        inner = made.args[0] if made.args else Many(())
        if isinstance(inner, Many):
            return Many(inner.items, made.name)
    return Call(Name("", made.name), made.args, made.kwargs)


_MATCH = re.compile(r"<re\.Match object; span=\(\d{1,9}, \d{1,9}\), match=(['\"])(.{0,200})\1>\Z")
_LOGGER = re.compile(r"<(?:Root)?Logger ([\w.\-]{1,80}) \(\w{1,20}\)>\Z")


def opaque_object(value: Opaque) -> Value | None:
    """Stand-ins for well-known objects whose repr hides them."""
    text = value.text
    if found := _LOGGER.match(text):
        return Call(Name("logging", "getLogger"), (Literal.of(found[1]),))
    if found := _MATCH.match(text):
        part = Literal.of(found[2])
        return Guess(Call(Name("re", "search"), (Call(Name("re", "escape"), (part,)), part)))
    for sign, built in _SIGNS:
        if sign in text[:60]:
            return Guess(built)
    if value.kind == "generator":
        return Guess(Call(Name("", "iter"), (Many(()),)), 2)
    return None


_SIGNS: tuple[tuple[str, Value], ...] = (
    ("_io.StringIO", Call(Name("io", "StringIO"))),
    ("_io.BytesIO", Call(Name("io", "BytesIO"))),
    ("_io.TextIOWrapper", Call(Name("io", "StringIO"))),
    ("_io.BufferedReader", Call(Name("io", "BytesIO"))),
    ("_io.BufferedWriter", Call(Name("io", "BytesIO"))),
    ("_io.BufferedRandom", Call(Name("io", "BytesIO"))),
    ("_io.FileIO", Call(Name("io", "BytesIO"))),
    ("_thread.lock", Call(Name("threading", "Lock"))),
    ("_thread.RLock", Call(Name("threading", "RLock"))),
    ("itertools.count", Call(Name("itertools", "count"))),
    ("_csv.reader", Call(Name("csv", "reader"), (Many(()),))),
    ("_csv.writer", Call(Name("csv", "writer"), (Call(Name("io", "StringIO")),))),
    ("<itertools.", Call(Name("", "iter"), (Many(()),))),
    ("iterator object at", Call(Name("", "iter"), (Many(()),))),
    ("enumerate object", Call(Name("", "enumerate"), (Many(()),))),
    ("zip object", Call(Name("", "zip"))),
    ("map object", Call(Name("", "iter"), (Many(()),))),
    ("filter object", Call(Name("", "iter"), (Many(()),))),
    ("_hashlib.HASH", Call(Name("hashlib", "sha256"))),
    ("object object at", Call(Name("", "object"))),
)


def stand_in(kind: str, name: str) -> Value:
    """A plausible value of the right type for one that was filtered; it holds no secret."""
    sort = kind.lower()
    known = {
        "email": "someone@example.com",
        "phone": "+15550100",
        "ip": "192.0.2.1",
        "mac": "02:00:00:00:00:01",
        "iban": "GB82WEST12345698765432",
        "card": "4242424242424242",
        "birth-date": "1990-01-01",
        "name": "Jo Doe",
    }
    return Guess(Literal.of(known.get(sort, f"some-{name}" if name.isidentifier() else "stand-in")))


def default_for(annotation: str, name: str) -> Value | None:
    """A small value for a parameter that nobody saw, by its annotation, then by its name."""
    text = annotation.replace("typing.", "").strip()
    if text.startswith("Optional[") or "None" in text.replace(" ", "").split("|"):
        return Guess(Literal.of(None))
    head = text.split("[")[0].split("|")[0].strip()
    if head in _BY_TYPE:
        return Guess(_BY_TYPE[head])
    if not head:
        for words, value in _BY_NAME:
            if name in words:
                return Guess(value)
    return None


_BY_TYPE: dict[str, Value] = {
    "int": Literal.of(1),
    "float": Literal.of(1.0),
    "str": Literal.of("x"),
    "bytes": Literal.of(b"x"),
    "bool": Literal.of(False),
    "object": Literal.of(None),
    "Any": Literal.of(None),
    **dict.fromkeys(["list", "List", "Sequence", "Iterable", "Collection", "MutableSequence"], Many(())),
    **dict.fromkeys(["tuple", "Tuple"], Many((), "tuple")),
    **dict.fromkeys(["set", "Set", "AbstractSet"], Many((), "set")),
    **dict.fromkeys(["dict", "Dict", "Mapping", "MutableMapping"], Table(())),
    "Iterator": Call(Name("", "iter"), (Many(()),)),
    "Path": Call(Name("pathlib", "Path"), (Literal.of("x"),)),
    "Decimal": Call(Name("decimal", "Decimal"), (Literal.of("1"),)),
    "datetime": Call(
        Attribute(Name("datetime", ""), "datetime"), (Literal.of(2024), Literal.of(1), Literal.of(1))
    ),
    "date": Call(Attribute(Name("datetime", ""), "date"), (Literal.of(2024), Literal.of(1), Literal.of(1))),
    "timedelta": Call(Attribute(Name("datetime", ""), "timedelta"), (Literal.of(1),)),
}
_BY_NAME: tuple[tuple[set[str], Value], ...] = (
    (
        {
            "n",
            "count",
            "size",
            "width",
            "height",
            "limit",
            "index",
            "id",
            "num",
            "number",
            "port",
            "depth",
            "level",
            "length",
        },
        Literal.of(1),
    ),
    (
        {
            "name",
            "text",
            "title",
            "key",
            "path",
            "url",
            "filename",
            "string",
            "s",
            "label",
            "value",
            "prefix",
            "message",
        },
        Literal.of("x"),
    ),
    ({"items", "values", "rows", "lines", "entries", "args", "iterable", "elements", "nodes"}, Many(())),
    (
        {"options", "config", "settings", "params", "kwargs", "mapping", "headers", "context", "env"},
        Table(()),
    ),
    ({"strict", "verbose", "debug", "quiet", "force"}, Literal.of(False)),
)
