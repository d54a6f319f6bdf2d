"""`fmt(home, value)` for `def fmt(value, currency)`: two arguments in each other's place."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import combinations

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.functions import AnyFunction
from healer.agents.rules.names import likeness
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import Edit, atom, code

GAIN = 0.25  # likeness of names that a swap must gain, where the names alone speak for it
CONSTANTS = frozenset({"None", "True", "False"})  # given on purpose, where they are given
NAMED, TYPED = 0.6, 1.4  # log-odds


def ideas(site: Site) -> Iterator[Idea]:
    if not site.depth:
        yield from _known(site)
    if site.inner is None or site.inner.depth != site.depth - 1:
        return
    for call in site.on_line(cst.Call):
        name = call.func.attr.value if isinstance(call.func, cst.Attribute) else code(call.func).strip()
        if name != site.inner.function_name or any(a.star or a.keyword for a in call.args):
            continue
        for _, function in site.repository.functions(name):
            yield from _swapped(site, call, function)


def _known(site: Site) -> Iterator[Idea]:
    """`strptime(form, text)`, and `items.join(", ")`, whose order everybody knows."""
    for call in site.on_line(cst.Call):
        func = call.func
        if not isinstance(func, cst.Attribute) or any(a.keyword or a.star for a in call.args):
            continue
        if func.attr.value == "strptime" and len(call.args) == 2 and "does not match" in site.crash.message:
            pair = [arg.value for arg in call.args]
            if "%" in str(site.python_value(pair[0])) or "%" in site.source(pair[0]):
                first, second = (site.source(one) for one in pair)
                edits = (site.replace(pair[0], second), site.replace(pair[1], first))
                yield _ordered(edits, "strptime", "the text comes before its form")
        if func.attr.value == "join" and len(call.args) == 1 and site.crash.words.get("attr") == "join":
            text, items = site.source(call.args[0].value), site.source(func.value)
            edit = site.replace(call, f"{atom(call.args[0].value, text)}.join({items})")
            yield _ordered((edit,), "join", "what stands between is asked to join")


def _ordered(edits: tuple[Edit, ...], name: str, reason: str) -> Idea:
    change = f"`{name}` gets its arguments in the order in which it takes them."
    return Idea(edits, change, f"{name} with arguments swapped", 1.4, (reason,))


def _swapped(site: Site, call: cst.Call, function: AnyFunction) -> Iterator[Idea]:
    params = [a for a in (*function.args.posonlyargs, *function.args.args) if a.arg not in {"self", "cls"}]
    for i, j in combinations(range(min(len(params), len(call.args))), 2):
        first, second = call.args[i].value, call.args[j].value
        gain = (
            _fit(first, params[j])
            + _fit(second, params[i])
            - _fit(first, params[i])
            - _fit(second, params[j])
        )
        typed = _misfits(site, params[i], params[j])
        other = _elsewhere(site, call, function.name, i, j)
        plain = {code(first).strip(), code(second).strip()} & CONSTANTS
        if (gain < GAIN or plain) and not typed and (plain or not other):
            continue
        yield Idea(
            (site.replace(first, site.source(second)), site.replace(second, site.source(first))),
            f"`{function.name}` gets its arguments in the order in which it takes them.",
            f"{function.name} with arguments swapped",
            (NAMED * min(gain, 1.0) if gain > 0 else -NAMED) + (TYPED if typed or other else 0.0),
            (f"`{function.name}` takes `{params[i].arg}` before `{params[j].arg}`",),
        )


def _elsewhere(site: Site, call: cst.Call, name: str, i: int, j: int) -> bool:
    """Whether another call gives one of the two in the other's place."""
    first, second = site.source(call.args[i].value), site.source(call.args[j].value)
    for _, tree in site.repository.mentioning(f"{name}("):
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or len(node.args) <= max(i, j):
                continue
            given = ast.unparse(node.args[i]), ast.unparse(node.args[j])
            same = ast.unparse(node.func).rpartition(".")[2] == name
            if same and (given[0] == second) != (given[1] == first):
                return True
    return False


def _fit(argument: cst.BaseExpression, param: ast.arg) -> float:
    """Likeness of the last name of an argument to its parameter's."""
    last = code(argument).strip().split("(")[0].split("[")[0].rpartition(".")[2]
    return likeness(last, param.arg) if last.isidentifier() else 0.0


def _misfits(site: Site, first: ast.arg, second: ast.arg) -> bool:
    """Whether annotations say that each got what the other should have."""
    assert site.inner is not None
    types = [ast.unparse(p.annotation) if p.annotation is not None else "" for p in (first, second)]
    shown = [site.inner.values.get(p.arg) for p in (first, second)]
    kinds = [_kind(one) for one in shown]
    return (
        bool(kinds[0] and kinds[1]) and kinds[0] != kinds[1] and kinds[0] == types[1] and kinds[1] == types[0]
    )


def _kind(shown: object) -> str:
    """The type that a repr in the event tells."""
    if isinstance(shown, list):
        return "list"
    if isinstance(shown, dict):
        return "dict"
    text = shown if isinstance(shown, str) else ""
    if text[:1] in "'\"" and text:
        return "str"
    if text.lstrip("-").isdecimal():
        return "int"
    return text.partition("(")[0].rpartition(".")[2] if "(" in text else ""


TEMPLATE = Template("arguments_swapped", frozenset(Kind), 0.8, ideas, outer=True)
