"""What a week was. Counts are exact; None means unknown, which is not 0."""

from __future__ import annotations

from datetime import datetime
from math import sqrt

from triage.noun import Noun

Z95 = 1.959963984540054


class Week(Noun):
    """Counts of one week, by what happened in it."""

    name: str  # 2026-W47
    events: int = 0
    new: int = 0  # incidents first seen
    taken: int = 0  # cases opened
    regressed: int = 0  # of these, episodes after the first
    proposed: int = 0
    merged: int = 0
    closed: int = 0  # without being merged


class Broke(Noun):
    project: str
    title: str
    events: int
    users: int | None  # None: no event said whom it touched
    new: bool = False
    regressed: bool = False
    noisy: bool = False
    fate: str = ""  # what became of it
    healed: bool = False  # a proposal exists
    url: str = ""


class Lead(Noun):
    """How long something took, in seconds; of the week, and of the weeks before taken together."""

    name: str
    n: int = 0
    median: float | None = None
    p90: float | None = None
    n_before: int = 0
    median_before: float | None = None
    p90_before: float | None = None


class Rate(Noun):
    """`merged` of `cases`, with the 95 % interval of Wilson."""

    category: str
    cases: int
    proposed: int
    merged: int

    @property
    def interval(self) -> tuple[float, float]:
        return wilson(self.merged, self.cases)


class Person(Noun):
    code: str
    cases: int
    reason: str = ""  # of one of them


class Waiting(Noun):
    title: str
    project: str = ""
    url: str = ""
    days: int = 0


class Money(Noun):
    dollars: float = 0.0
    input_tokens: int = 0
    output_tokens: int = 0
    calls: int = 0
    merged: int = 0

    @property
    def dollars_each(self) -> float | None:
        """Per merged fix; None where nothing was merged."""
        return self.dollars / self.merged if self.merged else None

    @property
    def tokens_each(self) -> float | None:
        return (self.input_tokens + self.output_tokens) / self.merged if self.merged else None


class Safety(Noun):
    injections: int = 0  # events with signs of prompt injection
    injected: int = 0  # incidents that these belong to
    redactions: tuple[tuple[str, int], ...] = ()
    denials: tuple[tuple[str, str, int], ...] = ()  # (action, rule, times)


class Report(Noun):
    week: str
    project: str = ""  # "" means: all
    zone: str = "UTC"
    since: datetime
    until: datetime
    weeks: tuple[Week, ...]  # oldest first; the last is the week itself
    incidents: int = 0  # that had events
    users: int | None = None
    nameless: int = 0  # events that name no user
    broke: tuple[Broke, ...] = ()
    silent: tuple[Waiting, ...] = ()
    silent_count: int = 0
    returned: tuple[Waiting, ...] = ()
    returned_count: int = 0
    soaked: tuple[tuple[str, int], ...] = ()
    leads: tuple[Lead, ...] = ()
    rates: tuple[Rate, ...] = ()
    persons: tuple[Person, ...] = ()
    asked: tuple[tuple[str, int], ...] = ()
    money: Money = Money()
    safety: Safety = Safety()
    advice: tuple[str, ...] = ()

    @property
    def this(self) -> Week:
        return self.weeks[-1]

    @property
    def earlier(self) -> tuple[Week, ...]:
        return self.weeks[:-1]


def wilson(hits: int, of: int) -> tuple[float, float]:
    """95 % interval of a proportion, honest also for small numbers; (0, 1) where nothing was tried."""
    if of <= 0:
        return 0.0, 1.0
    share, z2 = hits / of, Z95 * Z95
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = Z95 * sqrt(share * (1 - share) / of + z2 / (4 * of * of)) / (1 + z2 / of)
    return max(0.0, middle - half), min(1.0, middle + half)
