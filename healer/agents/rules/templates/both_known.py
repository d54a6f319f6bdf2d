"""`b.start - a.start` with either None: the difference is None where one of the two is not known."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.spots import operands, pure
from healer.agents.rules.values import absent_values


def ideas(site: Site) -> Iterator[Idea]:
    for node, left, right in operands(site):
        names = [
            site.source(one)
            for one in (left, right)
            if isinstance(one, (cst.Attribute, cst.Name, cst.Subscript))
        ]
        if len(names) != 2 or not pure(node):
            continue
        test = " and ".join(f"{name} is not None" for name in names)
        written = [(value.text, value.weight, value.reasons) for value in absent_values(site, node)]
        for text, weight, reasons in written or [("None", 0.0, ())]:
            yield Idea(
                (site.replace(node, f"({site.source(node)} if {test} else {text})"),),
                f"Where `{names[0]}` or `{names[1]}` is None, the value is {text}.",
                f"value {text}",
                weight,
                reasons,
            )


TEMPLATE = Template("both_known", frozenset({Kind.NONE_OPERAND}), -0.6, ideas)
