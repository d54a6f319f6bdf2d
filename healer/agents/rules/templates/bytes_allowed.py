"""`def parse(text: str | bytes)` that knows text alone → bytes are decoded at its head."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import code, walk


def ideas(site: Site) -> Iterator[Idea]:
    if site.function is None:
        return
    body, told = site.function.body.body, site.function.get_docstring() or ""
    first = body[1] if site.function.get_docstring() is not None and len(body) > 1 else body[0]
    for param in walk(site.function.params):
        if not isinstance(param, cst.Param) or param.annotation is None:
            continue
        kinds = {n.value for n in walk(param.annotation) if isinstance(n, cst.Name)}
        name = param.name.value
        given = site.value(param.name)
        if not {"str", "bytes"} <= kinds or not (isinstance(given, str) and given[:2] in {"b'", 'b"'}):
            continue
        if f"isinstance({name}, bytes)" in code(site.function.body):
            continue
        codec = "utf-8-sig" if "BOM" in told else "utf-8"
        yield Idea(
            (site.before(first, f"if isinstance({name}, bytes):", f'\t{name} = {name}.decode("{codec}")'),),
            f"Bytes are read as {codec} text.",
            f"{name} decoded",
            0.0,
            (f"`{name}` may be bytes by its annotation",),
        )


TEMPLATE = Template(
    "bytes_allowed",
    frozenset({Kind.ATTRIBUTE, Kind.STR_EXPECTED, Kind.CONCATENATE, Kind.OPERAND, Kind.OTHER, Kind.JOIN})
    | frozenset({Kind.COMPARISON, Kind.NOT_ITERABLE, Kind.BYTES_EXPECTED}),
    2.8,
    ideas,
    outer=True,
)
