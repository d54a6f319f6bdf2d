"""`next(it)` on nothing: end the generator, or answer as the contract says."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.handlers import translated, tried
from healer.agents.rules.site import Site
from healer.agents.rules.spots import chain
from healer.agents.rules.syntax import dotted, walk
from healer.agents.rules.values import absent_values

HALF = 1.6  # log-odds: in a loop, what was read before it would be lost in silence


def ideas(site: Site) -> Iterator[Idea]:
    if isinstance(site.small, cst.Raise) and _generator(site):
        yield Idea(
            (site.replace(site.small, "return"),),
            "The generator ends.",
            "return",
            2.0,
            ("StopIteration must not be raised inside a generator",),
        )
        return
    for call in site.on_line(cst.Call):
        if dotted(call.func) != "next" or len(call.args) != 1:
            continue
        above = site.file.parent(call)
        if isinstance(above, (cst.CompFor, cst.For)) and above.iter is call:
            yield Idea(
                (site.replace(call, f"next({_first(site, call)}, ())"),),
                "Where there is no next item, there is nothing in it.",
                "nothing in it",
                2.2,
                ("it is iterated over there",),
            )
            continue
        yield from _asked_below(site, call)
        yield from _ended(site, call)
        if _generator(site) and isinstance(site.statement, cst.SimpleStatementLine):
            yield Idea(
                (tried(site, site.statement, "except StopIteration:", "return"),),
                "The generator ends where its source does.",
                "return",
                1.8 - (HALF if _half_read(site) else 0.0),
                ("StopIteration must not leave a generator",),
            )
            continue
        if chain(site, call) is call:
            first = _first(site, call)
            for value in absent_values(site, call):
                yield Idea(
                    (site.replace(call, f"next({first}, {value.text})"),),
                    f"Where there is no next item, {value.text} stands for it.",
                    value.behaviour,
                    value.weight,
                    value.reasons,
                )
        yield from translated(site, "StopIteration", site.source(call.args[0].value), only_raise=True)


def _ended(site: Site, call: cst.Call) -> Iterator[Idea]:
    """In a generator: `first = next(lines, None)`, `if first is None: return`."""
    small = site.small
    if not _generator(site) or not isinstance(small, cst.Assign) or small.value is not call:
        return
    name = dotted(small.targets[0].target)
    if not name or site.statement is None or site.loop is not None:
        return
    yield Idea(
        (
            site.replace(call, f"next({site.source(call.args[0].value)}, None)"),
            site.after(site.statement, f"if {name} is None:", "\treturn"),
        ),
        "The generator ends where its source does.",
        "return",
        2.0,
        ("StopIteration must not leave a generator",),
    )


def _asked_below(site: Site, call: cst.Call) -> Iterator[Idea]:
    """`after = next(…)` / `if before is None or after.at …:` → None where there is no next, and asked for in
    the condition that asks for its neighbours already."""
    block = site.file.parent(site.statement) if site.statement is not None else None
    if not isinstance(site.small, cst.Assign) or site.small.value is not call:
        return
    if not isinstance(block, cst.IndentedBlock) or site.statement is block.body[-1]:
        return
    name = dotted(site.small.targets[0].target)
    test = getattr(block.body[block.body.index(site.statement) + 1], "test", None)
    operands = list(_alternatives(test)) if isinstance(test, cst.BooleanOperation) else []
    asked = [o for o in operands if isinstance(o, cst.Comparison) and site.source(o).endswith(" is None")]
    used = [o for o in operands if any(isinstance(n, cst.Name) and n.value == name for n in walk(o))]
    if not asked or not used or used[0] in asked:
        return
    first = _first(site, call)
    yield Idea(
        (
            site.replace(call, f"next({first}, None)"),
            site.replace(used[0], f"{name} is None or {site.source(used[0])}"),
        ),
        f"`{name}` is None where there is no next item, and the condition below asks for that.",
        f"{name} = None, asked for",
        2.6,
        ("the condition asks for the absence of its neighbours already",),
    )


def _first(site: Site, call: cst.Call) -> str:
    """The argument, in parentheses of its own where it shared those of the call."""
    shown = site.source(call.args[0].value)
    bare = isinstance(call.args[0].value, cst.GeneratorExp) and not shown.startswith("(")
    return f"({shown})" if bare else shown


def _alternatives(test: cst.BaseExpression) -> Iterator[cst.BaseExpression]:
    """Operands of a chain of `or`."""
    if isinstance(test, cst.BooleanOperation) and isinstance(test.operator, cst.Or):
        yield from _alternatives(test.left)
        yield from _alternatives(test.right)
    else:
        yield test


def _half_read(site: Site) -> bool:
    """`for a in items: b = next(items)`: the loop has read a part of what belongs together."""
    if not isinstance(site.loop, cst.For) or not isinstance(site.statement, cst.SimpleStatementLine):
        return False
    read = {n.value for n in walk(site.loop.iter) if isinstance(n, cst.Name)}
    return any(n.value in read for n in walk(site.statement) if isinstance(n, cst.Name))


def _generator(site: Site) -> bool:
    return site.function is not None and any(isinstance(n, cst.Yield) for n in walk(site.function.body))


TEMPLATE = Template("next_default", frozenset({Kind.STOP_ITERATION}), -0.5, ideas)
