"""`if second: use(first)` → `use(second)`: the lines were copied, and a name was left as it stood."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.names import likeness
from healer.agents.rules.site import Site
from healer.agents.rules.spots import NONE_KINDS
from healer.agents.rules.syntax import dotted, walk

ALIKE = 0.5  # of the two names
UNUSED = 0.8  # log-odds: what was asked for is used nowhere in the branch


def ideas(site: Site) -> Iterator[Idea]:
    branch = _branch(site)
    if branch is None:
        return
    meant = _asked(branch.test)
    held = {n.value for n in walk(branch.body) if isinstance(n, cst.Name)}
    used = dict.fromkeys(n.value for n in site.on_line(cst.Name) if n.value not in meant)
    for wrong in used:
        for right in meant:
            if _siblings(site, wrong, right) and alike(wrong, right):
                edits = tuple(
                    site.replace(n, right)
                    for n in walk(branch.body)
                    if isinstance(n, cst.Name) and n.value == wrong and n in site.file
                )
                yield Idea(
                    edits,
                    f"The branch that asks for `{right}` uses it, where it used `{wrong}`.",
                    f"{right} for {wrong}",
                    0.0 if right in held else UNUSED,
                    (f"`{right}` is what the condition asks for",),
                )


def _branch(site: Site) -> cst.If | None:
    """The `if` whose own branch holds the statement."""
    inner: cst.CSTNode | None = site.statement
    while inner is not None and not isinstance(inner, (cst.FunctionDef, cst.For, cst.While)):
        above = site.file.parent(inner)
        if isinstance(above, cst.If) and above.body is inner:
            return above
        inner = above
    return None


def _asked(test: cst.BaseExpression) -> list[str]:
    """Names whose presence the test asks for: `x`, `x is not None`, parts of an `and`."""
    if isinstance(test, cst.BooleanOperation) and isinstance(test.operator, cst.And):
        return [*_asked(test.left), *_asked(test.right)]
    if isinstance(test, cst.Comparison) and isinstance(test.comparisons[0].operator, cst.IsNot):
        return [dotted(test.left)] if isinstance(test.left, cst.Name) else []
    return [test.value] if isinstance(test, cst.Name) else []


def _siblings(site: Site, wrong: str, right: str) -> bool:
    """Whether the function makes both, in the same way: as parameters, or by assignments."""
    parameters = site.parameters()
    if wrong in parameters or right in parameters:
        return wrong in parameters and right in parameters
    return site.definition(wrong) is not None and site.definition(right) is not None


def alike(a: str, b: str) -> bool:
    """`g1` and `g3`, `first_row` and `last_row`."""
    if a in {b + "s", b + "es"} or b in {a + "s", a + "es"}:
        return False  # one of them, and all of them
    one_letter = len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1
    return one_letter or likeness(a, b) >= ALIKE


TEMPLATE = Template(
    "copied_name",
    NONE_KINDS
    | {Kind.ATTRIBUTE, Kind.KEY, Kind.INDEX, Kind.NOT_SUBSCRIPTABLE, Kind.OPERAND, Kind.COMPARISON},
    1.2,
    ideas,
)
