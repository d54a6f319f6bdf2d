"""Where a None was made: the one function or property of the project whose result it is."""

from __future__ import annotations

import ast

import libcst as cst

from healer.agents.rules.contract import promised_empty
from healer.agents.rules.functions import AnyFunction, returns
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import dotted, walk

MAX_MAKERS = 6


def promises(site: Site, subject: cst.BaseExpression) -> list[tuple[str, ast.Return, str]]:
    """(path, `return None`, what it should be) of the one function or property that the None came from."""
    if isinstance(subject, cst.Name) and (found := site.definition(subject.value)) is not None:
        subject = found.value
    func = subject.func if isinstance(subject, cst.Call) else subject
    name = func.attr.value if isinstance(func, cst.Attribute) else dotted(func)
    if not name or not isinstance(subject, (cst.Call, cst.Attribute)):
        return []
    known = list(site.repository.functions(name))
    if len(known) != 1:
        return []
    path, function = known[0]
    is_property = any("property" in ast.unparse(one) for one in function.decorator_list)
    if is_property is isinstance(subject, cst.Call):
        return []
    text = promised_empty(function)
    nones = [r for r in returns(function) if isinstance(r.value, ast.Constant) and r.value.value is None]
    return [(path, nones[0], text)] if text and len(nones) == 1 else []


def makers(site: Site) -> list[tuple[str, AnyFunction]]:
    """(path, function) of what made the values that the line names: `totals` of `totals = spent(entries)`."""
    names = {n.value for n in site.on_line(cst.Name)}
    found: dict[int, tuple[str, AnyFunction]] = {}
    for name in sorted(names):
        made = site.definition(name)
        for call in walk(made.value) if made is not None else ():
            func = call.func if isinstance(call, cst.Call) else None
            called = func.attr.value if isinstance(func, cst.Attribute) else dotted(func) if func else ""
            if called:
                for path, function in site.repository.functions(called):
                    found[id(function)] = (path, function)
    return list(found.values())[:MAX_MAKERS]
