"""`os.makedirs(path)` of what is there already → `exist_ok=True`; `os.mkdir(path)` below what is not there
yet → `os.makedirs(path, exist_ok=True)`; and a file written below it, whose directory is made first."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.names import module_names
from healer.agents.rules.site import Site
from healer.agents.rules.spots import pure
from healer.agents.rules.syntax import Edit, dotted

WRITES = frozenset({"write_text", "write_bytes", "touch"})
MADE = "making sure of a directory may happen twice"
ABOVE = "what lies above it may not be there yet"


def ideas(site: Site) -> Iterator[Idea]:
    absent = site.crash.kind is Kind.NO_FILE
    for call in site.on_line(cst.Call):
        full, holder = dotted(call.func), site.source(call.func).rpartition(".")[0]
        name = full.rpartition(".")[2]
        given = {a.keyword.value for a in call.args if a.keyword is not None}
        if name == "mkdir" and full.startswith("os."):
            made = site.source(call.func).replace("mkdir", "makedirs")
            yield _made(site, call, {"exist_ok"}, made, ABOVE if absent else MADE)
        elif name == "mkdir":
            due = {"exist_ok", "parents"} if absent else {"exist_ok"}
            if due - given and not (absent and "parents" in given):
                yield _made(site, call, due - given, site.source(call.func), ABOVE if absent else MADE)
        elif name == "makedirs" and not absent and "exist_ok" not in given:
            yield _made(site, call, {"exist_ok"}, site.source(call.func), MADE)
        elif absent and name in WRITES and isinstance(call.func, cst.Attribute) and pure(call.func.value):
            yield from _first(site, f"{holder}.parent.mkdir(parents=True, exist_ok=True)")
        elif absent and full == "open" and _writes(call) and pure(call.args[0].value):
            yield from _above(site, call.args[0].value)


def _made(site: Site, call: cst.Call, due: set[str], written: str, reason: str) -> Idea:
    """The call, spelt as `written`, with these options."""
    start, end = site.file.span(call.func)[1], site.file.span(call)[1]
    inside = site.file.text[start:end].rstrip()[:-1].rstrip().rstrip(",")
    options = ", ".join(f"{name}=True" for name in sorted(due, reverse=True))
    return Idea(
        (site.replace(call, f"{written}{inside}{', ' if call.args else ''}{options})"),),
        "The directory is there afterwards, whatever was there before.",
        "directory made",
        0.0,
        (reason,),
    )


def _writes(call: cst.Call) -> bool:
    """`open(path, "w")`, by position or by name."""
    modes = [a.value for n, a in enumerate(call.args) if (a.keyword.value == "mode" if a.keyword else n == 1)]
    return any(isinstance(mode, cst.SimpleString) and mode.value.strip("'\"")[:1] in "wax" for mode in modes)


def _above(site: Site, path: cst.BaseExpression) -> Iterator[Idea]:
    """By what the event shows of the path: an object of `pathlib`, or text."""
    shown = site.source(path)
    if "Path(" in str(site.value(path)):
        yield from _first(site, f"{shown}.parent.mkdir(parents=True, exist_ok=True)")
    else:
        imports = () if "os" in module_names(site.file.module) else site.importing("import os")
        yield from _first(site, f'os.makedirs(os.path.dirname({shown}) or ".", exist_ok=True)', imports)


def _first(site: Site, line: str, imports: tuple[Edit, ...] = ()) -> Iterator[Idea]:
    if site.insertable is not None:
        yield Idea(
            (site.before(site.insertable, line), *imports),
            "The directory of what is written is made first.",
            "directory made",
            -0.6,
            (ABOVE,),
        )


TEMPLATE = Template("directory_exists", frozenset({Kind.FILE_EXISTS, Kind.NO_FILE}), 1.6, ideas)
