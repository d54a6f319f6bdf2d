"""How a function may refuse, by its own code: other exceptions than production's that count as an answer.

A fix may guard and return, or guard and raise the domain's own error. Where the functions on the stack
raise such an error already, or say so in their docstrings, a test must not hold it against a fix."""

from __future__ import annotations

import ast
import builtins
import re
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib import import_module

from healer.reproduction.facts import Site
from healer.reproduction.index import Index, is_test
from healer.reproduction.modules import Class, Function, Module, dotted, own_nodes
from healer.reproduction.values import Name
from triage.incident import Frame

_RAISES = re.compile(
    r"(?:^\s*:raises?\s+|\bRaises:?\s+(?:an?\s+)?`{0,2}|^\s{4,}(?=\w+(?:Error|Exception)\s*:))([A-Za-z_]\w{0,80})",
    re.M,
)
_EXPECTED = re.compile(r"\b(?:raises|assertRaises|assertRaisesRegex)\(\s{0,9}([A-Za-z_][\w.]{0,80})")
_CAUGHT = re.compile(r"^\s{0,80}except\s{1,9}\(?([A-Za-z_][\w., ]{0,200})\)?(?: as|:)", re.M)
_CALLS = 12  # of a function, that are asked what they catch
_WIDEST = 300  # characters of a quoted line
_NEVER = {
    "Exception",
    "BaseException",
    "NotImplementedError",
    "StopIteration",
    "StopAsyncIteration",
    "KeyboardInterrupt",
}
_NEVER |= {"AssertionError", "GeneratorExit", "Warning", "DeprecationWarning"}
_GROUPS = {"ExceptionGroup", "BaseExceptionGroup"}  # not in every Python that a repository's tests run on
_LIBRARIES = (  # of the standard library, whose exceptions are known without asking a stranger's text
    *("argparse", "asyncio", "binascii", "configparser", "csv", "decimal", "email.errors", "http.client"),
    *("http.cookies", "ipaddress", "json", "pickle", "queue", "re", "shutil", "smtplib", "socket", "sqlite3"),
    *("ssl", "struct", "subprocess", "tarfile", "tokenize", "tomllib", "urllib.error", "uuid", "zipfile"),
    *("xml.etree.ElementTree", "xml.parsers.expat", "xml.sax", "zlib", "zoneinfo"),
)
_LOOKUP = Name("", "LookupError")  # what Python's own containers answer to an absent key
_LOOKUPS = {"__getitem__", "__delitem__"}
_ATTRIBUTE = Name("", "AttributeError")  # what `hasattr` takes for a no
_ATTRIBUTES = {"__getattr__", "__getattribute__"}
_UNFINISHED = Name("", "NotImplementedError")  # what a class leaves to those below it: a caller's, maybe
_OPERAND = Name("", "TypeError")  # what Python answers where an operator does not know its operand
_OPERATORS = {
    f"__{side}{name}__"
    for side in ("", "r", "i")
    for name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "and", "or", "xor", "matmul")
} | {"__lt__", "__le__", "__gt__", "__ge__"}


def refusals(
    index: Index, sites: tuple[Site, ...], exception: str, caller: Frame | None = None
) -> tuple[Name, ...]:
    """Exceptions that the functions of these frames raise by themselves, or that their callers handle, none
    of them an ancestor of production's, so that suppressing them never hides it."""
    first = sites[0].function.module if sites and sites[0].function else None
    told = [(first, text) for text in _handled(caller)] if caller and first else []
    told += _expected(index, sites[0].function) if sites and sites[0].function else []
    told += [
        (site.function.module, text) for site in sites if site.function for text in _raised(site.function)
    ]
    told += [
        (callee.module, text)
        for site in sites
        if site.function
        for callee in _callees(site.function)
        for text in _raised(callee)
    ]
    if sites and sites[-1].function:
        module = sites[-1].function.module
        told += [(module, text) for text in _neighbours(module)]
    found: dict[Name, None] = {}
    for module, text in told:
        name = _name(index, module, text)
        if name and not _covers(index, name, exception):
            found.setdefault(_family(index, name, exception))
    protocol = [
        refusal
        for refusal, names in ((_LOOKUP, _LOOKUPS), (_ATTRIBUTE, _ATTRIBUTES), (_OPERAND, _OPERATORS))
        if any(site.name in names for site in sites) and not _covers(index, refusal, exception)
    ]
    owners = {s.function.owner.qualname: s.function.owner for s in sites if s.function and s.function.owner}
    if any(map(_leaves_open, owners.values())) and not _covers(index, _UNFINISHED, exception):
        protocol.append(_UNFINISHED)
    return tuple(dict.fromkeys((*protocol, *found)))[:4]


def _callees(function: Function) -> Iterator[Function]:
    """What it calls of its own module: their refusals are its own."""
    names = (dotted(n.func) for n in own_nodes(function.node) if isinstance(n, ast.Call))
    found = (function.module.functions.get(name) for name in dict.fromkeys(names))
    yield from (f for f in found if f and f is not function)


def _leaves_open(cls: Class) -> bool:
    """Whether a method does nothing but raise NotImplementedError, and so would that of an object of it."""
    own = (f for name, f in cls.module.functions.items() if name.rpartition(".")[0] == cls.qualname)
    return any(
        dotted(last.exc).endswith(_UNFINISHED.path) for f in own if (last := _only_raises(f)) and last.exc
    )


def _only_raises(function: Function) -> ast.Raise | None:
    body = [
        s for s in function.node.body if not (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant))
    ]
    return body[0] if len(body) == 1 and isinstance(body[0], ast.Raise) else None


def _handled(caller: Frame) -> list[str]:
    """What the quoted lines around a call expect or catch of it."""
    before = "\n".join(line[:_WIDEST] for line in (*caller.pre_context[-2:], caller.context_line))
    after = "\n".join(line[:_WIDEST] for line in caller.post_context)
    named = [*_EXPECTED.findall(before), *_CAUGHT.findall(after)]
    return [name for part in named for name in re.findall(r"[A-Za-z_][\w.]{0,80}", part)]


def _expected(index: Index, function: Function) -> list[tuple[Module, str]]:
    """What the repository's own code catches around its calls of a function."""
    calls = ((m, c) for m, c in index.calls(function.name, _CALLS) if not is_test(m.path))
    return [(module, text) for module, call in calls for text in _handlers(module, call.lineno)]


def _handlers(module: Module, line: int) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Try) and node.body[0].lineno <= line <= (node.body[-1].end_lineno or 0):
            caught = (h.type for h in node.handlers if h.type)
            yield from (dotted(k) for c in caught for k in (c.elts if isinstance(c, ast.Tuple) else [c]))


def _family(index: Index, name: Name, exception: str) -> Name:
    """The error that all of the repository's own descend from, as far as it is not production's too."""
    cls = index.find_class(name.path, index.named(name.module)) if name.module else None
    for parent in reversed(list(index.parents(cls))) if cls else ():
        family = Name(parent.module.name, parent.qualname)
        if _ends_in(index, parent) and not _covers(index, family, exception):
            return family
    return name


def _neighbours(module: Module) -> list[str]:
    """What the crash's module raises anywhere, the most frequent first."""
    raised = [dotted(n.exc) for n in ast.walk(module.tree) if isinstance(n, ast.Raise) and n.exc]
    return [text for text, _ in Counter(raised).most_common(8)]


def demanded(index: Index, site: Site, exception: str) -> Name | None:
    """The error a function was about to raise when it crashed inside that very `raise` statement."""
    if site.function is None:
        return None
    for node in own_nodes(site.function.node):
        if isinstance(node, ast.Raise) and node.exc and node.lineno <= site.line <= (node.end_lineno or 0):
            name = _name(index, site.function.module, dotted(node.exc))
            inside = isinstance(node.exc, ast.Call) and (node.exc.args or node.exc.keywords)
            return name if name and inside and not _covers(index, name, exception) else None
    return None


def _raised(function: Function) -> list[str]:
    raised = [dotted(n.exc) for n in own_nodes(function.node) if isinstance(n, ast.Raise) and n.exc]
    said = _RAISES.findall(ast.get_docstring(function.node) or "")
    exits = [
        "SystemExit"
        for n in own_nodes(function.node)
        if isinstance(n, ast.Call) and dotted(n.func) in {"sys.exit", "exit", "parser.error", "ap.error"}
    ]
    return [*raised, *said, *exits]


def _name(index: Index, module: Module, text: str) -> Name | None:
    short = text.rpartition(".")[2]
    if not short or short in _NEVER:
        return None
    origin, original = module.imports.get(text, ("", ""))
    if short in _GROUPS:
        return Name(origin, original) if index.path_of(origin) and original else None
    builtin = getattr(builtins, text, None)
    if isinstance(builtin, type) and issubclass(builtin, BaseException):
        return Name("", text)
    cls = index.find_class(text, module)
    if cls and _ends_in(index, cls):
        return Name(cls.module.name, cls.qualname)
    if original and origin.split(".")[0] in sys.stdlib_module_names and original[:1].isupper():
        return Name(origin, original)
    return None


def _kinds(exception: str) -> tuple[type[BaseException], ...]:
    """The built-in or standard exceptions of a name; with its module only those of that module."""
    module, _, short = exception.rpartition(".")
    builtin = getattr(builtins, short, None)
    own = (builtin,) if isinstance(builtin, type) and issubclass(builtin, BaseException) else ()
    found = own or _standard().get(short, ())
    return tuple(kind for kind in found if module in ("", kind.__module__))


@cache
def _standard() -> dict[str, tuple[type[BaseException], ...]]:
    found: dict[str, tuple[type[BaseException], ...]] = {}
    for library in _LIBRARIES:
        for name, kind in vars(import_module(library)).items():
            if isinstance(kind, type) and issubclass(kind, BaseException):
                found[name] = (*found.get(name, ()), kind)
    return found


def _ends_in(index: Index, cls: Class) -> tuple[type[BaseException], ...]:
    """The built-in exceptions that a repository class descends from."""
    names = {b.rpartition(".")[2] for parent in index.parents(cls) for b in parent.bases}
    return tuple(kind for name in sorted(names) for kind in _kinds(name))


def _covers(index: Index, name: Name, exception: str) -> bool:
    """Whether suppressing `name` would also suppress production's exception."""
    short = name.path.rpartition(".")[2]
    wanted = exception.rpartition(".")[2]
    if short == wanted:
        return True
    own = getattr(builtins, short, None) if not name.module else None
    kinds, cls = _kinds(exception), index.find_class(wanted)
    if cls is None and not kinds:
        return own is not None and issubclass(own, Exception)
    if cls and name.module:
        return any((p.module.name, p.qualname) == (name.module, name.path) for p in index.parents(cls))
    known = (*kinds, *(_ends_in(index, cls) if cls else ()))
    return isinstance(own, type) and any(issubclass(kind, own) for kind in known)
