"""Where the names of a file come from. Pure."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import TypeAlias

Names: TypeAlias = Mapping[str, str]  # local name -> dotted origin


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def aliases(tree: ast.Module) -> dict[str, str]:
    """Local name -> dotted origin, for everything imported anywhere in the file. What comes from a
    relative import keeps its own name: `from .compat import os` is still os."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.split(".")[0]
                names[alias.asname or top] = alias.name if alias.asname else top
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                known = node.module and not node.level
                names[alias.asname or alias.name] = f"{node.module}.{alias.name}" if known else alias.name
    return names


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
