"""The other files of the commit: where a name is defined, who calls a function, what a module exports."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import islice
from typing import TypeVar, cast

from triage.incident import Source
from triage.python import parsed

T = TypeVar("T")

MAX_FILES = 600
MAX_CHARS = 400_000
MAX_HOLDERS = 12  # files that are searched for an attribute's first value


class Repository:
    """Read-only, cached views over a Source. Files that do not parse here say nothing."""

    def __init__(self, source: Source, roots: tuple[str, ...] = (), tests: tuple[str, ...] = ()) -> None:
        self._source, self._roots, self._tests = source, roots, tests
        self._trees: dict[str, ast.Module | None] = {}
        self._facts: dict[tuple[str, Callable[..., object]], object] = {}

    @cached_property
    def python_paths(self) -> tuple[str, ...]:
        return tuple(p for p in self._source.paths() if p.endswith(".py"))[: MAX_FILES * 4]

    def is_test(self, path: str) -> bool:
        parts = path.split("/")
        name = parts[-1]
        named = name.startswith("test_") or name.endswith("_test.py") or name == "conftest.py"
        return named or "tests" in parts[:-1] or "test" in parts[:-1]

    @cached_property
    def tests(self) -> int:
        """How many test functions there are."""
        texts = (self._source.read(path) or "" for path in self.python_paths if self.is_test(path))
        return sum(text.count("def test") for text in texts)

    def text(self, path: str) -> str | None:
        return self._source.read(path)

    def tree(self, path: str) -> ast.Module | None:
        if path not in self._trees:
            self._trees[path] = self._parse(path)
        return self._trees[path]

    def _parse(self, path: str) -> ast.Module | None:
        text = self._source.read(path)
        if text is None or len(text) > MAX_CHARS:
            return None
        return parsed(text)

    def facts(self, path: str, read: Callable[[str, ast.Module], list[T]]) -> list[T]:
        """What `read` finds in a file, found once."""
        if (path, read) not in self._facts:
            tree = self.tree(path)
            self._facts[path, read] = read(path, tree) if tree is not None else []
        return cast("list[T]", self._facts[path, read])

    def mentioning(self, word: str, *, tests: bool = False) -> Iterator[tuple[str, ast.Module]]:
        """Files whose text has the word, with their trees."""
        for path in self.python_paths[:MAX_FILES]:
            if self.is_test(path) is tests and word in (self._source.read(path) or ""):
                tree = self.tree(path)
                if tree is not None:
                    yield path, tree

    def around(self, near: str, word: str) -> Iterator[str]:
        """Files that mention the word, the given one first, then by the folders that they share with it."""
        parts = near.split("/")
        found = [path for path, _ in self.mentioning(word)]
        yield from sorted(found, key=lambda path: (path != near, -shared(path.split("/"), parts), path))

    def documents(self) -> Iterator[tuple[str, str]]:
        """README and other top documentation."""
        for path in self._source.paths():
            if path.lower().startswith("readme") or (path.startswith("docs/") and path.count("/") == 1):
                text = self._source.read(path)
                if text and path.lower().endswith((".md", ".rst", ".txt")):
                    yield path, text[:MAX_CHARS]

    def module_path(self, dotted: str) -> str | None:
        """The file of a module of this repository."""
        tail = dotted.replace(".", "/")
        for end in (f"{tail}.py", f"{tail}/__init__.py"):
            found = [p for p in self.python_paths if p == end or p.endswith("/" + end)]
            if found:
                return min(found, key=len)
        return None

    def functions(self, name: str) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
        """Every definition of a function or method of this name, outside tests."""
        for path, tree in self.mentioning(f"def {name}"):
            for node in ast.walk(tree):
                if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name == name:
                    yield path, node

    def classes(self, name: str) -> Iterator[tuple[str, ast.ClassDef]]:
        for path, tree in self.mentioning(f"class {name}"):
            for node in ast.walk(tree):
                if isinstance(node, ast.ClassDef) and node.name == name:
                    yield path, node

    def derives(self, name: str, base: str, steps: int = 4) -> bool:
        """Whether a class of this project is made from another, near or far, by their names."""
        last = base.rpartition(".")[2]
        bases = {ast.unparse(b).rpartition(".")[2] for _, node in self.classes(name) for b in node.bases}
        return last in bases or (steps > 1 and any(self.derives(one, last, steps - 1) for one in bases))

    def attribute_values(self, name: str) -> list[ast.expr]:
        """What `self.<name>` is assigned in the methods of this project's classes."""
        files = islice(self.mentioning(f"self.{name}"), MAX_HOLDERS)
        nodes = (n for _, tree in files for n in ast.walk(tree))
        return [value for node in nodes for target, value in _assignments(node) if target == f"self.{name}"]


def shared(path: list[str], other: list[str]) -> int:
    """How many folders two paths begin with together."""
    return next((n for n, (a, b) in enumerate(zip(path, other, strict=False)) if a != b), len(path))


def _assignments(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """(target, value), annotated or not."""
    if isinstance(node, ast.Assign):
        yield from ((ast.unparse(target), node.value) for target in node.targets)
    elif isinstance(node, ast.AnnAssign) and node.value is not None:
        yield ast.unparse(node.target), node.value
