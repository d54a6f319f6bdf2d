"""`json.loads(text)` of nothing: ask for it before, and answer as the contract says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.guards import guard
from healer.agents.rules.site import Site
from healer.agents.rules.spots import pure
from healer.agents.rules.syntax import code, dotted, walk

PARSERS = frozenset({"loads", "int", "float", "Decimal", "fromisoformat", "strptime", "literal_eval"})
NARROW = 1.0  # log-odds before a handler: it answers what is absent, and nothing that is wrong


def ideas(site: Site) -> Iterator[Idea]:
    if site.crash.words.get("value", "").strip():
        return
    for call in site.on_line(cst.Call):
        if dotted(call.func).rpartition(".")[2] not in PARSERS or not call.args:
            continue
        subject = call.args[0].value
        if pure(subject) and not _asked(site, site.source(subject)):
            for idea in guard(site, subject, "not {}.strip()", "is blank"):
                wide = idea.behaviour.startswith("raise")  # what is blank is refused like all that is wrong
                yield replace(idea, bonus=idea.bonus - NARROW if wide else idea.bonus + NARROW)


def _asked(site: Site, shown: str) -> bool:
    """Whether a line above asks for it already."""
    tests = (n.test for n in walk(site.function.body) if isinstance(n, cst.If)) if site.function else ()
    return any(f"not {shown}" in code(test) for test in tests)


TEMPLATE = Template("blank_text", frozenset({Kind.JSON_PARSE, Kind.NUMBER_PARSE, Kind.ISO_DATE}), -0.9, ideas)
