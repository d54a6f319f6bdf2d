"""A line under `except KeyError:` that fails otherwise for the same want: `except (KeyError, TypeError):`."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.handlers import kinds_of, tried_already, widened
from healer.agents.rules.site import Site
from healer.agents.rules.spots import NONE_KINDS
from healer.agents.rules.syntax import code, walk
from healer.agents.rules.templates.parse_error import READ, written

WANTS = frozenset({"KeyError", "IndexError", "AttributeError", "LookupError", "TypeError", "ValueError"})
SAME_CALL = 1.0  # log-odds


def ideas(site: Site) -> Iterator[Idea]:
    around = tried_already(site)
    error, imports = written(site)
    if around is None or not error:
        return
    for handler in around.handlers:
        kinds = kinds_of(handler.type)
        if not kinds or not set(kinds) <= WANTS or error in kinds:
            continue
        read = site.crash.kind in READ and len(around.body.body) == 1
        if not read and not _given(around.body) & _given(handler.body):
            continue  # what is only passed over, or refused, says nothing of another want
        yield Idea(
            (*widened(site, around, handler, error), *imports),
            f"{error} there is answered like {kinds[0]}.",
            _behaviour(site, handler),
            SAME_CALL if read else 0.0,
            (f"{kinds[0]} is answered there already",),
        )


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
        Kind.INDEX_TYPE,
    }
    | READ,
    1.2,
    ideas,
)
