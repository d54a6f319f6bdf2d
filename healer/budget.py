"""What a run may take, and what stops it: a runaway ends as a refusal, never as a bill.

All of it is enforced here, below any framework: before a request its worst case is reserved, after it what
the provider's usage says is charged. Unknown models are charged at the configured worst case.
"""

from __future__ import annotations

import threading
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from typing import Protocol

import re2

from healer.case import Cost
from healer.errors import Refused
from triage.noun import Noun

_DATED = re2.compile(r"(?:[-@]\d{8}|-\d{4}-\d{2}-\d{2}|-latest)?")
MILLION = 1_000_000
CHARS_PER_TOKEN = 3  # fewer than any tokenizer needs for code: estimates come out too high, never too low


class Usage(Noun):
    """Of one request, as the provider counted it. `input` holds the cached parts as well."""

    input: int = 0
    output: int = 0
    cache_read: int = 0
    cache_write: int = 0
    estimated: bool = False  # the provider said nothing; counted from bytes


class Price(Noun):
    """Dollars per million tokens, valid since a date."""

    model: str  # its name, without a date
    since: str = ""  # ISO date
    input: float
    output: float
    cache_read: float | None = None  # None: as input
    cache_write: float | None = None

    def dollars(self, usage: Usage) -> float:
        read = self.input if self.cache_read is None else self.cache_read
        write = self.input if self.cache_write is None else self.cache_write
        plain = max(0, usage.input - usage.cache_read - usage.cache_write)
        parts = plain * self.input + usage.cache_read * read + usage.cache_write * write
        return (parts + usage.output * self.output) / MILLION


@dataclass(frozen=True)
class PriceTable:
    """The newest price of a model's exact name. What is not listed costs the worst case: a longer name
    (`-pro`) is often the dearer model."""

    prices: tuple[Price, ...]
    worst: Price

    def of(self, model: str, today: str = "") -> Price:
        name, day = model.rpartition("/")[2], today or datetime.now(UTC).date().isoformat()
        known = sorted((p for p in self.prices if _is(name, p.model)), key=lambda p: p.since)
        come = [p for p in known if p.since <= day]
        return (come[-1:] or known[:1] or [self.worst])[0]

    def knows(self, model: str) -> bool:
        return self.of(model) is not self.worst


def _is(name: str, model: str) -> bool:
    tail = name.removeprefix(model)
    return name.startswith(model) and _DATED.fullmatch(tail) is not None


@cache
def shipped_prices() -> tuple[Price, ...]:
    """`healer/prices.toml`."""
    text = (resources.files("healer") / "prices.toml").read_text(encoding="utf-8")
    return tuple(Price.model_validate(row) for row in tomllib.loads(text)["price"])


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


class Ledger(Protocol):
    """Where spending is remembered across runs and processes."""

    def record(self, project: str, case: str, cost: Cost, *, cached: int, seconds: float) -> None:
        """One request, as soon as its usage is known. `case` is the case's natural key."""

    def spent(self, since: datetime, project: str = "") -> Spent:
        """Of one project, or with "" of the installation."""


class MemoryLedger:
    """For one process: the command line, and tests."""

    def __init__(self) -> None:
        self._rows: list[tuple[datetime, str, Spent]] = []
        self._lock = threading.Lock()

    def record(self, project: str, case: str, cost: Cost, *, cached: int, seconds: float) -> None:
        tokens = cost.input_tokens + cost.output_tokens
        row = Spent(dollars=cost.dollars, tokens=tokens, calls=1, seconds=seconds)
        with self._lock:
            self._rows.append((datetime.now(UTC), project, row))

    def spent(self, since: datetime, project: str = "") -> Spent:
        total = Spent()
        with self._lock:
            for when, whose, row in self._rows:
                if when >= since and project in {"", whose}:
                    total = total.plus(row)
        return total


class Tripped(Refused):
    """A limit or a breaker ended the run; a person goes on with what is known."""


class Limits(Noun):
    """As configured. `soft` is the part of a limit from which a run saves: see `Budget.saving`."""

    run: Allowance = Allowance(dollars=1.0, tokens=600_000, calls=60, seconds=900)
    project_day: Allowance = Allowance(dollars=20.0, tokens=20_000_000)
    day: Allowance = Allowance(dollars=100.0, tokens=100_000_000)
    tool_calls: int = 120  # of all tools in one run
    tools: Mapping[str, int] = {"run_tests": 12, "search": 40, "edit": 40}  # of one tool in one run
    soft: float = 0.7


@dataclass
class Budget:
    """Of one run. Not for use by two threads at once; the ledger may be shared."""

    limits: Limits
    prices: PriceTable
    ledger: Ledger
    project: str
    case: str = ""  # natural key of the case
    clock: Callable[[], float] = time.monotonic
    spent: Spent = field(default_factory=Spent)
    costs: list[Cost] = field(default_factory=list)
    calls: Counter[str] = field(default_factory=Counter)
    started: float = -1.0

    def __post_init__(self) -> None:
        self.started = self.clock()

    @property
    def seconds(self) -> float:
        return self.clock() - self.started

    @property
    def seconds_left(self) -> float:
        limit = self.limits.run.seconds
        return max(0.0, limit - self.seconds) if limit is not None else float("inf")

    @property
    def day_saving(self) -> bool:
        """Past the soft limit of the project's day: the cheaper model does."""
        limit, today = self.limits.project_day, _midnight()
        return bool(limit.scaled(self.limits.soft).exceeded(self.ledger.spent(today, self.project)))

    @property
    def saving(self) -> bool:
        """Past the soft limit of this run: smaller context, fewer questions."""
        return bool(self.limits.run.scaled(self.limits.soft).exceeded(self._now()))

    def _now(self) -> Spent:
        return self.spent.model_copy(update={"seconds": self.seconds})

    def reserve(self, model: str, characters: int, max_output: int) -> None:
        """Before a request: raises Tripped where its worst case would pass a limit."""
        usage = Usage(input=characters // CHARS_PER_TOKEN + 1, output=max_output)
        worst = self.prices.of(model)
        priced = max(
            worst.dollars(usage), worst.dollars(usage.model_copy(update={"cache_write": usage.input}))
        )
        ahead = Spent(dollars=priced, tokens=usage.input + usage.output, calls=1)
        known = self.prices.knows(model)
        note = "" if known else f"; {model} has no known price: give it as [[budget.price]] in healer.toml"
        self._check("run", self.limits.run, self._now().plus(ahead), note)
        today = _midnight()
        for name, limit, project in (
            ("project and day", self.limits.project_day, self.project),
            ("installation and day", self.limits.day, ""),
        ):
            self._check(name, limit, self.ledger.spent(today, project).plus(ahead), note)

    def charge(self, model: str, usage: Usage, seconds: float = 0.0, prompt: str = "") -> Cost:
        """After a request: what it really took, kept in the ledger before anything else happens."""
        cost = Cost(
            dollars=self.prices.of(model).dollars(usage),
            input_tokens=usage.input,
            output_tokens=usage.output,
            calls=1,
            model=model,
            prompt=prompt,
        )
        taken = Spent(dollars=cost.dollars, tokens=usage.input + usage.output, calls=1)
        self.spent = self.spent.plus(taken)
        self.costs.append(cost)
        self.ledger.record(self.project, self.case, cost, cached=usage.cache_read, seconds=seconds)
        return cost

    def tool(self, name: str) -> None:
        """Before a tool call: raises Tripped where the run has had enough of them."""
        self.calls[name] += 1
        if self.calls.total() > self.limits.tool_calls:
            raise Tripped("budget_tools", f"the run made more than {self.limits.tool_calls} tool calls")
        most = self.limits.tools.get(name)
        if most is not None and self.calls[name] > most:
            raise Tripped("budget_tools", f"{name} was called more than {most} times")
        self.in_time()

    def in_time(self) -> None:
        limit = self.limits.run.seconds
        if limit is not None and self.seconds > limit:
            raise Tripped("budget_seconds", f"the run took longer than {limit:.0f} seconds")

    def total(self) -> Cost:
        """The whole run as one noun: models and prompts joined in the order of first use."""
        return joined(self.costs)

    def _check(self, whose: str, limit: Allowance, spent: Spent, note: str) -> None:
        if over := limit.exceeded(spent):
            raise Tripped("budget", f"the next request could pass the limit of this {whose}: {over}{note}")


def _midnight() -> datetime:
    return datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def joined(costs: list[Cost]) -> Cost:
    return Cost(
        dollars=sum(c.dollars for c in costs),
        input_tokens=sum(c.input_tokens for c in costs),
        output_tokens=sum(c.output_tokens for c in costs),
        calls=sum(c.calls for c in costs),
        model=" + ".join(dict.fromkeys(c.model for c in costs if c.model)),
        prompt=" + ".join(dict.fromkeys(c.prompt for c in costs if c.prompt)),
    )


@dataclass
class Breakers:
    """Signs that a run goes nowhere, over the tool calls of one run."""

    same: int = 3  # the same call with the same answer on the same tree
    failing: int = 5  # in a row
    stale: int = 12  # calls in a row without a new answer or an edit
    _seen: Counter[tuple[str, ...]] = field(default_factory=Counter)
    _failed: int = 0
    _stale: int = 0

    def after(self, name: str, arguments: str, result: str, version: str, *, failed: bool) -> None:
        """Raises Tripped: loop, storm or stall."""
        key = (name, arguments, result, version)
        self._seen[key] += 1
        self._failed = self._failed + 1 if failed else 0
        self._stale = self._stale + 1 if self._seen[key] > 1 or failed else 0
        if self._seen[key] >= self.same:
            raise Tripped("loop", f"{name} was called {self.same} times with the same arguments and answer")
        if self._failed >= self.failing:
            raise Tripped("storm", f"{self.failing} tool calls in a row failed")
        if self._stale >= self.stale:
            raise Tripped("stall", f"{self.stale} calls in a row brought nothing new")
