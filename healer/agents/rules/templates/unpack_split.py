"""`a, b = text.split(":")` on another number of parts: split once, or partition."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.functions import sentences
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import walk

SAID = 1.4  # log-odds
ABSENT = ("without", "missing", " no ", "alone", "absent")


def ideas(site: Site) -> Iterator[Idea]:
    for assign in site.on_line(cst.Assign):
        target, call = assign.targets[0].target, assign.value
        if isinstance(call, cst.IfExp):
            call = call.body  # `line.split("=") if "=" in line else (line, "")`
        if not isinstance(target, (cst.Tuple, cst.List)) or not isinstance(call, cst.Call):
            continue
        if not isinstance(call.func, cst.Attribute) or call.func.attr.value not in {"split", "rsplit"}:
            continue
        names = len(target.elements)
        if site.crash.kind is Kind.TOO_MANY_VALUES and len(call.args) == 1:
            yield from _bounded(site, call, names)
        if site.crash.kind is Kind.TOO_FEW_VALUES and names == 2 and call.args and assign.value is call:
            yield from _partition(site, target, call)


def _bounded(site: Site, call: cst.Call, names: int) -> Iterator[Idea]:
    holder, separator = site.source(call.func), site.source(call.args[0])
    yield Idea(
        (site.replace(call, f"{holder}({separator}, {names - 1})"),),
        f"The text is split {names - 1} time(s); what follows stays together.",
        "last part keeps the rest",
        0.9,
        (f"{names} parts are expected",),
    )
    if isinstance(call.func, cst.Attribute) and call.func.attr.value == "split":
        head = holder.removesuffix("split")
        yield Idea(
            (site.replace(call, f"{head}rsplit({separator}, {names - 1})"),),
            "The text is split from the right; what precedes stays together.",
            "first part keeps the rest",
            0.9 if _from_right(site, call) else -1.0,
        )


def _from_right(site: Site, call: cst.Call) -> bool:
    """Words that say that the last part is the exact one."""
    text = site.source(site.statement).lower() if site.statement is not None else ""
    words = "".join(c if c.isalnum() else " " for c in text).split()
    return any(word in words for word in ("ext", "extension", "port", "suffix", "domain", "version", "last"))


def said(site: Site) -> bool:
    """“parts without a value have ''”"""
    text = site.function.get_docstring() if site.function is not None else None
    return any(
        ("''" in sentence or '""' in sentence) and any(word in sentence for word in ABSENT)
        for sentence in sentences(text or "")
    )


def _partition(site: Site, target: cst.Tuple | cst.List, call: cst.Call) -> Iterator[Idea]:
    first, second = (site.source(e.value) for e in target.elements[:2])
    if any(isinstance(n, cst.Comma) for n in walk(call.args[0].value)):
        return
    assert isinstance(call.func, cst.Attribute)
    right = call.func.attr.value == "rsplit"
    promised = SAID if said(site) and not right else 0.0
    method = "rpartition" if right else "partition"
    yield Idea(
        (
            site.replace(target, f"{first}, _, {second}"),
            site.replace(call, f"{site.source(call.func.value)}.{method}({site.source(call.args[0].value)})"),
        ),
        f"Without the separator `{first if right else second}` is empty.",
        "absent part is ''",
        # rpartition puts the whole text into the last part; in a loop the line may be one to pass over
        (-1.0 if right else 0.3) - (0.6 if site.loop is not None else 0.0) + promised,
        ("partition always gives both sides",),
    )


TEMPLATE = Template("unpack_split", frozenset({Kind.TOO_MANY_VALUES, Kind.TOO_FEW_VALUES}), 0.5, ideas)
