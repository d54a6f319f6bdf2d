"""What the exceptions before the one that was raised tell: they were met on the way, by the same objects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from healer.reproduction.facts import Facts
from triage.incident import Event, ExceptionInfo, Located, Source
from triage.localize import locate
from triage.localize.locate import roots

MOST = 3  # of a chain, the nearest first


def before(event: Event) -> Iterator[ExceptionInfo]:
    """Causes, and what was being handled, the nearest first."""
    raised = event.raised
    others = [error for error in event.exceptions if error is not raised and error.frames]
    yield from reversed(others[-MOST:])


def located(
    error: ExceptionInfo, event: Event, source: Source, known: Sequence[Located]
) -> tuple[Located, ...]:
    """Its frames in the repository; `known` are those of the one that was raised."""
    alone = event.model_copy(update={"exceptions": (error,)})
    return locate(alone, source, roots(known))


def add(facts: Facts, more: Facts) -> None:
    """What the frames of an exception before say, where those of the last one say nothing."""
    for identity, attributes in more.attributes.items():
        facts.attributes[identity] = {**attributes, **facts.attributes.get(identity, {})}
    for owner, classes in more.owners.items():
        facts.owners.setdefault(owner, []).extend(classes)
    for name, value in more.nested.items():
        facts.nested.setdefault(name, value)
    for identity, kind in more.kinds.items():
        facts.kinds.setdefault(identity, kind)
    facts.below |= more.below
