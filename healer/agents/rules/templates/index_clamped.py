"""`ordered[int(len(ordered) * share)]` worked out one too far: the last one is taken."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.spots import pure
from healer.agents.rules.syntax import dotted, walk

MEASURED = 0.8  # log-odds: the index is worked out from the length


def ideas(site: Site) -> Iterator[Idea]:
    for node in site.on_line(cst.Subscript):
        index = node.slice[0].slice if len(node.slice) == 1 else None
        if not isinstance(index, cst.Index) or not pure(node.value):
            continue
        worked, made = index.value, None
        if isinstance(worked, cst.Name) and (made := site.definition(worked.value)) is not None:
            worked = made.value
        if not _share(worked):
            continue
        whole, shown = site.source(node.value), site.source(index.value)
        measured = f"len({whole})" in site.source(worked)
        yield Idea(
            (site.replace(index.value, f"min({shown}, len({whole}) - 1)"),),
            f"The last of `{whole}` is the furthest.",
            f"last of {whole}",
            MEASURED if measured else 0.0,
            ("the index is worked out, and may come to the length itself",),
        )


def _share(node: cst.BaseExpression) -> bool:
    """Whether a product or quotient is part of it."""
    products = (cst.Multiply, cst.Divide, cst.FloorDivide)
    rounds = {"round", "ceil"}
    return any(
        (isinstance(n, cst.BinaryOperation) and isinstance(n.operator, products))
        or (isinstance(n, cst.Call) and dotted(n.func).rpartition(".")[2] in rounds)
        for n in walk(node)
    )


TEMPLATE = Template("index_clamped", frozenset({Kind.INDEX}), 0.4, ideas)
