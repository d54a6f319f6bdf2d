"""`d[k]` with k missing → `d.get(k, default)`, the default by what happens to the value; and `d["a"]["b"]` →
`d.get("a", {}).get("b")`."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst
import re2

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.functions import sentences
from healer.agents.rules.keys import missing_keys
from healer.agents.rules.site import Site, literal
from healer.agents.rules.spots import chain
from healer.agents.rules.syntax import Edit, dotted, walk
from healer.agents.rules.values import absent_values

FULL = 10  # entries that an event shows of a mapping: with as many there may be more


def ideas(site: Site) -> Iterator[Idea]:
    for node, key in missing_keys(site):
        yield from _nested(site, node)
        holder = site.source(node.value)
        for default, bonus, reason in defaults(site, node):
            get = f"{holder}.get({key})" if default == "None" else f"{holder}.get({key}, {default})"
            yield Idea(
                edits=(site.replace(node, get), *twins(site, node)),
                change=f"Where `{holder}` has no {key}, {default} stands for it.",
                behaviour="skip statement"
                if default in {"{}", "()"} and _is_loop(site, node)
                else f"default {default} for {holder}[{key}]",
                bonus=bonus,
                reasons=(reason,) if reason else (),
            )


def _nested(site: Site, node: cst.Subscript) -> Iterator[Idea]:
    """What stands under the missing key is asked for a key in its turn: an empty mapping stands for it."""
    keys, whole = [_key(node)], node
    while isinstance(above := site.file.parent(whole), cst.Subscript) and above.value is whole:
        whole = above
        keys.append(_key(whole))
    named = [key for key in keys if key is not None]
    if whole is node or len(named) < len(keys) or isinstance(site.file.parent(whole), cst.AssignTarget):
        return
    empty = "".join(f".get({key}, {{}})" for key in named[:-1])
    for default, bonus, reason in defaults(site, whole):
        last = f".get({named[-1]})" if default == "None" else f".get({named[-1]}, {default})"
        yield Idea(
            (site.replace(whole, f"{site.source(node.value)}{empty}{last}"),),
            f"Where there is no {named[0]}, {default} stands for what it would hold.",
            f"default {default} for {site.source(whole)}",
            bonus,
            (reason,) if reason else (),
        )


def twins(site: Site, node: cst.Subscript) -> Iterator[Edit]:
    """Other keys of the same mapping that the function reads below, and that the event shows to be missing
    as well, each with its own default."""
    held = site.value(node.value)
    if site.function is None or not isinstance(held, dict) or not 0 < len(held) < FULL:
        return
    shown = site.source(node.value)
    for other in walk(site.function.body):
        if (
            not isinstance(other, cst.Subscript)
            or other not in site.file
            or site.source(other.value) != shown
        ):
            continue
        key = _key(other)
        if key is None or site.file.lines(other)[0] <= site.line or key.strip("\"'") in held:
            continue
        if isinstance(site.file.parent(other), (cst.AssignTarget, cst.Del)):
            continue
        default = max(defaults(site, other), key=lambda one: one[1], default=("None", 0.0, ""))[0]
        yield site.replace(
            other, f"{shown}.get({key})" if default == "None" else f"{shown}.get({key}, {default})"
        )


def defaults(site: Site, node: cst.Subscript) -> Iterator[tuple[str, float, str]]:
    yield from _by_siblings(site, node)
    yield from _by_docstring(site, node)
    yield from _getattr_default(site, node)
    above = site.file.parent(node)
    if isinstance(above, cst.Attribute):
        if above.attr.value in {"items", "keys", "values", "get"}:
            yield "{}", 1.2, f"`.{above.attr.value}` is asked of it, as of a mapping"
        if above.attr.value in {"strip", "lower", "upper", "split", "startswith", "endswith", "replace"}:
            yield '""', 0.2, f"`.{above.attr.value}` is asked of it, as of text"
        return
    if (isinstance(above, cst.For) and above.iter is node) or isinstance(above, cst.CompFor):
        yield "()", 1.0, "it is iterated over"
    elif isinstance(above, cst.BinaryOperation) and isinstance(above.operator, (cst.Add, cst.Subtract)):
        other = above.right if above.left is node else above.left
        text = {cst.Integer: "0", cst.Float: "0", cst.SimpleString: '""', cst.List: "[]"}.get(
            type(other), "0"
        )
        yield (
            text,
            0.4 if (other is not None and text != "0") or isinstance(other, cst.Integer) else 0.0,
            "it is added to",
        )
    elif isinstance(above, (cst.If, cst.IfExp, cst.BooleanOperation, cst.UnaryOperation)):
        yield "None", 0.9, "only its truth is asked for"
    elif isinstance(above, cst.Comparison) and dotted(above.comparisons[0].comparator) == "None":
        yield "None", ASKED, "whether it is None is all that is asked"
    elif isinstance(above, cst.Comparison):
        yield "None", 0.6, "it is only compared"
    elif isinstance(above, cst.FormattedStringExpression) and (key := missing_key(node)):
        yield key, SAYS_KEY, "it is written in a text, where the key says which"
    elif isinstance(above, (cst.GeneratorExp, cst.ListComp)) and (key := missing_key(node)):
        if key in {n.value for n in walk(above.for_in.target) if isinstance(n, cst.Name)}:
            yield key, SAYS_KEY, "each is exchanged for another, and this one for none"
    else:
        for value in absent_values(site, node):
            yield value.text, value.weight - 0.4, "; ".join(value.reasons)


SAYS_KEY = 0.4  # log-odds
ASKED = 1.8


def missing_key(node: cst.Subscript) -> str:
    """The key, where it is a plain variable."""
    index = node.slice[0].slice if len(node.slice) == 1 else None
    return dotted(index.value) if isinstance(index, cst.Index) else ""


def _is_loop(site: Site, node: cst.Subscript) -> bool:
    """`for … in d[k]` or `d[k].items()`: with nothing there, the loop does nothing."""
    return isinstance(site.statement, cst.For) and chain(site, node) is site.statement.iter


def _by_siblings(site: Site, node: cst.Subscript) -> Iterator[tuple[str, float, str]]:
    """The same key, or the same mapping, read with a default elsewhere in the file."""
    key = _key(node)
    for call in site.file.find(cst.Call):
        func = call.func
        if not isinstance(func, cst.Attribute) or func.attr.value != "get" or not call.args:
            continue
        default = site.source(call.args[1].value) if len(call.args) > 1 else "None"
        if len(call.args) > 1 and literal(call.args[1].value) == "…unknown…":
            continue
        line = site.file.lines(call)[0]
        if key is not None and site.source(call.args[0].value) == key:
            yield default, 1.8, f"line {line} reads {key} with this default"
        elif site.source(func.value) == site.source(node.value):
            yield default, 0.6, f"line {line} reads the same mapping with a default"


_DEFAULT = re2.compile(
    r"(?:\bis|:|defaults? to|then|counts as|stands for|=)\s+`*"
    r"(?P<value>None|''|\"\"|-?\d+(?:\.\d+)?|\[\]|\{\}|True|False)\b?"
)


def _by_docstring(site: Site, node: cst.Subscript) -> Iterator[tuple[str, float, str]]:
    """“Older games have no score: it is 0.” in a sentence that names the key."""
    key = (_key(node) or "").strip("\"'")
    text = site.function.get_docstring() if site.function is not None else None
    for sentence in sentences(text or "") if key else ():
        found = _DEFAULT.search(sentence[:400]) if key in sentence else None
        if found:
            yield found["value"], 2.4, f"its docstring says: “{sentence[:100]}”"


def _getattr_default(site: Site, node: cst.Subscript) -> Iterator[tuple[str, float, str]]:
    """`getattr(value, name, "")` in the same function: the same question asked of an object."""
    if site.function is None:
        return
    calls = (n for n in walk(site.function.body) if isinstance(n, cst.Call))
    for call in (c for c in calls if dotted(c.func) == "getattr" and len(c.args) == 3):
        holder, _, default = (site.source(arg.value) for arg in call.args)
        if holder == site.source(node.value):
            yield default, 2.0, f"line {site.file.lines(call)[0]} asks an object with this default"


def _key(node: cst.Subscript) -> str | None:
    if len(node.slice) == 1 and isinstance(node.slice[0].slice, cst.Index):
        inner = node.slice[0].slice.value
        if isinstance(inner, cst.SimpleString):
            return next((n.value for n in walk(inner) if isinstance(n, cst.SimpleString)), None)
    return None


TEMPLATE = Template("key_default", frozenset({Kind.KEY}), 0.0, ideas)
