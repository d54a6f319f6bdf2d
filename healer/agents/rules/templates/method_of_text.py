"""A number or truth value asked for a method of text: `value.splitlines()` → `str(value).splitlines()`; or
given to a library that asks for it: `html.escape(value)` → `html.escape(str(value))`."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site, is_docstring
from healer.agents.rules.syntax import dotted

SCALARS = frozenset({"int", "float", "bool", "Decimal", "complex"})
PATHS = frozenset({"PosixPath", "WindowsPath", "Path", "PurePosixPath"})
METHODS = frozenset(dir(str)) - frozenset(dir(int)) - frozenset(dir(float))


def ideas(site: Site) -> Iterator[Idea]:
    if site.foreign:
        yield from _given(site)
    attr, owner = site.crash.words.get("attr", ""), site.crash.words.get("owner", "")
    if owner in PATHS and attr in METHODS:
        yield from _path(site, attr)
    if owner.split(".")[-1] not in SCALARS or attr not in METHODS:
        return
    for call in site.on_line(cst.Call):
        if isinstance(call.func, cst.Attribute) and call.func.attr.value == attr:
            yield _as_text(site, call.func.value, f"only text has `.{attr}`")


def _path(site: Site, attr: str) -> Iterator[Idea]:
    """A path where a text was expected: `name = str(name)` at the head of the function that takes it."""
    for node in site.on_line(cst.Attribute):
        name = dotted(node.value)
        if node.attr.value != attr or name not in site.parameters() or site.function is None:
            continue
        first = next((s for s in site.function.body.body if not is_docstring(s)), None)
        if first is not None:
            yield Idea(
                (site.before(first, f"{name} = str({name})"),),
                f"`{name}` may be given as a path.",
                "text of the path",
                1.4,
                (f"a path has no `.{attr}`",),
            )


def _given(site: Site) -> Iterator[Idea]:
    """Arguments on the line that are numbers or truth values, where what is called wants text."""
    if site.crash.kind is Kind.ATTRIBUTE and site.crash.words.get("attr") not in METHODS:
        return
    owner = site.crash.words.get("owner", "")
    for call in site.on_line(cst.Call):
        for arg in call.args:
            kind = type(site.python_value(arg.value)).__name__
            if isinstance(arg.value, cst.Name) and kind in SCALARS and owner in {"", kind}:
                yield _as_text(site, arg.value, "what is called takes text")


def _as_text(site: Site, node: cst.BaseExpression, reason: str) -> Idea:
    shown = site.source(node)
    change = f"`{shown}` is written as text before it is read as such."
    return Idea((site.replace(node, f"str({shown})"),), change, "text of the value", 0.8, (reason,))


TEMPLATE = Template("method_of_text", frozenset({Kind.ATTRIBUTE, Kind.STR_EXPECTED}), -0.1, ideas)
