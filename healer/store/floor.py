"""What an incident must reach before work starts on it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from triage.incident import Event


class Floor(Protocol):
    """Of one project. Empty collections mean: any."""

    @property
    def events(self) -> int: ...

    @property
    def minutes(self) -> int: ...

    @property
    def levels(self) -> Collection[str]: ...

    @property
    def environments(self) -> Collection[str]: ...


def below(floor: Floor, event: Event, events: int, first_seen: datetime, now: datetime) -> str:
    """Why no work is started yet, for a person to read; "" means the floor is reached."""
    if floor.levels and event.level not in floor.levels:
        return f"level {event.level or 'none'} is not one of {', '.join(sorted(floor.levels))}"
    if floor.environments and event.environment not in floor.environments:
        return (
            f"environment {event.environment or 'none'} is not one of {', '.join(sorted(floor.environments))}"
        )
    if events < floor.events:
        return f"seen {events} of {floor.events} times"
    minutes = (now - first_seen).total_seconds() / 60
    if minutes < floor.minutes:
        return f"first seen {max(0, minutes):.0f} of {floor.minutes} minutes ago"
    return ""
