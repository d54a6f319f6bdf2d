"""`json.dumps` of what JSON does not know: sets as lists, dates in ISO form, the rest as text."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import dotted


def ideas(site: Site) -> Iterator[Idea]:
    right = site.crash.words.get("right", "")
    for call in site.on_line(cst.Call):
        name = dotted(call.func).split(".")[-1]
        if name not in {"dumps", "dump"} or any(
            a.keyword and a.keyword.value == "default" for a in call.args
        ):
            continue
        yield from _helper(site, call)
        inside = site.source(call).rstrip()[:-1].rstrip().rstrip(",")
        how, bonus = {
            "set": ("list", 0.8),
            "frozenset": ("list", 0.6),
            "datetime": ("str", 0.0),
            "date": ("str", 0.8),
            "Decimal": ("str", 0.5),
            "UUID": ("str", 1.2),
            "PosixPath": ("str", 1.2),
        }.get(right, ("str", -0.6))
        yield Idea(
            (site.replace(call, f"{inside}, default={how})"),),
            f"A {right} is written as {how.rpartition('.')[2].removesuffix('()')} gives it.",
            f"default {how}",
            bonus,
            (f"JSON has no {right}",),
        )


def _helper(site: Site, call: cst.Call) -> Iterator[Idea]:
    """A function of the module that nothing uses, and that says it is for this."""
    tree = site.repository.tree(site.file.path)
    for node in tree.body if tree is not None else ():
        if not isinstance(node, ast.FunctionDef) or len(node.args.args) != 1:
            continue
        used = sum(n.value == node.name for n in site.file.find(cst.Name))
        if used == 1 and "json" in (ast.get_docstring(node) or "").lower():
            inside = site.source(call).rstrip()[:-1].rstrip().rstrip(",")
            yield Idea(
                (site.replace(call, f"{inside}, default={node.name})"),),
                f"What JSON has not is written as `{node.name}` gives it.",
                f"default {node.name}",
                2.0,
                (f"`{node.name}` is there for this, and nothing uses it",),
            )


TEMPLATE = Template("json_default", frozenset({Kind.NOT_JSON}), 0.2, ideas)
