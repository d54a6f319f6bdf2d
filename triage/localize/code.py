"""A commit's files, read at most once each, and their functions."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from triage.incident import Source
from triage.python import parsed

MODULE = "<module>"
FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef

_MAX_TEXT = 4_000_000  # characters; larger files are generated
_DEF = re.compile(r"[ \t]{0,200}(?:async[ \t]+)?(def|class)[ \t]+(\w+)")
_FOREIGN = frozenset(("site-packages", "dist-packages", "node_modules", ".tox", ".nox", "__pypackages__"))
_VENDORED = frozenset(("vendor", "_vendor", "vendored", "third_party", "thirdparty", "extern", "externals"))
_TESTS = frozenset(("test", "tests", "testing", "conftest.py"))


@dataclass(frozen=True, slots=True)
class Unit:
    """One function of a file. Nested ones are qualified by what encloses them."""

    qualname: str  # Class.method, outer.inner
    first: int  # line of `def`, or of its first decorator
    last: int
    owner: str = ""  # the class it is a method of, qualified
    node: FunctionNode | None = field(default=None, repr=False, compare=False)

    @property
    def name(self) -> str:
        return self.qualname.rpartition(".")[2]


@dataclass(frozen=True)
class File:
    """One text file. A file that this Python cannot parse still has its functions, by indentation."""

    path: str
    text: str = field(repr=False)

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    @cached_property
    def stripped(self) -> list[str]:
        return [line.strip() for line in self.lines]

    @cached_property
    def tree(self) -> ast.Module | None:
        if not self.path.endswith((".py", ".pyw", ".pyi")):
            return None
        return parsed(self.text)

    @cached_property
    def units(self) -> list[Unit]:
        if self.tree is not None:
            return list(_units(self.tree, "", ""))
        return _units_by_indent(self.lines) if self.path.endswith(".py") else []

    @cached_property
    def by_name(self) -> dict[str, list[Unit]]:
        found: dict[str, list[Unit]] = defaultdict(list)
        for unit in self.units:
            found[unit.name].append(unit)
        return found

    @cached_property
    def classes(self) -> dict[str, ast.ClassDef]:
        return dict(_classes(self.tree, "")) if self.tree else {}

    def unit_at(self, line: int) -> Unit | None:
        """The innermost function around `line`; None is module level, class bodies included."""
        around = [unit for unit in self.units if unit.first <= line <= unit.last]
        return max(around, key=lambda unit: unit.first, default=None)

    def unit(self, qualname: str) -> Unit | None:
        """The last definition of that name: the one Python would use."""
        named = self.by_name.get(qualname.rpartition(".")[2], ())
        return next((unit for unit in reversed(named) if unit.qualname == qualname), None)


class Checkout:
    """The files of one commit, with what looking up production paths needs."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._files: dict[str, File | None] = {}

    @cached_property
    def paths(self) -> tuple[str, ...]:
        return tuple(path for path in self._source.paths() if not _FOREIGN & set(path.split("/")))

    @cached_property
    def known(self) -> frozenset[str]:
        return frozenset(self.paths)

    @cached_property
    def by_basename(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for path in self.paths:
            found[path.rpartition("/")[2].casefold()].append(path)
        return found

    @cached_property
    def by_folder(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for path in self.paths:
            found[path.rpartition("/")[0]].append(path)
        return found

    @cached_property
    def modules(self) -> dict[str, str]:
        """Dotted module name -> path, under every source root the layout allows; the shortest path wins."""
        found: dict[str, str] = {}
        for path in sorted(self.paths, key=len, reverse=True):
            if path.endswith(".py"):
                dotted = path[:-3].removesuffix("/__init__").replace("/", ".")
                found.update(dict.fromkeys(_suffixes(dotted), path))
        return found

    def file(self, path: str) -> File | None:
        if path not in self._files:
            text = self._source.read(path)
            self._files[path] = File(path, text) if text is not None and len(text) <= _MAX_TEXT else None
        return self._files[path]


def is_test(path: str) -> bool:
    parts = path.split("/")
    return bool(_TESTS & set(parts)) or parts[-1].startswith("test_") or parts[-1].endswith("_test.py")


def is_vendored(path: str) -> bool:
    return bool(_VENDORED & set(path.split("/")))


def _suffixes(dotted: str) -> Iterator[str]:
    while dotted:
        yield dotted
        dotted = dotted.partition(".")[2]


def _units(node: ast.AST, prefix: str, owner: str) -> Iterator[Unit]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            qualname = f"{prefix}{child.name}"
            first = min([child.lineno, *(decorator.lineno for decorator in child.decorator_list)])
            yield Unit(qualname, first, child.end_lineno or child.lineno, owner, child)
            yield from _units(child, f"{qualname}.", "")
        elif isinstance(child, ast.ClassDef):
            yield from _units(child, f"{prefix}{child.name}.", f"{prefix}{child.name}")
        elif not isinstance(child, ast.expr):
            yield from _units(child, prefix, owner)


def _classes(node: ast.AST, prefix: str) -> Iterator[tuple[str, ast.ClassDef]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef):
            yield f"{prefix}{child.name}", child
        inner = f"{prefix}{child.name}." if isinstance(child, ast.ClassDef | FunctionNode) else prefix
        if isinstance(child, ast.stmt):
            yield from _classes(child, inner)


def _units_by_indent(lines: list[str]) -> list[Unit]:
    """Functions of a file in another Python's grammar: a block ends where the indentation does."""
    open_: list[tuple[int, str, str, int]] = []  # indent, kind, name, line
    found: list[Unit] = []

    def close(indent: int, line: int) -> None:
        while open_ and open_[-1][0] >= indent:
            _, kind, name, first = open_.pop()
            outer = ".".join(entry[2] for entry in open_)
            if kind == "def":
                owner = outer if open_ and open_[-1][1] == "class" else ""
                found.append(Unit(f"{outer}.{name}" if outer else name, first, line, owner))

    for number, line in enumerate(lines, 1):
        stripped = line.lstrip()
        if not stripped or stripped[0] in "#)]}":
            continue
        close(len(line) - len(stripped), number - 1)
        match = _DEF.match(line)
        if match:
            open_.append((len(line) - len(stripped), match[1], match[2], number))
    close(0, len(lines))
    return sorted(found, key=lambda unit: unit.first)
