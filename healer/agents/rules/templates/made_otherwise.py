"""A value of the wrong kind, mended where it was made: `config.limit = parser.get("report", "limit")` for a
field `limit: int` → `int(…)`; `agent=value(text)` for what is asked for `.lower()` → `value(text) or ""`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import islice

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.origins import Origin, origins
from healer.agents.rules.places import replaced, segment
from healer.agents.rules.site import Site
from healer.agents.rules.spots import NONE_KINDS
from healer.agents.rules.templates.made_list import SINGLE
from healer.agents.rules.templates.none_or_empty import DICT_METHODS, TEXT_METHODS

MAX_IDEAS = 6
SAID = 0.9  # log-odds: an annotation says what it is, and nobody behind it was told so
STEP = 0.2  # log-odds against each step away from the crash
LIST_METHODS = frozenset({"append", "extend", "insert", "sort", "remove", "pop", "index"})
EMPTY = {"str": '""', "list": "[]", "dict": "{}", "set": "set()", "tuple": "()", "int": "0", "float": "0.0"}
NUMBERS = frozenset({"int", "float", "Decimal"})
LOOSE = ("None", "Optional", "Any", "object")
SOMETHING: tuple[type[ast.expr], ...] = (
    *(ast.List, ast.Dict, ast.Set, ast.Tuple, ast.ListComp, ast.DictComp, ast.SetComp, ast.GeneratorExp),
    *(ast.JoinedStr, ast.Compare, ast.BinOp, ast.Lambda),
)
BINDS = (ast.BoolOp, ast.IfExp, ast.Lambda, ast.Compare, ast.BinOp, ast.Await)


def ideas(site: Site) -> Iterator[Idea]:
    return islice(_ideas(site), MAX_IDEAS)


def _ideas(site: Site) -> Iterator[Idea]:
    due = needed(site)
    behind = [o for o in origins(site) if o.steps and not isinstance(o.node, (ast.Name, ast.Constant))]
    first = max((o.steps for o in behind if promised(o.annotation)), default=0)
    for origin in behind:
        said = promised(origin.annotation)
        kind = said or due
        if not kind or (said and due and said != due and not {said, due} <= NUMBERS):
            continue
        written = _written(site, origin, kind)
        if written:
            at_fault = origin.steps == first
            yield _idea(site, origin, written, kind, SAID if said and at_fault else 0.0)


def needed(site: Site) -> str:
    """The kind of value that the failing operation asks for; "" where it does not tell."""
    kind, words = site.crash.kind, site.crash.words
    attr = words.get("attr", "")
    for methods, name in ((TEXT_METHODS, "str"), (DICT_METHODS, "dict"), (LIST_METHODS, "list")):
        if kind in {Kind.NONE_ATTRIBUTE, Kind.ATTRIBUTE} and attr in methods:
            return name
    if kind in {Kind.NONE_ITERATION, Kind.NONE_IN, Kind.NONE_LEN, Kind.NO_LEN, Kind.NOT_SUBSCRIPTABLE}:
        return "list"
    if kind in {Kind.INDEX_TYPE, Kind.NOT_INTEGER}:
        return "int"
    if kind is Kind.CONCATENATE or words.get("op", "").startswith("+"):
        return ""  # a number beside text is mostly to be written as text
    pair = {words.get("left", ""), words.get("right", "")}
    other = pair - {"NoneType", ""} if kind in NONE_KINDS else pair & NUMBERS
    return next(iter(other), "") if len(other) == 1 and "str" in pair | {"str"} else ""


def promised(annotation: str) -> str:
    """The plain kind that an annotation names; "" for none, and where None is allowed."""
    if not annotation or any(word in annotation for word in LOOSE) or "|" in annotation:
        return ""
    head = annotation.strip("'\"").split("[")[0].rpartition(".")[2]
    head = {"List": "list", "Dict": "dict", "Set": "set", "Tuple": "tuple"}.get(head, head)
    return head if head in EMPTY or head in NUMBERS else ""


def _written(site: Site, origin: Origin, kind: str) -> str:
    text = segment(site.repository.text(origin.path) or "", origin.node)
    if site.crash.kind in NONE_KINDS:
        if kind not in EMPTY or isinstance(origin.node, SOMETHING):
            return ""
        return f"({text}) or {EMPTY[kind]}" if isinstance(origin.node, BINDS) else f"{text} or {EMPTY[kind]}"
    if text.startswith(f"{kind}("):
        return ""
    words = site.crash.words
    if (kind in NUMBERS and "str" in words.values()) or site.crash.kind is Kind.INDEX_TYPE:
        return f"{kind}({text})"
    if kind == "str":
        return f"str({text})"
    single = {words.get("right"), words.get("owner"), words.get("other")} & SINGLE
    lazy = isinstance(origin.node, (ast.GeneratorExp, ast.Call))
    return f"list({text})" if kind == "list" and single and lazy else ""


def _idea(site: Site, origin: Origin, written: str, kind: str, said: float) -> Idea:
    text = site.repository.text(origin.path) or ""
    reason = f"`{origin.kept}` is to be {origin.annotation}" if said else f"it is used as {kind} further on"
    return Idea(
        (replaced(text, origin.node, written),),
        f"`{origin.kept}` is made `{written}`.",
        f"{origin.kept} made {kind}",
        said - STEP * origin.steps,
        (reason,),
        origin.path,
    )


TEMPLATE = Template(
    "made_otherwise",
    NONE_KINDS
    | {Kind.ATTRIBUTE, Kind.NO_LEN, Kind.NOT_SUBSCRIPTABLE, Kind.INDEX_TYPE, Kind.NOT_INTEGER}
    | {Kind.OPERAND, Kind.COMPARISON, Kind.CONCATENATE, Kind.MULTIPLY, Kind.JOIN},
    0.6,
    ideas,
)
