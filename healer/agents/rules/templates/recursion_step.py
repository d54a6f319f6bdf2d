"""A recursive call that comes no nearer to its end: the whole again, the middle again, or swapped places."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.spots import same
from healer.agents.rules.syntax import code, dotted, walk


def ideas(site: Site) -> Iterator[Idea]:
    if site.function is None:
        return
    for call in walk(site.function.body):
        if isinstance(call, cst.Call) and _recursive(site, call):
            yield from _item(site, call)
            yield from _beyond_middle(site, call)
            yield from _swapped(site, call)


def _recursive(site: Site, call: cst.Call) -> bool:
    assert site.function is not None
    return dotted(call.func).rpartition(".")[2] == site.function.name.value


def _item(site: Site, call: cst.Call) -> Iterator[Idea]:
    """`for item in items: … f(items)` → `f(item)`."""
    for loop in _loops(site, call):
        for arg in call.args:
            if same(arg.value, loop.iter) and isinstance(loop.target, cst.Name):
                yield _idea(site, arg.value, loop.target.value, 1.4, "the loop goes over the items")


def _loops(site: Site, call: cst.Call) -> Iterator[cst.For | cst.CompFor]:
    """The loops around the call, inside the function."""
    for around in site.file.ancestors(call):
        if isinstance(around, cst.For):
            yield around
        elif isinstance(around, cst.BaseComp):
            yield around.for_in
        elif isinstance(around, cst.FunctionDef):
            return


def _beyond_middle(site: Site, call: cst.Call) -> Iterator[Idea]:
    """`search(middle, end)`, with the middle looked at already → `middle + 1`."""
    for arg in call.args[:-1]:
        if isinstance(arg.value, cst.Name) and _is_middle(site, arg.value.value):
            yield _idea(site, arg.value, f"{arg.value.value} + 1", 1.0, "the middle itself was looked at")


def _is_middle(site: Site, name: str) -> bool:
    assert site.function is not None
    made = (n for n in walk(site.function.body) if isinstance(n, cst.Assign))
    return any(dotted(n.targets[0].target) == name and "// 2" in code(n.value) for n in made)


def _swapped(site: Site, call: cst.Call) -> Iterator[Idea]:
    """`gcd(a % b, b)` → `gcd(b, a % b)`: a parameter that stays in its place for ever."""
    plain = [a for a in call.args if a.keyword is None and not a.star]
    for at, arg in enumerate(plain):
        if dotted(arg.value) not in site.parameters()[at : at + 1]:
            continue
        for other in plain:
            if other is not arg and isinstance(other.value, cst.BinaryOperation):
                edits = (
                    site.replace(arg.value, site.source(other.value)),
                    site.replace(other.value, site.source(arg.value)),
                )
                modulo = isinstance(other.value.operator, cst.Modulo)
                yield Idea(
                    edits,
                    f"`{site.source(arg.value)}` and `{site.source(other.value)}` change places.",
                    f"swapped {site.source(arg.value)}",
                    0.8 if modulo else -0.8,
                    (f"`{site.source(arg.value)}` was passed on unchanged",),
                )


def _idea(site: Site, node: cst.BaseExpression, text: str, bonus: float, reason: str) -> Idea:
    change = f"The recursive call takes `{text}`."
    return Idea((site.replace(node, text),), change, f"recursion on {text}", bonus, (reason,))


TEMPLATE = Template("recursion_step", frozenset({Kind.RECURSION}), 0.6, ideas, outer=True)
