"""`statistics.stdev(values)` of a single value: what stands for it, where there are fewer than it takes."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.spots import pure
from healer.agents.rules.syntax import code, dotted, walk
from healer.agents.rules.values import absent_values

ALIKE = 1.0  # log-odds: its neighbours stand so
TAKES_TWO = frozenset({"stdev", "variance", "quantiles", "covariance", "correlation", "linear_regression"})


def ideas(site: Site) -> Iterator[Idea]:
    for call in site.on_line(cst.Call):
        name = dotted(call.func).rpartition(".")[2]
        if name not in TAKES_TWO or not call.args or not pure(call.args[0].value):
            continue
        values = site.source(call.args[0].value)
        beside = _beside(site)
        found = {"0.0": 0.4, "None": 0.2} | {
            v.text: v.weight for v in absent_values(site, call) if v.text != "None"
        }
        for text, weight in found.items():
            yield Idea(
                (site.replace(call, f"{site.source(call)} if len({values}) > 1 else {text}"),),
                f"Of fewer than two `{values}`, the value is {text}.",
                f"value {text}",
                weight + (ALIKE if text in beside else 0.0),
                ("it takes two at least",),
            )


def _beside(site: Site) -> set[str]:
    """What stands for nothing in the function's other conditional expressions."""
    nodes = walk(site.function.body) if site.function is not None else ()
    return {code(n.orelse).strip() for n in nodes if isinstance(n, cst.IfExp)}


TEMPLATE = Template("too_few", frozenset({Kind.EMPTY_SEQUENCE}), 0.4, ideas)
