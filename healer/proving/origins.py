"""Where the names of a file come from. Pure."""

from __future__ import annotations

import ast
import sys
from collections.abc import Mapping
from typing import TypeAlias

Names: TypeAlias = Mapping[str, str]  # local name -> dotted origin


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Modules that lead out of the code under test. By these names they are known wherever they come from:
# `from .compat import os` and `from logging import os` are still os.
EVERYWHERE = words(
    """os sys _os _sys posix builtins __builtins__ subprocess ctypes importlib atexit pickle marshal shutil
    tempfile multiprocessing _thread runpy pty mmap fcntl faulthandler cloudpickle dill shelve pkgutil
    zipimport linecache sysconfig _ctypes _socket _posixsubprocess"""
)


def aliases(tree: ast.Module) -> dict[str, str]:
    """Local name -> dotted origin, for everything imported anywhere in the file. A name that stands for one
    of EVERYWHERE in one place does so in all: which import comes last is no way to hide it."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        for name, origin in _bound(node):
            if names.get(name, "").partition(".")[0] not in EVERYWHERE:
                names[name] = origin
    return names


def _bound(node: ast.AST) -> list[tuple[str, str]]:
    if isinstance(node, ast.Import):
        tops = [(alias, alias.name.split(".")[0]) for alias in node.names]
        return [(alias.asname or top, alias.name if alias.asname else top) for alias, top in tops]
    if isinstance(node, ast.ImportFrom):
        home = node.module if node.module and not node.level else ""
        return [(alias.asname or alias.name, _origin(home, alias.name)) for alias in node.names]
    return []


def _origin(home: str, name: str) -> str:
    """What comes from a relative import keeps its own name."""
    return name if not home or name in EVERYWHERE else f"{home}.{name}"


def dotted(node: ast.expr, names: Names) -> str:
    """`os.path.join` of a chain that starts at an imported name or a builtin; "" of anything else."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ""
    return ".".join([names.get(node.id, node.id), *reversed(parts)])


def root(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def standard(name: str) -> bool:
    """Does a dotted origin begin in the standard library?"""
    return name.partition(".")[0] in sys.stdlib_module_names
