"""`f() got an unexpected keyword argument 'colour'` → the closest parameter of `f`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.names import close
from healer.agents.rules.site import Site


def ideas(site: Site) -> Iterator[Idea]:
    name = site.crash.words.get("name", "")
    callee = site.crash.words.get("function", "").split(".")
    known = parameters(site, callee)
    for call in site.on_line(cst.Call):
        for arg in call.args:
            if arg.keyword is None or arg.keyword.value != name:
                continue
            passed = {a.keyword.value for a in call.args if a.keyword}
            for rank, (other, ratio) in enumerate(close(name, known - passed)):
                yield Idea(
                    (site.replace(arg.keyword, other),),
                    f"The parameter is called `{other}`.",
                    f"keyword {other}",
                    (ratio - 0.85) * 8 - rank,
                    (f"`{callee[-1]}` has a parameter `{other}`",),
                )


def parameters(site: Site, callee: list[str]) -> set[str]:
    """Names of the parameters of the function, or of the class's constructor."""
    found: set[str] = set()
    name = callee[-2] if len(callee) > 1 and callee[-1] == "__init__" else callee[-1]
    for _, function in site.repository.functions(callee[-1]):
        found |= _parameters(function) if callee[-1] != "__init__" else set()
    for _, klass in site.repository.classes(name):
        for item in klass.body:
            if isinstance(item, ast.FunctionDef) and item.name == "__init__":
                found |= _parameters(item)
            if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name):
                found.add(item.target.id)
    return found - {"self", "cls"}


def _parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    return {a.arg for a in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)}


TEMPLATE = Template("keyword_typo", frozenset({Kind.UNEXPECTED_KEYWORD}), 1.2, ideas)
