"""`if PAGE.match(tag.attrs["href"]):` without the key → `if "href" in tag.attrs and …`; and
`self.size = config["size"] * 2`, done for its effect alone → the same under `if "size" in config:`."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.keys import missing_keys
from healer.agents.rules.site import Site
from healer.agents.rules.spots import pure, test_operand
from healer.agents.rules.syntax import Edit, atom
from healer.agents.rules.templates.none_condition import asks_for_absence, wrapped
from healer.agents.rules.templates.none_skip import under

CONDITION = 0.3  # log-odds: an absent key is as often a fault of who made the mapping
COPIED = 0.8
PLAIN = (cst.Comparison, cst.BooleanOperation, cst.UnaryOperation, cst.If, cst.IfExp, cst.While)


def ideas(site: Site) -> Iterator[Idea]:
    for node, key in missing_keys(site):
        if not pure(node):
            continue
        if (place := test_operand(site, node)) is not None:
            yield from _condition(site, node, key, *place)
        else:
            yield from _skipped(site, node, key)


def _condition(
    site: Site, node: cst.Subscript, key: str, operand: cst.BaseExpression, role: str
) -> Iterator[Idea]:
    """What is worked out of the value is asked only where there is one; the plain value is `.get`'s."""
    if isinstance(site.file.parent(node), PLAIN):
        return
    holder, text = atom(node.value, site.source(node.value)), site.source(operand)
    absent = asks_for_absence(operand)
    asked = f"{key} not in {holder} or {text}" if absent else f"{key} in {holder} and {text}"
    yield Idea(
        (site.replace(operand, wrapped(asked, role, "or" if absent else "and")),),
        f"The condition is {'true' if absent else 'false'} where `{holder}` has no {key}.",
        f"condition {'true' if absent else 'false'}: {text}",
        CONDITION,
        ("what is not there cannot match",),
    )


def _skipped(site: Site, node: cst.Subscript, key: str) -> Iterator[Idea]:
    target = _effect(site)
    if target is None or site.statement is None:
        return
    holder, shown = atom(node.value, site.source(node.value)), site.source(node)
    edit: Edit = under(site, site.statement, f"if {key} in {holder}:")
    yield Idea(
        (edit,),
        f"The statement runs only where `{holder}` has {key}.",
        "skip statement",
        COPIED if key.strip("\"'") in target else 0.0,
        (f"without `{shown}` there is nothing to do it with",),
    )


def _effect(site: Site) -> str | None:
    """What a simple statement stores into an object, "" where it only calls; None where a name is bound, or
    something left, that is asked for below."""
    small = site.small
    if isinstance(small, cst.Expr):
        return "" if isinstance(small.value, cst.Call) else None
    if isinstance(small, cst.Assign) and len(small.targets) == 1:
        target = small.targets[0].target
        return site.source(target) if isinstance(target, (cst.Attribute, cst.Subscript)) else None
    return None


TEMPLATE = Template("key_asked", frozenset({Kind.KEY}), 0.2, ideas)
