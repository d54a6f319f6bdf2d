"""Where a None was read: `job.seconds = data.get("seconds")`, which is then appended to → with `[]`;
`return self.worn.get(slot)` → with the constant that stands by."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.functions import AnyFunction, own_nodes
from healer.agents.rules.places import offset, replaced, segment
from healer.agents.rules.site import Site
from healer.agents.rules.spots import NONE_KINDS, none_spots
from healer.agents.rules.syntax import Edit, dotted
from healer.agents.rules.templates.none_or_empty import DICT_METHODS, TEXT_METHODS

LIST_METHODS = frozenset({"append", "extend", "insert", "sort", "remove", "pop"})
UNUSED = 1.2  # log-odds: a constant that nothing else uses
BESIDE = 0.8  # log-odds: the lines beside it give defaults


def ideas(site: Site) -> Iterator[Idea]:
    for spot in none_spots(site):
        for path, call, around in _read(site, spot.subject):
            for default, bonus, reason in _defaults(site, path, call, around):
                yield _idea(site, path, call, default, bonus, reason)


def _read(site: Site, subject: cst.BaseExpression) -> Iterator[tuple[str, ast.Call, AnyFunction | None]]:
    """`.get(…)` calls that may have given the None: kept as that attribute, or returned by that function."""
    if isinstance(subject, cst.Name) and (found := site.definition(subject.value)) is not None:
        subject = found.value
    if isinstance(subject, cst.Call):
        func = subject.func
        name = func.attr.value if isinstance(func, cst.Attribute) else dotted(func)
        for path, function in (
            site.repository.functions(name) if name.isidentifier() and name != "get" else ()
        ):
            for node in own_nodes(function):
                if isinstance(node, ast.Return) and (call := _get(node.value)) is not None:
                    yield path, call, function
    elif isinstance(subject, cst.Attribute):
        yield from _kept(site, subject.attr.value)


def _kept(site: Site, attr: str) -> Iterator[tuple[str, ast.Call, AnyFunction | None]]:
    for path, tree in site.repository.mentioning(attr):
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and any(
                isinstance(t, ast.Attribute) and t.attr == attr for t in node.targets
            ):
                value: ast.expr | None = node.value
            elif isinstance(node, ast.keyword) and node.arg == attr:
                value = node.value
            elif isinstance(node, ast.FunctionDef) and node.name == attr:
                returned = [n.value for n in own_nodes(node) if isinstance(n, ast.Return)]
                value = returned[-1] if returned else None
            else:
                continue
            if (call := _get(value)) is not None:
                yield path, call, None


def _get(node: ast.expr | None) -> ast.Call | None:
    named = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get"
    return node if named and isinstance(node, ast.Call) else None


def _defaults(
    site: Site, path: str, call: ast.Call, around: AnyFunction | None
) -> Iterator[tuple[str, float, str]]:
    given = [*(ast.unparse(a) for a in call.args[1:]), *(ast.unparse(k.value) for k in call.keywords)]
    if given:
        yield f"or {given[-1]}", 1.0, "this stands for what is missing already"
        return
    attr = site.crash.words.get("attr", "")
    for methods, empty in ((LIST_METHODS, "[]"), (DICT_METHODS, "{}"), (TEXT_METHODS, '""')):
        if attr in methods:
            yield f"or {empty}", BESIDE if _beside(site, path, call) else 0.0, f"`.{attr}` is asked of it"
            break
    else:
        if site.crash.kind.value in {"none_iteration", "none_in", "none_len"}:
            yield "or []", BESIDE if _beside(site, path, call) else 0.0, "it is iterated over"
    for name in _constants(site, path):
        yield name, UNUSED, f"`{name}` is there, and nothing uses it"


def _beside(site: Site, path: str, call: ast.Call) -> bool:
    """Whether the same mapping is read with defaults in the file."""
    holder = ast.unparse(call.func)
    tree = site.repository.tree(path) or ast.Module([], [])
    calls = (n for n in ast.walk(tree) if isinstance(n, ast.Call) and len(n.args) == len(call.args) + 1)
    return any(ast.unparse(n.func) == holder for n in calls)


def _constants(site: Site, path: str) -> Iterator[str]:
    """Names in capitals that the file defines and nothing uses."""
    tree = site.repository.tree(path) or ast.Module([], [])
    for node in tree.body:
        target = node.targets[0] if isinstance(node, ast.Assign) else None
        if isinstance(target, ast.Name) and target.id.isupper():
            used = sum(
                isinstance(n, (ast.Name, ast.Attribute)) and ast.unparse(n).rpartition(".")[2] == target.id
                for _, other in site.repository.mentioning(target.id)
                for n in ast.walk(other)
            )
            if used == 1:
                yield target.id


def _idea(site: Site, path: str, call: ast.Call, default: str, bonus: float, reason: str) -> Idea:
    text = site.repository.text(path) or ""
    if default.startswith("or "):
        edit = replaced(text, call, f"{segment(text, call)} {default}")
    else:
        end = offset(text, call.end_lineno or call.lineno, call.end_col_offset or 0) - 1
        edit = Edit(end, end, f", {default}")
    shown = default.removeprefix("or ")
    return Idea(
        (edit,),
        f"Where nothing is found, {shown} stands for it.",
        f"source gives {shown}",
        bonus,
        (reason,),
        path,
    )


TEMPLATE = Template("none_source", NONE_KINDS, 1.0, ideas)
