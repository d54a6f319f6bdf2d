"""Taking away what is not there: `s.discard(x)` for `s.remove(x)`, `d.pop(k, None)` for `del d[k]`."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import Edit
from healer.agents.rules.templates.none_skip import under


def ideas(site: Site) -> Iterator[Idea]:
    for call in site.on_line(cst.Call):
        if not isinstance(call.func, cst.Attribute) or len(call.args) != 1:
            continue
        name, key = call.func.attr.value, site.source(call.args[0].value)
        holder = site.source(call.func.value)
        alone = isinstance(site.file.parent(call), cst.Expr)
        if site.crash.kind is Kind.KEY and name == "pop":
            yield _idea((site.replace(call, f"{holder}.pop({key}, None)"),), key, 1.2 if alone else 0.0)
        if site.crash.kind is Kind.KEY and name == "remove" and alone:
            yield _idea((site.replace(call, f"{holder}.discard({key})"),), key, 1.2)
        if site.crash.kind is Kind.ABSENT_ITEM and name == "remove" and alone and site.statement is not None:
            yield _idea((under(site, site.statement, f"if {key} in {holder}:"),), key, 0.9)
    for node in site.on_line(cst.Del):
        if site.crash.kind is Kind.KEY and isinstance(node.target, cst.Subscript):
            index = node.target.slice[0].slice
            if isinstance(index, cst.Index):
                key = site.source(index.value)
                yield _idea(
                    (site.replace(node, f"{site.source(node.target.value)}.pop({key}, None)"),), key, 0.9
                )


def _idea(edits: tuple[Edit, ...], key: str, bonus: float) -> Idea:
    return Idea(
        edits,
        f"Where {key} is not there, there is nothing to take away.",
        "nothing to remove",
        bonus,
        ("afterwards it is gone either way",),
    )


TEMPLATE = Template("removed_absent", frozenset({Kind.KEY, Kind.ABSENT_ITEM}), 0.2, ideas)
