"""`json.dumps` of what JSON does not know: sets as lists, dates in ISO form, the rest as text."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import dotted


def ideas(site: Site) -> Iterator[Idea]:
    right = site.crash.words.get("right", "")
    for call in site.on_line(cst.Call):
        name = dotted(call.func).split(".")[-1]
        if name not in {"dumps", "dump"} or any(
            a.keyword and a.keyword.value == "default" for a in call.args
        ):
            continue
        inside = site.source(call).rstrip()[:-1].rstrip().rstrip(",")
        how, bonus = {
            "set": ("list", 0.8),
            "frozenset": ("list", 0.6),
            "datetime": ("str", 0.2),
            "date": ("str", 0.8),
            "Decimal": ("str", 0.5),
            "UUID": ("str", 1.2),
            "PosixPath": ("str", 1.2),
        }.get(right, ("str", -0.6))
        yield Idea(
            (site.replace(call, f"{inside}, default={how})"),),
            f"A {right} is written as {how} gives it.",
            f"default {how}",
            bonus,
            (f"JSON has no {right}",),
        )


TEMPLATE = Template("json_default", frozenset({Kind.NOT_JSON}), 0.2, ideas)
