"""`args.func(…)` where no subcommand was given, which `argparse` lets pass: its parser says so."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import dotted


def ideas(site: Site) -> Iterator[Idea]:
    attr, statement = site.crash.words.get("attr", ""), site.insertable
    if site.crash.words.get("owner") != "Namespace" or statement is None:
        return
    for node in site.on_line(cst.Attribute):
        made = site.definition(dotted(node.value)) if node.attr.value == attr else None
        func = dotted(made.value.func) if made is not None and isinstance(made.value, cst.Call) else ""
        parser, _, method = func.rpartition(".")
        if parser and method == "parse_args":
            shown = site.source(node.value)
            lines = (f'if not hasattr({shown}, "{attr}"):', f'\t{parser}.error("a command is required")')
            yield Idea(
                (site.before(statement, *lines),),
                "Without a command the parser says that one is required.",
                "usage error",
                0.0,
                ("only subcommands set it, and none was given",),
            )
            return


TEMPLATE = Template("command_missing", frozenset({Kind.ATTRIBUTE}), 1.6, ideas)
