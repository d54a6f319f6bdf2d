"""What was spent, what is held for requests on their way, and the promise of whoever keeps both."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

from healer.case import Cost
from healer.errors import Refused
from triage.noun import Noun


class Tripped(Refused):
    """A limit or a breaker ended the run; a person goes on with what is known."""


class Spent(Noun):
    dollars: float = 0.0
    tokens: int = 0
    calls: int = 0
    seconds: float = 0.0

    def plus(self, other: Spent) -> Spent:
        return Spent(
            dollars=self.dollars + other.dollars,
            tokens=self.tokens + other.tokens,
            calls=self.calls + other.calls,
            seconds=self.seconds + other.seconds,
        )


class Allowance(Noun):
    """Of one run, or of one day. 0 means: nothing is allowed; None: no limit of this kind."""

    dollars: float | None = None
    tokens: int | None = None
    calls: int | None = None  # requests to a model
    seconds: float | None = None

    def exceeded(self, spent: Spent) -> str:
        """What is used up, in words; "" where nothing is."""
        for name, unit in (
            ("dollars", "$"),
            ("tokens", "tokens"),
            ("calls", "requests"),
            ("seconds", "seconds"),
        ):
            limit, used = getattr(self, name), getattr(spent, name)
            if limit is not None and used > limit:
                return f"{used:.4g} of {limit:.4g} {unit}"
        return ""

    def scaled(self, part: float) -> Allowance:
        whole = {name: value * part for name, value in self.model_dump(exclude_none=True).items()}
        counts = {name: int(whole[name]) for name in ("tokens", "calls") if name in whole}
        return Allowance.model_validate(whole | counts)


class Hold(Noun):
    """A request about to be sent, with the most it can take. `lease` is how long it can be on its way:
    after that its sender is taken for dead, and `sent`, which its provider surely counted, is booked."""

    project: str
    case: str = ""  # natural key
    model: str = ""
    ahead: Spent
    sent: Spent = Spent()
    lease: float = 240.0  # seconds


class Days(Noun):
    """What one day, in UTC, may take."""

    project: Allowance = Allowance()
    installation: Allowance = Allowance()

    def check(self, project: Spent, installation: Spent, ahead: Spent) -> None:
        """Raises Tripped where `ahead` could pass a limit."""
        trip("project and day", self.project, project.plus(ahead))
        trip("installation and day", self.installation, installation.plus(ahead))


def trip(whose: str, limit: Allowance, spent: Spent) -> None:
    if over := limit.exceeded(spent):
        raise Tripped("budget", f"the next request could pass the limit of this {whose}: {over}")


class Ledger(Protocol):
    """Where spending is remembered across runs and processes."""

    def hold(self, hold: Hold, days: Days) -> int:
        """Reserve, or raise Tripped: decided for all workers at once. Returns a ticket."""

    def settle(self, ticket: int, hold: Hold, cost: Cost, *, cached: int, seconds: float) -> None:
        """What it really took, in place of the hold. The same ticket is booked once."""

    def release(self, ticket: int) -> None:
        """It took nothing."""

    def today(self, project: str = "") -> Spent:
        """Of one project, or with "" of the installation, with what is held."""


class MemoryLedger:
    """For one process: the command line, and tests."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._booked: dict[int, tuple[float, str, Spent]] = {}
        self._held: dict[int, tuple[float, Hold]] = {}
        self._tickets = itertools.count(1)
        self._lock = threading.Lock()

    def hold(self, hold: Hold, days: Days) -> int:
        with self._lock:
            days.check(self._today(hold.project), self._today(""), hold.ahead)
            ticket = next(self._tickets)
            self._held[ticket] = (self._clock() + hold.lease, hold)
            return ticket

    def settle(self, ticket: int, hold: Hold, cost: Cost, *, cached: int, seconds: float) -> None:
        tokens = cost.input_tokens + cost.output_tokens
        row = Spent(dollars=cost.dollars, tokens=tokens, calls=1, seconds=seconds)
        with self._lock:
            self._held.pop(ticket, None)
            self._booked[ticket] = (self._clock(), hold.project, row)

    def release(self, ticket: int) -> None:
        with self._lock:
            self._held.pop(ticket, None)

    def today(self, project: str = "") -> Spent:
        with self._lock:
            return self._today(project)

    def _today(self, project: str) -> Spent:
        self._book_lost()
        now = datetime.fromtimestamp(self._clock(), UTC)
        since = now.replace(hour=0, minute=0, second=0, microsecond=0).timestamp()
        total = Spent()
        for when, whose, row in self._booked.values():
            if when >= since and project in {"", whose}:
                total = total.plus(row)
        for _, hold in self._held.values():
            if project in {"", hold.project}:
                total = total.plus(hold.ahead)
        return total

    def _book_lost(self) -> None:
        now = self._clock()
        for ticket, (until, hold) in list(self._held.items()):
            if until < now:
                del self._held[ticket]
                self._booked[ticket] = (now, hold.project, hold.sent)
