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
        if _generator(site) and isinstance(site.statement, cst.SimpleStatementLine):
            yield Idea(
                (tried(site, site.statement, "except StopIteration:", "return"),),
                "The generator ends where its source does.",
                "return",
                1.8,
                ("StopIteration must not leave a generator",),
            )
            continue
        if chain(site, call) is call:
            shown = site.source(call.args[0].value)
            first = (
                f"({shown})"
                if isinstance(call.args[0].value, cst.GeneratorExp) and not shown.startswith("(")
                else shown
            )
            for value in absent_values(site, call):
                yield Idea(
                    (site.replace(call, f"next({first}, {value.text})"),),
                    f"Where there is no next item, {value.text} stands for it.",
                    value.behaviour,
                    value.weight,
                    value.reasons,
                )
        yield from translated(site, "StopIteration", site.source(call.args[0].value), only_raise=True)


def _generator(site: Site) -> bool:
    return site.function is not None and any(isinstance(n, cst.Yield) for n in walk(site.function.body))


TEMPLATE = Template("next_default", frozenset({Kind.STOP_ITERATION}), -0.5, ideas)
