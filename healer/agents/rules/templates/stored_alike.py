"""What is kept under `name` and asked for under `name.lower()`: it is kept as it is asked for."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import Edit, dotted, walk


def ideas(site: Site) -> Iterator[Idea]:
    if site.klass is None or site.function is None or site.foreign:
        return
    for holder, key in _asked(site, site.function):
        edits = [site.replace(k, written) for k, written in _stored(site, site.klass, holder, key)]
        if edits:
            yield _idea(holder, site.source(key), tuple(edits))


def _idea(holder: str, asked: str, edits: tuple[Edit, ...]) -> Idea:
    return Idea(
        edits,
        f"`{holder}` keeps each under the key by which it is asked for, as `{asked}` is.",
        f"kept as {asked}",
        0.0,
        (f"`{holder}` is asked for `{asked}`, and kept otherwise",),
    )


def _asked(site: Site, function: cst.FunctionDef) -> Iterator[tuple[str, cst.Call]]:
    """(`self.table`, `name.lower()`) of `self.table[name.lower()]`."""
    for node in walk(function.body):
        if isinstance(node, cst.Subscript) and dotted(node.value).startswith("self."):
            index = node.slice[0].slice if len(node.slice) == 1 else None
            stored = isinstance(site.file.parent(node), cst.AssignTarget)
            if isinstance(index, cst.Index) and isinstance(index.value, cst.Call) and not stored:
                yield dotted(node.value), index.value


def _stored(
    site: Site, klass: cst.ClassDef, holder: str, asked: cst.Call
) -> Iterator[tuple[cst.BaseExpression, str]]:
    """Plain keys under which something is kept, with how they are asked for."""
    for node in walk(klass.body):
        if not isinstance(node, cst.AssignTarget) or not isinstance(node.target, cst.Subscript):
            continue
        index = node.target.slice[0].slice
        if dotted(node.target.value) == holder and isinstance(index, cst.Index):
            written = _alike(site, asked, index.value)
            if isinstance(index.value, (cst.Name, cst.Attribute)) and written:
                yield index.value, written


def _alike(site: Site, asked: cst.Call, key: cst.BaseExpression) -> str:
    """`key.lower()` as in `name.lower()`, `norm(key)` as in `norm(name)`; "" where it is neither."""
    shown = site.source(key)
    if not asked.args and isinstance(asked.func, cst.Attribute) and dotted(asked.func.value):
        return f"{shown}.{asked.func.attr.value}()"
    return f"{site.source(asked.func)}({shown})" if len(asked.args) == 1 and dotted(asked.func) else ""


TEMPLATE = Template("stored_alike", frozenset({Kind.KEY, Kind.OTHER}), 1.6, ideas)
