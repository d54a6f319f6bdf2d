"""A question asked anew by somebody who reads hostile text: what it may be asked with.

A value is chosen, never written: the incident has it, or it stood in the answer to a question about it.
Project, fingerprint and episode are always the incident's own, so nobody else's cases can be asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta

import re2

from triage.correlate import LOOKBACK, WINDOW_AFTER, WINDOW_BEFORE, known
from triage.incident import Answer, Incident, Question
from triage.noun import Json, Noun

CHOSEN = ("request_id", "trace_id", "user_id", "service", "release", "exception")
FREE = "select"  # the name under which a freely written query is kept as evidence
LONGEST_BEFORE = timedelta(hours=6)
LONGEST_AFTER = timedelta(hours=1)
MOST = 100  # values of one name

# What can be copied from an answer without a mistake; placeholders of hidden values have brackets.
_IDENTIFIER = re2.compile(r"[\w.:@/+=-]{1,200}")


class NotAskable(ValueError):
    """`code` is stable; the text says what may be asked."""

    def __init__(self, code: str, text: str) -> None:
        self.code = code
        super().__init__(text)


class Window(Noun):
    """Around `at`, by default the time of the error."""

    at: datetime | None = None
    before: timedelta = WINDOW_BEFORE
    after: timedelta = WINDOW_AFTER


def choices(incident: Incident, answers: Iterable[Answer]) -> dict[str, tuple[str, ...]]:
    """What each name may be bound to; the incident's own value first."""
    told = [answer for answer in answers if answer.question != FREE]  # there the asker names the columns
    own = known(incident, told)
    found = {name: dict.fromkeys([str(own[name])] if name in own else []) for name in CHOSEN}
    for name, value in _seen(told):
        if len(found[name]) < MOST:
            found[name][value] = None
    return {name: tuple(values) for name, values in found.items()}


def _seen(answers: Iterable[Answer]) -> Iterator[tuple[str, str]]:
    for answer in answers:
        places = [(n, name) for n, name in enumerate(answer.columns) if name in CHOSEN]
        for row in answer.rows:
            for n, name in places:
                value = row[n]
                if isinstance(value, str) and _IDENTIFIER.fullmatch(value):
                    yield name, value


def bound(
    question: Question,
    incident: Incident,
    answers: Iterable[Answer],
    chosen: Mapping[str, str],
    window: Window | None = None,
) -> dict[str, Json]:
    """Everything the question binds. Raises NotAskable: not_bound, not_in_evidence, window, needs."""
    told, window = tuple(answers), window or Window()
    for name, allowed in choices(incident, told).items():
        if name in chosen:
            _check(question, name, chosen[name], allowed)
    values: dict[str, Json] = {**known(incident, told), **_times(incident, window), **chosen}
    if "exception" in chosen:
        values["exception_path"] = chosen["exception"]
    if missing := [name for name in question.binds if name not in values]:
        raise NotAskable("needs", f"{question.name} needs {', '.join(missing)}, which this incident lacks")
    return {name: values[name] for name in question.binds}


def _check(question: Question, name: str, value: str, allowed: tuple[str, ...]) -> None:
    if name not in question.binds:
        raise NotAskable("not_bound", f"{question.name} binds {', '.join(question.binds)}, not {name}")
    if value not in allowed:  # what is allowed is a stranger's text, too: it is not quoted here
        raise NotAskable(
            "not_in_evidence",
            f"{name} is only one that the incident or its evidence has; `questions` lists them",
        )


def _times(incident: Incident, window: Window) -> dict[str, Json]:
    error = incident.event.timestamp
    at = window.at or error
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    if not error - LOOKBACK <= at <= error + LONGEST_AFTER:
        raise NotAskable(
            "window", f"`at` lies from {LOOKBACK.days} days before the error to an hour after it"
        )
    short = timedelta() <= window.before <= LONGEST_BEFORE and timedelta() <= window.after <= LONGEST_AFTER
    if not short:
        raise NotAskable("window", "a window is at most 6 hours before `at` and 1 hour after it")
    times = {"at": at, "since": at - window.before, "until": at + window.after}
    return {name: moment.isoformat() for name, moment in times.items()}
