"""Which sequence on the line is too short, and how long it would have to be."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.crash import Kind
from healer.agents.rules.site import UNKNOWN, Site, literal
from healer.agents.rules.syntax import dotted

EMPTY_CALLS = {"min", "max", "reduce", "choice", "mean", "median", "mode", "fmean", "functools.reduce"}


def short_sequences(site: Site) -> list[tuple[cst.BaseExpression, int]]:
    """(sequence, length needed): those known to be short alone, where any is; each once."""
    finders = {Kind.INDEX: _indexed, Kind.TOO_FEW_VALUES: _unpacked}
    found = list(finders.get(site.crash.kind, _emptied)(site))
    certain = [(node, need) for node, need in found if (n := length(site, node)) is not None and n < need]
    open_ = [(node, need) for node, need in found if length(site, node) is None]
    return _longest(site, certain or open_)


def _longest(site: Site, found: list[tuple[cst.BaseExpression, int]]) -> list[tuple[cst.BaseExpression, int]]:
    by_name: dict[str, tuple[cst.BaseExpression, int]] = {}
    for node, need in found:
        name = site.source(node)
        if name not in by_name or by_name[name][1] < need:
            by_name[name] = (node, need)
    return list(by_name.values())


def _indexed(site: Site) -> Iterator[tuple[cst.BaseExpression, int]]:
    for node in site.on_line(cst.Subscript):
        index = constant_index(node)
        if index is not None:
            yield node.value, index + 1 if index >= 0 else -index


def _unpacked(site: Site) -> Iterator[tuple[cst.BaseExpression, int]]:
    """`first, *rest = items` needs one."""
    for assign in site.on_line(cst.Assign):
        target = assign.targets[0].target
        if isinstance(target, (cst.Tuple, cst.List)):
            starred = sum(isinstance(e, cst.StarredElement) for e in target.elements)
            if starred:
                yield assign.value, len(target.elements) - starred


def constant_index(node: cst.Subscript) -> int | None:
    if len(node.slice) != 1 or not isinstance(node.slice[0].slice, cst.Index):
        return None
    value = literal(node.slice[0].slice.value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _emptied(site: Site) -> Iterator[tuple[cst.BaseExpression, int]]:
    for call in site.on_line(cst.Call):
        name = dotted(call.func)
        if name.split(".")[-1] in EMPTY_CALLS and call.args:
            yield call.args[1 if name.endswith("reduce") and len(call.args) > 1 else 0].value, 1
        if isinstance(call.func, cst.Attribute) and call.func.attr.value in {"pop", "popleft"}:
            yield call.func.value, 1


def length(site: Site, node: cst.BaseExpression) -> int | None:
    """Of the event's value; a container of exactly ten may have been cut."""
    value = site.value(node)
    if isinstance(value, (list, dict)):
        return len(value) if len(value) < 10 else None
    shown = site.python_value(node)
    return len(shown) if isinstance(shown, (str, bytes)) and shown != UNKNOWN else None
