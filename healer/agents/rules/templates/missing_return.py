"""The None came from a function that computes a result and forgets to return it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.functions import AnyFunction, is_generator, returns
from healer.agents.rules.places import offset
from healer.agents.rules.site import Site
from healer.agents.rules.spots import NONE_KINDS, none_spots
from healer.agents.rules.syntax import Edit, dotted


def ideas(site: Site) -> Iterator[Idea]:
    yield from _decorated(site)
    calls = [_maker(site, spot.subject) for spot in none_spots(site)]
    for call in (*_passed(site), *(call for call in calls if call is not None)):
        name = call.func.attr.value if isinstance(call.func, cst.Attribute) else dotted(call.func)
        for path, function in site.repository.functions(name):
            value = _forgotten(function)
            if value is not None:
                yield _returned(site, path, function, value)
            if (made := _worked_out(function)) is not None:
                yield _returned_name(site, path, function, made)


def _passed(site: Site) -> Iterator[cst.Call]:
    """Calls whose result is handed straight on to where it was None."""
    if site.inner is not None and "None" in site.inner.values.values():
        for call in site.on_line(cst.Call):
            name = call.func.attr.value if isinstance(call.func, cst.Attribute) else dotted(call.func)
            if name == site.inner.function_name:
                yield from (arg.value for arg in call.args if isinstance(arg.value, cst.Call))


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


def _worked_out(function: AnyFunction) -> str | None:
    """The last local name of its body, of a function that is said to give something and never does."""
    silent = function.returns is None or ast.unparse(function.returns) in {"None", "'None'"}
    given = any(r.value is not None for r in returns(function))
    told = "return" in (ast.get_docstring(function) or "").lower()
    if is_generator(function) or given or (silent and not told and not _refuses(function)):
        return None
    names = [
        target.id
        for statement in function.body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    ]
    return names[-1] if names else None


def _refuses(function: AnyFunction) -> bool:
    return any(isinstance(n, ast.Raise) for n in ast.walk(function))


def _returned_name(site: Site, path: str, function: AnyFunction, name: str) -> Idea:
    text = site.repository.text(path) or ""
    last = function.body[-1]
    at = offset(text, (last.end_lineno or last.lineno) + 1, 0)
    head = "" if text[:at].endswith("\n") else "\n"
    return Idea(
        (Edit(at, at, f"{head}{' ' * last.col_offset}return {name}\n"),),
        f"`{function.name}` returns what it works out.",
        "callee returns its result",
        -0.6,
        (f"`{function.name}` never returns a value, and its caller uses one",),
        path,
    )


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


TEMPLATE = Template("missing_return", NONE_KINDS, 2.0, ideas, outer=True)
