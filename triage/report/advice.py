"""The three things to do next, by rules over the report's own numbers. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from triage.report.nouns import Report

MOST = 3
SLOW_FACTOR = 2.0
FEW = 5  # below this a comparison is chance

REMEDIES = {
    "not_reproduced": "give its test fixtures, or set up the project's test command and secrets",
    "unproven": "read the ideas kept with the cases; a person can finish them",
    "high_risk": "these stay with people; `healer heal` works on one while you watch",
    "no_stack": "have the SDK send stack traces",
    "budget": "raise the budget, or the floor",
}


def advise(report: Report) -> tuple[str, ...]:
    """At most three, most pressing first."""
    found = [text for rule in _RULES for text in rule(report)]
    return tuple(found[:MOST])


def _came_back(report: Report) -> Iterator[str]:
    if report.returned_count:
        first = report.returned[0]
        more = f" and {report.returned_count - 1} more" if report.returned_count > 1 else ""
        yield f"Look at what came back after its fix was merged: {first.title} ({first.project}){more}."


def _silent(report: Report) -> Iterator[str]:
    if report.silent_count:
        oldest = report.silent[0]
        noun = "proposal waits" if report.silent_count == 1 else "proposals wait"
        yield (
            f"Answer what is open: {report.silent_count} {noun} a week or longer; "
            f"the oldest, for {oldest.days} days: {oldest.title}."
        )


def _loudest(report: Report) -> Iterator[str]:
    for one in report.broke:
        if not one.healed:
            yield (
                f"Take on the loudest error without a proposal: {one.title} "
                f"({one.project}, {one.events} events; {one.fate})."
            )
            return


def _reasons(report: Report) -> Iterator[str]:
    if report.persons and report.persons[0].cases > 1:
        top = report.persons[0]
        remedy = REMEDIES.get(top.code, f"for example: {top.reason}" if top.reason else "read their reasons")
        yield f"Remove the commonest reason for a person, {top.code} ({top.cases} cases): {remedy}."


def _slower(report: Report) -> Iterator[str]:
    for lead in report.leads:
        if min(lead.n, lead.n_before) < FEW or not lead.median or not lead.median_before:
            continue
        if lead.median > SLOW_FACTOR * lead.median_before:
            yield f"See why {lead.name} took more than twice as long as in the weeks before."
            return


def _attacked(report: Report) -> Iterator[str]:
    if report.safety.injections:
        n = report.safety.injections
        yield (
            f"Check who can send events: {n} {'shows' if n == 1 else 'show'} signs of prompt injection "
            f"({report.safety.injected} incidents)."
        )


_RULES: tuple[Callable[[Report], Iterator[str]], ...] = (
    _came_back,
    _silent,
    _loudest,
    _reasons,
    _attacked,
    _slower,
)
