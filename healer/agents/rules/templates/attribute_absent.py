"""An attribute that not every object has: `getattr(x, "name", default)`, or set it in `__init__`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.functions import literal_text
from healer.agents.rules.guards import guard
from healer.agents.rules.names import own_members
from healer.agents.rules.site import UNKNOWN, Site, literal
from healer.agents.rules.spots import test_operand
from healer.agents.rules.syntax import Edit, dotted, line_edit, walk
from healer.agents.rules.values import absent_values

FROM_START = 1.5  # log-odds
OR_ELSE = 1.4


def ideas(site: Site) -> Iterator[Idea]:
    attr, owner = site.crash.words.get("attr", ""), site.crash.words.get("owner", "").split(".")[-1]
    yield from _initialised(site, owner, attr)
    yield from _of_class(site, owner, attr)
    yield from _sometimes_set(site, attr)
    yield from _by_name(site, attr)
    for node in site.on_line(cst.Attribute):
        if node.attr.value != attr or isinstance(site.file.parent(node), (cst.AssignTarget, cst.Attribute)):
            continue
        shown = site.source(node.value)
        if attr in {"__name__", "__qualname__"}:
            yield _getattr(site, node, f"repr({shown})", 1.4, "callables without a name have a repr")
        elif isinstance(site.file.parent(node), cst.Call) and site.file.parent(node).func is node:  # type: ignore[union-attr]
            yield from _asked(site, node, attr)
        elif isinstance(site.file.parent(node), (cst.For, cst.CompFor)):
            yield _getattr(site, node, "()", 0.6, "it is iterated over")
        elif stands_in(site, node):
            yield _getattr(site, node, "None", OR_ELSE, "what stands by for an empty one stands in for none")
        elif test_operand(site, node) is not None:
            yield _getattr(site, node, "None", 0.6, "only its truth matters here")
        else:
            for value in absent_values(site, node):
                yield _getattr(site, node, value.text, value.weight - 0.5, *value.reasons)


def stands_in(site: Site, node: cst.BaseExpression) -> bool:
    """`node or …`"""
    above = site.file.parent(node)
    left = isinstance(above, cst.BooleanOperation) and above.left is node
    return left and isinstance(above, cst.BooleanOperation) and isinstance(above.operator, cst.Or)


def _by_name(site: Site, attr: str) -> Iterator[Idea]:
    """`getattr(request, "stamps")` without a default."""
    for call in site.on_line(cst.Call):
        if dotted(call.func) != "getattr" or len(call.args) != 2 or not _names(site, call.args[1], attr):
            continue
        asked = stands_in(site, call) or test_operand(site, call) is not None
        values = [("None", OR_ELSE)] if asked else [(v.text, v.weight) for v in absent_values(site, call)]
        end = site.file.span(call.args[1].value)[1]
        for text, bonus in values:
            yield Idea(
                (Edit(end, end, f", {text}"),),
                f"Where there is no `{attr}`, {text} stands for it.",
                f"{attr} is {text}",
                bonus,
                ("it is asked for by name, as what not everything has",),
            )


def _names(site: Site, arg: cst.Arg, attr: str) -> bool:
    """Whether the argument is the attribute's name, or a variable that may hold it."""
    if isinstance(arg.value, (cst.Name, cst.Attribute)):
        return site.python_value(arg.value) in (UNKNOWN, attr)
    return literal(arg.value) == attr


def _sometimes_set(site: Site, attr: str) -> Iterator[Idea]:
    """`__init__` sets it only under a condition that can be asked for here as well: leave without it."""
    init, test = site.initialiser, None
    for node in walk(init.body) if init is not None else ():
        if isinstance(node, cst.If) and node.orelse is None and f"self.{attr} = " in site.source(node.body):
            test = site.source(node.test)
    holders = [n.value for n in site.on_line(cst.Attribute) if n.attr.value == attr]
    if test is None or not test.startswith("self.") or not holders or dotted(holders[0]) != "self":
        return
    for idea in guard(site, holders[0], negated(test), f"has no `{attr}`"):
        yield replace(
            idea, bonus=idea.bonus + FROM_START, reasons=(f"it is there only if `{test}`", *idea.reasons)
        )


def negated(test: str) -> str:
    whole = isinstance(cst.parse_expression(test), (cst.Name, cst.Attribute, cst.Call, cst.Subscript))
    return f"not {test}" if whole else f"not ({test})"


def _getattr(site: Site, node: cst.Attribute, default: str, bonus: float, *reasons: str) -> Idea:
    shown, attr = site.source(node.value), node.attr.value
    return Idea(
        (site.replace(node, f'getattr({shown}, "{attr}", {default})'),),
        f"Where `{shown}` has no `{attr}`, {default} stands for it.",
        f"{attr} is {default}",
        bonus,
        reasons,
    )


def _asked(site: Site, node: cst.Attribute, attr: str) -> Iterator[Idea]:
    """`stream.isatty()` in a condition → `hasattr(stream, "isatty") and stream.isatty()`."""
    call = site.file.parent(node)
    assert isinstance(call, cst.Call)
    shown = site.source(node.value)
    if attr.startswith(("is", "has", "can")) or test_operand(site, call) is not None:
        yield Idea(
            (site.replace(call, f'(hasattr({shown}, "{attr}") and {site.source(call)})'),),
            f"Where `{shown}` has no `{attr}`, the answer is no.",
            "answer is no",
            0.8,
            ("not every object of this kind has it",),
        )


def _initialised(site: Site, owner: str, attr: str) -> Iterator[Idea]:
    """The class sets the attribute, but not in `__init__`."""
    for path, klass in site.repository.classes(owner):
        init = next((n for n in klass.body if isinstance(n, ast.FunctionDef) and n.name == "__init__"), None)
        if init is None or _sets(init, attr):
            continue
        if attr not in own_members(klass) and not _set_from_outside(site, attr):
            continue
        text = site.repository.text(path) or ""
        value, bonus = _first_value(klass, attr)
        last = init.body[-1]
        lines = text.split("\n")
        at = sum(len(line) + 1 for line in lines[: last.end_lineno or last.lineno])
        indent = " " * last.col_offset
        newline = "" if at <= len(text) else "\n"
        yield Idea(
            (Edit(min(at, len(text)), min(at, len(text)), f"{newline}{indent}self.{attr} = {value}\n"),),
            f"`{owner}` starts with `{attr}` = {value}.",
            f"{attr} is {value}",
            bonus,
            (f"`{owner}` sets it only later",),
            path,
        )


def _of_class(site: Site, owner: str, attr: str) -> Iterator[Idea]:
    """`__init__` sets it, and is not there yet, or is passed by: by `__del__`, a copy, or a base that fills
    the object. The class has it from the start."""
    names = dict.fromkeys((owner, site.klass.name.value if site.klass is not None else owner))
    for path, klass in (found for name in names for found in site.repository.classes(name)):
        init = next((n for n in klass.body if isinstance(n, ast.FunctionDef) and n.name == "__init__"), None)
        if init is None or not _sets(init, attr):
            continue
        first = (
            klass.body[1] if ast.get_docstring(klass) is not None and len(klass.body) > 1 else klass.body[0]
        )
        value, bonus = _first_value(klass, attr)
        top = min([first.lineno, *(d.lineno for d in getattr(first, "decorator_list", ()))])
        line = f"{' ' * first.col_offset}{attr} = {value}\n"
        yield Idea(
            (line_edit(site.repository.text(path) or "", top, line),),
            f"`{klass.name}` has `{attr}` = {value} before `__init__` sets it.",
            f"{attr} is {value}",
            bonus + FROM_START,
            (f"only `__init__` of `{klass.name}` sets it",),
            path,
        )


def _set_from_outside(site: Site, attr: str) -> bool:
    """`sheet.catalog = …` somewhere in the project."""
    return any(
        isinstance(n, ast.Attribute) and n.attr == attr and isinstance(n.ctx, ast.Store)
        for _, tree in site.repository.mentioning(f".{attr} = ")
        for n in ast.walk(tree)
    )


def _sets(function: ast.FunctionDef, attr: str) -> bool:
    """On every path: directly in the body."""
    return any(
        isinstance(t, ast.Attribute) and t.attr == attr
        for s in function.body
        if isinstance(s, (ast.Assign, ast.AnnAssign))
        for t in (s.targets if isinstance(s, ast.Assign) else [s.target])
    )


def _first_value(klass: ast.ClassDef, attr: str) -> tuple[str, float]:
    """None where it is checked for None or truth; else the empty value of what it is assigned."""
    tests = [ast.unparse(n.test) for n in ast.walk(klass) if isinstance(n, (ast.If, ast.IfExp))]
    tests += [ast.unparse(n) for n in ast.walk(klass) if isinstance(n, ast.Compare)]
    if any(f"self.{attr} is" in t or t in {f"self.{attr}", f"not self.{attr}"} for t in tests):
        return "None", 0.9
    for node in ast.walk(klass):
        if isinstance(node, ast.Assign) and any(
            isinstance(t, ast.Attribute) and t.attr == attr for t in node.targets
        ):
            text = literal_text(node.value)
            if text is not None:
                return {"True": "False"}.get(text, text), 0.5
            if isinstance(node.value, (ast.List, ast.ListComp)):
                return "[]", 0.3
            if isinstance(node.value, (ast.Dict, ast.DictComp)):
                return "{}", 0.3
    return "None", 0.0


TEMPLATE = Template("attribute_absent", frozenset({Kind.ATTRIBUTE}), -0.2, ideas)
