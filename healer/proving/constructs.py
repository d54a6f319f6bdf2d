"""What a piece of Python does that a fix has no need to do, found in its syntax tree. Pure.

Findings are compared as multisets between base and patch, so only what the patch adds counts.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from healer.proving import surroundings
from healer.proving.origins import Names, aliases, dotted, root, words


class Finding(NamedTuple):
    code: str
    detail: str
    refuse: bool = True  # False: for the reviewer's eyes


_MODULES = words(
    """atexit gc inspect ctypes _ctypes subprocess socket _socket multiprocessing signal pytest _pytest
    unittest mock pluggy faulthandler code codeop runpy pdb bdb trace tracemalloc pty resource fcntl mmap
    imp marshal importlib zipimport pkgutil site builtins _thread posix _posixsubprocess concurrent
    sysconfig dis linecache tokenize symtable shutil tempfile dill cloudpickle pickle shelve webbrowser
    sentry_sdk"""
)
_OS = words(
    """path fspath sep linesep altsep extsep pathsep curdir pardir devnull name getcwd listdir scandir stat
    PathLike fsencode fsdecode environ getenv cpu_count strerror walk makedirs"""
)
_READ_ONLY = words("metadata resources")  # of importlib
_SYS = words(
    """maxsize version_info byteorder getsizeof stdin stdout stderr getdefaultencoding float_info platform
    maxunicode int_info hash_info version implementation getfilesystemencoding intern"""
)
_HIDDEN_MODULES = words(  # reached as an attribute of another module: logging.os
    """os sys _os _sys posix builtins subprocess ctypes gc inspect atexit socket signal importlib
    __builtins__ _exit _getframe settrace setprofile meta_path path_hooks"""
)
_CALLS = words("eval exec compile __import__ globals locals vars exit quit breakpoint delattr")
_DUNDERS = words(
    """__globals__ __code__ __subclasses__ __builtins__ __dict__ __closure__ __bases__ __mro__ __base__
    __debug__ __loader__ __spec__ __defaults__ __kwdefaults__ __traceback__ __import__
    __getattribute__ __set_name__ __init_subclass__ __wrapped__ __func__ __self__ f_globals
    f_locals f_back f_code tb_frame tb_next gi_frame cr_frame"""
)
_ALWAYS = words(
    """__eq__ __ne__ __lt__ __le__ __gt__ __ge__ __bool__ __contains__ __instancecheck__ __subclasscheck__
    __hash__ __getattr__ __missing__ __call__"""
)
_DISGUISES = words(
    """__getattribute__ __class__ __init_subclass__ __set_name__ __prepare__ __mro_entries__ __del__
    __instancecheck__ __subclasscheck__ __subclasshook__ __class_getitem__"""
)
_CLOCKS = words("time.time time.time_ns time.monotonic time.monotonic_ns time.perf_counter time.process_time")
_DAYS = (".today", ".now", ".utcnow")  # of date and datetime
_ESCAPES = words("SystemExit KeyboardInterrupt GeneratorExit BaseException SkipTest Skipped Exit")
_WATCHED_WORDS = ("pytest", "unittest", "healer", "junit", "conftest", "sitecustomize", "/proc/", "_exit")
_WRITERS = words("write_text write_bytes unlink symlink_to hardlink_to chmod system popen")
_NETWORK = words("urllib.request http.client requests httpx aiohttp ftplib smtplib telnetlib")


def findings(tree: ast.Module) -> Counter[Finding]:
    names = aliases(tree)
    found: Counter[Finding] = Counter(_loose_modules(tree, names))
    for node in ast.walk(tree):
        for look in _LOOKS:
            found.update(look(node, names))
    return found


def _imports(node: ast.AST, names: Names) -> Iterator[Finding]:
    if isinstance(node, ast.Import):
        modules = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom) and not node.level:
        modules = [f"{node.module}.{alias.name}" for alias in node.names]
        if any(alias.name == "*" for alias in node.names):
            yield Finding("import", f"from {node.module} import *")
    else:
        return
    for module in modules:
        parts = module.split(".")
        if parts[0] in _MODULES and not (parts[0] == "importlib" and parts[1:2] and parts[1] in _READ_ONLY):
            yield Finding("import", module)
        elif any(module == n or module.startswith(n + ".") for n in _NETWORK):
            yield Finding("network", module, refuse=False)


def _reaches(node: ast.AST, names: Names) -> Iterator[Finding]:
    """Parts of os, sys and the object model that lead out of the code under test."""
    if isinstance(node, ast.Attribute):
        if node.attr in _DUNDERS:
            yield Finding("reflection", node.attr)
        if node.attr in _WRITERS:
            yield Finding("writes", node.attr)
        if node.attr in _HIDDEN_MODULES:
            yield Finding("reaches", node.attr)
    elif isinstance(node, ast.Name) and node.id in _DUNDERS:
        yield Finding("reflection", node.id)
    if isinstance(node, ast.Attribute | ast.Name) and root(node) in names:
        yield from _module_part(dotted(node, names))


def _module_part(name: str) -> Iterator[Finding]:
    head, _, rest = name.partition(".")
    first = rest.split(".")[0]
    if not first:
        return
    if head == "importlib" and first in _READ_ONLY:
        return
    outside = (head == "os" and first not in _OS) or (head == "sys" and first not in _SYS)
    if outside or head in _MODULES:
        yield Finding("reaches", f"{head}.{first}")
    if head == "os" and first in {"environ", "getenv"}:
        yield Finding("reads_environment", name, refuse=False)


def _loose_modules(tree: ast.Module, names: Names) -> Iterator[Finding]:
    """`os` or `sys` handed around as a value, where its attributes can no longer be seen."""
    held = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and id(node) not in held:
            origin = names.get(node.id, "")
            if origin in {"os", "sys", *_MODULES}:
                yield Finding("module_value", origin)


def _calls(node: ast.AST, names: Names) -> Iterator[Finding]:
    if isinstance(node, ast.Name) and names.get(node.id, node.id) in _CALLS:
        yield Finding("call", node.id)
    if not isinstance(node, ast.Call):
        return
    name = dotted(node.func, names)
    if name in {"getattr", "hasattr"} and len(node.args) > 1 and not _is_text(node.args[1]):
        yield Finding("dynamic_attribute", name)
    elif name == "getattr" and len(node.args) > 1:
        word = str(getattr(node.args[1], "value", ""))
        if word in _DUNDERS | _WRITERS | _HIDDEN_MODULES:
            yield Finding("reflection", word)
    if name == "setattr":
        foreign = not node.args or root(node.args[0]) in names
        yield Finding("setattr", ast.unparse(node)[:80], refuse=foreign)
    if (name == "open" or name.endswith(".open")) and _may_write(node):
        yield Finding("writes", name)
    if name == "type" and len(node.args) == 3:
        yield Finding("reflection", "type()")


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _may_write(call: ast.Call) -> bool:
    given = [*call.args[:2], *(k.value for k in call.keywords if k.arg in {"mode", None})]
    words = [n.value for n in given if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    modes = [w for w in words if w and set(w) <= set("rwaxbtU+")]
    dynamic = any(k.arg is None or (k.arg == "mode" and not _is_text(k.value)) for k in call.keywords)
    if len(call.args) > 1 and not isinstance(call.args[1], ast.Constant):
        dynamic = True
    return dynamic or any(set(m) & set("wax+") for m in modes)


def _stores(node: ast.AST, names: Names) -> Iterator[Finding]:
    """Attributes or items of modules, classes and builtins that are replaced."""
    targets: list[ast.expr] = []
    if isinstance(node, ast.Assign):
        targets = list(node.targets)
    elif isinstance(node, ast.AugAssign | ast.AnnAssign):
        targets = [node.target]
    elif isinstance(node, ast.Delete):
        targets = node.targets
    elif isinstance(node, ast.For | ast.AsyncFor | ast.comprehension):
        targets = [node.target]
    elif isinstance(node, ast.withitem) and node.optional_vars is not None:
        targets = [node.optional_vars]
    for target in _flat(targets):
        base = target
        while isinstance(base, ast.Attribute | ast.Subscript):
            base = base.value
        if not isinstance(target, ast.Name) and isinstance(base, ast.Name) and base.id in names:
            yield Finding("replaces", names[base.id], refuse=isinstance(target, ast.Attribute))
        if isinstance(target, ast.Attribute) and target.attr.startswith("__") and target.attr.endswith("__"):
            yield Finding("replaces", target.attr)
        if isinstance(target, ast.Name) and target.id in {"AssertionError", "isinstance", "len", "Exception"}:
            yield Finding("replaces", target.id)


def _flat(targets: list[ast.expr]) -> Iterator[ast.expr]:
    for target in targets:
        if isinstance(target, ast.Tuple | ast.List):
            yield from _flat(target.elts)
        else:
            yield target.value if isinstance(target, ast.Starred) else target


def _words(node: ast.AST, names: Names) -> Iterator[Finding]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
        text = node.value if isinstance(node.value, str) else node.value.decode("latin-1")
        for word in (*_WATCHED_WORDS, *_DUNDERS):
            if word in text.lower():
                yield Finding("mentions", word)


def _raises(node: ast.AST, names: Names) -> Iterator[Finding]:
    if isinstance(node, ast.Raise) and node.exc is not None:
        raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
        name = dotted(raised, names).rpartition(".")[2]
        if name in _ESCAPES:
            yield Finding("raises", name)
    if isinstance(node, ast.ClassDef):
        for base in node.bases:
            if dotted(base, names).rpartition(".")[2] in _ESCAPES:
                yield Finding("raises", f"class {node.name}")


def _handlers(node: ast.AST, names: Names) -> Iterator[Finding]:
    if isinstance(node, ast.ExceptHandler):
        broad = node.type is None or bool(_caught(node.type, names) & {"BaseException"})
        if raises_again(node):
            return
        if broad:
            yield Finding("catches_everything", "BaseException")
        for name in sorted(_caught(node.type, names)) if node.type else []:
            yield Finding("swallows_exception", name, refuse=False)
    if isinstance(node, ast.Call) and dotted(node.func, names) in {"contextlib.suppress", "suppress"}:
        for arg in node.args:
            name = dotted(arg, names)
            yield Finding("swallows_exception", name, refuse=name == "BaseException")
    if isinstance(node, ast.Try | ast.TryStar):
        for inner in node.finalbody:
            if any(isinstance(n, ast.Return | ast.Break | ast.Continue) for n in ast.walk(inner)):
                yield Finding("swallows_exception", "finally", refuse=False)


def _caught(node: ast.expr, names: Names) -> set[str]:
    elements = node.elts if isinstance(node, ast.Tuple) else [node]
    return {dotted(e, names).rpartition(".")[2] or "an expression" for e in elements}


def raises_again(handler: ast.ExceptHandler) -> bool:
    return any(isinstance(n, ast.Raise) for statement in handler.body for n in ast.walk(statement))


def _always(node: ast.AST, names: Names) -> Iterator[Finding]:
    """Comparison methods that answer without looking."""
    if isinstance(node, ast.FunctionDef) and node.name in _ALWAYS:
        returned = [n.value for n in ast.walk(node) if isinstance(n, ast.Return) and n.value is not None]
        if returned and all(isinstance(v, ast.Constant) and v.value is True for v in returned):
            yield Finding("always_equal", node.name)
        elif node.name in {"__eq__", "__ne__", "__bool__", "__instancecheck__", "__getattr__"}:
            yield Finding("comparison", node.name, refuse=False)


def _disguises(node: ast.AST, names: Names) -> Iterator[Finding]:
    """Classes that lie about what they are, or that run code where a class is merely named."""
    if not isinstance(node, ast.ClassDef):
        return
    for one in node.body:
        held = [one.name] if isinstance(one, ast.FunctionDef) else []
        held += [t.id for t in getattr(one, "targets", ()) if isinstance(t, ast.Name)]
        held += [one.target.id] if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name) else []
        yield from (Finding("disguise", name) for name in held if name in _DISGUISES)


def _lenient(node: ast.AST, names: Names) -> Iterator[Finding]:
    """Text that cannot be decoded is dropped or replaced: the crash goes, and so does the data."""
    if isinstance(node, ast.keyword) and node.arg == "errors" and isinstance(node.value, ast.Constant):
        word = str(node.value.value)
        if word in {"ignore", "replace", "backslashreplace"}:
            yield Finding("loses_text", word, refuse=False)


def _silencers(node: ast.AST, names: Names) -> Iterator[Finding]:
    """Exceptions swallowed without an `except`: by a context manager's answer, or a stack's callback."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name in {"__exit__", "__aexit__"}:
        returned = [n.value for n in ast.walk(node) if isinstance(n, ast.Return) and n.value is not None]
        if any(not isinstance(v, ast.Constant) or v.value for v in returned):
            yield Finding("swallows_exception", node.name, refuse=False)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        told = any(k.arg == "return_exceptions" for k in node.keywords)
        if told or node.func.attr in {"push_async_exit", "add_done_callback"} or _pushes_a_function(node):
            yield Finding("swallows_exception", node.func.attr, refuse=False)


def _pushes_a_function(call: ast.Call) -> bool:
    """`stack.push(lambda *error: True)`"""
    pushed = isinstance(call.func, ast.Attribute) and call.func.attr == "push"
    return pushed and len(call.args) == 1 and isinstance(call.args[0], ast.Lambda)


def _surroundings(node: ast.AST, names: Names) -> Iterator[Finding]:
    for what, refuse in surroundings.asked(node, names):
        yield Finding("surroundings", what, refuse=refuse)


def _timing(node: ast.AST, names: Names) -> Iterator[Finding]:
    if isinstance(node, ast.Call):
        name = dotted(node.func, names)
        if name in {"time.sleep", "warnings.simplefilter", "warnings.filterwarnings", "logging.disable"}:
            yield Finding(name.replace(".", "_"), name, refuse=False)
        if name in _CLOCKS or (name.startswith("datetime.") and name.endswith(_DAYS)):
            yield Finding("clock", name, refuse=False)
        if name.split(".")[0] in {"random", "secrets", "uuid"} and "." in name:
            yield Finding("random", name, refuse=False)


_LOOKS = (
    _imports,
    _reaches,
    _calls,
    _stores,
    _words,
    _raises,
    _handlers,
    _always,
    _disguises,
    _lenient,
    _silencers,
    _surroundings,
    _timing,
)
