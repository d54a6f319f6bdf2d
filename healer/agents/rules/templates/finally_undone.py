"""What is marked before the work and unmarked behind it, but not where the work fails: `try: … finally:`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.places import offset
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import Edit

PAIRS = {"append": {"pop", "remove"}, "add": {"discard", "remove"}, "acquire": {"release"}, "push": {"pop"}}
PAIRS |= {"open": {"close"}, "start": {"stop"}, "begin": {"end"}}
FLAGS = {"True": "False", "False": "True"}


def ideas(site: Site) -> Iterator[Idea]:
    if site.depth:
        return
    for path in sorted({site.file.path, *(path for path, _ in site.callers)}):
        tree, text = site.repository.tree(path), site.repository.text(path) or ""
        for function in ast.walk(tree or ast.Module([], [])):
            if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
                yield from _unprotected(site, path, text, function.name, function.body)


def _unprotected(site: Site, path: str, text: str, name: str, body: list[ast.stmt]) -> Iterator[Idea]:
    for first, marked in enumerate(body):
        for last in range(first + 2, len(body)):
            if _undoes(marked, body[last]):
                yield _idea(site, path, text, name, body[first + 1 : last], body[last])
                return


def _undoes(marked: ast.stmt, undone: ast.stmt) -> bool:
    """`self.busy.add(x)` and `self.busy.discard(x)`; `self.running = True` and `= False`."""
    if isinstance(marked, ast.Assign) and isinstance(undone, ast.Assign):
        same = ast.unparse(marked.targets[0]) == ast.unparse(undone.targets[0])
        lasting = isinstance(marked.targets[0], ast.Attribute)
        return same and lasting and FLAGS.get(ast.unparse(marked.value)) == ast.unparse(undone.value)
    calls = [s.value for s in (marked, undone) if isinstance(s, ast.Expr) and isinstance(s.value, ast.Call)]
    funcs = [call.func for call in calls if isinstance(call.func, ast.Attribute)]
    if len(funcs) != 2 or ast.unparse(funcs[0].value) != ast.unparse(funcs[1].value):
        return False
    return funcs[1].attr in PAIRS.get(funcs[0].attr, set())


def _idea(site: Site, path: str, text: str, name: str, work: list[ast.stmt], undone: ast.stmt) -> Idea:
    start, end = offset(text, work[0].lineno, 0), offset(text, undone.lineno, 0)
    close = offset(text, (undone.end_lineno or undone.lineno) + 1, 0)
    indent, unit = " " * undone.col_offset, site.file.unit
    deeper = "".join(
        unit + line if line.strip() else line for line in text[start:end].splitlines(keepends=True)
    )
    last = "".join(unit + line for line in text[end:close].splitlines(keepends=True))
    return Idea(
        (Edit(start, close, f"{indent}try:\n{deeper}{indent}finally:\n{last}"),),
        f"`{name}` undoes its mark where its work fails, too.",
        f"finally {ast.unparse(undone)}",
        0.0,
        ("what it marked before stayed marked when it failed",),
        path,
    )


TEMPLATE = Template("finally_undone", frozenset({Kind.OTHER, Kind.KEY, Kind.ABSENT_ITEM}), 1.8, ideas)
