"""`f() got an unexpected keyword argument 'limit'`, and `f` has one parameter that this call leaves out: the
one is meant by the other. Where all who call it say `limit`, the parameter is called so."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.functions import AnyFunction
from healer.agents.rules.places import offset
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import Edit, code

ALL = 0.6  # log-odds, for each further call that says the same, up to two
FEWEST = 2


def ideas(site: Site) -> Iterator[Idea]:
    keyword = site.crash.words.get("name", "")
    name = site.crash.words.get("function", "").rpartition(".")[2]
    known = list(site.repository.functions(name)) if name.isidentifier() else []
    if len(known) != 1:
        return
    path, function = known[0]
    for call in site.on_line(cst.Call):
        named = [a.keyword for a in call.args if a.keyword is not None]
        meant = next((word for word in named if word.value == keyword), None)
        left = _left(function, call)
        if meant is None or any(a.star for a in call.args):
            continue
        left = _named(call, keyword, left) or _required(function, left) if len(left) > 1 else left
        if len(left) != 1:
            continue
        said = _said(site, name, keyword)
        yield Idea(
            (site.replace(meant, left[0]),),
            f"The parameter is called `{left[0]}`.",
            f"keyword {left[0]}",
            -ALL * min(said - 1, 2),
            (f"`{name}` has no other parameter left",),
        )
        if said >= FEWEST:
            yield Idea(
                _renamed(site, path, function, left[0], keyword),
                f"`{name}` calls its parameter `{keyword}`, as its callers do.",
                f"parameter {keyword}",
                ALL * min(said - 1, 2),
                (f"{said} calls say `{keyword}`",),
                path,
            )


def _left(function: AnyFunction, call: cst.Call) -> list[str]:
    """Parameters that the call gives nothing to."""
    arguments = function.args
    params = [a.arg for a in (*arguments.posonlyargs, *arguments.args) if a.arg not in {"self", "cls"}]
    given = sum(a.keyword is None for a in call.args)
    named = {a.keyword.value for a in call.args if a.keyword is not None}
    return [p for p in (*params[given:], *(a.arg for a in arguments.kwonlyargs)) if p not in named]


def _named(call: cst.Call, keyword: str, left: list[str]) -> list[str]:
    """`account` of `register(book, name=account)`: what is given is called like a parameter."""
    given = (a.value for a in call.args if a.keyword is not None and a.keyword.value == keyword)
    last = {code(value).strip().rpartition(".")[2] for value in given}
    return [name for name in left if name in last]


def _required(function: AnyFunction, left: list[str]) -> list[str]:
    arguments = function.args
    required = arguments.args[: len(arguments.args) - len(arguments.defaults)]
    return [name for name in left if name in {a.arg for a in required}]


def _said(site: Site, name: str, keyword: str) -> int:
    """How many calls in the project give this keyword."""
    return sum(
        isinstance(node, ast.Call)
        and ast.unparse(node.func).rpartition(".")[2] == name
        and any(k.arg == keyword for k in node.keywords)
        for _, tree in site.repository.mentioning(f"{keyword}=")
        for node in ast.walk(tree)
    )


def _renamed(site: Site, path: str, function: AnyFunction, old: str, new: str) -> tuple[Edit, ...]:
    text = site.repository.text(path) or ""
    found = [
        n
        for n in ast.walk(function)
        if (isinstance(n, ast.arg) and n.arg == old) or (isinstance(n, ast.Name) and n.id == old)
    ]
    starts = sorted(offset(text, n.lineno, n.col_offset) for n in found)
    return tuple(Edit(at, at + len(old), new) for at in starts)


TEMPLATE = Template("keyword_renamed", frozenset({Kind.UNEXPECTED_KEYWORD}), 1.0, ideas)
