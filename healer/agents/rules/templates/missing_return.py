"""The None came from a function that computes a result and forgets to return it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.functions import AnyFunction, is_generator, returns
from healer.agents.rules.site import Site
from healer.agents.rules.spots import NONE_KINDS, none_spots
from healer.agents.rules.syntax import Edit, dotted


def ideas(site: Site) -> Iterator[Idea]:
    yield from _decorated(site)
    for spot in none_spots(site):
        call = _maker(site, spot.subject)
        if call is None:
            continue
        name = call.func.attr.value if isinstance(call.func, cst.Attribute) else dotted(call.func)
        for path, function in site.repository.functions(name):
            value = _forgotten(function)
            if value is not None:
                yield _returned(site, path, function, value)


def _decorated(site: Site) -> Iterator[Idea]:
    """A name that a decorator made None: the function in it, that gets the decorated one, returns nothing."""
    if site.crash.kind is not Kind.NONE_CALL:
        return
    for name in sorted({dotted(spot.subject) for spot in none_spots(site)} - {""}):
        for _, function in site.repository.functions(name):
            for decorator in function.decorator_list:
                used = decorator.func if isinstance(decorator, ast.Call) else decorator
                for path, maker in site.repository.functions(ast.unparse(used).rpartition(".")[2]):
                    inner = _inner(maker) if isinstance(decorator, ast.Call) else maker
                    if inner is not None and not returns(inner) and len(inner.args.args) == 1:
                        yield _given_back(site, path, inner)


def _inner(maker: AnyFunction) -> AnyFunction | None:
    """The function that a decorator with arguments returns."""
    made = {n.name: n for n in maker.body if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))}
    given = [r.value.id for r in returns(maker) if isinstance(r.value, ast.Name)]
    return made.get(given[0]) if len(given) == 1 else None


def _given_back(site: Site, path: str, inner: AnyFunction) -> Idea:
    text = site.repository.text(path) or ""
    last = inner.body[-1]
    at = sum(len(line) for line in text.splitlines(keepends=True)[: last.end_lineno or last.lineno])
    indent = " " * inner.body[0].col_offset
    name = inner.args.args[0].arg
    return Idea(
        (Edit(at, at, f"{indent}return {name}\n"),),
        f"`{inner.name}` gives back the function that it decorates.",
        "decorator returns",
        0.4,
        ("a decorator that returns nothing leaves None in the place of the function",),
        path,
    )


def _maker(site: Site, subject: cst.BaseExpression) -> cst.Call | None:
    if isinstance(subject, cst.Call):
        return subject
    if isinstance(subject, cst.Name) and (found := site.definition(subject.value)) is not None:
        return found.value if isinstance(found.value, cst.Call) else None
    return None


def _forgotten(function: AnyFunction) -> ast.stmt | None:
    """The last statement, where it assigns a name and the function never returns a value."""
    if is_generator(function) or any(r.value is not None for r in returns(function)):
        return None
    last = function.body[-1]
    if isinstance(last, ast.Assign) and isinstance(last.targets[0], ast.Name):
        return last
    if isinstance(last, ast.Expr) and isinstance(
        last.value, (ast.Call, ast.BinOp, ast.Name, ast.ListComp, ast.JoinedStr)
    ):
        return last
    built = _built(function)
    return last if built and isinstance(last, (ast.For, ast.While, ast.If, ast.Expr)) else None


def _built(function: AnyFunction) -> str:
    """A local container that the function fills and never uses otherwise."""
    first = [
        s
        for s in function.body
        if isinstance(s, ast.Assign) and isinstance(s.value, (ast.List, ast.Dict, ast.Set))
    ]
    names = [t.id for s in first for t in s.targets if isinstance(t, ast.Name)]
    return names[0] if len(names) == 1 else ""


def _returned(site: Site, path: str, function: AnyFunction, last: ast.stmt) -> Idea:
    text = site.repository.text(path) or ""
    lines = text.split("\n")
    indent = " " * last.col_offset
    if isinstance(last, ast.Assign) and isinstance(last.targets[0], ast.Name):
        name, edit = last.targets[0].id, None
    elif isinstance(last, ast.Expr) and not _built(function):
        at = sum(len(line) + 1 for line in lines[: last.lineno - 1]) + last.col_offset
        name, edit = "", Edit(at, at, "return ")
    else:
        name, edit = _built(function), None
    if edit is None:
        at = sum(len(line) + 1 for line in lines[: last.end_lineno or last.lineno])
        head = "" if at <= len(text) else "\n"
        edit = Edit(min(at, len(text)), min(at, len(text)), f"{head}{indent}return {name}\n")
    return Idea(
        (edit,),
        f"`{function.name}` returns what it computes.",
        "callee returns its result",
        0.0,
        (f"`{function.name}` never returns a value, and its caller uses one",),
        path,
    )


TEMPLATE = Template("missing_return", NONE_KINDS, 2.0, ideas)
