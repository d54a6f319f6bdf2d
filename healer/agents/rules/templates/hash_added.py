"""A class with `__eq__` that is used as a key: `__hash__` by what it compares."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.functions import returns
from healer.agents.rules.places import offset
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import Edit


def ideas(site: Site) -> Iterator[Idea]:
    name = site.crash.words.get("right", "")
    for path, klass in site.repository.classes(name) if name.isidentifier() else ():
        text = site.repository.text(path) or ""
        methods = {n.name: n for n in klass.body if isinstance(n, ast.FunctionDef)}
        equal = methods.get("__eq__")
        if equal is not None and "__hash__" not in methods and (key := _key(equal)):
            at = offset(text, (equal.end_lineno or equal.lineno) + 1, 0)
            indent = " " * equal.col_offset
            unit = site.file.unit
            lines = f"\n{indent}def __hash__(self):\n{indent}{unit}return hash({key})\n"
            yield _idea(path, Edit(at, at, lines), name, "by what it is compared by", 0.6)
        for decorator in klass.decorator_list:
            if ast.unparse(decorator) == "dataclass" and not _changed(klass):
                end = offset(text, decorator.end_lineno or decorator.lineno, decorator.end_col_offset or 0)
                yield _idea(path, Edit(end, end, "(frozen=True)"), name, "and cannot be changed", 0.0)


def _idea(path: str, edit: Edit, name: str, how: str, bonus: float) -> Idea:
    change = f"`{name}` can be hashed, {how}."
    return Idea((edit,), change, f"hash of {name}", bonus, ("it is used as a key",), path)


def _key(equal: ast.FunctionDef) -> str:
    """`self._key()` of `self._key() == other._key()`; `(self.a, self.b)` of both compared."""
    pairs: list[str] = []
    for found in returns(equal):
        for node in ast.walk(found):
            if isinstance(node, ast.Compare) and len(node.ops) == 1 and isinstance(node.ops[0], ast.Eq):
                left = ast.unparse(node.left)
                if "self." in left and left not in pairs:
                    pairs.append(left)
    return pairs[0] if len(pairs) == 1 else f"({', '.join(pairs)})" if pairs else ""


def _changed(klass: ast.ClassDef) -> bool:
    stored = (n for n in ast.walk(klass) if isinstance(n, ast.Attribute) and isinstance(n.ctx, ast.Store))
    return any(isinstance(n.value, ast.Name) and n.value.id == "self" for n in stored)


TEMPLATE = Template("hash_added", frozenset({Kind.UNHASHABLE}), 1.6, ideas)
