"""Taking away what is not there: `s.discard(x)` for `s.remove(x)`, `d.pop(k, None)` for `del d[k]`."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import Edit, dotted, walk
from healer.agents.rules.templates.none_skip import under

REPORTED = 1.0  # log-odds: the function then says that it has done it


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
            bonus = 0.9 - (REPORTED if _reports(site) else 0.0)
            yield _idea((under(site, site.statement, f"if {key} in {holder}:"),), key, bonus)
    for node in site.on_line(cst.Del):
        if site.crash.kind is Kind.KEY and isinstance(node.target, cst.Subscript):
            index = node.target.slice[0].slice
            if isinstance(index, cst.Index):
                key = site.source(index.value)
                yield _idea(
                    (site.replace(node, f"{site.source(node.target.value)}.pop({key}, None)"),), key, 0.9
                )


def _reports(site: Site) -> bool:
    """Whether `return True`, or a text that says so, follows."""
    given = (n for n in walk(site.function.body) if isinstance(n, cst.Return)) if site.function else ()
    below = (n for n in given if n in site.file and site.file.lines(n)[0] > site.line)
    values = [n.value for n in below if n.value is not None]
    return any(isinstance(v, cst.SimpleString) or dotted(v) == "True" for v in values)


def _idea(edits: tuple[Edit, ...], key: str, bonus: float) -> Idea:
    return Idea(
        edits,
        f"Where {key} is not there, there is nothing to take away.",
        "nothing to remove",
        bonus,
        ("afterwards it is gone either way",),
    )


TEMPLATE = Template("removed_absent", frozenset({Kind.KEY, Kind.ABSENT_ITEM}), 0.2, ideas)
