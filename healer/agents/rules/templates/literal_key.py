"""A table written out in full that lacks one of its keys: `{"new": [], "done": []}` → with `"doing": []`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.keys import missing_keys
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import code, dotted

FEWEST = 2  # keys that are there
NAMED = 0.8  # log-odds: the module writes the key elsewhere


def ideas(site: Site) -> Iterator[Idea]:
    for node, _ in missing_keys(site):
        table = closed(site, node.value)
        key = _plain(site.crash.message)
        if table is None or key is None:
            continue
        values = {code(one.value).strip() for one in table.elements if isinstance(one, cst.DictElement)}
        if len(values) != 1:
            continue  # which value the new one has is not told
        last = table.elements[-1]
        named = sum(code(n).strip("\"'") == key.strip("\"'") for n in site.file.find(cst.SimpleString)) > 0
        end = site.file.span(last)[1]
        yield Idea(
            (site.replace(last, f"{site.file.text[site.file.span(last)[0] : end]}, {key}: {values.pop()}"),),
            f"`{site.source(node.value)}` has {key} as well.",
            f"table with {key}",
            NAMED if named else 0.0,
            ("the table is written out in full, with the same value for each",),
        )


def closed(site: Site, holder: cst.BaseExpression) -> cst.Dict | None:
    """The literal with constant keys that the holder is given once and for all, in the class or module."""
    name = dotted(holder)
    given = (n for n in site.file.find(cst.Assign) if any(dotted(t.target) == name for t in n.targets))
    tables = [node.value for node in given if isinstance(node.value, cst.Dict)]
    if not name or len(tables) != 1 or len(tables[0].elements) < FEWEST:
        return None
    constant = all(
        isinstance(one, cst.DictElement) and isinstance(one.key, (cst.SimpleString, cst.Integer))
        for one in tables[0].elements
    )
    return tables[0] if constant else None


def _plain(message: str) -> str | None:
    """The key as it is written, where it is text or a number."""
    try:
        value = ast.literal_eval(message.strip())
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None
    if isinstance(value, str) and value.isprintable() and '"' not in value and "\\" not in value:
        return f'"{value}"'
    return repr(value) if isinstance(value, int) else None


TEMPLATE = Template("literal_key", frozenset({Kind.KEY}), 0.6, ideas)
