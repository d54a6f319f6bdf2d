"""The project has a word for it: `raw.decode("utf-8")` → `decode(raw)`, a function that does the same and
knows what to do where it cannot be done."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.functions import AnyFunction, own_nodes, returns
from healer.agents.rules.names import module_names
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import Edit, dotted

AT_HAND = 0.6  # log-odds: it is imported, or defined, in this file
MAX_HELPERS = 40  # functions looked at
PLAIN = frozenset({"int", "float", "Decimal", "len", "min", "max", "sum", "sorted", "next"})
DONE = frozenset({"append", "add", "write", "items", "keys", "values", "get", "join", "format", "extend"})


def ideas(site: Site) -> Iterator[Idea]:
    for call in site.on_line(cst.Call):
        operation, subject = _operation(call)
        if subject is None or isinstance(subject, (cst.SimpleString, cst.Integer)):
            continue
        for path, helper in _helpers(site, operation):
            imports = _imports(site, path, helper.name)
            if imports is None or helper.name == site.function_name:
                continue
            text = f"{helper.name}({site.source(subject)})"
            yield Idea(
                (*imports, site.replace(call, text)),
                f"`{site.source(subject)}` passes through `{helper.name}`.",
                f"through {helper.name}",
                0.0 if imports else AT_HAND,
                (f"`{helper.name}` does this, and knows what to do where it cannot be done",),
            )


def _operation(call: cst.Call) -> tuple[str, cst.BaseExpression | None]:
    """(`.decode`, x) of `x.decode(…)`; (`int`, x) of `int(x)`."""
    if isinstance(call.func, cst.Attribute) and call.func.attr.value not in DONE:
        return f".{call.func.attr.value}", call.func.value
    name = dotted(call.func)
    if (name in PLAIN or "." in name) and len(call.args) == 1 and not call.args[0].star:
        return name, call.args[0].value
    return "", None


def _helpers(site: Site, operation: str) -> Iterator[tuple[str, AnyFunction]]:
    """Functions of one required parameter that do this to it, and ask first or catch what may come of it."""
    seen = 0
    for path, tree in site.repository.mentioning(f"{operation}("):
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and seen < MAX_HELPERS:
                seen += 1
                if _does(node, operation):
                    yield path, node


def _does(function: AnyFunction, operation: str) -> bool:
    arguments = function.args
    required = len(arguments.args) - len(arguments.defaults)
    if required != 1 or arguments.vararg or None in arguments.kw_defaults:
        return False
    name = arguments.args[0].arg
    wanted = f"{name}{operation}(" if operation.startswith(".") else f"{operation}({name}"
    nodes = list(own_nodes(function))
    if _asks(function):
        return False
    if not any(isinstance(n, ast.Call) and ast.unparse(n).startswith(wanted) for n in nodes):
        return False
    asked = (n.test for n in nodes if isinstance(n, (ast.If, ast.IfExp)))
    return any(isinstance(n, ast.Try) for n in nodes) or any(
        isinstance(n, ast.Name) and n.id == name for test in asked for n in ast.walk(test)
    )


def _asks(function: AnyFunction) -> bool:
    """Whether it only says yes or no."""
    said = [node.value for node in returns(function)]
    told = function.returns is not None and ast.unparse(function.returns) == "bool"
    return told or any(isinstance(v, ast.Constant) and isinstance(v.value, bool) for v in said)


def _imports(site: Site, path: str, name: str) -> tuple[Edit, ...] | None:
    """What it takes to have the name here; None where that cannot be said."""
    if path == site.file.path or name in module_names(site.file.module):
        return ()
    module = path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
    return site.importing(f"from {module} import {name}")


TEMPLATE = Template(
    "helper_used",
    frozenset(
        {Kind.DECODE, Kind.NUMBER_PARSE, Kind.NONE_ATTRIBUTE, Kind.NONE_ARGUMENT, Kind.ISO_DATE}
        | {Kind.ATTRIBUTE, Kind.EMPTY_SEQUENCE, Kind.JSON_PARSE, Kind.NONE_LEN, Kind.ZONE}
    ),
    1.0,
    ideas,
)
