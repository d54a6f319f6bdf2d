"""What a run may take, and what stops it: a runaway ends as a refusal, never as a bill.

All of it is enforced here, below any framework: before a request its worst case is held, against the run
and against the days that all workers share; after it what the provider's usage says is charged.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property, reduce

from healer.case import Cost
from healer.prices import PriceTable, Usage
from healer.spending import Allowance, Days, Hold, Ledger, Spent, Tripped, trip
from triage.noun import Noun

GRACE = 60.0  # seconds that a hold outlives its request's time limit


class Limits(Noun):
    """As configured. `soft` is the part of a limit from which a run saves: see `Budget.saving`."""

    run: Allowance = Allowance(dollars=1.0, tokens=600_000, calls=60, seconds=900)
    project_day: Allowance = Allowance(dollars=20.0, tokens=20_000_000)
    day: Allowance = Allowance(dollars=100.0, tokens=100_000_000)
    tool_calls: int = 120  # of all tools in one run
    tools: Mapping[str, int] = {
        "run_tests": 12,
        "search": 40,
        "edit": 40,
        "ask": 20,
        "select": 10,
    }  # of one tool in one run
    soft: float = 0.7

    @property
    def days(self) -> Days:
        return Days(project=self.project_day, installation=self.day)


@dataclass
class Request:
    """One request to a model, held. What is not paid at its end is given back."""

    budget: Budget
    hold: Hold
    ticket: int
    prompt: str
    started: float
    cost: Cost | None = None

    def pay(self, usage: Usage) -> Cost:
        """What it really took, kept in the ledger before anything else happens."""
        cost = Cost(
            dollars=self.budget.prices.of(self.hold.model).dollars(usage),
            input_tokens=usage.input,
            output_tokens=usage.output,
            calls=1,
            model=self.hold.model,
            prompt=self.prompt,
        )
        seconds = self.budget.clock() - self.started
        self.cost = cost
        self.budget.ledger.settle(self.ticket, self.hold, cost, cached=usage.cache_read, seconds=seconds)
        return cost


@dataclass
class Budget:
    """Of one run. The ledger may be shared; requests may be made by several threads."""

    limits: Limits
    prices: PriceTable
    ledger: Ledger
    project: str
    case: str = ""  # natural key of the case
    clock: Callable[[], float] = time.monotonic
    spent: Spent = field(default_factory=Spent)
    held: list[Spent] = field(default_factory=list)  # for requests on their way
    costs: list[Cost] = field(default_factory=list)
    calls: Counter[str] = field(default_factory=Counter)
    started: float = -1.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.started = self.clock()

    @property
    def seconds(self) -> float:
        return self.clock() - self.started

    @property
    def seconds_left(self) -> float:
        limit = self.limits.run.seconds
        return max(0.0, limit - self.seconds) if limit is not None else float("inf")

    @cached_property
    def day_saving(self) -> bool:
        """Past the soft limit of the project's or the installation's day, when the run first asked."""
        soft = self.limits.soft
        return any(
            limit.scaled(soft).exceeded(self.ledger.today(project))
            for limit, project in ((self.limits.project_day, self.project), (self.limits.day, ""))
        )

    @property
    def saving(self) -> bool:
        """Past a soft limit: cheaper model, smaller context, fewer questions."""
        spent = self.spent.model_copy(update={"seconds": self.seconds})
        return bool(self.limits.run.scaled(self.limits.soft).exceeded(spent)) or self.day_saving

    @contextmanager
    def request(
        self, model: str, tokens: int, output: int, *, seconds: float = 180.0, prompt: str = ""
    ) -> Iterator[Request]:
        """For one request of at most `tokens` of input and `output` tokens, within `seconds`.

        Raises Tripped where its worst case would pass a limit, and Refused where its price is unknown."""
        self.in_time()
        price = self.prices.of(model)
        ahead = Spent(dollars=price.most(tokens, output), tokens=tokens + output, calls=1)
        with self._lock:
            trip("run", self.limits.run, self._ahead(ahead))
            self.held.append(ahead)
        try:
            sent = Spent(dollars=tokens * price.input / 1e6, tokens=tokens, calls=1)
            hold = Hold(
                project=self.project,
                case=self.case,
                model=model,
                ahead=ahead.model_copy(update={"seconds": seconds}),
                sent=sent,
                lease=seconds + GRACE,
            )
            ticket = self.ledger.hold(hold, self.limits.days)
            request = Request(self, hold, ticket, prompt, self.clock())
            try:
                yield request
            finally:
                self._finish(request)
        finally:
            with self._lock:
                self.held.remove(ahead)

    def _finish(self, request: Request) -> None:
        if request.cost is None:
            self.ledger.release(request.ticket)
            return
        cost = request.cost
        taken = Spent(dollars=cost.dollars, tokens=cost.input_tokens + cost.output_tokens, calls=1)
        with self._lock:
            self.spent = self.spent.plus(taken)
            self.costs.append(cost)

    def _ahead(self, next_one: Spent) -> Spent:
        total = reduce(Spent.plus, self.held, self.spent.plus(next_one))
        return total.model_copy(update={"seconds": self.seconds})

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
