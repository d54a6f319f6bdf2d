"""An item that may be past the end: `row[i] if i < len(row) else <neutral>`."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.sequences import length
from healer.agents.rules.site import UNKNOWN, Site, literal
from healer.agents.rules.spots import chain, pure, test_operand
from healer.agents.rules.syntax import code, dotted, walk
from healer.agents.rules.values import Value, absent_values

ONE_PAST = 1.8  # log-odds: the index is just past the end, so it was counted wrong; nothing is missing
OF_TEXT = 1.4  # log-odds
RAGGED = 1.6  # log-odds: the index counts another sequence, and this one may well be shorter


def ideas(site: Site) -> Iterator[Idea]:
    for node in site.on_line(cst.Subscript):
        if (
            len(node.slice) != 1
            or not isinstance(node.slice[0].slice, cst.Index)
            or test_operand(site, node) is not None
        ):
            continue
        index = node.slice[0].slice.value
        if (
            not pure(node.value)
            or not pure(index)
            or isinstance(site.file.parent(node), (cst.AssignTarget, cst.Del))
        ):
            continue
        number, size = literal(index), length(site, node.value)
        if (isinstance(number, str) and number != UNKNOWN) or (
            size is not None and isinstance(number, int) and 0 <= number < size
        ):
            continue
        use = chain(site, node)
        past = bool(size) and site.python_value(index) in {size, str(size)}
        beside = ONE_PAST if past else 0.0
        ragged = counts_another(site, node, index)
        for value in (*_neighbours(site, node), *_of_text(site, node, use), *absent_values(site, use)):
            text = f"{site.source(use)} if {_test(site, node.value, index, number)} else {value.text}"
            alone = isinstance(site.file.parent(use), (cst.Return, cst.Assign, cst.Arg))
            yield Idea(
                (site.replace(use, text if alone else f"({text})"),),
                f"Past the end, {value.text} stands for the item.",
                value.behaviour,
                value.weight + (RAGGED if ragged and value.text == "None" else -beside),
                value.reasons,
            )


def counts_another(site: Site, node: cst.Subscript, index: cst.BaseExpression) -> bool:
    """`row[i]` of one row among others, where `for i, name in enumerate(names)` counts something else."""
    holder, counter = code(node.value).strip(), code(index).strip()
    loops = list(_loops(site, node))
    among = any(holder in _names(loop.target) for loop in loops)
    counting = next((loop.iter for loop in loops if counter in _names(loop.target)), None)
    if not among or not isinstance(counting, cst.Call):
        return False
    return dotted(counting.func) in {"enumerate", "range"} and holder not in _names(counting)


def _loops(site: Site, node: cst.CSTNode) -> Iterator[cst.For | cst.CompFor]:
    """Those around the node in its function, innermost first."""
    for above in site.file.ancestors(node):
        if isinstance(above, cst.FunctionDef):
            return
        if isinstance(above, cst.BaseComp):
            yield above.for_in
        elif isinstance(above, cst.For):
            yield above


def _names(node: cst.CSTNode) -> set[str]:
    return {dotted(n) for n in walk(node) if isinstance(n, (cst.Name, cst.Attribute))} - {""}


def _test(site: Site, holder: cst.BaseExpression, index: cst.BaseExpression, number: object) -> str:
    shown = site.source(holder)
    if isinstance(number, int):
        return shown if number in (0, -1) else f"len({shown}) {'>' if number > 0 else '>='} {abs(number)}"
    return f"{site.source(index)} < len({shown})"


CUTS = frozenset({"split", "rsplit", "splitlines"})


def _of_text(site: Site, node: cst.Subscript, use: cst.BaseExpression) -> Iterator[Value]:
    """`words[-1]` of `words = line.split()`, and `word[0]` of a text, are texts; no text is an empty one."""
    defined = site.definition(dotted(node.value))
    made = defined.value if defined is not None else None
    cut = isinstance(made, cst.Call) and isinstance(made.func, cst.Attribute) and made.func.attr.value in CUTS
    held = site.python_value(node.value)
    if use is node and (cut or (isinstance(held, str) and held != UNKNOWN)):
        yield Value('""', OF_TEXT, f'value "" for {site.source(node)}', ("it is a piece of text",))


def _neighbours(site: Site, node: cst.Subscript) -> Iterator[Value]:
    """The next statements guard the same sequence with a conditional: take their stand-in."""
    if site.function is None:
        return
    holder = code(node.value).strip()
    for other in walk(site.function.body):
        if isinstance(other, cst.IfExp) and holder in code(other.body) and holder not in code(other.orelse):
            yield Value(
                code(other.orelse).strip(),
                2.4,
                "value " + code(other.orelse).strip(),
                (f"line {site.file.lines(other)[0]} does the same for its neighbour",),
            )


TEMPLATE = Template("index_value", frozenset({Kind.INDEX}), -1.0, ideas)
