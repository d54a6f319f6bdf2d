"""A file closed before what reads it lazily begins: `with open(…) as f: return rows(f)` → `yield from`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.functions import AnyFunction, is_generator, returns
from healer.agents.rules.places import span
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import Edit


def ideas(site: Site) -> Iterator[Idea]:
    if "closed file" not in site.crash.message:
        return
    lazy = {name for name, _ in site.frames}
    for path, tree in site.repository.mentioning("with "):
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef) and (later := _later(function)) is not None:
                yield _at_once(site.repository.text(path) or "", path, function, later)
            if isinstance(function, ast.FunctionDef) and (found := _returned(function, lazy)) is not None:
                lines = (site.repository.text(path) or "").splitlines(keepends=True)
                start = sum(map(len, lines[: found.lineno - 1])) + found.col_offset
                yield Idea(
                    (Edit(start, start + len("return"), "yield from"),),
                    f"`{function.name}` keeps the file open while it is read.",
                    "file stays open",
                    0.0,
                    ("what it returned was read only after the file was closed",),
                    path,
                )


def _later(function: AnyFunction) -> ast.GeneratorExp | None:
    """What it returns from inside a `with`, to be walked when the file is closed."""
    for node in ast.walk(function):
        if isinstance(node, ast.With):
            for found in (n for n in ast.walk(node) if isinstance(n, ast.Return) and n.value is not None):
                made = [n for n in ast.walk(found) if isinstance(n, ast.GeneratorExp)]
                if made and not isinstance(found.value, ast.Call):
                    return made[0]
    return None


def _at_once(text: str, path: str, function: AnyFunction, node: ast.GeneratorExp) -> Idea:
    start = span(text, node)[0]
    return Idea(
        (Edit(start, start, "list"),),
        f"`{function.name}` reads the file as long as it is open.",
        "read at once",
        0.0,
        ("what it returned was read only after the file was closed",),
        path,
    )


def _returned(function: AnyFunction, lazy: set[str]) -> ast.Return | None:
    """Its one `return generator(file)` inside `with … as file`."""
    found = returns(function)
    if len(found) != 1 or is_generator(function):
        return None
    for node in ast.walk(function):
        opened = {
            item.optional_vars.id
            for item in (node.items if isinstance(node, ast.With) else ())
            if isinstance(item.optional_vars, ast.Name)
        }
        value = found[0].value
        if opened and isinstance(node, ast.With) and found[0] in node.body and isinstance(value, ast.Call):
            given = {a.id for a in value.args if isinstance(a, ast.Name)}
            called = ast.unparse(value.func).rpartition(".")[2]
            return found[0] if given & opened and called in lazy else None
    return None


TEMPLATE = Template("closed_early", frozenset({Kind.OTHER}), 2.2, ideas)
