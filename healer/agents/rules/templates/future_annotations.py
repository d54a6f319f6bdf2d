"""`list[int]` and `int | None` in annotations on an older Python: `from __future__ import annotations`."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site


def ideas(site: Site) -> Iterator[Idea]:
    if any(True for _ in site.on_line(cst.Annotation)) or isinstance(
        site.statement, (cst.FunctionDef, cst.ClassDef)
    ):
        yield Idea(
            site.importing("from __future__ import annotations"),
            "Annotations are not evaluated.",
            "annotations stay text",
            0.0,
            ("this Python cannot evaluate them",),
        )


TEMPLATE = Template("future_annotations", frozenset({Kind.TYPE_SUBSCRIPT}), 2.2, ideas)
