"""An item of a comprehension that cannot be used: `[e.by.name for e in x if e.by is not None]`."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.keys import missing_keys
from healer.agents.rules.sequences import constant_index
from healer.agents.rules.site import Site
from healer.agents.rules.spots import NONE_KINDS, none_spots, pure
from healer.agents.rules.syntax import Edit, dotted, walk

BLANK = 1.0  # log-odds: what stands between two separators may be nothing


def ideas(site: Site) -> Iterator[Idea]:
    tests = _pieces(site) if site.depth and not site.crash.about_none else _tests(site)
    for node, test, what in tests:
        comp = _comprehension(site, node)
        if comp is None:
            continue
        names = {n.value for n in walk(comp.for_in.target) if isinstance(n, cst.Name)}
        if not names & {n.value for n in walk(node) if isinstance(n, cst.Name)}:
            continue
        yield Idea(
            (_filtered(site, comp, test),),
            f"Items {what} are left out.",
            "leave item out",
            BLANK if site.depth and not site.crash.about_none else 0.0,
            ("such an item has nothing to give",),
        )


def _tests(site: Site) -> Iterator[tuple[cst.BaseExpression, str, str]]:
    if site.crash.about_none:
        for spot in none_spots(site):
            if pure(spot.subject):
                text = site.source(spot.subject)
                yield spot.subject, f"{text} is not None", f"where `{text}` is None"
    elif site.crash.kind is Kind.NUMBER_PARSE:
        yield from _blanks(site)
    elif site.crash.kind is Kind.KEY:
        for node, key in missing_keys(site):
            yield node.value, f"{key} in {site.source(node.value)}", f"without {key}"
    else:
        for node in site.on_line(cst.Subscript):
            index = constant_index(node)
            if index is not None and pure(node.value):
                text, need = site.source(node.value), index + 1 if index >= 0 else -index
                yield (
                    node.value,
                    text if need == 1 else f"len({text}) >= {need}",
                    f"where `{text}` is too short",
                )


def _blanks(site: Site) -> Iterator[tuple[cst.BaseExpression, str, str]]:
    """`int(part) for part in text.split(",")` where a part is blank."""
    if site.crash.words.get("value", "-").strip():
        return
    for call in site.on_line(cst.Call):
        comp = _comprehension(site, call)
        split = comp.for_in.iter if comp is not None else None
        if not isinstance(split, cst.Call) or not isinstance(split.func, cst.Attribute):
            continue
        part = call.args[0].value if len(call.args) == 1 else None
        if split.func.attr.value in {"split", "rsplit"} and isinstance(part, cst.Name):
            yield part, f"{part.value}.strip()", f"where `{part.value}` is blank"


def _pieces(site: Site) -> Iterator[tuple[cst.BaseExpression, str, str]]:
    """`[read(part) for part in text.split(",")]`, where `read` fails on a part that is blank."""
    given = next(iter(site.inner.parameters()), "") if site.inner is not None else ""
    shown = site.inner.values.get(given) if site.inner is not None else None
    if not isinstance(shown, str) or shown.strip("'\"").strip() or shown[:1] not in "'\"":
        return
    for call in site.on_line(cst.Call):
        comp = _comprehension(site, call)
        split = comp.for_in.iter if comp is not None else None
        part = call.args[0].value if len(call.args) == 1 else None
        cuts = isinstance(split, cst.Call) and "split" in dotted(split.func).rpartition(".")[2]
        if cuts and isinstance(part, cst.Name):
            name = part.value
            test = name if shown in {"''", '""'} else f"{name}.strip()"
            yield part, test, f"where `{name}` is blank"


def _comprehension(site: Site, node: cst.CSTNode) -> cst.BaseComp | None:
    """The comprehension whose element (not whose source) holds the node."""
    inner = node
    for above in site.file.ancestors(node):
        if isinstance(above, cst.BaseComp):
            return above if inner is not above.for_in and above.for_in.inner_for_in is None else None
        if isinstance(above, (cst.BaseSmallStatement, cst.Lambda)):
            return None
        inner = above
    return None


def _filtered(site: Site, comp: cst.BaseComp, test: str) -> Edit:
    if comp.for_in.ifs:
        first = comp.for_in.ifs[0].test
        return site.replace(first, f"{test} and {site.source(first)}")
    _, end = site.file.span(comp.for_in)
    return Edit(end, end, f" if {test}")


KINDS = NONE_KINDS | {Kind.KEY, Kind.INDEX, Kind.NUMBER_PARSE, Kind.TOO_FEW_VALUES, Kind.ISO_DATE, Kind.OTHER}
TEMPLATE = Template("comprehension_filter", KINDS, 0.7, ideas, outer=True)
