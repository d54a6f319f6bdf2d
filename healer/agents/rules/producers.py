"""Where a None was made: the one function or property of the project whose result it is."""

from __future__ import annotations

import ast

import libcst as cst

from healer.agents.rules.contract import promised_empty
from healer.agents.rules.functions import returns
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import dotted


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
