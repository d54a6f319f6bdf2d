"""A yes-or-no question put to a value of another kind: `kind.value == x` → `isinstance(kind, Kind) and …`,
`for base in klass.bases` in `has_bases` → `if not hasattr(klass, "bases"): return False`; and
`stream.flush()`, done for its effect alone → the same under `if hasattr(stream, "flush"):`."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.functions import AnyFunction, find_function, returns
from healer.agents.rules.guards import guard
from healer.agents.rules.site import Site
from healer.agents.rules.spots import pure, test_operand
from healer.agents.rules.syntax import atom, walk
from healer.agents.rules.templates.comparison_stranger import METHODS
from healer.agents.rules.templates.kind_due import annotated
from healer.agents.rules.templates.none_condition import asks_for_absence, wrapped
from healer.agents.rules.templates.none_skip import under

FOR_TEXT = frozenset(name for kind in (str, bytes, list, dict, set) for name in dir(kind))

STREAM = frozenset({"flush", "close", "isatty", "fileno", "seek"})  # what stands in for a file often lacks

SKIPS = 0.5  # log-odds
LEFT_OUT = 0.3
ASKED_FOR = 0.8  # log-odds: the file asks for a class before it reads the attribute elsewhere


def ideas(site: Site) -> Iterator[Idea]:
    if site.function_name in METHODS:
        return  # a comparison has its own answer to strangers
    attr = site.crash.words.get("attr", "")
    for node in site.on_line(cst.Attribute):
        if node.attr.value == attr and pure(node.value) and _somebodys(site, attr):
            yield from _asked(site, node)
            yield from _refused(site, node)
            yield from _passed_over(site, node)
            yield from _left_out(site, node)


def _somebodys(site: Site, attr: str) -> bool:
    """Whether objects of some kind have it: else it is a slip, and no object is to blame."""
    if attr in FOR_TEXT | STREAM or asked_kind(site, attr):
        return True
    owner = site.crash.words.get("owner", "").rpartition(".")[2]
    trees = (tree for _, tree in site.repository.mentioning(attr))
    classes = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    return any(klass.name != owner and _has(klass, attr) for klass in classes)


def _has(klass: ast.ClassDef, attr: str) -> bool:
    for node in ast.walk(klass):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name == attr:
            return True
        stored = isinstance(node, (ast.Attribute, ast.Name)) and isinstance(node.ctx, ast.Store)
        if stored and attr in {getattr(node, "attr", ""), getattr(node, "id", "")}:
            return True
    return False


def _test(site: Site, node: cst.Attribute) -> str:
    """Of the kind that is asked for: by its annotation, by what the file asks for, or else by what it has."""
    shown = site.source(node.value)
    kind = annotated(site, shown) or asked_kind(site, node.attr.value)
    known = kind and kind.rpartition(".")[2] != site.crash.words.get("owner", "").rpartition(".")[2]
    return f"isinstance({shown}, {kind})" if known else f'hasattr({shown}, "{node.attr.value}")'


def asked_kind(site: Site, attr: str) -> str:
    """The class for which the file asks before it reads the attribute: `if isinstance(x, Name): x.id`."""
    owner = site.crash.words.get("owner", "").rpartition(".")[2]
    tree = site.repository.tree(site.file.path)
    found: Counter[str] = Counter()
    for node in ast.walk(tree) if tree is not None else ():
        for subject, kind in _asked_first(node):
            reads = (n for part in _then(node) for n in ast.walk(part) if isinstance(n, ast.Attribute))
            if any(n.attr == attr and ast.unparse(n.value) == subject for n in reads):
                found[kind] += kind.rpartition(".")[2] != owner
    return next((kind for kind, times in found.most_common(1) if times), "")


def _asked_first(node: ast.AST) -> Iterator[tuple[str, str]]:
    """(x, Name) of `isinstance(x, Name)` in a condition that does not deny."""
    test = node.test if isinstance(node, (ast.If, ast.IfExp)) else node
    if (
        not isinstance(test, ast.expr)
        or not _then(node)
        or any(isinstance(n, ast.Not) for n in ast.walk(test))
    ):
        return
    calls = (n for n in ast.walk(test) if isinstance(n, ast.Call) and len(n.args) == 2)
    for call in calls:
        named = isinstance(call.args[1], (ast.Name, ast.Attribute))
        if named and ast.unparse(call.func) == "isinstance":
            yield ast.unparse(call.args[0]), ast.unparse(call.args[1])


def _then(node: ast.AST) -> list[ast.AST]:
    """What is done where the condition holds."""
    if isinstance(node, ast.If):
        return list(node.body)
    if isinstance(node, ast.IfExp):
        return [node.body]
    return list(node.values[1:]) if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And) else []


def _asked(site: Site, node: cst.Attribute) -> Iterator[Idea]:
    place = test_operand(site, node) or _truth(site, node)
    if place is None:
        return
    operand, role = place
    if isinstance(operand, cst.Call) and operand.func is node:
        return  # `getattr` and `hasattr` of a method are another template's
    text = atom(operand, site.source(operand)) if role == "value" else site.source(operand)
    absent = asks_for_absence(operand)
    yield Idea(
        (site.replace(operand, wrapped(f"{_test(site, node)} and {text}", role, "and")),),
        f"The answer is no where `{site.source(node.value)}` is of another kind.",
        f"condition false: {text}",
        (-1.2 if absent else 0.6) + (ASKED_FOR if asked_kind(site, node.attr.value) else 0.0),
        (f"not everything that comes here has `{node.attr.value}`",),
    )


def _truth(site: Site, node: cst.CSTNode) -> tuple[cst.BaseExpression, str] | None:
    """The comparison that an assignment or a return keeps."""
    for above in site.file.ancestors(node):
        if isinstance(above, cst.Comparison) and len(above.comparisons) == 1:
            kept = isinstance(site.file.parent(above), (cst.Assign, cst.Return))
            return (above, "test") if kept else None
        if isinstance(above, (cst.BaseSmallStatement, cst.BaseCompoundStatement, cst.Lambda, cst.BaseComp)):
            return None
    return None


def _passed_over(site: Site, node: cst.Attribute) -> Iterator[Idea]:
    """In a loop that asks for it more than once, or passes over others, the next item's turn comes."""
    shown, loop = site.source(node), site.loop
    inside = list(walk(loop.body)) if loop is not None else []
    uses = [n for n in inside if isinstance(n, cst.Attribute) and n in site.file and site.source(n) == shown]
    skips = any(isinstance(n, cst.Continue) for n in inside)
    if len(uses) < 2 and not skips:
        return
    for idea in guard(site, node.value, f"not {_test(site, node)}", f"has no `{node.attr.value}`"):
        if idea.behaviour in {"continue", "skip statement"}:
            why = ("others are passed over there as well",) if skips else ()
            yield replace(idea, bonus=idea.bonus + (SKIPS if skips else 0.0), reasons=(*idea.reasons, *why))


def _left_out(site: Site, node: cst.Attribute) -> Iterator[Idea]:
    """A call for its effect alone, or a value put into the object, is left out where it cannot be done."""
    small, shown = site.small, site.source(node.value)
    stores = isinstance(small, cst.Assign) and site.source(small.targets[0].target).startswith(f"{shown}.")
    if site.statement is None or shown in {"self", "cls"} or not (stores or isinstance(small, cst.Expr)):
        return
    yield Idea(
        (under(site, site.statement, f"if {_test(site, node)}:"),),
        f"The statement runs only where `{shown}` has `{node.attr.value}`.",
        "skip statement",
        0.0 if asked_kind(site, node.attr.value) or node.attr.value in STREAM else -LEFT_OUT,
        (f"not everything that comes here has `{node.attr.value}`",),
    )


def _refused(site: Site, node: cst.Attribute) -> Iterator[Idea]:
    """A function that answers yes or no says no of what it cannot ask."""
    function = find_function(site.repository.tree(site.file.path), site.function_name, site.line)
    if function is None or not answers_no(function):
        return
    test = _test(site, node)
    for idea in guard(site, node.value, f"not {test}", f"has no `{node.attr.value}`"):
        if idea.behaviour == "return False":
            yield replace(idea, reserve=0.0)


def answers_no(function: AnyFunction) -> bool:
    """Whether it returns False and True, and no other constant."""
    said = [node.value.value for node in returns(function) if isinstance(node.value, ast.Constant)]
    return {True, False} == set(said) and all(isinstance(value, bool) for value in said)


TEMPLATE = Template("type_condition", frozenset({Kind.ATTRIBUTE}), 0.2, ideas)
