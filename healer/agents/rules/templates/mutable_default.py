"""`items: list = []` in a dataclass → `field(default_factory=list)`."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import dotted


def ideas(site: Site) -> Iterator[Idea]:
    name = site.crash.words.get("name", "")
    imports = (
        site.importing("from dataclasses import field") if "field" not in _from_dataclasses(site) else ()
    )
    for node in site.file.find(cst.AnnAssign):
        if dotted(node.target) != name or node.value is None:
            continue
        text = site.source(node.value)
        factory = {"[]": "list", "{}": "dict", "set()": "set", "list()": "list", "dict()": "dict"}.get(
            text, f"lambda: {text}"
        )
        prefix = (
            "dataclasses."
            if "import dataclasses" in site.file.text and "from dataclasses" not in site.file.text
            else ""
        )
        yield Idea(
            (
                site.replace(node.value, f"{prefix}field(default_factory={factory})"),
                *(() if prefix else imports),
            ),
            f"Each instance gets a `{name}` of its own.",
            "default factory",
            0.0,
            ("a mutable default would be shared",),
        )


def _from_dataclasses(site: Site) -> set[str]:
    return {
        dotted(alias.name)
        for node in site.file.find(cst.ImportFrom)
        if node.module is not None
        and dotted(node.module) == "dataclasses"
        and not isinstance(node.names, cst.ImportStar)
        for alias in node.names
    }


TEMPLATE = Template("mutable_default", frozenset({Kind.MUTABLE_DEFAULT}), 2.4, ideas)
