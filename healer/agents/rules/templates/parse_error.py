"""A parser's ValueError, KeyError … in code whose contract names its own error: translate it, or answer as siblings do."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.handlers import translated
from healer.agents.rules.site import Site

ERRORS = {Kind.JSON_PARSE: "ValueError", Kind.NUMBER_PARSE: "ValueError", Kind.ISO_DATE: "ValueError",
          Kind.PADDING: "ValueError", Kind.DECODE: "UnicodeDecodeError", Kind.KEY: "KeyError",
          Kind.INDEX: "IndexError", Kind.ABSENT_ITEM: "ValueError"}  # fmt: skip


def ideas(site: Site) -> Iterator[Idea]:
    error = ERRORS[site.crash.kind]
    if site.crash.type in {"InvalidOperation", "ConversionSyntax"}:
        error = "InvalidOperation" if "InvalidOperation" in site.file.text else ""
    calls = site.on_line(cst.Call)
    if not error or (not calls and site.crash.kind not in (Kind.KEY, Kind.INDEX)):
        return
    subject = site.source(calls[0].args[0].value) if calls and calls[0].args else ""
    yield from translated(site, error, subject)


TEMPLATE = Template("parse_error", frozenset(ERRORS), -1.2, ideas)
