"""A key written otherwise than where it is kept: `row["colour"]` of a row with "color"."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.keys import missing_keys
from healer.agents.rules.names import likeness
from healer.agents.rules.site import Site, literal
from healer.agents.rules.syntax import dotted

NEAR = 0.6  # likeness
HELD = 0.8  # log-odds: the event shows the key in this very mapping
MAX_IDEAS = 3


def ideas(site: Site) -> Iterator[Idea]:
    for node, written in missing_keys(site):
        key = literal(node.slice[0].slice.value) if isinstance(node.slice[0].slice, cst.Index) else None
        if not isinstance(key, str) or not isinstance(node.slice[0].slice, cst.Index):
            continue
        value = site.value(node.value)
        held = set(value) if isinstance(value, dict) else set()
        near = {other: likeness(key, other) for other in held | _asked(site, node) if other != key}
        ranked = sorted((o for o in near if near[o] >= NEAR), key=lambda o: (o not in held, -near[o]))
        for other in ranked[:MAX_IDEAS]:
            quote = written[0] if written[:1] in "'\"" else '"'
            yield Idea(
                (site.replace(node.slice[0].slice.value, f"{quote}{other}{quote}"),),
                f"The key is called {other}.",
                f"key {other}",
                (near[other] - 0.8) * 6 + (HELD if other in held else 0.0),
                (f"`{site.source(node.value)}` has {other}",),
            )


def _asked(site: Site, node: cst.Subscript) -> set[str]:
    """Text keys that the same name is asked for elsewhere in the project."""
    name = dotted(node.value).rpartition(".")[2]
    found: set[str] = set()
    for _, tree in site.repository.mentioning(f"{name}[") if name else ():
        for other in ast.walk(tree):
            if not isinstance(other, ast.Subscript) or not isinstance(other.slice, ast.Constant):
                continue
            key = other.slice.value
            if isinstance(key, str) and ast.unparse(other.value).rpartition(".")[2] == name:
                found.add(key)
    return found


TEMPLATE = Template("key_typo", frozenset({Kind.KEY}), 1.0, ideas)
