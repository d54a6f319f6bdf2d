"""A file closed before what reads it lazily begins: `with open(…) as f: return rows(f)` → `yield from`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.functions import AnyFunction, is_generator, returns
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import Edit


def ideas(site: Site) -> Iterator[Idea]:
    if "closed file" not in site.crash.message:
        return
    lazy = {name for name, _ in site.frames}
    for path, tree in site.repository.mentioning("with "):
        for function in ast.walk(tree):
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
