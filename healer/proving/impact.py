"""Which test files can reach a changed file, by imports. For order, and where time is short. Pure."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from healer.case import Target
from triage.incident import Source
from triage.python import parsed

MOST_FILES = 4000


def impacted(source: Source, target: Target, changed: Iterable[str]) -> tuple[str, ...]:
    """Test files that import a changed module, directly or through others, sorted."""
    files = [p for p in source.paths() if p.endswith(".py")][:MOST_FILES]
    modules = {name: path for path in files for name in names_of(path, target.source_roots)}
    importers: dict[str, set[str]] = {}
    for path in files:
        for name in imports(source.read(path) or "", path, target.source_roots):
            if found := modules.get(name):
                importers.setdefault(found, set()).add(path)
    reached = set(changed)
    queue = list(reached)
    while queue:
        for path in importers.get(queue.pop(), ()):
            if path not in reached:
                reached.add(path)
                queue.append(path)
    tests = target.tests
    return tuple(sorted(p for p in reached if _is_test(p, tests)))


def _is_test(path: str, tests: tuple[str, ...]) -> bool:
    name = path.rpartition("/")[2]
    inside = any(path == t or path.startswith(t.rstrip("/") + "/") for t in tests)
    return inside and (name.startswith("test") or name.endswith("_test.py"))


def names_of(path: str, roots: Iterable[str]) -> Iterator[str]:
    """Dotted names under which a file can be imported."""
    for root in roots:
        prefix = "" if root in {"", "."} else root.rstrip("/") + "/"
        if path.startswith(prefix):
            dotted = path[len(prefix) :].removesuffix(".py").removesuffix("/__init__")
            yield dotted.replace("/", ".")


def imports(text: str, path: str, roots: Iterable[str]) -> set[str]:
    tree = parsed(text)
    if tree is None:
        return set()
    own = next(names_of(path, roots), "").split(".")
    package = own if path.endswith("/__init__.py") else own[:-1]
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                found |= _parents(alias.name)
        elif isinstance(node, ast.ImportFrom):
            home = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*home, *([node.module] if node.module else [])])
            found |= _parents(base)
            found |= {f"{base}.{alias.name}" for alias in node.names}
    return found


def _parents(name: str) -> set[str]:
    parts = name.split(".")
    return {".".join(parts[: n + 1]) for n in range(len(parts))}
