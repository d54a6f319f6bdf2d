"""Which subscript on the line misses its key."""

from __future__ import annotations

import libcst as cst

from healer.agents.rules.site import UNKNOWN, Site, literal
from healer.agents.rules.syntax import code


def missing_keys(site: Site) -> list[tuple[cst.Subscript, str]]:
    """Subscripts that may lack their key, with the key's source; the certain ones alone where any is."""
    certain: list[tuple[cst.Subscript, str]] = []
    possible: list[tuple[cst.Subscript, str]] = []
    for node in site.on_line(cst.Subscript):
        if len(node.slice) != 1 or not isinstance(node.slice[0].slice, cst.Index) or _stored(site, node):
            continue
        index = node.slice[0].slice.value
        verdict = names_key(site, index)
        if verdict is not False:
            (certain if verdict else possible).append((node, code(index).strip()))
    return certain or possible


def names_key(site: Site, index: cst.BaseExpression) -> bool | None:
    """Whether this index is the key of the message; None where the event does not tell."""
    value = literal(index)
    shown = repr(value) if value != UNKNOWN else site.value(index)
    if not isinstance(shown, str) or shown == UNKNOWN:
        return None
    return shown == site.crash.message.strip()


def _stored(site: Site, node: cst.Subscript) -> bool:
    return isinstance(site.file.parent(node), (cst.AssignTarget, cst.Del))
