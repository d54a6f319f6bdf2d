"""Which value stands for an expression that cannot be computed, by what happens to it next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import libcst as cst

from healer.agents.rules.functions import literal_text, neutral
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import code, dotted, walk


@dataclass(frozen=True)
class Value:
    text: str
    weight: float
    behaviour: str
    reasons: tuple[str, ...] = ()


def absent_values(site: Site, node: cst.BaseExpression) -> Iterator[Value]:
    """Stand-ins for `node`, with the evidence for each."""
    above = site.file.parent(node)
    if isinstance(above, cst.Return):
        for outcome in site.outcomes(code(node)):
            if outcome.action == "return":
                text = outcome.text or "None"
                yield Value(text, outcome.weight, f"return {text}", outcome.reasons)
    elif isinstance(above, cst.Assign) and len(above.targets) == 1:
        yield from _started(site, above.targets[0].target)
        if _text(node):
            yield Value('""', 1.2, f'{dotted(above.targets[0].target)} = ""', ("it is a piece of text",))
        yield from _assigned(site, above.targets[0].target, above)
    elif isinstance(above, cst.BinaryOperation) and isinstance(above.operator, (cst.Add, cst.Subtract)):
        if isinstance(above.left if above.right is node else above.right, cst.Integer):
            yield Value("0", 2.2, "value 0", ("it is counted on from there",))
    elif isinstance(above, (cst.Arg, cst.DictElement)):
        yield Value("None", 0.0, f"value None for {code(node).strip()}")
    elif isinstance(above, (cst.ListComp, cst.GeneratorExp)) and above.elt is node:
        yield Value("None", 0.0, f"item None for {code(node).strip()}", ("each keeps its place",))


def _text(node: cst.BaseExpression) -> bool:
    """`"?" + query`, `f"?{query}"`: text by a constant part of it."""
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Add):
        return _text(node.left) or _text(node.right)
    return isinstance(node, (cst.SimpleString, cst.FormattedString, cst.ConcatenatedString))


def _started(site: Site, target: cst.BaseExpression) -> Iterator[Value]:
    """What the attribute holds before anything is known of it: what `__init__` gives it, else nothing of the
    type that it is given elsewhere."""
    if not isinstance(target, cst.Attribute):
        return
    name = target.attr.value
    given = site.repository.attribute_values(name)
    plain = {text for value in given if (text := literal_text(value)) not in {None, "None"}}
    typed = {text for value in given if (text := neutral(value))}
    for found, weight in ((plain, 1.6), (typed, 1.2)):
        if len(found) == 1:
            yield Value(
                min(found),
                weight,
                f"{dotted(target)} = {min(found)}",
                (f"`{name}` is {min(found)} at first",),
            )
            return


def _assigned(site: Site, holder: cst.BaseExpression, assign: cst.Assign) -> Iterator[Value]:
    """By the tests made on the variable below: `if name is None`, `if name`, `name or …`."""
    name = dotted(holder)
    if not name:
        yield Value("None", 0.0, f"{code(holder)} = None")
        return
    found: dict[str, tuple[float, str]] = {"None": (0.0, "")}
    for node in _below(site, assign):
        if isinstance(node, cst.Comparison) and dotted(node.left) == name:
            target = node.comparisons[0]
            if isinstance(target.operator, (cst.Is, cst.IsNot)):
                found["None"] = (2.2, f"`{name}` is checked for None below")
        if isinstance(node, (cst.If, cst.IfExp)) and _truth(node.test, name):
            found.setdefault("None", (0.0, ""))
            if found["None"][0] < 1.6:
                found["None"] = (1.6, f"`{name}` is checked for emptiness below")
        if isinstance(node, cst.Attribute) and dotted(node.value) == name and found["None"][0] <= 0:
            found["None"] = (-2.0, "")
        if isinstance(node, cst.For) and dotted(node.iter) == name:
            found["[]"] = (1.0, f"`{name}` is iterated over below")
    for text, (weight, reason) in found.items():
        yield Value(text, weight, f"{name} = {text}", (reason,) if reason else ())


def _below(site: Site, assign: cst.Assign) -> Iterator[cst.CSTNode]:
    if site.function is None:
        return
    line = site.file.lines(assign)[1]
    for node in walk(site.function.body):
        if node in site.file and site.file.lines(node)[0] > line:
            yield node


def _truth(test: cst.BaseExpression, name: str) -> bool:
    if isinstance(test, cst.UnaryOperation) and isinstance(test.operator, cst.Not):
        return dotted(test.expression) == name
    if isinstance(test, cst.BooleanOperation):
        return _truth(test.left, name) or _truth(test.right, name)
    return dotted(test) == name
