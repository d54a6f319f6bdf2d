"""`raise NotImplemented` and `raise "text"`: raise an exception."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site


def ideas(site: Site) -> Iterator[Idea]:
    for node in site.on_line(cst.Raise):
        if node.exc is None:
            continue
        for name in site.on_line(cst.Name):
            if name.value == "NotImplemented":
                yield Idea(
                    (site.replace(name, "NotImplementedError"),),
                    "NotImplementedError is the exception.",
                    "raise NotImplementedError",
                    0.0,
                    ("NotImplemented is a value",),
                )
        if isinstance(node.exc, (cst.SimpleString, cst.FormattedString, cst.BinaryOperation)):
            text = site.source(node.exc)
            yield Idea(
                (site.replace(node.exc, f"ValueError({text})"),),
                "The text is raised in an exception.",
                "raise ValueError",
                -1.2,
                ("only exceptions can be raised",),
            )


TEMPLATE = Template("not_implemented", frozenset({Kind.NOT_EXCEPTION}), 2.4, ideas)
