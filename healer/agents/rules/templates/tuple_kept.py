"""A list kept where a tuple is due, and used as a key later: `key = names` → `tuple(names)`, where it is made
or where the object that holds it is."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.places import replaced, segment
from healer.agents.rules.site import Site
from healer.agents.rules.templates.tuple_due import used_as_keys

TYPED = 1.2  # log-odds: the field is annotated as a tuple
MAX_PLACES = 4
KEYS = {"list": "tuple({})", "set": "frozenset({})", "dict": "tuple(sorted({}.items()))"}


def ideas(site: Site) -> Iterator[Idea]:
    how = KEYS.get(site.crash.words.get("right", ""))
    if how is None:
        return
    if site.crash.words.get("right") != "list" and not site.depth:
        yield from _there(site, how)
    names = {n.value for n in site.on_line(cst.Name)}
    for name in sorted(names):
        made = site.definition(name)
        if made is not None and isinstance(site.values.get(name), list):
            shown = site.source(made.value)
            yield Idea(
                (site.replace(made.value, how.format(shown)),),
                f"`{name}` is made so that it can be a key.",
                f"tuple for {name}",
                0.6,
                (f"a {site.crash.words['right']} cannot be a key",),
            )
    if not site.depth and site.crash.words["right"] == "list":
        yield from _fields(site)


def _there(site: Site, how: str) -> Iterator[Idea]:
    """Where it is used as a key."""
    for node in used_as_keys(site):
        if isinstance(site.value(node), (list, dict)):
            written = how.format(site.source(node))
            yield Idea(
                (site.replace(node, written),),
                f"`{written}` can be a key.",
                f"key {written}",
                0.4,
                (f"a {site.crash.words['right']} cannot be a key",),
            )


def _fields(site: Site) -> Iterator[Idea]:
    """Lists given to a class whose field is annotated as a tuple."""
    found = 0
    for path, klass, position in _tuples(site):
        for other, tree in site.repository.mentioning(f"{klass}("):
            text = site.repository.text(other) or ""
            for call in (n for n in ast.walk(tree) if isinstance(n, ast.Call)):
                if (
                    ast.unparse(call.func) in {klass, "cls"}
                    and len(call.args) > position
                    and found < MAX_PLACES
                ):
                    value = call.args[position]
                    if _list(value) and (ast.unparse(call.func) != "cls" or other == path):
                        found += 1
                        yield _kept(other, text, value, klass)
        if (text := site.repository.text(path) or "") and "cls(" in text:
            for call in (
                n
                for n in ast.walk(site.repository.tree(path) or ast.Module([], []))
                if isinstance(n, ast.Call)
            ):
                if (
                    ast.unparse(call.func) == "cls"
                    and len(call.args) > position
                    and _list(call.args[position])
                ):
                    yield _kept(path, text, call.args[position], klass)


def _tuples(site: Site) -> Iterator[tuple[str, str, int]]:
    """(path, class, position) of fields annotated as tuples."""
    for path, tree in site.repository.mentioning("tuple["):
        for node in ast.walk(tree):
            fields = (
                [n for n in node.body if isinstance(n, ast.AnnAssign)]
                if isinstance(node, ast.ClassDef)
                else []
            )
            for position, field in enumerate(fields):
                if ast.unparse(field.annotation).startswith("tuple") and isinstance(node, ast.ClassDef):
                    yield path, node.name, position


def _list(node: ast.expr) -> bool:
    if isinstance(node, (ast.List, ast.ListComp)):
        return True
    func = node.func if isinstance(node, ast.Call) else None
    name = func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""
    return name in {"split", "splitlines", "sorted", "list", "findall"}


def _kept(path: str, text: str, node: ast.expr, klass: str) -> Idea:
    return Idea(
        (replaced(text, node, f"tuple({segment(text, node)})"),),
        f"`{klass}` is given a tuple, as it says.",
        f"tuple for {klass}",
        TYPED,
        ("the field is annotated as a tuple",),
        path,
    )


TEMPLATE = Template("tuple_kept", frozenset({Kind.UNHASHABLE}), 0.8, ideas, outer=True)
