"""Numbers as people write them: `1,000`, `$5`, ` 7 `, `3.0` for an int."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import UNKNOWN, Site
from healer.agents.rules.syntax import atom, dotted, walk

LOST = -1.0  # log-odds: there is something behind the point
PARSERS = {"int", "float", "Decimal", "decimal.Decimal", "Fraction"}


def ideas(site: Site) -> Iterator[Idea]:
    for call in site.on_line(cst.Call):
        if dotted(call.func) not in PARSERS or not call.args:
            continue
        node = call.args[0].value
        text = _text(site, node)
        for written, why, bonus in _cleaned(site.source(node), node, text, dotted(call.func)):
            yield Idea(
                (site.replace(node, written),),
                f"{why} before the number is read.",
                f"number: {why}",
                bonus,
                (f"the text was {text!r}",) if text else (),
            )


def _text(site: Site, node: cst.BaseExpression) -> str:
    """What was parsed: from the message, else from the innermost name of the argument."""
    if site.crash.words.get("value"):
        return site.crash.words["value"]
    for name in walk(node):
        value = site.python_value(name)
        if isinstance(name, cst.Name) and isinstance(value, str) and value != UNKNOWN:
            return value
    return ""


def _cleaned(
    shown: str, node: cst.BaseExpression, text: str, parser: str
) -> Iterator[tuple[str, str, float]]:
    whole = atom(node, shown)
    bare = text.strip()
    plain = bare.replace(",", "").replace("_", "")
    if "," in bare and _number(plain) and _grouped(bare):
        yield f'{whole}.replace(",", "")', "Thousands separators are dropped", 1.0
    elif "," in bare and "." not in bare and _number(bare.replace(",", ".")):
        yield f'{whole}.replace(",", ".")', "A decimal comma is read as a point", 0.3
    if bare[:1] in "$€£" and _number(bare[1:].replace(",", "")):
        comma = '.replace(",", "")' if "," in bare else ""
        yield f'{whole}.lstrip("$€£"){comma}', "The currency sign is dropped", 0.8
    if bare.endswith("%") and _number(bare[:-1]):
        yield f'{whole}.rstrip("%")', "The percent sign is dropped", 0.0
    if parser == "int" and "." in bare and _number(bare):
        yield f"float({shown})", "A fraction is cut off", 0.2 if float(bare).is_integer() else LOST


def _grouped(text: str) -> bool:
    """Commas stand before groups of three digits."""
    parts = text.lstrip("+-$€£").split(".")[0].split(",")
    return all(len(p) == 3 and p.isdigit() for p in parts[1:]) and 1 <= len(parts[0]) <= 3


def _number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


TEMPLATE = Template("number_clean", frozenset({Kind.NUMBER_PARSE}), 0.9, ideas)
