"""An empty value for None: `for a in x or ():`, `(x or {}).get(k)`, `(x or "").strip()`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import libcst as cst
import re2

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.functions import built, find_function, neutral, returns, sentences
from healer.agents.rules.guards import accumulates
from healer.agents.rules.site import Site
from healer.agents.rules.spots import Spot, none_spots, outdone, test_operand
from healer.agents.rules.syntax import atom, code, dotted

GATHERS = 0.6  # log-odds
TOLD = 1.0
NAMESAKE = 1.4
_NULL = re2.compile(r"(?i:may|might|can|could)\s+be\s+(?i:null|none|empty|missing|absent|left out|blank)")

TEXT_METHODS = frozenset(
    [
        "strip",
        "lstrip",
        "rstrip",
        "lower",
        "upper",
        "split",
        "rsplit",
        "splitlines",
        "startswith",
        "endswith",
        "replace",
        "encode",
        "title",
        "casefold",
        "partition",
        "rpartition",
        "find",
        "rfind",
        "count",
        "isdigit",
        "isalpha",
        "join",
        "capitalize",
        "zfill",
    ]
)
ZEROS = {"int": "0", "float": "0", "Decimal": "0", "str": '""', "list": "[]", "tuple": "()"}
DICT_METHODS = frozenset(["get", "items", "keys", "values", "copy"])


def ideas(site: Site) -> Iterator[Idea]:
    gathered = GATHERS if gathers(site) else 0.0
    for spot in none_spots(site):
        for empty, bonus, reason in empties(site, spot):
            shown = site.source(spot.subject)
            either = f"{atom(spot.subject, shown)} or {empty}"
            given = spot.subject is spot.use or isinstance(site.file.parent(spot.subject), cst.Arg)
            bare = given and not _starred(site, spot)
            yield Idea(
                edits=(site.replace(spot.subject, either if bare else f"({either})"),),
                change=f"Where `{shown}` is None, {empty} stands for it.",
                behaviour="skip statement"
                if site.statement is not None and site.file.parent(spot.subject) is site.statement
                else f"empty {shown}",
                bonus=bonus
                + (gathered if dotted(spot.subject) in site.parameters() else 0.0)
                + (TOLD if told(site, spot.subject) else 0.0),
                reasons=(reason,),
            )


def told(site: Site, subject: cst.BaseExpression) -> bool:
    """Whether the docstring says that this may be null or missing: “`body` and `milestone` may be null”."""
    if site.function is None:
        return False
    name = code(subject).strip().rstrip("\"'])").split("[")[-1].split(".")[-1].strip("\"'")
    said = sentences(site.function.get_docstring() or "")
    named = re2.compile(rf"\b{re2.escape(name)}\b") if name else None
    return named is not None and any(_NULL.search(one) and named.search(one) for one in said)


def gathers(site: Site) -> bool:
    """Whether all that the function returns is a collection: of nothing it gathers nothing."""
    function = find_function(site.repository.tree(site.file.path), site.function_name, site.line)
    values = [r.value for r in returns(function) if r.value is not None] if function is not None else []
    if function is None or not values:
        return False
    empty = [neutral(v) or (built(function, v.id) if isinstance(v, ast.Name) else "") for v in values]
    return set(empty) <= {"[]", "{}", "set()", "()"}


def namesakes(site: Site, spot: Spot) -> set[str]:
    """Texts and numbers that parameters of this name have as defaults in the file."""
    name = dotted(spot.subject)
    if name not in site.parameters():
        return set()
    params = (n for n in site.file.find(cst.Param) if n.name.value == name and n.default is not None)
    plain = (cst.SimpleString, cst.Integer, cst.Float)
    return {site.source(p.default) for p in params if isinstance(p.default, plain)}


def empties(site: Site, spot: Spot) -> Iterator[tuple[str, float, str]]:
    if len(found := namesakes(site, spot)) == 1:
        yield min(found), NAMESAKE, "this is its default elsewhere"
    kind, attr = site.crash.kind, site.crash.words.get("attr", "")
    if kind is Kind.NONE_ITERATION and not _unpacks(site, spot):
        mapping = _double_star(site, spot)
        yield (
            ("{}", 1.0, "no mapping means no entries") if mapping else ("()", 0.9, "nothing to iterate over")
        )
    if kind is Kind.NONE_IN and test_operand(site, spot.use) is None:
        yield "()", 0.3, "nothing is contained in it"
    if kind is Kind.NONE_LEN:
        yield "()", 0.2, "it has no items"
    if kind is Kind.NONE_ATTRIBUTE and attr in TEXT_METHODS:
        yield '""', 0.5, f"`.{attr}` is asked of text"
    if kind is Kind.NONE_ATTRIBUTE and attr in DICT_METHODS:
        yield "{}", 0.6, f"`.{attr}` is asked of a mapping"
    if kind is Kind.NONE_ARGUMENT and _searched(site, spot):
        yield '""', 0.9, "in no text nothing is found"
    if kind is Kind.NONE_ARGUMENT and (converted := _converted(site, spot)):
        yield converted, 0.2, "it is made a number of"
    if kind is Kind.NONE_OPERAND and (other := site.crash.words.get("left")) is not None:
        types = {name.rpartition(".")[2] for name in (other, site.crash.words.get("right", ""))}
        for name in types & set(ZEROS):
            kept = accumulates(site, site.source(spot.subject))
            yield ZEROS[name], 1.2 if kept else 0.2, f"the other side is {name}"
    if kind is Kind.NONE_COMPARISON and any(value is spot.subject for value in outdone(site)):
        for number in {site.crash.words.get("left"), site.crash.words.get("right")} & {"int", "float"}:
            yield "0", 0.6, f"the other is {number}"


def _searched(site: Site, spot: Spot) -> bool:
    """`PATTERN.findall(x)`"""
    above = site.file.parent(site.file.parent(spot.subject) or spot.subject)
    func = above.func if isinstance(above, cst.Call) else None
    return isinstance(func, cst.Attribute) and func.attr.value in {"findall", "finditer", "split", "sub"}


def _converted(site: Site, spot: Spot) -> str:
    """`0` of `int(x)`."""
    above = site.file.parent(site.file.parent(spot.subject) or spot.subject)
    return ZEROS.get(dotted(above.func), "") if isinstance(above, cst.Call) and len(above.args) == 1 else ""


def _unpacks(site: Site, spot: Spot) -> bool:
    above = site.file.parent(spot.subject)
    return isinstance(above, cst.Assign)


def _starred(site: Site, spot: Spot) -> bool:
    return isinstance(
        site.file.parent(spot.subject), (cst.StarredElement, cst.StarredDictElement, cst.Arg)
    ) and bool(getattr(site.file.parent(spot.subject), "star", "*"))


def _double_star(site: Site, spot: Spot) -> bool:
    above = site.file.parent(spot.subject)
    return isinstance(above, cst.StarredDictElement) or (isinstance(above, cst.Arg) and above.star == "**")


TEMPLATE = Template(
    "none_or_empty",
    frozenset(
        {
            Kind.NONE_ITERATION,
            Kind.NONE_IN,
            Kind.NONE_LEN,
            Kind.NONE_ATTRIBUTE,
            Kind.NONE_OPERAND,
            Kind.NONE_COMPARISON,
            Kind.NONE_ARGUMENT,
        }
    ),
    0.0,
    ideas,
)
