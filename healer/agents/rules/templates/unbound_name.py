"""A variable that only some paths assign: assign it first, before the branch, loop or try."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.functions import neutral
from healer.agents.rules.guards import guard
from healer.agents.rules.site import Site
from healer.agents.rules.spots import test_operand
from healer.agents.rules.syntax import dotted, walk
from healer.agents.rules.templates.none_condition import wrapped

EMPTY = {
    cst.List: "[]",
    cst.ListComp: "[]",
    cst.Dict: "{}",
    cst.DictComp: "{}",
    cst.SimpleString: '""',
    cst.FormattedString: '""',
    cst.Integer: "0",
    cst.Float: "0.0",
}


def ideas(site: Site) -> Iterator[Idea]:
    name = site.crash.words.get("name", "")
    if site.function is None:
        return
    assigned = [n for n in walk(site.function.body) if isinstance(n, cst.Assign) and _targets(n, name)]
    place = _outermost(site, assigned[0]) if assigned else None
    if place is None:
        if _is_global(site, name):
            yield _global(site, name)
        yield from _of_loop(site, name)
        return
    yield from _refused(site, name, place)
    for value, bonus, reason in _values(site, name, assigned):
        yield Idea(
            (site.before(place, f"{name} = {value}"),),
            f"`{name}` is {value} unless the code below assigns it.",
            f"{name} starts as {value}",
            bonus,
            (reason,),
        )


def _of_loop(site: Site, name: str) -> Iterator[Idea]:
    """`for part in parts:` binds it, and there were none: a question about the last one is answered no, or
    nothing is done."""
    loops = [n for n in walk(site.function.body) if isinstance(n, cst.For)] if site.function else []
    loop = next(
        (n for n in loops if name in {m.value for m in walk(n.target) if isinstance(m, cst.Name)}), None
    )
    if loop is None or not isinstance(loop.iter, (cst.Name, cst.Attribute)):
        return
    shown = site.source(loop.iter)
    for node in site.on_line(cst.Name):
        place = test_operand(site, node) if node.value == name else None
        if place is not None:
            operand, role = place
            written = wrapped(f"{shown} and {site.source(operand)}", role, "and")
            yield Idea(
                (site.replace(operand, written),),
                f"The condition is false where `{shown}` is empty.",
                f"condition false: {site.source(operand)}",
                1.2,
                (f"only the loop over `{shown}` gives `{name}`",),
            )
            return
    for idea in guard(site, loop.iter, "not {}", "is empty"):
        yield replace(idea, reasons=(f"only the loop over `{shown}` gives `{name}`", *idea.reasons))


def _refused(site: Site, name: str, place: cst.CSTNode) -> Iterator[Idea]:
    """`if isinstance(…): … elif isinstance(…): …` with no `else`: it takes these types and no others."""
    links = list(_links(place)) if isinstance(place, cst.If) else []
    if len(links) < 2 or not all(_assigns(link.body, name) for link in links) or links[-1].orelse is not None:
        return
    asked = [_asked(link.test) for link in links]
    if len(set(asked)) != 1 or not asked[0]:
        return
    yield Idea(
        (site.after(links[-1], "else:", f'\traise TypeError(f"{asked[0]}: {{{asked[0]}!r}}")'),),
        f"What is none of these types is refused with TypeError, as no `{name}` can be made of it.",
        "raise TypeError",
        0.9,
        (f"every branch asks for a type of `{asked[0]}`",),
    )


def _links(first: cst.If) -> Iterator[cst.If]:
    """The `if` and its `elif`s, and an `else` by standing in `orelse` of the last."""
    link: cst.CSTNode | None = first
    while isinstance(link, cst.If):
        yield link
        link = link.orelse


def _assigns(body: cst.CSTNode, name: str) -> bool:
    return any(isinstance(n, cst.Assign) and _targets(n, name) for n in walk(body))


def _asked(test: cst.BaseExpression) -> str:
    """`x` of `isinstance(x, int)`, and of what that begins."""
    if isinstance(test, cst.BooleanOperation):
        return _asked(test.left)
    if isinstance(test, cst.Call) and dotted(test.func) == "isinstance" and test.args:
        return dotted(test.args[0].value)
    return ""


def _targets(node: cst.Assign, name: str) -> bool:
    return any(isinstance(n, cst.Name) and n.value == name for t in node.targets for n in walk(t.target))


def _outermost(site: Site, node: cst.CSTNode) -> cst.CSTNode | None:
    """The statement of the function's own block around the assignment."""
    block = site.function.body if site.function else None
    inner: cst.CSTNode = node
    for above in site.file.ancestors(node):
        if above is block:
            return inner
        inner = above
    return None


def _values(site: Site, name: str, assigned: list[cst.Assign]) -> Iterator[tuple[str, float, str]]:
    used = _use_below(site, name)
    if used == "none":
        yield "None", 1.5, f"`{name}` is checked for None below"
    elif used == "truth":
        yield "None", 0.9, f"only the truth of `{name}` is asked for below"
    for constant in _defaults(site, assigned):
        yield constant, 0.8, f"`{constant}` is there for want of another"
    kinds = {EMPTY.get(type(a.value)) or neutral(site.parsed(a.value)) for a in assigned} - {None, ""}
    constants = {dotted(a.value) for a in assigned} & {"True", "False"}
    if constants == {"True"}:
        yield "False", 1.2, "elsewhere it is set to True"
    for kind in kinds:
        if kind and not constants:
            named = kind.strip("\"'") == ""  # a text that names something: which one is not known
            yield kind, 0.0 if named else 0.6, "of the type it is assigned elsewhere"
    if used == "" and not kinds:
        yield "None", 0.0, "no other value is suggested"


def _defaults(site: Site, assigned: list[cst.Assign]) -> Iterator[str]:
    """`config.DEFAULTS` of `settings = config.read(path)`: a constant of defaults of the same module."""
    for assign in assigned:
        func = dotted(assign.value.func) if isinstance(assign.value, cst.Call) else ""
        module = func.rpartition(".")[0]
        path = site.repository.module_path(module) if module else site.file.path
        tree = site.repository.tree(path) if path is not None else None
        for node in tree.body if tree is not None else ():
            target = node.targets[0] if isinstance(node, ast.Assign) else None
            if isinstance(target, ast.Name) and target.id in {"DEFAULT", "DEFAULTS", "DEFAULT_SETTINGS"}:
                yield f"{module}.{target.id}" if module else target.id


def _use_below(site: Site, name: str) -> str:
    assert site.function is not None
    found = ""
    for node in walk(site.function.body):
        if (
            isinstance(node, cst.Comparison)
            and dotted(node.left) == name
            and isinstance(node.comparisons[0].operator, (cst.Is, cst.IsNot))
        ):
            return "none"
        if isinstance(node, (cst.If, cst.IfExp)) and name in {dotted(n) for n in _operands(node.test)}:
            found = "truth"
    return found


def _operands(test: cst.BaseExpression) -> Iterator[cst.BaseExpression]:
    if isinstance(test, cst.BooleanOperation):
        yield from _operands(test.left)
        yield from _operands(test.right)
    elif isinstance(test, cst.UnaryOperation):
        yield test.expression
    else:
        yield test


def _is_global(site: Site, name: str) -> bool:
    assert site.function is not None
    changed = any(isinstance(n, cst.AugAssign) and dotted(n.target) == name for n in walk(site.function.body))
    return changed and any(
        isinstance(s, cst.SimpleStatementLine)
        and isinstance(s.body[0], cst.Assign)
        and _targets(s.body[0], name)
        for s in site.file.module.body
    )


def _global(site: Site, name: str) -> Idea:
    assert site.function is not None
    first = site.function.body.body[0]
    return Idea(
        (site.before(first, f"global {name}"),),
        f"`{name}` is the module's variable.",
        f"global {name}",
        1.2,
        ("the module defines it, the function changes it",),
    )


TEMPLATE = Template("unbound_name", frozenset({Kind.UNBOUND}), 0.2, ideas)
