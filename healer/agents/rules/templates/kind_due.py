"""A value of another kind than the function works with: `if not isinstance(data, dict):`, and what the
contract says. What it should be is told by its annotation, or by what else the function asks of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.guards import guard
from healer.agents.rules.names import module_names
from healer.agents.rules.site import UNKNOWN, Site
from healer.agents.rules.spots import pure
from healer.agents.rules.syntax import code, dotted, walk
from healer.agents.rules.templates.none_or_empty import TEXT_METHODS

REFUSED = 1.6  # log-odds: what the program itself comes by is worked with or passed over, not refused
MAPPING = frozenset({"get", "items", "keys", "values", "setdefault"})
PLAIN = {"Dict": "dict", "List": "list", "Set": "set", "Tuple": "tuple", "MutableMapping": "Mapping"}
BUILTIN = frozenset({"dict", "list", "set", "tuple", "str", "int", "float", "bytes"})
MAX_SUBJECTS = 3


def ideas(site: Site) -> Iterator[Idea]:
    for node in _subjects(site)[:MAX_SUBJECTS]:
        own = annotated(site, dotted(node))
        kind = own or _parameter(site, dotted(node)) or _used_as(site, site.source(node))
        if not kind or kind == _shown(site, node):
            continue
        for idea in guard(site, node, f"not isinstance({{}}, {kind})", f"is no `{kind}`"):
            refused = REFUSED if own and idea.behaviour.startswith("raise") else 0.0
            told = tuple(replace(e, text=e.text.replace("is missing", f"is no {kind}")) for e in idea.edits)
            yield replace(idea, edits=told, bonus=idea.bonus - refused)


def _subjects(site: Site) -> list[cst.BaseExpression]:
    """Plain expressions of the line that something is asked of, or that are iterated over or looked into."""
    held: list[cst.BaseExpression] = [n.value for n in site.on_line(cst.Subscript)]
    attr = site.crash.words.get("attr")
    held += [n.value for n in site.on_line(cst.Attribute) if attr is None or n.attr.value == attr]
    held += [n.iter for n in site.on_line(cst.CompFor)]
    held += [
        n.comparator
        for n in site.on_line(cst.ComparisonTarget)
        if isinstance(n.operator, (cst.In, cst.NotIn))
    ]
    if isinstance(site.statement, cst.For):
        held.append(site.statement.iter)
    named = {site.source(n): n for n in held if n in site.file and pure(n)}
    return [n for n in named.values() if isinstance(n, cst.Name) or site.value(n) != UNKNOWN]


def annotated(site: Site, name: str) -> str:
    """The one class that the function's own annotation of a local variable names; "" where there is none."""
    for node in walk(site.function.body) if site.function is not None else ():
        if isinstance(node, cst.AnnAssign) and dotted(node.target) == name:
            kind = dotted(node.annotation.annotation)
            return kind if kind not in {"Any", "object", "typing.Any"} else ""
    return ""


def _parameter(site: Site, name: str) -> str:
    """The class that a parameter's annotation names, as it can be written here."""
    for node in walk(site.function.params) if site.function is not None else ():
        if isinstance(node, cst.Param) and node.name.value == name and node.annotation is not None:
            kind = code(node.annotation.annotation).strip().strip("'\"").partition("[")[0]
            kind = PLAIN.get(kind.rpartition(".")[2], kind)
            known = kind in BUILTIN or kind.partition(".")[0] in module_names(site.file.module)
            return (
                kind
                if known and kind.replace(".", "").isidentifier() and kind not in {"Any", "Optional", "Union"}
                else ""
            )
    return ""


def _used_as(site: Site, shown: str) -> str:
    """By the methods and keys that the function asks of it."""
    for node in walk(site.function.body) if site.function is not None else ():
        if isinstance(node, cst.Attribute) and code(node.value).strip() == shown:
            if node.attr.value in MAPPING:
                return "dict"
            if node.attr.value in TEXT_METHODS:
                return "str"
        if isinstance(node, cst.Subscript) and code(node.value).strip() == shown and _by_text(node):
            return "dict"
        if isinstance(node, cst.Comparison) and _looked_up(site, node, shown):
            return "Mapping" if "Mapping" in module_names(site.file.module) else "dict"
    return ""


def _looked_up(site: Site, node: cst.Comparison, shown: str) -> bool:
    """`name in data`, where `data[name]` is read as well."""
    target = node.comparisons[0]
    if not isinstance(target.operator, (cst.In, cst.NotIn)) or code(target.comparator).strip() != shown:
        return False
    read = f"{shown}[{code(node.left).strip()}]"
    return site.function is not None and read in site.source(site.function)


def _by_text(node: cst.Subscript) -> bool:
    index = node.slice[0].slice if len(node.slice) == 1 else None
    return isinstance(index, cst.Index) and isinstance(index.value, cst.SimpleString)


def _shown(site: Site, node: cst.BaseExpression) -> str:
    """The kind that it is, as far as the event tells."""
    shown = site.value(node)
    if isinstance(shown, (dict, list)):
        return type(shown).__name__
    value = site.python_value(node)
    return "" if value == UNKNOWN else type(value).__name__


TEMPLATE = Template(
    "kind_due",
    frozenset({Kind.INDEX_TYPE, Kind.ATTRIBUTE, Kind.NOT_SUBSCRIPTABLE, Kind.NOT_ITERABLE, Kind.NO_LEN}),
    0.0,
    ideas,
)
