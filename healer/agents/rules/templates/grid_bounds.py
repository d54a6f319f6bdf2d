"""`grid[r][c]` beyond an edge: leave where the place is outside, on all four sides."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.guards import guard
from healer.agents.rules.site import Site
from healer.agents.rules.spots import pure


def ideas(site: Site) -> Iterator[Idea]:
    for node in site.on_line(cst.Subscript):
        inner = node.value
        if isinstance(inner, cst.Subscript) and pure(node):
            row, column = _place(inner), _place(node)
            if row is not None and column is not None:
                r, c = site.source(row), site.source(column)
                inside = f"0 <= {r} < len({{0}}) and 0 <= {c} < len({{0}}[{r}])"
                yield from guard(site, inner.value, f"not ({inside})", f"ends before `[{r}][{c}]`")
                return


def _place(node: cst.Subscript) -> cst.BaseExpression | None:
    """The index, where it is computed and no literal."""
    element = node.slice[0].slice
    computed = isinstance(element, cst.Index) and isinstance(element.value, (cst.Name, cst.BinaryOperation))
    return element.value if isinstance(element, cst.Index) and computed else None


TEMPLATE = Template("grid_bounds", frozenset({Kind.INDEX}), 0.2, ideas)
