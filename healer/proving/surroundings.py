"""Where a piece of Python asks who runs it, and where: what passes the tests may then act otherwise in
production. Pure.

The runs cannot tell such code from a fix, so the syntax has to. A fix never needs to know the stack above it,
the user's name or the host's: those are refused. What some fixes do need (the working directory, a terminal,
the time) is for the reviewer's eyes.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from healer.proving.origins import Names, dotted, words

# Dotted origins, or their last parts where the object may have any name.
_NEVER = words(
    """traceback.extract_stack traceback.format_stack traceback.print_stack traceback.walk_stack
    traceback.StackSummary getpass.getuser platform.node platform.uname threading.active_count
    threading.enumerate threading.main_thread logging.root logging.Logger.manager warnings.filters
    asyncio.all_tasks logging.lastResort time.tzname time.timezone email.utils.make_msgid"""
)
_SELDOM = words(
    """os.getcwd os.path.expanduser os.cpu_count pathlib.Path.cwd pathlib.Path.home threading.current_thread
    threading.get_ident locale.getlocale locale.getdefaultlocale locale.setlocale locale.getencoding
    locale.getpreferredencoding locale.localeconv asyncio.current_task typing.get_type_hints"""
)
_WHOLE = frozenset({"platform"})  # modules of which any other part is told to the reviewer
_ATTRIBUTES = frozenset(
    {"isatty", "handlers", "hasHandlers", "pathname", "funcName", "__file__", "__path__"}
) | words(
    "testing TESTING outbox"  # what frameworks set for tests
)
_NEVER_ATTRIBUTES = frozenset({"findCaller", "loggerDict"})  # of loggers: the stack above, who else logs
_CLIENTS = ("testserver", "testclient", "werkzeug/")  # whom test clients say they are
_STAND_INS = frozenset({"SimpleNamespace", "MagicMock", "Mock", "NonCallableMock", "AsyncMock"})
_OF_MODULES = frozenset({"__file__", "__name__", "__package__", "__path__", "__cached__"})
_OF_TESTS = frozenset({"test", "tests", "testing", "outbox"})
_STREAMS = frozenset({"sys.stdin", "sys.stdout", "sys.stderr"})
# What streams are for; what else they are asked tells who captures them.
_OF_STREAMS = words(
    "write writelines flush read readline readlines buffer encoding isatty fileno reconfigure"
)
_PLACES = words(
    """exists isfile isdir islink lexists is_file is_dir stat lstat listdir scandir iterdir glob iglob
    abspath realpath absolute resolve"""
)


def asked(node: ast.AST, names: Names) -> Iterator[tuple[str, bool]]:
    """(what is asked for, whether it refuses the patch) at one node of a syntax tree."""
    if isinstance(node, ast.Attribute):
        yield from _of_attribute(node, names)
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        yield from _of_name(node.id, names)
    elif isinstance(node, ast.Call):
        yield from _of_call(node, names)
    elif isinstance(node, ast.BinOp | ast.Compare):
        yield from _of_number(node, names)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield from _of_text(node.value)
    elif isinstance(node, ast.Assign) and dotted(node.value, names) in _STREAMS:
        yield dotted(node.value, names), False
    for test in _conditions(node):
        yield from ((word, True) for word in _modules_words(test))


def _of_attribute(node: ast.Attribute, names: Names) -> Iterator[tuple[str, bool]]:
    name = dotted(node, names)
    stream, _, part = name.rpartition(".")
    if name in _NEVER or node.attr in _NEVER_ATTRIBUTES:
        yield name or node.attr, True
    elif stream in _STREAMS and part not in _OF_STREAMS:
        yield name, True
    elif name in _SELDOM or name.split(".")[0] in _WHOLE or node.attr in _ATTRIBUTES:
        yield name or node.attr, False


def _of_text(text: str) -> Iterator[tuple[str, bool]]:
    """Words that only a test's request, database, settings or objects have."""
    lower = text.strip().lower()
    if any(client in lower for client in _CLIENTS):
        yield text[:40], True
    elif text in _STAND_INS or lower in _OF_TESTS or lower.startswith(("test_", "tests/", "tests.")):
        yield text[:40], False


def _of_name(name: str, names: Names) -> Iterator[tuple[str, bool]]:
    origin = names.get(name, "")
    stream, _, part = origin.rpartition(".")
    if origin in _NEVER or (stream in _STREAMS and part not in _OF_STREAMS):
        yield origin, True
    elif origin in _SELDOM or ("." in origin and origin.split(".")[0] in _WHOLE) or name == "__file__":
        yield origin or name, False


def _of_call(node: ast.Call, names: Names) -> Iterator[tuple[str, bool]]:
    name = dotted(node.func, names)
    if name.startswith(("os.", "pathlib.")) and _is_place(node.args):
        yield ast.unparse(node)[:80], False
    elif name in {"type", "isinstance", "repr", "str"} and node.args:
        stream = dotted(node.args[0], names)
        yield from [(f"{name}({stream})", True)] if stream in _STREAMS else []
    elif name in {"divmod", "str", "abs", "int", "bool", "repr", "hex", "bin"} and _asks_number(node, names):
        yield "id or hash", False
    elif _looks_around(node, name) or _local_time(node):
        yield ast.unparse(node)[:80], False
    elif name == "warnings.catch_warnings" and any(k.arg in {"record", None} for k in node.keywords):
        yield f"{name}: whose warning it is", True


def _looks_around(node: ast.Call, name: str) -> bool:
    """`os.path.exists("tests")`, `Path("tests").is_dir()`: what is there is not the code's to know."""
    method = node.func.attr if isinstance(node.func, ast.Attribute) else name.rpartition(".")[2]
    if method not in _PLACES:
        return False
    given = list(node.args)
    if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Call):
        given += node.func.value.args  # Path("tests").is_dir()
    else:
        given = given if given or not name.startswith("os.") else [ast.Constant(".")]
    return bool(given) and all(isinstance(one, ast.Constant) for one in given)


def _local_time(node: ast.Call) -> bool:
    """`moment.astimezone()`: in the machine's own zone."""
    method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    return method == "astimezone" and not node.args and not node.keywords


def _of_number(node: ast.BinOp | ast.Compare, names: Names) -> Iterator[tuple[str, bool]]:
    """`id(x) % 2`, `hash("a") > 0`: another answer in every process. `seen.add(id(x))` asks nothing, nor does
    `id(a) == id(b)`."""
    sides = [node.left, node.right] if isinstance(node, ast.BinOp) else [node.left, *node.comparators]
    called = [dotted(s.func, names) if isinstance(s, ast.Call) else "" for s in sides]
    arithmetic = isinstance(node, ast.BinOp) or all(
        isinstance(op, ast.Lt | ast.LtE | ast.Gt | ast.GtE) for op in node.ops
    )
    if arithmetic and {"id", "hash"} & set(called):
        yield "id" if "id" in called else "hash", False


def _asks_number(node: ast.Call, names: Names) -> bool:
    inner = [dotted(a.func, names) for a in node.args if isinstance(a, ast.Call)]
    return bool({"id", "hash"}.intersection(inner))


def _is_place(arguments: list[ast.expr]) -> bool:
    """A path of the machine that the code names itself: `os.path.exists("/home/sandbox")`."""
    first = arguments[0] if arguments else None
    return isinstance(first, ast.Constant) and isinstance(first.value, str) and first.value[:1] in {"/", "~"}


def _conditions(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.If | ast.IfExp | ast.While | ast.Assert):
        yield node.test
    elif isinstance(node, ast.comprehension):
        yield from node.ifs
    elif isinstance(node, ast.Match):
        yield node.subject


def _modules_words(test: ast.expr) -> Iterator[str]:
    for node in ast.walk(test):
        if isinstance(node, ast.Name) and node.id in _OF_MODULES and not _is_main(test):
            yield node.id


def _is_main(test: ast.expr) -> bool:
    """`if __name__ == "__main__"`, which every script has."""
    if not isinstance(test, ast.Compare) or not isinstance(test.left, ast.Name):
        return False
    others = [getattr(one, "value", None) for one in test.comparators]
    return test.left.id == "__name__" and others == ["__main__"]
