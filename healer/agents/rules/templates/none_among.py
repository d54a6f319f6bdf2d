"""A list made with a None in it, which is then added up or compared: `[r.value for r in rows]` → with
`if r.value is not None`; and callers that pass a None on out of a comprehension."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import libcst as cst
import re2

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.spots import pure
from healer.agents.rules.syntax import Edit, atom, code, dotted

OUTER = 0.4  # log-odds: the list is made for those who cannot have a None in it
_ABSENT = re2.compile(r"\b(\w+)=None\b")
KINDS = frozenset({Kind.NONE_OPERAND, Kind.NONE_COMPARISON, Kind.NONE_ARGUMENT, Kind.NONE_ATTRIBUTE})
ORDERED = frozenset({"sorted", "list", "reversed", "tuple"})


def ideas(site: Site) -> Iterator[Idea]:
    if site.function is None:
        return
    for name, held in sorted(site.values.items()):
        made = site.definition(name) if isinstance(held, list) else None
        if made is None or not isinstance(held, list):
            continue
        if "None" in held and isinstance(made.value, cst.BaseSimpleComp):
            yield from _elements(site, made.value)
        for attr in _attributes(site, held):
            yield from _members(site, name, made, attr)


def _elements(site: Site, comp: cst.BaseSimpleComp) -> Iterator[Idea]:
    shown = site.source(comp.elt)
    if pure(comp.elt) and comp.for_in.inner_for_in is None:
        yield _left_out(site, _filtered(site, comp, f"{atom(comp.elt, shown)} is not None"), shown)


def _attributes(site: Site, held: Sequence[object]) -> list[str]:
    """Attributes that some item of the list lacks, and that the crash's own function reads."""
    absent = {name for one in held if isinstance(one, str) for name in _ABSENT.findall(one)}
    inner = site
    while inner.inner is not None:
        inner = inner.inner
    read = {n.attr.value for n in inner.on_line(cst.Attribute)}
    return sorted(absent & read)


def _members(site: Site, name: str, made: cst.Assign, attr: str) -> Iterator[Idea]:
    """`sorted(rows, key=…)` → `sorted((row for row in rows if row.attr is not None), key=…)`."""
    value = made.value
    if isinstance(value, cst.BaseSimpleComp) and dotted(value.elt) == dotted(value.for_in.target) != "":
        test = f"{code(value.elt).strip()}.{attr} is not None"
        yield _left_out(site, _filtered(site, value, test), f"{name}.{attr}")
    elif isinstance(value, cst.Call) and dotted(value.func) in ORDERED and value.args:
        inner = value.args[0].value
        item = "item" if name != "item" else "one"
        kept = f"{item} for {item} in {site.source(inner)} if {item}.{attr} is not None"
        alone = len(value.args) == 1
        if not isinstance(inner, cst.BaseComp):
            yield _left_out(site, site.replace(inner, kept if alone else f"({kept})"), f"{name}.{attr}")


def _filtered(site: Site, comp: cst.BaseSimpleComp, test: str) -> Edit:
    if comp.for_in.ifs:
        first = comp.for_in.ifs[0].test
        return site.replace(first, f"{site.source(first)} and {test}")
    end = site.file.span(comp.for_in)[1]
    return Edit(end, end, f" if {test}")


def _left_out(site: Site, edit: Edit, shown: str) -> Idea:
    return Idea(
        (edit,),
        f"What is None in `{shown}` is left out.",
        "leave item out",
        OUTER if site.depth else 0.0,
        ("None is no value",),
    )


TEMPLATE = Template("none_among", KINDS, 1.4, ideas, outer=True)
