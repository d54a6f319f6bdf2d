"""A walk over links that keeps no record of where it was and goes in circles: it gets a set of what was seen.

Right where the walk is shown to come back to a node, and what it gives there is plain: False of a question,
or nothing at all. Where results are built up, too much is open."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import UNKNOWN, Site
from healer.agents.rules.syntax import Edit, code, dotted, walk

SEEN = "seen"


def ideas(site: Site) -> Iterator[Idea]:
    function = site.function
    if function is None or SEEN in site.names_above() or not function.params.params:
        return
    calls = [n for n in walk(function.body) if isinstance(n, cst.Call) and _recurses(site, n)]
    answer, item = _answer(function), _moved(site, calls)
    if answer is None or not item or refused(site) or not comes_back(site, item):
        return
    head = site.before(
        _below_docstring(function),
        f"{SEEN} = set() if {SEEN} is None else {SEEN}",
        f"if {item} in {SEEN}:",
        f"\treturn {answer}".rstrip(),
        f"{SEEN}.add({item})",
    )
    yield Idea(
        (_after(site, function.params.params[-1], f"{SEEN}=None"), *(_passed(site, c) for c in calls), head),
        f"`{function.name.value}` walks into a node only once.",
        f"return {answer or 'None'}",
        0.8,
        (f"the walk came back to `{item}` while it was still there",),
    )


def _recurses(site: Site, call: cst.Call) -> bool:
    assert site.function is not None
    parts = dotted(call.func).split(".")
    return parts[-1] == site.function.name.value and parts[0] in {parts[-1], "self", "cls"}


def _moved(site: Site, calls: list[cst.Call]) -> str:
    """The one parameter that every call gives anew, by its place; "" where there are more."""
    names = [name for name in site.parameters() if name not in {"self", "cls"}]
    moved = set()
    for call in calls:
        if any(a.keyword is not None or a.star for a in call.args) or len(call.args) != len(names):
            return ""
        moved |= {n for n, a in zip(names, call.args, strict=True) if code(a.value).strip() != n}
    return moved.pop() if len(moved) == 1 else ""


def _answer(function: cst.FunctionDef) -> str | None:
    """`False` where the function answers yes or no, "" where it answers nothing, None where neither."""
    found = [n.value for n in walk(function.body) if isinstance(n, cst.Return)]
    given = [code(value).strip() for value in found if value is not None]
    if not given:
        return ""
    asked = any(text.startswith("any(") for text in given) or {"True", "False"} <= set(given)
    return "False" if asked else None


def refused(site: Site) -> bool:
    """Whether the docstring, of this function or of one around it, speaks of errors or of circles itself."""
    assert site.function is not None
    around = [n for n in site.file.ancestors(site.function) if isinstance(n, cst.FunctionDef)]
    said = " ".join((f.get_docstring() or "").lower() for f in (site.function, *around))
    return any(word in said for word in ("raise", "cycl", "circ", "loop"))


def comes_back(site: Site, item: str) -> bool:
    """Whether two frames of the function hold the same telling value of the parameter."""
    assert site.function is not None
    name = site.function.name.value
    held = [repr(frame.get(item, UNKNOWN)) for function, frame in site.frames if function == name]
    told = [shown for shown in held if UNKNOWN not in shown and "<" not in shown]
    return len(set(told)) < len(told)


def _below_docstring(function: cst.FunctionDef) -> cst.CSTNode:
    body = function.body.body
    return body[1] if function.get_docstring() is not None and len(body) > 1 else body[0]


def _passed(site: Site, call: cst.Call) -> Edit:
    return _after(site, call.args[-1], SEEN)


def _after(site: Site, node: cst.CSTNode, text: str) -> Edit:
    """One more behind the last parameter or argument."""
    end = site.file.span(node)[1]
    return Edit(end, end, f", {text}")


TEMPLATE = Template("cycle_cut", frozenset({Kind.RECURSION}), 0.4, ideas, outer=True)
