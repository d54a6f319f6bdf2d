"""`if not isinstance(size, int): raise …` where None is allowed → `if size is not None and not …`."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.functions import sentences
from healer.agents.rules.guards import by_design
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import code, dotted, walk

DEFAULT = 2.0  # log-odds: it is None unless somebody gives it
TOLD = 1.6  # … its annotation or the docstring says that it may be


def ideas(site: Site) -> Iterator[Idea]:
    if site.foreign or not isinstance(site.small, cst.Raise):
        return
    yield from _passed_through(site)
    test = _test(site)
    for node in walk(test) if test is not None else ():
        if not isinstance(node, cst.UnaryOperation) or not isinstance(node.operator, cst.Not):
            continue
        call = node.expression
        if not isinstance(call, cst.Call) or dotted(call.func) != "isinstance" or not call.args:
            continue
        subject = call.args[0].value
        name = dotted(subject)
        if name not in site.parameters() or not site.is_none(subject):
            continue
        whole = f"{name} is not None and {site.source(node)}"
        yield Idea(
            (site.replace(node, whole if node is test or _in_and(site, node) else f"({whole})"),),
            f"`{name}` may be None.",
            f"None for {name} is let through",
            _allowed(site, name),
            (f"`{site.function_name}` allows for None as its `{name}`",),
        )


def _passed_through(site: Site) -> Iterator[Idea]:
    """`if isinstance(x, Zone): y = x … else: raise` with x None → `if x is None or isinstance(x, Zone):`."""
    links = _chain(site)
    asked = [_subject(link.test) for link in links]
    if len(links) < 2 or len(set(asked)) != 1 or asked[0] is None or site.values.get(asked[0]) != "None":
        return
    first, name = links[0], asked[0]
    if not any(isinstance(n, cst.Assign) and dotted(n.value) == name for n in walk(first.body)):
        return
    yield Idea(
        (site.replace(first.test, f"{name} is None or {site.source(first.test)}"),),
        f"`{name}` may be None.",
        f"None for {name} is let through",
        DEFAULT if by_design(site, name) else 0.0,
        (f"`{name}` is passed on as it is there",),
    )


def _chain(site: Site) -> list[cst.If]:
    """The `if` and its `elif`s, in whose `else` the statement stands."""
    block = site.file.parent(site.statement) if site.statement is not None else None
    above = site.file.parent(block) if block is not None else None
    found: list[cst.If] = []
    while isinstance(above, (cst.Else, cst.If)):
        if isinstance(above, cst.If):
            found.insert(0, above)
        inner, above = above, site.file.parent(above)
        if isinstance(inner, cst.If) and not (isinstance(above, cst.If) and above.orelse is inner):
            break
    return found if isinstance(block, cst.IndentedBlock) and _is_else(site, block) else []


def _is_else(site: Site, block: cst.CSTNode) -> bool:
    return isinstance(site.file.parent(block), cst.Else)


def _subject(test: cst.BaseExpression) -> str | None:
    """`x` of `isinstance(x, int)`."""
    asks = isinstance(test, cst.Call) and dotted(test.func) == "isinstance" and test.args
    return dotted(test.args[0].value) if asks and isinstance(test, cst.Call) else None


def _test(site: Site) -> cst.BaseExpression | None:
    """Of the `if` or `elif` that the `raise` stands in."""
    block = site.file.parent(site.statement) if site.statement is not None else None
    above = site.file.parent(block) if block is not None else None
    return above.test if isinstance(above, cst.If) and above.body is block else None


def _in_and(site: Site, node: cst.CSTNode) -> bool:
    above = site.file.parent(node)
    return isinstance(above, cst.BooleanOperation) and isinstance(above.operator, cst.And)


def _allowed(site: Site, name: str) -> float:
    """What says that None is meant to be given."""
    if by_design(site, name):
        return DEFAULT
    assert site.function is not None
    told = sentences(site.function.get_docstring() or "")
    annotations = [
        code(p.annotation.annotation)
        for p in walk(site.function.params)
        if isinstance(p, cst.Param) and p.name.value == name and p.annotation is not None
    ]
    said = any(name in one and "None" in one for one in told)
    return TOLD if said or any("None" in a or "Optional" in a for a in annotations) else 0.0


TEMPLATE = Template("refused_none", frozenset({Kind.OTHER, Kind.NONE_ARGUMENT}), -0.4, ideas)
