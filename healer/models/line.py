"""A conversation that reserves before it asks, pays after it, tries again where that helps, and gives up."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from healer.budget import Budget, Tripped
from healer.models.talk import Reply, Talk
from healer.models.trouble import OUTAGES, Trouble

TRIES = 4  # of one request
LONGEST_WAIT = 30.0  # seconds


@dataclass
class Outages:
    """Per provider, over all runs of this process: after failures in a row nobody asks for a while."""

    after: int = 3
    first: float = 30.0  # seconds of the first pause; doubled each time
    longest: float = 900.0
    clock: Callable[[], float] = time.monotonic
    _failed: dict[str, int] = field(default_factory=dict)
    _until: dict[str, float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def check(self, provider: str) -> None:
        """Raises Tripped while the provider is given time."""
        with self._lock:
            left = self._until.get(provider, 0.0) - self.clock()
        if left > 0:
            raise Tripped("provider_down", f"{provider} failed repeatedly; it is not asked for {left:.0f} s")

    def worked(self, provider: str) -> None:
        with self._lock:
            self._failed.pop(provider, None)

    def failed(self, provider: str) -> None:
        with self._lock:
            count = self._failed[provider] = self._failed.get(provider, 0) + 1
            if count >= self.after:
                pause = min(self.longest, self.first * 2.0 ** (count - self.after))
                self._until[provider] = self.clock() + pause


@dataclass
class Line:
    """`prompt` is the id that every cost is recorded with. `context` caps one request, in characters."""

    talk: Talk
    budget: Budget
    outages: Outages
    prompt: str
    context: int = 450_000
    sleep: Callable[[float], None] = time.sleep

    def ask(self) -> Reply:
        """A reply with text or calls. Raises Trouble (fail closed) or Tripped."""
        for attempt in range(1, TRIES + 1):
            try:
                return self._once()
            except Trouble as trouble:
                pause = _pause(attempt, trouble)
                if not trouble.retryable or attempt == TRIES or pause > self.budget.seconds_left:
                    if trouble.code in OUTAGES:
                        self.outages.failed(self.provider)
                    raise
                self.sleep(pause)
        raise AssertionError("unreachable")

    @property
    def provider(self) -> str:
        endpoint = self.talk.endpoint
        return endpoint.url or endpoint.wire

    def _once(self) -> Reply:
        self.outages.check(self.provider)
        self.budget.in_time()
        if self.talk.characters > self.context:
            raise Trouble("context_overflow", f"the conversation holds more than {self.context} characters")
        endpoint = self.talk.endpoint
        self.budget.reserve(endpoint.model, self.talk.characters, endpoint.max_output)
        started = time.monotonic()
        try:
            reply = self.talk.ask(self.budget.seconds_left)
        except Trouble as trouble:
            if trouble.usage is not None:
                self.budget.charge(endpoint.model, trouble.usage, time.monotonic() - started, self.prompt)
            raise
        self.budget.charge(endpoint.model, reply.usage, time.monotonic() - started, self.prompt)
        self.outages.worked(self.provider)
        if reply.finish == "refusal":
            raise Trouble("refusal", reply.text or "the model refused to answer")
        if not reply.calls and not reply.text.strip():
            raise Trouble("empty", "the model answered nothing")
        return reply


def _pause(attempt: int, trouble: Trouble) -> float:
    """What the provider asked for, within reason; otherwise exponential with full jitter."""
    if trouble.retry_after is not None:
        return min(LONGEST_WAIT, max(0.0, trouble.retry_after))
    return random.uniform(0.2, 1.0) * min(LONGEST_WAIT, 0.5 * 2.0**attempt)
