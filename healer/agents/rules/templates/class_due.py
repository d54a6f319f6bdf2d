"""`issubclass(kind, Base)` of what is no class → `isinstance(kind, type) and issubclass(kind, Base)`."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.spots import pure
from healer.agents.rules.syntax import dotted


def ideas(site: Site) -> Iterator[Idea]:
    if "issubclass() arg 1 must be a class" not in site.crash.message:
        return
    for call in site.on_line(cst.Call):
        if dotted(call.func) == "issubclass" and len(call.args) == 2 and pure(call.args[0].value):
            shown = site.source(call.args[0].value)
            yield Idea(
                (site.replace(call, f"(isinstance({shown}, type) and {site.source(call)})"),),
                f"What is no class is no subclass: `{shown}` is asked whether it is one.",
                "no subclass",
                0.0,
                ("only classes can be asked",),
            )


TEMPLATE = Template("class_due", frozenset({Kind.OTHER}), 2.2, ideas)
