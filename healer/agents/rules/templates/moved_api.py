"""Names that newer Pythons and libraries moved or dropped: `collections.Mapping`, `time.clock` …"""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import Edit, dotted

ABSTRACT = frozenset(
    [
        "Awaitable",
        "Coroutine",
        "AsyncIterable",
        "AsyncIterator",
        "AsyncGenerator",
        "Hashable",
        "Iterable",
        "Iterator",
        "Generator",
        "Reversible",
        "Sized",
        "Container",
        "Callable",
        "Collection",
        "Set",
        "MutableSet",
        "Mapping",
        "MutableMapping",
        "MappingView",
        "KeysView",
        "ItemsView",
        "ValuesView",
        "Sequence",
        "MutableSequence",
        "ByteString",
    ]
)
# (module, name) -> (new dotted path, what to import)
MOVED = {
    ("time", "clock"): ("time.perf_counter", ""),
    ("inspect", "getargspec"): ("inspect.getfullargspec", ""),
    ("inspect", "formatargspec"): ("inspect.signature", ""),
    ("string", "maketrans"): ("str.maketrans", ""),
    ("string", "letters"): ("string.ascii_letters", ""),
    ("string", "lowercase"): ("string.ascii_lowercase", ""),
    ("string", "uppercase"): ("string.ascii_uppercase", ""),
    ("os", "getcwdu"): ("os.getcwd", ""),
    ("os", "errno"): ("errno", "import errno"),
    ("cgi", "escape"): ("html.escape", "import html"),
    ("HTMLParser", "unescape"): ("html.unescape", "import html"),
    ("base64", "encodestring"): ("base64.encodebytes", ""),
    ("base64", "decodestring"): ("base64.decodebytes", ""),
    ("fractions", "gcd"): ("math.gcd", "import math"),
    ("platform", "linux_distribution"): ("platform.platform", ""),
    ("platform", "dist"): ("platform.platform", ""),
    ("sys", "maxint"): ("sys.maxsize", ""),
    ("itertools", "izip"): ("zip", ""),
    ("itertools", "imap"): ("map", ""),
    ("itertools", "ifilter"): ("filter", ""),
    ("itertools", "izip_longest"): ("itertools.zip_longest", ""),
    ("urllib", "quote"): ("urllib.parse.quote", "import urllib.parse"),
    ("urllib", "unquote"): ("urllib.parse.unquote", "import urllib.parse"),
    ("urllib", "urlencode"): ("urllib.parse.urlencode", "import urllib.parse"),
    ("urllib", "parse"): ("urllib.parse", "import urllib.parse"),
    ("urllib", "request"): ("urllib.request", "import urllib.request"),
    ("urllib", "urlopen"): ("urllib.request.urlopen", "import urllib.request"),
    ("xml.etree", "cElementTree"): ("xml.etree.ElementTree", "import xml.etree.ElementTree"),
    ("typing", "io"): ("typing", ""),
    ("asyncio", "async"): ("asyncio.ensure_future", ""),
    ("asyncio", "get_running"): ("asyncio.get_running_loop", ""),
    ("unittest", "makeSuite"): ("unittest.defaultTestLoader.loadTestsFromTestCase", ""),
    ("pipes", "quote"): ("shlex.quote", "import shlex"),
    ("types", "StringType"): ("str", ""),
    ("types", "ListType"): ("list", ""),
    ("types", "DictType"): ("dict", ""),
    ("types", "NoneType"): ("type(None)", ""),
    ("configparser", "SafeConfigParser"): ("configparser.ConfigParser", ""),
    ("configparser", "readfp"): ("read_file", ""),
    ("threading", "_sleep"): ("time.sleep", "import time"),
    ("datetime", "UTC"): ("datetime.timezone.utc", ""),
    ("numpy", "float"): ("float", ""),
    ("numpy", "int"): ("int", ""),
    ("numpy", "bool"): ("bool", ""),
    ("numpy", "object"): ("object", ""),
    ("numpy", "str"): ("str", ""),
    ("numpy", "float_"): ("np.float64", ""),
    ("numpy", "NaN"): ("np.nan", ""),
    ("ast", "Str"): ("ast.Constant", ""),
    ("ast", "Num"): ("ast.Constant", ""),
    ("ast", "NameConstant"): ("ast.Constant", ""),
    ("importlib", "util"): ("importlib.util", "import importlib.util"),
    ("importlib", "metadata"): ("importlib.metadata", "import importlib.metadata"),
    ("importlib", "resources"): ("importlib.resources", "import importlib.resources"),
    ("concurrent", "futures"): ("concurrent.futures", "import concurrent.futures"),
    ("os", "getlogin"): ("getpass.getuser", "import getpass"),
    ("pkgutil", "ImpImporter"): ("zipimport.zipimporter", "import zipimport"),
    ("locale", "format"): ("locale.format_string", ""),
    ("gettext", "lgettext"): ("gettext.gettext", ""),
    ("array", "tostring"): ("tobytes", ""),
    ("logging", "_levelNames"): ("logging._levelToName", ""),
}
METHODS = {
    ("Element", "getchildren"): ("list({})", True),
    ("Element", "getiterator"): ("{}.iter()", True),
    ("ElementTree", "getiterator"): ("{}.iter()", True),
    ("Thread", "isAlive"): ("{}.is_alive()", True),
    ("_MainThread", "isAlive"): ("{}.is_alive()", True),
    ("array.array", "tostring"): ("{}.tobytes()", True),
    ("HTMLParser", "unescape"): ("html.unescape", False),
    ("DataFrame", "ix"): ("{}.loc", False),
    ("DataFrame", "append"): ("", False),
    ("ConfigParser", "readfp"): ("{}.read_file", False),
    ("RawConfigParser", "readfp"): ("{}.read_file", False),
}


def ideas(site: Site) -> Iterator[Idea]:
    words = site.crash.words
    attr = words.get("attr", "")
    if site.crash.kind is Kind.IMPORT_NAME:
        yield from _import_from(site, words.get("module", ""), attr)
    elif site.crash.kind is Kind.ATTRIBUTE:
        yield from _method(site, words.get("owner", ""), attr)
    else:
        yield from _attribute(site, words.get("module", ""), attr)


def _attribute(site: Site, module: str, attr: str) -> Iterator[Idea]:
    for node in site.on_line(cst.Attribute):
        if node.attr.value != attr:
            continue
        head = dotted(node.value)
        if module == "collections" and attr in ABSTRACT:
            every = [
                n
                for n in site.file.find(cst.Attribute)
                if dotted(n.value) == head and n.attr.value in ABSTRACT
            ]
            edits = tuple(site.replace(n, f"collections.abc.{n.attr.value}") for n in every)
            yield _idea(
                (*edits, *site.importing("import collections.abc")),
                f"collections.{attr}",
                f"collections.abc.{attr}",
            )
        elif (module, attr) in MOVED:
            new, statement = MOVED[(module, attr)]
            every = [n for n in site.file.find(cst.Attribute) if dotted(n) == f"{head}.{attr}"]
            if module == "numpy":
                new = new.replace("np.", f"{head}.")
            edits = tuple(site.replace(n, new) for n in every if dotted(n) != new)
            yield _idea((*edits, *(site.importing(statement) if statement else ())), f"{head}.{attr}", new)


def _import_from(site: Site, module: str, attr: str) -> Iterator[Idea]:
    for node in site.on_line(cst.ImportFrom):
        if node.module is None or dotted(node.module) != module or isinstance(node.names, cst.ImportStar):
            continue
        names = [site.source(alias).rstrip(", ") for alias in node.names]
        old = [n for n in names if n.split()[0] in ABSTRACT]
        if module == "collections" and attr in ABSTRACT:
            rest = [n for n in names if n not in old]
            lines = [f"from collections import {', '.join(rest)}"] if rest else []
            lines.append(f"from collections.abc import {', '.join(old)}")
            indent = site.file.indent(site.statement) if site.statement else ""
            yield _idea(
                (site.replace(node, (site.file.newline + indent).join(lines)),),
                f"collections.{attr}",
                f"collections.abc.{attr}",
            )
        elif (module, attr) in MOVED and len(names) == 1 and "." in MOVED[(module, attr)][0]:
            home, _, name = MOVED[(module, attr)][0].rpartition(".")
            alias = names[0].split(" as ")[-1].strip()
            yield _idea(
                (
                    site.replace(
                        node, f"from {home} import {name}" + (f" as {alias}" if alias != name else "")
                    ),
                ),
                attr,
                name,
            )


def _method(site: Site, owner: str, attr: str) -> Iterator[Idea]:
    shape, call = METHODS.get((owner.split(".")[-1], attr), METHODS.get((owner, attr), ("", False)))
    for node in site.on_line(cst.Attribute):
        if shape and "{}" in shape and node.attr.value == attr:
            above = site.file.parent(node)
            target = above if call and isinstance(above, cst.Call) else node
            yield _idea(
                (site.replace(target, shape.format(site.source(node.value))),), attr, shape.format("x")
            )


def _idea(edits: tuple[Edit, ...], old: str, new: str) -> Idea:
    return Idea(
        edits, f"`{old}` is gone; `{new}` takes its place.", f"use {new}", 0.0, ("it was moved or removed",)
    )


TEMPLATE = Template(
    "moved_api", frozenset({Kind.MODULE_ATTRIBUTE, Kind.IMPORT_NAME, Kind.ATTRIBUTE}), 2.4, ideas
)
