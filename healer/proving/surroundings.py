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
    asyncio.all_tasks sys.stdout.name sys.stderr.name sys.stdin.name"""
)
_SELDOM = words(
    """os.getcwd os.path.expanduser os.cpu_count pathlib.Path.cwd pathlib.Path.home threading.current_thread
    threading.get_ident"""
)
_WHOLE = frozenset({"platform"})  # modules of which any other part is told to the reviewer
_ATTRIBUTES = frozenset({"isatty", "handlers"})
_OF_MODULES = frozenset({"__file__", "__name__", "__package__", "__path__"})
_STREAMS = frozenset({"sys.stdin", "sys.stdout", "sys.stderr"})


def asked(node: ast.AST, names: Names) -> Iterator[tuple[str, bool]]:
    """(what is asked for, whether it refuses the patch) at one node of a syntax tree."""
    if isinstance(node, ast.Attribute):
        yield from _of_attribute(node, names)
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        yield from _of_name(node.id, names)
    elif isinstance(node, ast.Call):
        yield from _of_call(node, names)
    elif isinstance(node, ast.BinOp) and isinstance(node.left, ast.Call):
        called = dotted(node.left.func, names)
        yield from [(called, False)] if called in {"id", "hash"} else []  # `seen.add(id(x))` asks nothing
    for test in _conditions(node):
        yield from ((word, True) for word in _modules_words(test))


def _of_attribute(node: ast.Attribute, names: Names) -> Iterator[tuple[str, bool]]:
    name = dotted(node, names)
    if name in _NEVER:
        yield name, True
    elif name in _SELDOM or name.split(".")[0] in _WHOLE or node.attr in _ATTRIBUTES:
        yield name or node.attr, False


def _of_name(name: str, names: Names) -> Iterator[tuple[str, bool]]:
    origin = names.get(name, "")
    if origin in _NEVER:
        yield origin, True
    elif origin in _SELDOM or ("." in origin and origin.split(".")[0] in _WHOLE):
        yield origin, False


def _of_call(node: ast.Call, names: Names) -> Iterator[tuple[str, bool]]:
    name = dotted(node.func, names)
    if name.startswith(("os.", "pathlib.")) and _is_place(node.args):
        yield ast.unparse(node)[:80], False
    elif name in {"type", "isinstance", "repr", "str"} and node.args:
        stream = dotted(node.args[0], names)
        yield from [(f"{name}({stream})", True)] if stream in _STREAMS else []


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
    return ast.unparse(test).replace('"', "'") == "__name__ == '__main__'"
