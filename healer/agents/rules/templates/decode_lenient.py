"""Bytes that are not what the codec expects: fall back to latin-1, or replace what cannot be read."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import dotted

SAID = 1.6  # log-odds


def ideas(site: Site) -> Iterator[Idea]:
    narrow = site.crash.words.get("codec", "").lower() in {"ascii", "charmap", "latin-1", "cp1252"}
    for call in _calls(site):
        name = dotted(call.func).split(".")[-1] or (
            call.func.attr.value if isinstance(call.func, cst.Attribute) else ""
        )
        named = {a.keyword.value: a for a in call.args if a.keyword}
        written = site.source(call)
        inside = written.rstrip()[:-1].rstrip().rstrip(",")
        comma = ", " if call.args else ""
        if (
            name in {"open", "fdopen", "TextIOWrapper", "read_text", "write_text"}
            and "encoding" not in named
            and narrow
        ):
            yield _idea(
                site,
                call,
                f'{inside}{comma}encoding="utf-8")',
                "The file is UTF-8, whatever the locale.",
                "utf-8",
                1.4,
            )
        if name in {"decode", "encode"} and not call.args and narrow:
            yield _idea(site, call, f'{inside}"utf-8")', "The text is UTF-8.", "utf-8", 1.2)
        if name in {"decode", "encode"} and call.args and narrow and "errors" not in named:
            yield _idea(
                site,
                call,
                written.replace(site.source(call.args[0]), '"utf-8"', 1),
                "The text is UTF-8.",
                "utf-8",
                0.9,
            )
        if (
            "errors" not in named
            and name in {"decode", "open", "read_text", "str", "fdopen", "TextIOWrapper"}
            and not narrow
        ):
            yield _idea(
                site,
                call,
                f'{inside}{comma}errors="replace")',
                "What cannot be decoded is replaced, the rest is kept.",
                "replace undecodable",
                0.2 + (SAID if "replace" in docstring(site) else 0.0),
            )


def docstring(site: Site) -> str:
    return (site.function.get_docstring() or "").lower() if site.function is not None else ""


def _calls(site: Site) -> list[cst.Call]:
    """Of the line, and the `with open(…)` or assignment around it that made the file object."""
    wanted = {"open", "decode", "encode", "read_text", "write_text", "str", "fdopen", "TextIOWrapper"}
    calls = site.on_line(cst.Call)
    if site.statement is not None:
        for above in site.file.ancestors(site.statement):
            if isinstance(above, cst.With):
                calls += [item.item for item in above.items if isinstance(item.item, cst.Call)]
    names = [(c.func.attr.value if isinstance(c.func, cst.Attribute) else dotted(c.func)) for c in calls]
    return [c for c, n in zip(calls, names, strict=True) if n in wanted and not _binary(c)]


def _binary(call: cst.Call) -> bool:
    return any(
        isinstance(a.value, cst.SimpleString) and "b" in a.value.raw_value and len(a.value.raw_value) <= 3
        for a in call.args[1:2]
    )


def _idea(site: Site, call: cst.Call, text: str, change: str, behaviour: str, bonus: float) -> Idea:
    return Idea((site.replace(call, text),), change, behaviour, bonus, ("the text comes from outside",))


TEMPLATE = Template("decode_lenient", frozenset({Kind.DECODE, Kind.ENCODE}), 0.4, ideas)
