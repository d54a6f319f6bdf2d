"""`if x.ready:` with x None → `if x is not None and x.ready:`, or `x is None or …` where absence decides."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst
import re2

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.site import Site
from healer.agents.rules.spots import NONE_KINDS, asked_around, none_spots, pure, test_operand
from healer.agents.rules.syntax import Edit, atom, code, dotted, walk

ASKED_ALIKE = 1.0  # log-odds
ASKED_AROUND = 1.2  # log-odds against: the question around, of the same value, is the one that came too soon


def ideas(site: Site) -> Iterator[Idea]:
    for spot in none_spots(site):
        place = test_operand(site, spot.use)
        if place is None or not (pure(spot.subject) or _lookup(spot.subject)):
            continue
        operand, role = place
        shown, text = atom(spot.subject, site.source(spot.subject)), site.source(operand)
        absent = asks_for_absence(operand)
        alike = ASKED_ALIKE if _asked_elsewhere(site, shown, spot.use) else 0.0
        looped = 0.9 if isinstance(site.statement, cst.While) else 0.0  # another end, not only another branch
        around = ASKED_AROUND if asked_around(site, spot.subject) is not None else 0.0
        kept = wrapped(f"{shown} is not None and {_tight(operand, text)}", role, "and")
        yield Idea(
            edits=(site.replace(operand, kept), *_twins(site, spot.subject, operand, kept)),
            change=f"The condition is false where `{shown}` is None.",
            behaviour=f"condition false: {text}",
            bonus=(-1.2 if absent else 0.6) - looped - around + (alike if not absent else 0.0),
            reasons=(f"`{text}` asks for something that None has not",),
        )
        yield Idea(
            edits=(site.replace(operand, wrapped(f"{shown} is None or {text}", role, "or")),),
            change=f"The condition is true where `{shown}` is None.",
            behaviour=_branch(site, operand) or f"condition true: {text}",
            bonus=(0.6 if absent else -1.2) - looped + (alike if absent else 0.0),
            reasons=(f"`{text}` asks whether something is absent, and so is `{shown}`",),
        )


def _asked_elsewhere(site: Site, shown: str, use: cst.BaseExpression) -> bool:
    """Whether another condition of the file asks for None first: `x is not None and x.next is y`."""
    text = site.source(use)
    for node in site.file.find(cst.BooleanOperation):
        asks = {f"{shown} is not None", f"{shown} is None"} & {site.source(node.left), _last(site, node.left)}
        if asks and text in site.source(node.right) and not site.holds(node):
            return True
    return False


def _last(site: Site, node: cst.BaseExpression) -> str:
    """The operand that stands directly before the next."""
    return site.source(node.right) if isinstance(node, cst.BooleanOperation) else site.source(node)


def _twins(site: Site, subject: cst.BaseExpression, operand: cst.BaseExpression, kept: str) -> list[Edit]:
    """The same question, put to a parameter of the same annotation that has a default as well."""
    if site.function is None:
        return []
    params = [p for p in walk(site.function.params) if isinstance(p, cst.Param) and p.default is not None]
    mine = next((p for p in params if p.name.value == dotted(subject)), None)
    if mine is None:
        return []
    name = mine.name.value
    tests = [n.test for n in walk(site.function.body) if isinstance(n, cst.If) and n in site.file]
    found: list[Edit] = []
    for other in params:
        if other is not mine and _kind(other) == _kind(mine):
            its = other.name.value
            wanted = _renamed(site.source(operand), name, its)
            asked = [test for test in tests if site.source(test) == wanted]
            found += [site.replace(test, _renamed(kept, name, its)) for test in asked]
    return found


def _kind(param: cst.Param) -> str:
    return code(param.annotation.annotation) if param.annotation is not None else ""


def _renamed(text: str, name: str, other: str) -> str:
    return str(re2.sub(rf"\b{name}\b", other, text))


def _lookup(subject: cst.BaseExpression) -> bool:
    """`limits.get(name)`, `found.group(1)`: may be written twice."""
    return (
        isinstance(subject, cst.Call)
        and isinstance(subject.func, cst.Attribute)
        and subject.func.attr.value in {"get", "group"}
        and pure(subject.func.value)
        and all(pure(arg) for arg in subject.args)
    )


def _branch(site: Site, operand: cst.BaseExpression) -> str:
    """`return v` where the condition alone decides on it."""
    statement = site.statement
    if not isinstance(statement, cst.If) or statement.test is not operand:
        return ""
    first = statement.body.body[0]
    if isinstance(first, cst.SimpleStatementLine) and isinstance(first.body[0], cst.Return):
        value = first.body[0].value
        return f"return {site.source(value)}" if value is not None else "return None"
    return ""


def _tight(operand: cst.BaseExpression, text: str) -> str:
    return f"({text})" if isinstance(operand, (cst.IfExp, cst.Lambda)) else text


def wrapped(text: str, role: str, operator: str) -> str:
    return text if role in ("test", operator) else f"({text})"


def asks_for_absence(operand: cst.BaseExpression) -> bool:
    """`not x.ready`, `x.next is None`, `x.kind != 'a'`, `k not in x`."""
    if isinstance(operand, cst.UnaryOperation) and isinstance(operand.operator, cst.Not):
        return True
    if isinstance(operand, cst.Comparison) and len(operand.comparisons) == 1:
        target = operand.comparisons[0]
        if isinstance(target.operator, (cst.NotEqual, cst.NotIn)):
            return True
        to_none = isinstance(target.comparator, cst.Name) and target.comparator.value == "None"
        return isinstance(target.operator, cst.Is) and to_none
    return False


TEMPLATE = Template("none_condition", NONE_KINDS, 0.9, ideas)
