"""A line under `except KeyError:` that fails otherwise for the same want: `except (KeyError, TypeError):`."""

from __future__ import annotations

import builtins
from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.spots import NONE_KINDS
from healer.agents.rules.syntax import code, dotted, walk

WANTS = frozenset({"KeyError", "IndexError", "AttributeError", "LookupError", "TypeError", "ValueError"})
MAX_STATEMENTS = 2  # under the `try`: with more, something else may fail as well


def ideas(site: Site) -> Iterator[Idea]:
    around = _around(site)
    if around is None or not isinstance(getattr(builtins, site.crash.type, None), type):
        return
    for handler in around.handlers:
        kinds = _kinds(handler.type)
        if not kinds or not set(kinds) <= WANTS or site.crash.type in kinds:
            continue
        same = _given(around.body) & _given(handler.body)
        if not same:
            continue  # what is only passed over, or refused, says nothing of another want
        assert handler.type is not None
        yield Idea(
            (site.replace(handler.type, f"({', '.join([*kinds, site.crash.type])})"),),
            f"{site.crash.type} there is answered like {kinds[0]}.",
            _behaviour(site, handler),
            0.0,
            (f"{kinds[0]} is answered there already",),
        )


def _around(site: Site) -> cst.Try | None:
    """The `try` whose short body holds the statement."""
    block = site.file.parent(site.statement) if site.statement is not None else None
    above = site.file.parent(block) if block is not None else None
    if not isinstance(above, cst.Try) or above.body is not block:
        return None
    return above if len(above.body.body) <= MAX_STATEMENTS else None


def _kinds(node: cst.BaseExpression | None) -> list[str]:
    if isinstance(node, cst.Tuple):
        return [dotted(element.value) for element in node.elements]
    return [dotted(node)] if node is not None else []


def _given(body: cst.BaseSuite) -> set[str]:
    """What a block assigns, and whether it returns."""
    targets = [n.target for n in walk(body) if isinstance(n, cst.AssignTarget)]
    names = {n.value for target in targets for n in walk(target) if isinstance(n, cst.Name)}
    whole = {code(target).strip() for target in targets}
    return names | whole | ({"return"} if any(isinstance(n, cst.Return) for n in walk(body)) else set())


def _behaviour(site: Site, handler: cst.ExceptHandler) -> str:
    first = handler.body.body[0]
    return f"as {site.file.source(first).strip()}" if first in site.file else "as handled"


TEMPLATE = Template(
    "except_widened",
    NONE_KINDS
    | {
        Kind.KEY,
        Kind.INDEX,
        Kind.ATTRIBUTE,
        Kind.NOT_SUBSCRIPTABLE,
        Kind.NOT_ITERABLE,
        Kind.TOO_FEW_VALUES,
        Kind.NUMBER_PARSE,
        Kind.INDEX_TYPE,
    },
    1.2,
    ideas,
)
