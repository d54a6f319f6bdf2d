"""A coroutine used as its result: `await` it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import libcst as cst
import re2

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.functions import own_nodes
from healer.agents.rules.places import segment, span
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import Edit


def ideas(site: Site) -> Iterator[Idea]:
    yield from _kept(site)
    if site.function is None or site.function.asynchronous is None:
        return
    if site.crash.words.get("right"):
        for node in site.on_line(cst.Await):
            shown = site.source(node.expression)
            yield Idea(
                (site.replace(node, shown),),
                f"`{shown}` is no coroutine.",
                "no await",
                0.0,
                ("it is not awaitable",),
            )
            yield from _sometimes(site, node)
        return
    if site.crash.words.get("other") in {"async_generator", "async_iterator"}:
        if isinstance(site.statement, cst.For):
            start = site.file.span(site.statement)[0]
            yield Idea(
                (Edit(start, start, "async "),),
                f"`{site.source(site.statement.iter)}` is iterated over with `async for`.",
                "async for",
                0.0,
                ("an asynchronous generator has no other iterator",),
            )
        return
    attr = site.crash.words.get("attr", "")
    holders = [n.value for n in site.on_line(cst.Attribute) if not attr or n.attr.value == attr]
    passed = [a.value for a in site.on_line(cst.Arg)] if not attr else []
    for subject in (*holders, *(n.value for n in site.on_line(cst.Subscript)), *passed):
        if (
            isinstance(subject, cst.Name)
            and (found := site.definition(subject.value))
            and isinstance(found.value, cst.Call)
        ):
            yield _idea(site, found.value, f"await {site.source(found.value)}")
        elif isinstance(subject, cst.Call) and subject not in passed:
            yield _idea(site, subject, f"(await {site.source(subject)})")
    if isinstance(site.statement, cst.For):
        yield _idea(site, site.statement.iter, f"await {site.source(site.statement.iter)}")


def _sometimes(site: Site, node: cst.Await) -> Iterator[Idea]:
    """`answer = await handler()` of handlers that need not be coroutines."""
    statement, small = site.statement, site.small
    if not isinstance(small, cst.Assign) or small.value is not node or statement is None:
        return
    name = site.source(small.targets[0].target)
    lines = (f"if inspect.isawaitable({name}):", f"\t{name} = await {name}")
    yield Idea(
        (
            *site.importing("import inspect"),
            site.replace(node, site.source(node.expression)),
            site.after(statement, *lines),
        ),
        f"`{name}` is awaited where it can be.",
        "awaited where it can be",
        0.4,
        ("what is called need not be a coroutine function",),
    )


_COROUTINE = re2.compile(r"<coroutine object (?:\w+\.)*(?P<name>\w+) at")


def _kept(site: Site) -> Iterator[Idea]:
    """`request.user = self.user(token)` somewhere: the event shows which coroutine nobody awaited."""
    shown = repr([value for _, values in site.frames for value in values.values()])
    names = {found["name"] for found in _COROUTINE.finditer(shown)} - {site.function_name}
    for name in sorted(names - {function for function, _ in site.frames}):
        for path, tree in site.repository.mentioning(f"{name}("):
            for function in (n for n in ast.walk(tree) if isinstance(n, ast.AsyncFunctionDef)):
                nodes = list(own_nodes(function))
                awaited = {id(n.value) for n in nodes if isinstance(n, ast.Await)}
                for call in (n for n in nodes if isinstance(n, ast.Call) and id(n) not in awaited):
                    if ast.unparse(call.func).rpartition(".")[2] == name:
                        yield _awaited_there(site, path, call)


def _awaited_there(site: Site, path: str, call: ast.Call) -> Idea:
    text = site.repository.text(path) or ""
    start = span(text, call)[0]
    return Idea(
        (Edit(start, start, "await "),),
        f"`{segment(text, call)}` is awaited where it is made.",
        "awaited",
        0.6,
        ("calling a coroutine function does not run it",),
        path,
    )


def _idea(site: Site, node: cst.BaseExpression, text: str) -> Idea:
    return Idea(
        (site.replace(node, text),),
        f"`{site.source(node)}` is awaited.",
        "awaited",
        0.0,
        ("calling a coroutine function does not run it",),
    )


TEMPLATE = Template("awaited", frozenset({Kind.AWAIT}), 2.4, ideas)
