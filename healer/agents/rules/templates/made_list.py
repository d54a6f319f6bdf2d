"""Views, iterators and tuples used as lists: `d.keys()[0]`, `len(map(…))`, `[] + tuple` → `list(…)`."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.spots import operands
from healer.agents.rules.syntax import dotted, walk

LAZY = frozenset(
    [
        "dict_keys",
        "dict_values",
        "dict_items",
        "odict_keys",
        "odict_values",
        "odict_items",
        "map",
        "filter",
        "zip",
        "generator",
        "set",
        "frozenset",
        "reversed",
        "range",
        "list_iterator",
        "itertools.chain",
        "chain",
        "islice",
        "enumerate",
    ]
)

SINGLE = frozenset({"map", "filter", "zip", "generator", "reversed", "enumerate", "islice", "chain"})
USED_UP = -1.5  # log-odds: the object that holds it would be left with nothing
ONCE = ("it can be walked only once, and is used below",)


def ideas(site: Site) -> Iterator[Idea]:
    for node in _nodes(site):
        shown = site.source(node)
        first = _first_use(site, node)
        if first is not None:
            kept = site.before(first, f"{shown} = list({shown})")
            yield Idea((kept,), f"`{shown}` is made a list.", f"list of {shown}", 0.3, ONCE)
            continue
        made = _made(site, node.value) if isinstance(node, cst.Name) else None
        here = USED_UP if isinstance(node, cst.Attribute) and _once(site) else 0.2
        for place, bonus in ((made, 0.3), (node, 0.0)) if made is not None else ((node, here),):
            yield Idea(
                (site.replace(place, f"list({site.source(place)})"),),
                f"`{shown}` is made a list.",
                f"list of {shown}",
                bonus,
                ("a lazy or immutable sequence cannot be used so",),
            )


def _once(site: Site) -> bool:
    """Whether it can be walked only once."""
    return site.crash.words.get("right") in SINGLE or site.crash.words.get("owner") in SINGLE


def _first_use(site: Site, node: cst.BaseExpression) -> cst.CSTNode | None:
    """The statement of the body that first uses a parameter which can be walked only once, and is used
    twice."""
    if not isinstance(node, cst.Name) or site.function is None or node.value not in site.parameters():
        return None
    once = _once(site)
    uses = [s for s in site.function.body.body for n in walk(s) if _names(n, node.value)]
    return uses[0] if once and len(uses) > 1 else None


def _names(node: cst.CSTNode, name: str) -> bool:
    return isinstance(node, cst.Name) and node.value == name


def _nodes(site: Site) -> Iterator[cst.BaseExpression]:
    kind, right = site.crash.kind, site.crash.words.get("right", "")
    if kind is Kind.NOT_SUBSCRIPTABLE and right in LAZY:
        yield from (n.value for n in site.on_line(cst.Subscript))
    if kind is Kind.NOT_SUBSCRIPTABLE and site.crash.words.get("other") == "slice":
        yield from (n.value for n in site.on_line(cst.Subscript) if isinstance(n.slice[0].slice, cst.Slice))
    if kind is Kind.NO_LEN and right in LAZY:
        yield from (c.args[0].value for c in site.on_line(cst.Call) if dotted(c.func) == "len" and c.args)
    if kind is Kind.CONCATENATE and site.crash.words.get("left") == "list":
        for _, _, other in operands(site):
            yield other
    if kind is Kind.CONCATENATE and (site.crash.words.get("left"), right) == ("tuple", "list"):
        for whole, left, _ in operands(site):
            if isinstance(whole.operator, cst.Add):
                yield left
    if kind is Kind.OPERAND and site.crash.words.get("op", "").startswith("+"):
        for _, left, other in operands(site):
            if site.crash.words.get("left") in LAZY:
                yield left
            if site.crash.words.get("right") in LAZY and site.crash.words.get("left") not in LAZY:
                yield other
    if kind is Kind.NO_ASSIGNMENT and right in LAZY | {"tuple"}:
        for assign in site.on_line(cst.Assign):
            target = assign.targets[0].target
            if isinstance(target, cst.Subscript) and isinstance(target.value, cst.Name):
                made = _made(site, target.value.value)
                if made is not None:
                    yield made
    if kind is Kind.ATTRIBUTE and site.crash.words.get("owner") in LAZY | {"tuple"}:
        attr = site.crash.words.get("attr", "")
        if attr in {"append", "sort", "extend", "insert", "pop", "index", "reverse", "remove"}:
            for node in site.on_line(cst.Attribute):
                if (
                    node.attr.value == attr
                    and isinstance(node.value, cst.Name)
                    and (made := _made(site, node.value.value))
                ):
                    yield made


def _made(site: Site, name: str) -> cst.BaseExpression | None:
    found = site.definition(name)
    if found is None or not isinstance(found.value, cst.Call):
        return None
    return found.value


TEMPLATE = Template(
    "made_list",
    frozenset(
        {
            Kind.NOT_SUBSCRIPTABLE,
            Kind.NO_LEN,
            Kind.CONCATENATE,
            Kind.OPERAND,
            Kind.NO_ASSIGNMENT,
            Kind.ATTRIBUTE,
        }
    ),
    1.6,
    ideas,
)
