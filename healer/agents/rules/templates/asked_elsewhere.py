"""A question that the project asks of the same name elsewhere, with its answer, taken over whole: every other
`parse` begins with `if not text: return ret`, the function beside with `if offset is None: offset = 0`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import log

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.customs import Question, beginning, bound_above, questions
from healer.agents.rules.guards import behaviour
from healer.agents.rules.outcome import Outcome
from healer.agents.rules.site import UNKNOWN, Site
from healer.agents.rules.spots import NONE_KINDS, none_spots
from healer.agents.rules.syntax import dotted

MAX_SUBJECTS = 4
MAX_IDEAS = 4
NAMESAKE = 1.6  # log-odds: a function of the same name asks it
BESIDE = 0.6  # log-odds: one of the same file
ABSENCE = 0.5  # log-odds: it asks whether it is there at all, and it is None


def ideas(site: Site) -> Iterator[Idea]:
    if site.function is None or site.insertable is None:
        return
    known = bound_above(site)
    for subject in _subjects(site)[:MAX_SUBJECTS]:
        found = [
            q
            for q in questions(site.repository, subject, site.file.path)
            if q.names <= known and not _own(site, q)
        ]
        asked = Counter((q.test, q.lines) for q in found)
        ranked = sorted(asked, key=lambda key: -_weight(site, [q for q in found if _key(q) == key]))
        for key in ranked[:MAX_IDEAS]:
            idea = _idea(site, subject, [q for q in found if _key(q) == key])
            if idea is not None:
                yield idea


def _key(question: Question) -> tuple[str, tuple[str, ...]]:
    return question.test, question.lines


def _subjects(site: Site) -> list[str]:
    """Names and attributes of the line that may be at fault."""
    if site.crash.kind in NONE_KINDS:
        held: list[cst.BaseExpression] = [spot.subject for spot in none_spots(site)]
    else:
        held = [*site.on_line(cst.Name), *site.on_line(cst.Attribute)]
    shown = [dotted(node) for node in held if not _called(site, node)]
    return [name for name in dict.fromkeys(shown) if name and name not in {"self", "cls"}]


def _called(site: Site, node: cst.BaseExpression) -> bool:
    above = site.file.parent(node)
    return (isinstance(above, cst.Call) and above.func is node) or isinstance(above, cst.AssignTarget)


def _own(site: Site, question: Question) -> bool:
    """Whether it stands in this function, or is this function's own way of asking."""
    first, last = site.file.lines(site.function) if site.function is not None else (0, 0)
    return question.path == site.file.path and first <= question.line <= last


def _weight(site: Site, found: list[Question]) -> float:
    same = any(q.function == site.function_name for q in found)
    beside = any(q.path == site.file.path for q in found)
    return log(len(found)) + (NAMESAKE if same else 0.0) + (BESIDE if beside else 0.0)


def _idea(site: Site, subject: str, found: list[Question]) -> Idea | None:
    asked = found[0]
    place = beginning(site, subject)
    last = asked.lines[-1]
    action, _, text = last.partition(" ")
    if place is None or (action == "continue" and site.loop is None):
        return None
    where = "functions of the same name" if any(q.function == site.function_name for q in found) else "places"
    does = behaviour(site, Outcome(action, text, 0.0)) if asked.leaves else last
    return Idea(
        (site.before(place, f"if {asked.test}:", *(f"\t{line}" for line in asked.lines)),),
        f"`{site.function_name}` asks `{asked.test}` first, and does then what is done elsewhere: `{last}`.",
        does,
        _weight(site, found) + (ABSENCE if _absent(site, subject, asked) else 0.0),
        (f"{len(found)} other {where} ask the same of `{subject}`",),
    )


def _absent(site: Site, subject: str, asked: Question) -> bool:
    none = (
        site.crash.kind in NONE_KINDS and "." not in subject and site.values.get(subject, UNKNOWN) == "None"
    )
    return none and asked.test in {f"{subject} is None", f"not {subject}"}


TEMPLATE = Template(
    "asked_elsewhere",
    frozenset(Kind) - {Kind.NAME, Kind.UNBOUND, Kind.IMPORT_NAME, Kind.NO_MODULE},
    0.6,
    ideas,
)
