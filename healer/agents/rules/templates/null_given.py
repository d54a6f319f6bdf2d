"""`options = setup.get("options", {})` where it is there, and null → `setup.get("options") or {}`."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.site import UNKNOWN, Site, literal
from healer.agents.rules.spots import NONE_KINDS, none_spots
from healer.agents.rules.syntax import code

EMPTY = frozenset({"dict()", "list()", "set()"})


def ideas(site: Site) -> Iterator[Idea]:
    for spot in none_spots(site):
        subject: cst.BaseExpression = spot.subject
        if isinstance(subject, cst.Name) and (found := site.definition(subject.value)) is not None:
            subject = found.value
        if not isinstance(subject, cst.Call) or not isinstance(subject.func, cst.Attribute):
            continue
        if subject.func.attr.value != "get" or len(subject.args) != 2:
            continue
        default = code(subject.args[1].value).strip()
        if default == "None" or (default not in EMPTY and literal(subject.args[1].value) == UNKNOWN):
            continue
        text = f"{site.source(subject.func)}({site.source(subject.args[0].value)}) or {default}"
        whole = subject is not spot.subject
        yield Idea(
            (site.replace(subject, text if whole else f"({text})"),),
            f"What is there and null is {default}, like what is missing.",
            f"empty {site.source(spot.subject)}",
            0.0,
            (f"without it, {default} stands for it already",),
        )


TEMPLATE = Template("null_given", NONE_KINDS, 2.0, ideas)
