"""`takes 1 positional argument but 2 were given`: the method lacks `self`; or a call gives too much."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import Edit


def ideas(site: Site) -> Iterator[Idea]:
    name = site.crash.words.get("function", "").split(".")[-1]
    for path, klass, function in _methods(site, name):
        text = site.repository.text(path) or ""
        first = function.args.args[0].arg if function.args.args else ""
        if first in {"self", "cls"} or function.decorator_list:
            continue
        at = _parameters_at(text, function)
        if at is None:
            continue
        uses_self = any(isinstance(n, ast.Name) and n.id == "self" for n in ast.walk(function))
        insertion = Edit(at, at, "self, " if function.args.args or function.args.vararg else "self")
        yield Idea(
            (insertion,),
            f"`{klass.name}.{name}` takes its instance as `self`.",
            "with self",
            1.4 if uses_self else 0.4,
            ("the first parameter of a method is its instance",),
            path,
        )
        if not uses_self:
            yield Idea(
                (_decorator(text, function),),
                f"`{klass.name}.{name}` is a static method.",
                "with self",
                0.6,
                ("it does not use its instance",),
                path,
            )


def _methods(site: Site, name: str) -> Iterator[tuple[str, ast.ClassDef, ast.FunctionDef]]:
    for path, tree in site.repository.mentioning(f"def {name}("):
        for klass in ast.walk(tree):
            if isinstance(klass, ast.ClassDef):
                for item in klass.body:
                    if isinstance(item, ast.FunctionDef) and item.name == name:
                        yield path, klass, item


def _parameters_at(text: str, function: ast.FunctionDef) -> int | None:
    lines = text.split("\n")
    start = sum(len(line) + 1 for line in lines[: function.lineno - 1])
    at = text.find("(", text.find(function.name, start + function.col_offset))
    return at + 1 if at >= 0 else None


def _decorator(text: str, function: ast.FunctionDef) -> Edit:
    lines = text.split("\n")
    start = sum(len(line) + 1 for line in lines[: function.lineno - 1])
    return Edit(start, start, f"{' ' * function.col_offset}@staticmethod\n")


TEMPLATE = Template("self_missing", frozenset({Kind.TOO_MANY_ARGUMENTS}), 0.6, ideas)
