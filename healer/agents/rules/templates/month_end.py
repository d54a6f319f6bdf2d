"""`moment.replace(month=month)` on a 31st, `day=moment.day + 1` on the last: the last day, or the next."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.names import module_names
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import Edit


def ideas(site: Site) -> Iterator[Idea]:
    if "day is out of range for month" not in site.crash.message:
        return
    for call in site.on_line(cst.Call):
        if isinstance(call.func, cst.Attribute) and call.func.attr.value == "replace":
            named = {a.keyword.value: a for a in call.args if a.keyword is not None}
            if "day" in named:
                yield from _next_day(site, call, named["day"])
            elif named and "hour" in named:
                yield _first_day(site, call)
            elif named:
                yield _last_day(site, call, named)


def _next_day(site: Site, call: cst.Call, day: cst.Arg) -> Iterator[Idea]:
    """`x.replace(day=x.day + n, …)` → `(x + timedelta(days=n)).replace(…)`."""
    assert isinstance(call.func, cst.Attribute)
    added = day.value
    if not isinstance(added, cst.BinaryOperation) or not isinstance(added.operator, cst.Add):
        return
    shown, step = site.source(call.func.value), site.source(added.right)
    rest = ", ".join(site.source(a).rstrip(", ") for a in call.args if a is not day)
    known = module_names(site.file.module)
    delta, imports = ("timedelta", ()) if "timedelta" in known else _delta(site, known)
    moved = f"({shown} + {delta}(days={step}))"
    yield Idea(
        (*imports, site.replace(call, f"{moved}.replace({rest})" if rest else moved)),
        "The day after the last of a month is the first of the next.",
        "next day",
        0.8,
        ("a sum of days is no day of the month",),
    )


def _delta(site: Site, known: set[str]) -> tuple[str, tuple[Edit, ...]]:
    if "datetime" in known and "import datetime\n" in site.file.text:
        return "datetime.timedelta", ()
    return "timedelta", site.importing("from datetime import timedelta")


def _first_day(site: Site, call: cst.Call) -> Idea:
    """`moment.replace(month=month + 1, hour=0)`: what begins anew begins with the first."""
    at = site.file.span(call.args[0])[0]
    return Idea(
        (Edit(at, at, "day=1, "),),
        "What begins anew begins on the first of the month.",
        "first day of the month",
        0.8,
        ("the hours begin anew as well",),
    )


def _last_day(site: Site, call: cst.Call, named: dict[str, cst.Arg]) -> Idea:
    assert isinstance(call.func, cst.Attribute)
    shown = site.source(call.func.value)
    year, month = (site.source(named[n].value) if n in named else f"{shown}.{n}" for n in ("year", "month"))
    end = site.file.span(call)[1] - 1
    clamped = f"day=min({shown}.day, calendar.monthrange({year}, {month})[1])"
    return Idea(
        (*site.importing("import calendar"), Edit(end, end, f", {clamped}")),
        "A month without this day has its last one instead.",
        "last day of the month",
        0.8,
        ("not every month has this day",),
    )


TEMPLATE = Template("month_end", frozenset({Kind.OTHER}), 1.6, ideas)
