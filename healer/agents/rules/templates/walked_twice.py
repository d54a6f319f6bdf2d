"""An iterator walked a second time, which then gives nothing: it is made a list where it is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.functions import is_generator
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import Edit, dotted, walk

LAZY = frozenset({"map", "filter", "zip", "reversed", "iter", "enumerate", "reader", "DictReader", "chain"})
TWICE = 2


def ideas(site: Site) -> Iterator[Idea]:
    if site.function is None:
        return
    nodes = list(walk(site.function.body))
    used = Counter(n.value for n in nodes if isinstance(n, cst.Name))
    for assign in nodes:
        if not isinstance(assign, cst.Assign) or assign not in site.file:
            continue
        name = dotted(assign.targets[0].target)
        if name and used[name] > TWICE and _lazy(site, assign.value):
            yield _listed(site, assign.value, name)
    yield from _given(site, site.function, used)


def _given(site: Site, function: cst.FunctionDef, used: Counter[str]) -> Iterator[Idea]:
    """A parameter that the event shows to be an iterator."""
    for name in site.parameters():
        shown = str(site.values.get(name))
        if used[name] >= TWICE and any(word in shown for word in ITERATORS):
            first = next(s for s in function.body.body if not _told(s))
            edit = site.before(first, f"{name} = list({name})")
            yield Idea((edit,), f"`{name}` is made a list first.", f"list of {name}", 0.4, (WHY,))


ITERATORS = ("<generator", "iterator", "<map", "<zip", "<filter")
WHY = "it can be walked only once, and is used more often"


def _listed(site: Site, node: cst.BaseExpression, name: str) -> Idea:
    start, end = site.file.span(node)
    if isinstance(node, cst.GeneratorExp):  # its parentheses are those of the call then
        edits: tuple[Edit, ...] = (Edit(start - 1, start - 1, "list"),)
    else:
        edits = (Edit(start, start, "list("), Edit(end, end, ")"))
    return Idea(edits, f"`{name}` is a list.", f"list of {name}", 0.4, (WHY,))


def _told(statement: cst.CSTNode) -> bool:
    small = statement.body[0] if isinstance(statement, cst.SimpleStatementLine) else None
    return isinstance(small, cst.Expr) and isinstance(small.value, cst.SimpleString)


def _lazy(site: Site, node: cst.BaseExpression) -> bool:
    """Whether the expression makes an iterator."""
    if isinstance(node, cst.GeneratorExp):
        return True
    if not isinstance(node, cst.Call):
        return False
    name = node.func.attr.value if isinstance(node.func, cst.Attribute) else dotted(node.func)
    made = [f for _, f in site.repository.functions(name)] if name.isidentifier() else []
    return name in LAZY or bool(made and all(map(is_generator, made)))


EMPTY = frozenset({Kind.EMPTY_SEQUENCE, Kind.DIVISION, Kind.STOP_ITERATION, Kind.INDEX, Kind.KEY})
TEMPLATE = Template(
    "walked_twice", EMPTY | {Kind.OTHER, Kind.NONE_ATTRIBUTE, Kind.EMPTY_POP}, 1.6, ideas, outer=True
)
