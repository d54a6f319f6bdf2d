"""`heappush(heap, (when, job))` of jobs that cannot be compared: a number that counts up stands before it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.places import offset, span
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import Edit

COUNTER = "_serial"


def ideas(site: Site) -> Iterator[Idea]:
    words = site.crash.words
    if words.get("left") != words.get("right") or words.get("left") in {None, "dict", "str", "int"}:
        return
    tree, text = site.repository.tree(site.file.path), site.repository.text(site.file.path) or ""
    for klass in (n for n in ast.walk(tree or ast.Module([], [])) if isinstance(n, ast.ClassDef)):
        if not klass.lineno <= site.line <= (klass.end_lineno or klass.lineno):
            continue
        pushed = [(heap, item) for heap, item in _pushed(klass) if len(item.elts) > 1]
        heaps, sizes = {heap for heap, _ in pushed}, {len(item.elts) for _, item in pushed}
        made = [s for name, s in _made(klass) if name in heaps] if len(heaps) == 1 else []
        if len(made) == len(sizes) == 1:
            yield Idea(
                tuple(_edits(site, text, klass, heaps.pop(), pushed, made[0])),
                "What is due at the same time keeps the order in which it came.",
                "ties by order",
                0.6,
                ("items of a heap are compared where their keys are equal",),
            )


def _pushed(klass: ast.ClassDef) -> Iterator[tuple[str, ast.Tuple]]:
    for node in ast.walk(klass):
        pushes = isinstance(node, ast.Call) and ast.unparse(node.func).endswith("heappush")
        if isinstance(node, ast.Call) and pushes and isinstance(node.args[-1], ast.Tuple):
            yield ast.unparse(node.args[0]), node.args[-1]


def _made(klass: ast.ClassDef) -> Iterator[tuple[str, ast.stmt]]:
    """(`self._heap`, `self._heap = []`) in `__init__`."""
    for init in (n for n in klass.body if isinstance(n, ast.FunctionDef) and n.name == "__init__"):
        for statement in init.body:
            if isinstance(statement, (ast.Assign, ast.AnnAssign)) and statement.value is not None:
                target = statement.target if isinstance(statement, ast.AnnAssign) else statement.targets[0]
                if ast.unparse(statement.value) == "[]":
                    yield ast.unparse(target), statement


def _edits(
    site: Site,
    text: str,
    klass: ast.ClassDef,
    heap: str,
    pushed: list[tuple[str, ast.Tuple]],
    made: ast.stmt,
) -> Iterator[Edit]:
    yield from site.importing("import itertools")
    at = offset(text, (made.end_lineno or made.lineno) + 1, 0)
    yield Edit(at, at, f"{' ' * made.col_offset}self.{COUNTER} = itertools.count()\n")
    for _, item in pushed:
        start = span(text, item.elts[-1])[0]
        yield Edit(start, start, f"next(self.{COUNTER}), ")
    yield from _moved(text, klass, heap, len(pushed[0][1].elts))


def _moved(text: str, klass: ast.ClassDef, heap: str, size: int) -> Iterator[Edit]:
    """What an item of this many holds last is one further on now."""
    names, unpacked = _items(klass, heap), _unpacked(klass, heap)
    for node in ast.walk(klass):
        if isinstance(node, ast.Subscript) and ast.unparse(node.slice) == str(size - 1):
            holder = ast.unparse(node.value)
            if holder in names or holder == f"{heap}[0]" or holder.endswith(f"heappop({heap})"):
                yield Edit(*span(text, node.slice), str(size))
        elif isinstance(node, ast.Tuple) and id(node) in unpacked and len(node.elts) == size:
            start = span(text, node.elts[-1])[0]
            yield Edit(start, start, "_, ")


def _items(klass: ast.ClassDef, heap: str) -> set[str]:
    """Names that hold one item: of loops over the heap, and what is popped from it."""
    names: set[str] = set()
    for node in ast.walk(klass):
        if isinstance(node, (ast.For, ast.comprehension)) and heap in ast.unparse(node.iter):
            names.add(ast.unparse(node.target))
        if isinstance(node, ast.Assign) and ast.unparse(node.value).endswith(f"heappop({heap})"):
            names.add(ast.unparse(node.targets[0]))
    return names


def _unpacked(klass: ast.ClassDef, heap: str) -> set[int]:
    """Targets that take an item apart, by identity."""
    found: set[int] = set()
    for node in ast.walk(klass):
        if isinstance(node, (ast.For, ast.comprehension)) and heap in ast.unparse(node.iter):
            found.add(id(node.target))
        if isinstance(node, ast.Assign):
            value = ast.unparse(node.value)
            if value.endswith(f"heappop({heap})") or value == f"{heap}[0]":
                found.add(id(node.targets[0]))
    return found


TEMPLATE = Template("heap_ties", frozenset({Kind.COMPARISON}), 1.6, ideas)
