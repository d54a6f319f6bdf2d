"""`options = setup.get("options", {})` where it is there, and null → `setup.get("options") or {}`; and
`setup.setdefault("options", {})` → `if setup.get("options") is None: setup["options"] = {}`."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.site import UNKNOWN, Site, literal
from healer.agents.rules.spots import NONE_KINDS, none_spots
from healer.agents.rules.syntax import code, walk

EMPTY = frozenset({"dict()", "list()", "set()"})


def ideas(site: Site) -> Iterator[Idea]:
    yield from _asked(site)
    yield from _set(site)


def _asked(site: Site) -> Iterator[Idea]:
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


def _set(site: Site) -> Iterator[Idea]:
    """`d.setdefault(k, {})` above `d[k]`, which leaves a null that is there."""
    subjects = {site.source(spot.subject) for spot in none_spots(site)}
    calls = [n for n in walk(site.function.body) if isinstance(n, cst.Call)] if site.function else []
    for call in calls:
        if not isinstance(call.func, cst.Attribute) or call.func.attr.value != "setdefault":
            continue
        if len(call.args) != 2 or not isinstance(statement := site.file.parent(call), cst.Expr):
            continue
        holder, key, default = (site.source(n) for n in (call.func.value, *(a.value for a in call.args)))
        place, line = f"{holder}[{key}]", site.file.parent(statement)
        if place in subjects and line is not None and site.file.lines(call)[0] < site.line:
            yield Idea(
                (
                    site.before(line, f"if {holder}.get({key}) is None:"),
                    site.replace(call, f"{site.file.unit}{place} = {default}"),
                ),
                f"What is there and null is {default}, like what is missing.",
                f"empty {place}",
                0.0,
                (f"without it, {default} stands for it already",),
            )


TEMPLATE = Template("null_given", NONE_KINDS, 2.0, ideas)
