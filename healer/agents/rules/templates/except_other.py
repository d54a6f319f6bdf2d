"""A handler around the crash that is meant for it, and names another class: `except (TypeError, IndexError):`
around `int(text)` → with `ValueError`; and so where the file does the same once more."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.handlers import MADE_OF, family, kinds_of, tried_already, widened
from healer.agents.rules.site import Site
from healer.agents.rules.templates.parse_error import written

NARROW = 3  # statements: in a longer body the handler may be meant for another
LONGEST = 8
LONG = 0.8  # log-odds against a longer one
SEVERAL = 0.6  # log-odds: it names several classes, whatever may go wrong there
# Against what is mostly our own slip, and no bad input. Not much: of some fifty fixes of such a crash in the
# only statement tried, two in three let the handler answer it, in projects studied and in others alike.
SLIP = 0.3  # log-odds
REFUSES = 0.8  # log-odds
KIN = 0.8  # log-odds: both classes are of one family
SLIPS = frozenset({"TypeError", "AttributeError", "NameError"})
BROAD = frozenset({"Exception", "BaseException"})


def ideas(site: Site) -> Iterator[Idea]:
    named, imports = written(site)
    around = _around(site)
    if around is None:
        return
    for handler in around.handlers:
        kinds = kinds_of(handler.type)
        error = named or _named(site, kinds)
        if not error or handler.type is None or not kinds or error in kinds or BROAD & set(kinds):
            continue
        beside = error.rpartition(".")[0]
        kin = any(family(error) & family(k) or (beside and k.startswith(f"{beside}.")) for k in kinds)
        slip = not kin and site.crash.type in SLIPS and not _tries_kind(site, kinds)
        if slip and (len(around.body.body) > 1 or site.crash.type == "NameError"):
            continue
        first = handler.body.body[0]
        shown = site.source(first).strip() if first in site.file else "what stands there"
        yield Idea(
            (*widened(site, around, handler, error), *imports),
            f"{error} there is answered like {kinds[0]}.",
            _behaviour(shown),
            (REFUSES if shown.startswith("raise") else 0.0)
            + (KIN if kin else 0.0)
            + (SEVERAL if len(kinds) > 1 else 0.0)
            - (SLIP if slip else 0.0)
            - (LONG if len(around.body.body) > NARROW else 0.0),
            (f"{kinds[0]} is answered there already",),
        )


def _tries_kind(site: Site, kinds: list[str]) -> bool:
    """`try: value.replace(",", " ")` / `except AttributeError:` finds out what kind of thing it has; and what
    a library says of what it alone is given there."""
    alone = site.foreign and site.crash.type == "TypeError" and tried_already(site) is not None
    if alone and "ValueError" in kinds:
        return True
    return site.crash.type == "TypeError" and "AttributeError" in kinds and bool(site.on_line(cst.Attribute))


def _named(site: Site, kinds: list[str]) -> str:
    """A foreign error by what it derives from, or in the way its siblings of the same module are named."""
    if site.crash.type in MADE_OF:
        return MADE_OF[site.crash.type]
    holders = {kind.rpartition(".")[0] for kind in kinds} - {""}
    return f"{min(holders)}.{site.crash.type}" if len(holders) == 1 else ""


def _behaviour(shown: str) -> str:
    return shown.partition("(")[0] if shown.startswith("raise ") else f"as {shown}"


def _around(site: Site) -> cst.Try | None:
    """The innermost `try` in the function whose body, a short one, holds the line."""
    inner: cst.CSTNode | None = site.statement
    for above in site.file.ancestors(inner) if inner is not None else ():
        if isinstance(above, cst.Try) and above.body is inner:
            return above if len(above.body.body) <= LONGEST else None
        if isinstance(above, cst.FunctionDef):
            return None
        inner = above
    return None


TEMPLATE = Template("except_other", frozenset(Kind), 0.6, ideas, outer=True)
