"""`if text is None: return None`, and `text[0]` of an empty text below it → `if not text:`; likewise
where the function itself refuses a blank text further down, and where it is of another kind."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.sequences import short_sequences
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import dotted, walk
from healer.agents.rules.templates.parse_error import READ

EMPTY = frozenset({Kind.INDEX, Kind.EMPTY_SEQUENCE, Kind.EMPTY_POP})
LEAVES = (cst.Return, cst.Raise, cst.Continue)
STRANGE = -1.0  # log-odds: what is of another kind may be wanted


def ideas(site: Site) -> Iterator[Idea]:
    if site.crash.kind is Kind.ATTRIBUTE:
        yield from _strange(site)
        return
    names = {shown for shown in _empty(site) if shown}
    for node, small in _left(site):
        for shown in names:
            if site.source(node.test) == f"{shown} is None":
                refused = isinstance(site.small, cst.Raise)
                asked = f"{shown} is None or not {shown}.strip()" if refused else f"not {shown}"
                yield Idea(
                    (site.replace(node.test, asked),),
                    f"`{shown}` with nothing in it is answered as None is.",
                    _behaviour(site, small),
                    0.0,
                    (f"`{site.function_name}` leaves where `{shown}` is None",),
                )


def _strange(site: Site) -> Iterator[Idea]:
    """`if klass is None: raise …` above `klass.mro()` of what is no class."""
    attr = site.crash.words.get("attr", "")
    asked = {dotted(n.value) for n in site.on_line(cst.Attribute) if n.attr.value == attr} - {""}
    for node, small in _left(site):
        for shown in (name for name in asked if site.source(node.test) == f"{name} is None"):
            yield Idea(
                (site.replace(node.test, f'not hasattr({shown}, "{attr}")'),),
                f"`{shown}` of another kind is answered as None is.",
                _behaviour(site, small),
                STRANGE,
                (f"`{site.function_name}` leaves where `{shown}` is None",),
            )


def _left(site: Site) -> Iterator[tuple[cst.If, cst.BaseSmallStatement]]:
    """Questions above the line after which the function, or the loop's turn, is left."""
    for node in walk(site.function.body) if site.function is not None else ():
        if isinstance(node, cst.If) and node in site.file and site.file.lines(node)[1] < site.line:
            last = node.body.body[-1]
            small = last.body[-1] if isinstance(last, cst.SimpleStatementLine) else None
            if isinstance(small, LEAVES):
                yield node, small


def _empty(site: Site) -> Iterator[str]:
    """What is empty on the line, as it is written."""
    if site.crash.kind in EMPTY:
        yield from (dotted(node) for node, needed in short_sequences(site) if needed == 1)
    elif isinstance(site.small, cst.Raise) and not site.foreign:
        blank = (name for name in site.parameters() if _blank(site.python_value(cst.Name(name))))
        yield from (name for name in blank if not _meant(site, name))
    else:
        names = (arg.value for call in site.on_line(cst.Call) for arg in call.args)
        yield from (dotted(node) for node in names if site.python_value(node) in ("", b""))


def _meant(site: Site, name: str) -> bool:
    """`if not text.strip(): raise Empty()`: it is refused for being blank."""
    above = site.file.enclosing(site.small, cst.If, cst.FunctionDef) if site.small is not None else None
    test = site.source(above.test) if isinstance(above, cst.If) else ""
    asked = {f"not {name}", f"not {name}.strip()", f"len({name}) == 0", f'{name} == ""', f"{name} == ''"}
    return any(one.strip() in asked for one in test.replace(" and ", " or ").split(" or "))


def _blank(value: object) -> bool:
    return isinstance(value, str) and not value.strip()


def _behaviour(site: Site, small: cst.BaseSmallStatement) -> str:
    if isinstance(small, cst.Return):
        return f"return {site.source(small.value) if small.value is not None else None}"
    if isinstance(small, cst.Raise) and small.exc is not None:
        return f"raise {site.source(small.exc).partition('(')[0]}"
    return "continue"


TEMPLATE = Template("absence_widened", EMPTY | READ | {Kind.ATTRIBUTE, Kind.OTHER}, 2.6, ideas)
