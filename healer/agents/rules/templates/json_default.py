"""`json.dumps` of what JSON does not know: sets as lists, dates in ISO form, the rest as text."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.names import module_names
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import Edit, dotted

CASES = {  # the module it comes from, and how it is written
    "Decimal": ("decimal", "str({})"),
    "UUID": ("uuid", "str({})"),
    "set": ("", "sorted({})"),
    "frozenset": ("", "sorted({})"),
    "datetime": ("datetime", "{}.isoformat()"),
    "date": ("datetime", "{}.isoformat()"),
    "time": ("datetime", "{}.isoformat()"),
    "timedelta": ("datetime", "{}.total_seconds()"),
    "PosixPath": ("pathlib", "str({})"),
}


def ideas(site: Site) -> Iterator[Idea]:
    if isinstance(site.small, cst.Raise) and not site.foreign:
        yield from _case(site)
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


def _case(site: Site) -> Iterator[Idea]:
    """A case more in the function that writes what JSON has not, where it refuses a kind of value."""
    names = [name for name in site.parameters() if name != "self"]
    shown = str(site.values.get(names[-1], "")) if names else ""
    kind = shown.partition("(")[0].rpartition(".")[2]
    kind = "set" if shown[:1] == "{" and ":" not in shown else kind
    block = site.file.parent(site.statement) if site.statement is not None else None
    if site.crash.type != "TypeError" or kind not in CASES or kind not in site.crash.message:
        return
    if site.statement is None or block is None or not isinstance(site.file.parent(block), cst.FunctionDef):
        return
    module, written = CASES[kind]
    name, imports = _named(site, "Path" if module == "pathlib" else kind, module)
    way = written.format(names[-1])
    yield Idea(
        (site.before(site.statement, f"if isinstance({names[-1]}, {name}):", f"\treturn {way}"), *imports),
        f"A {kind} is written as `{way}` gives it.",
        f"{kind} as {way}",
        0.6,
        ("this function is there for what JSON has not",),
    )


def _named(site: Site, kind: str, module: str) -> tuple[str, tuple[Edit, ...]]:
    """How the kind is written in this file, with the import that takes."""
    known = module_names(site.file.module)
    if not module or kind in known:
        return kind, ()
    if f"import {module}\n" in site.file.text:
        return f"{module}.{kind}", ()
    return kind, site.importing(f"from {module} import {kind}")


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


TEMPLATE = Template("json_default", frozenset({Kind.NOT_JSON, Kind.OTHER}), 0.2, ideas)
