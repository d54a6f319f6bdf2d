"""Values are put in order or added up and some are None: `sorted(x.a for …)`, `max(xs, key=lambda x: x.a)`.

Right where None means that there is no value: such a one is left out of plain values, and counts as nothing
where the items themselves are ordered by it."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.spots import in_comprehension, pure
from healer.agents.rules.syntax import Edit, atom, dotted, walk

ITEM = "value"
ORDERS = frozenset({"sorted", "min", "max"})
NOTHING = {"int": "0", "float": "0.0", "Decimal": "0", "str": '""'}


def ideas(site: Site) -> Iterator[Idea]:
    yield from _descending(site)
    for call in site.on_line(cst.Call):
        if not _consumes(site, call):
            continue
        key = next((a.value for a in call.args if a.keyword is not None and a.keyword.value == "key"), None)
        values = call.args[0].value if call.args else None
        if isinstance(key, cst.Lambda):
            yield from _keyed(site, key.body, ordered=dotted(call.func) not in {"min", "max"})
        elif isinstance(key, cst.Name):
            yield from _by_function(site, key.value)
        elif key is None and isinstance(values, cst.BaseSimpleComp):
            yield from _plain(site, values)
        elif key is None and isinstance(values, cst.Name):
            yield from _named(site, values)


def _descending(site: Site) -> Iterator[Idea]:
    """`key=lambda r: (-r.year, r.name)` → those without one at the end, as the docstring has it."""
    told = (site.function.get_docstring() or "") if site.function is not None else ""
    for node in site.on_line(cst.UnaryOperation):
        inner = any(isinstance(above, cst.Lambda) for above in site.file.ancestors(node))
        if not isinstance(node.operator, cst.Minus) or not inner or not pure(node.expression):
            continue
        shown = site.source(node.expression)
        pair = f"{shown} is None, -({shown} or 0)"
        member = isinstance(site.file.parent(node), cst.Element)
        last = any(word in told for word in ("at the end", "last", "after", "come at"))
        yield Idea(
            (site.replace(node, pair if member else f"({pair})"),),
            f"What has no `{shown}` comes last.",
            "order last",
            1.6 if last else 0.2,
            ("its docstring puts them at the end",) if last else (),
        )


def _consumes(site: Site, call: cst.Call) -> bool:
    if site.crash.kind is Kind.NONE_OPERAND:
        return dotted(call.func) == "sum"
    method = call.func.attr.value if isinstance(call.func, cst.Attribute) else ""
    return dotted(call.func) in ORDERS or method == "sort"


def _kind(site: Site) -> str:
    """Type of what None was compared with."""
    words = site.crash.words
    return next((w.rpartition(".")[2] for w in (words["left"], words["right"]) if w != "NoneType"), "")


def _keyed(site: Site, value: cst.BaseExpression, *, ordered: bool) -> Iterator[Idea]:
    nothing = NOTHING.get(_kind(site))
    if nothing is None or isinstance(value, (cst.Tuple, cst.BooleanOperation, cst.IfExp)):
        return
    shown = site.source(value)
    if ordered:
        yield Idea(
            (site.replace(value, f"({shown} is None, {atom(value, shown)} or {nothing})"),),
            f"What has no `{shown}` comes last.",
            "order last",
            0.6,
            (f"the others have a value of type {_kind(site)}",),
        )
    yield Idea(
        (site.replace(value, f"{atom(value, shown)} or {nothing}"),),
        f"What has no `{shown}` is ordered as {nothing}.",
        f"order as {nothing}",
        0.4 if nothing != '""' else 0.0,
        (f"the others have a value of type {_kind(site)}",),
    )


def _by_function(site: Site, name: str) -> Iterator[Idea]:
    """`def order(entry): return (entry.year, entry.key)`: each part of what it gives may be the None."""
    nothing = NOTHING.get(_kind(site))
    made = next((n for n in site.file.find(cst.FunctionDef) if n.name.value == name), None)
    given = [n for n in walk(made.body) if isinstance(n, cst.Return)] if made is not None else []
    value = given[0].value if len(given) == 1 else None
    parts = [e.value for e in value.elements] if isinstance(value, cst.Tuple) else [value]
    for part in parts if nothing is not None else ():
        if isinstance(part, (cst.Name, cst.Attribute)):
            shown = site.source(part)
            pair = f"{shown} is None, {shown} or {nothing}"
            yield Idea(
                (site.replace(part, pair if isinstance(value, cst.Tuple) else f"({pair})"),),
                f"What has no `{shown}` comes last.",
                "order last",
                0.6 if part is parts[0] else 0.2,
                (f"the others have a value of type {_kind(site)}",),
            )


def _plain(site: Site, comp: cst.BaseSimpleComp) -> Iterator[Idea]:
    """A condition in the comprehension; around it, where its values are computed by calls."""
    value, filters = comp.elt, comp.for_in.ifs
    shown, end = site.source(value), site.file.span(comp.for_in)[1]
    test = f"{atom(value, shown)} is not None"
    if not pure(value):
        inner = site.source(comp)
        inner = inner if isinstance(comp, cst.GeneratorExp) and inner.startswith("(") else f"({inner})"
        edit = site.replace(comp, f"{ITEM} for {ITEM} in {inner} if {ITEM} is not None")
    elif filters:
        edit = site.replace(filters[0].test, f"{site.source(filters[0].test)} and {test}")
    else:
        edit = Edit(end, end, f" if {test}")
    if comp.for_in.inner_for_in is None:
        yield _left_out(edit, shown)
        if _told_empty(site) and _kind(site) == "str":
            yield Idea(
                (site.replace(value, f'{atom(value, shown)} or ""'),),
                f"What has no `{shown}` counts as an empty text.",
                "empty text",
                1.6,
                ("its docstring names an empty text",),
            )


def _told_empty(site: Site) -> bool:
    """“entries without a person come first, as ''”"""
    text = site.function.get_docstring() if site.function is not None else None
    return "as ''" in (text or "") or 'as ""' in (text or "")


def _named(site: Site, values: cst.Name) -> Iterator[Idea]:
    """A list of the function's own is freed of None where it is made, before it is measured."""
    made, statement = site.definition(values.value), site.insertable
    if made is None or statement is None or in_comprehension(site, values):
        return
    line = site.file.parent(made)
    name = values.value
    if isinstance(line, cst.SimpleStatementLine) and site.file.parent(line) is site.file.parent(statement):
        kept = f"{name} = [{ITEM} for {ITEM} in {name} if {ITEM} is not None]"
        yield _left_out((site.after(line, kept)), name)


def _left_out(edit: Edit, shown: str) -> Idea:
    change = f"What is None in `{shown}` is left out."
    return Idea((edit,), change, "leave item out", 0.6, ("None is no value",))


TEMPLATE = Template("none_order", frozenset({Kind.NONE_COMPARISON, Kind.NONE_OPERAND}), 0.3, ideas)
