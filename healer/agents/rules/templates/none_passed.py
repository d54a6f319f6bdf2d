"""A caller passes on the None of what it looked up: it answers there, as it does for what it asks before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.guards import guard
from healer.agents.rules.site import Site
from healer.agents.rules.spots import NONE_KINDS
from healer.agents.rules.syntax import code, dotted, walk

ALIKE = 1.0  # log-odds: what it was looked up by is asked for in the same way
LOOKUPS = ("get", "find", "lookup", "search", "match", "fetch", "load")


def ideas(site: Site) -> Iterator[Idea]:
    if not site.depth or site.function is None:
        return
    for name in _passed(site):
        if (answer := _above(site, name.value)) is not None and site.insertable is not None:
            yield Idea(
                (site.before(site.insertable, f"if {name.value} is None:", f"\t{answer}"),),
                f"Where `{name.value}` was not found, the answer is that for nothing to look up.",
                answer if answer != "return" else "return None",
                ALIKE,
                ("what it is looked up by is asked for just so",),
            )
        for idea in guard(site, name, "{} is None", "was not found"):
            yield replace(idea, bonus=min(idea.bonus, 1.5))
    for name in _given(site):
        for idea in guard(site, name, "{} is None", "is None"):
            if any("its docstring" in reason for reason in idea.reasons):
                yield idea


def _passed(site: Site) -> Iterator[cst.Name]:
    """Arguments on the line that are None, and that this function looked up itself."""
    seen: set[str] = set()
    for call in site.on_line(cst.Call):
        for arg in call.args:
            name = arg.value
            if not isinstance(name, cst.Name) or not site.is_none(name) or name.value in seen:
                continue
            made = site.definition(name.value)
            func = dotted(made.value.func) if made is not None and isinstance(made.value, cst.Call) else ""
            if func.rpartition(".")[2].lstrip("_").startswith(LOOKUPS):
                seen.add(name.value)
                yield name


def _given(site: Site) -> Iterator[cst.Name]:
    """Arguments on the line that are None, and that this function was given itself."""
    names = (arg.value for call in site.on_line(cst.Call) for arg in call.args)
    for name in names:
        if isinstance(name, cst.Name) and name.value in site.parameters() and site.is_none(name):
            yield name
            return


def _above(site: Site, name: str) -> str | None:
    """What the function answers where that is None by which the name was looked up."""
    made = site.definition(name)
    by = {n.value for n in walk(made.value) if isinstance(n, cst.Name)} if made is not None else set()
    for node in walk(site.function.body) if site.function is not None else ():
        if not isinstance(node, cst.If) or node not in site.file or site.file.lines(node)[1] >= site.line:
            continue
        asked = code(node.test).strip().removeprefix("not ").removesuffix(" is None")
        first = node.body.body[0]
        if (
            asked in by
            and isinstance(first, cst.SimpleStatementLine)
            and isinstance(first.body[0], cst.Return)
        ):
            return site.source(first).strip()
    return None


TEMPLATE = Template("none_passed", NONE_KINDS, 0.8, ideas, outer=True)
