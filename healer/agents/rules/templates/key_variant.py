"""A key that is there, written otherwise: `table[name]` with "ACM" for "acm" → `table[name.lower()]`.

Which one it is, is asked of the table that the event shows, or else of the trial alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.keys import missing_keys
from healer.agents.rules.names import close
from healer.agents.rules.site import UNKNOWN, Site, literal
from healer.agents.rules.spots import NONE_KINDS, none_spots
from healer.agents.rules.syntax import atom, code

MISSPELT = -1.0  # log-odds: less than for a spelling that the same word has
SHOWN = 1.0  # log-odds: the event shows the key in this spelling
OF_TEXT: dict[str, Callable[[str], str]] = {
    ".lower()": str.lower,
    ".upper()": str.upper,
    ".strip()": str.strip,
    ".casefold()": str.casefold,
    ".title()": str.title,
    '.lstrip("#")': lambda text: text.lstrip("#"),
    '.lstrip("\\ufeff")': lambda text: text.lstrip("\ufeff"),
    ".strip().lower()": lambda text: text.strip().lower(),
    '.replace("-", "_")': lambda text: text.replace("-", "_"),
    '.replace("_", "-")': lambda text: text.replace("_", "-"),
}


def ideas(site: Site) -> Iterator[Idea]:
    yield from _misspelt(site)
    for holder, index in _lookups(site):
        shown = site.source(index)
        kept = site.value(holder)
        keys = set(kept) if isinstance(kept, dict) else set()
        for text, value in _variants(site, index):
            if keys and len(keys) < 10 and str(value) not in keys:
                continue
            yield Idea(
                (site.replace(index, text),),
                f"`{site.source(holder)}` is asked for `{text}`, as its keys are written.",
                f"key {text}",
                SHOWN if str(value) in keys else 0.0,
                (f"`{shown}` is kept under another spelling",),
            )


def _lookups(site: Site) -> Iterator[tuple[cst.BaseExpression, cst.BaseExpression]]:
    """(mapping, key) of what was not found: subscripts, and `.get(key)` that gave the None of the crash."""
    for node, _ in missing_keys(site) if site.crash.kind is Kind.KEY else ():
        index = node.slice[0].slice
        if isinstance(index, cst.Index):
            yield node.value, index.value
    for spot in none_spots(site) if site.crash.kind in NONE_KINDS else ():
        made: cst.BaseExpression = spot.subject
        if isinstance(made, cst.Name) and (found := site.definition(made.value)) is not None:
            made = found.value
        func = made.func if isinstance(made, cst.Call) else None
        asked = isinstance(func, cst.Attribute) and func.attr.value == "get"
        if isinstance(made, cst.Call) and isinstance(func, cst.Attribute) and asked and len(made.args) == 1:
            yield func.value, made.args[0].value


def _misspelt(site: Site) -> Iterator[Idea]:
    """`conf["notificatons"]` of a mapping that has, or is asked for, "notifications"."""
    for node, key in missing_keys(site) if site.crash.kind is Kind.KEY else ():
        name, holder = _text(node), site.source(node.value)
        if not name:
            continue
        held = site.value(node.value)
        used = {
            k for n in site.file.find(cst.Subscript) if site.source(n.value) == holder and (k := _text(n))
        }
        known = (set(held) if isinstance(held, dict) else set()) or used - {name}
        for other, ratio in close(name, known)[:1]:
            text = key.replace(name, other)
            yield Idea(
                (site.replace(node.slice[0], text),),
                f"{key} is spelled {text}.",
                f"key {text}",
                (ratio - 0.85) * 8 + MISSPELT,
                (f"`{holder}` has {text}",),
            )


def _text(node: cst.Subscript) -> str:
    index = node.slice[0].slice if len(node.slice) == 1 else None
    value = literal(index.value) if isinstance(index, cst.Index) else UNKNOWN
    return value if isinstance(value, str) and value != UNKNOWN else ""


def _variants(site: Site, index: cst.BaseExpression) -> Iterator[tuple[str, object]]:
    """(source, value) of other spellings of the key."""
    value, shown = _key(site, index), atom(index, site.source(index))
    if isinstance(value, str) and literal(index) == UNKNOWN:
        written = {value}
        for method, spelled in OF_TEXT.items():
            if (other := spelled(value)) not in written and code(index).count(method) == 0:
                written.add(other)
                yield f"{shown}{method}", other
        if value.isdecimal():
            yield f"int({site.source(index)})", int(value)
    elif isinstance(value, int) and not isinstance(value, bool) and literal(index) == UNKNOWN:
        yield f"str({site.source(index)})", value
    elif value is UNKNOWN and site.crash.message.startswith("<") and ":" in site.crash.message:
        yield f"{shown}.value", ""  # an enum's member
        yield f"{shown}.name", ""


def _key(site: Site, index: cst.BaseExpression) -> object:
    known = site.python_value(index)
    if known == UNKNOWN and site.crash.kind is Kind.KEY:
        message = site.crash.message.strip()
        known = message[1:-1] if message[:1] == message[-1:] == "'" else known
        known = int(message) if message.isdecimal() else known
    return known


TEMPLATE = Template("key_variant", NONE_KINDS | {Kind.KEY}, 2.4, ideas)
