"""A conversation that reserves before it asks, pays after it, tries again where that helps, and gives up."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from healer.budget import Budget
from healer.models.talk import Endpoint, Reply, Talk
from healer.models.trouble import OUTAGES, Trouble
from healer.spending import Tripped

TRIES = 4  # of one request
LONGEST_WAIT = 30.0  # seconds
SMALLER = 4  # a context past the soft limit is so many times smaller
SAVE = (
    "[note] Most of the budget is used. History, questions and past cases are closed, and long results from "
    "before may be left out: decide soon, and give your answer."
)
Note: TypeAlias = Callable[[str, str], None]  # code, words: for the record


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
    cheaper: Endpoint | None = None  # goes on past the soft limit
    note: Note = lambda code, words: None
    sleep: Callable[[float], None] = time.sleep
    _shortened: bool = False

    def save(self) -> None:
        """Past a soft limit, once: the cheaper model, a smaller context, fewer questions."""
        done = ["fewer questions"]
        if self.cheaper is not None and self.cheaper.model != self.talk.endpoint.model:
            self.talk.turn_to(self.cheaper)
            done.append(f"{self.cheaper.model} goes on")
        self.context //= SMALLER
        if left_out := self._shorten():
            done.append(f"{left_out} results left out")
        self.talk.say(SAVE)
        self.note("saving", f"past a soft limit: {', '.join(done)}")

    def ask(self) -> Reply:
        """A reply with text or calls. Raises Trouble (fail closed) or Tripped."""
        try:
            return self._patiently()
        except Trouble as trouble:
            if trouble.code != "context_overflow" or self._shortened:
                raise
            self._shortened = True
            self.context = self.talk.characters // 2
            left_out = self._shorten()
            if not left_out:
                raise
            self.note("shortened", f"the provider's context overflowed: {left_out} results left out")
        return self._patiently()

    def _shorten(self) -> int:
        """To the half of what may be, so that the rest stays as it is, and cached, for a while."""
        return self.talk.trim(self.context // 2) if self.talk.characters > self.context else 0

    def _patiently(self) -> Reply:
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
        if left_out := self._shorten():
            self.note("shortened", f"{left_out} results left out of a conversation that grew too long")
        if self.talk.characters > self.context:
            raise Trouble("context_overflow", f"the conversation holds more than {self.context} characters")
        reply = self._paid()
        self.outages.worked(self.provider)
        if reply.finish == "refusal":
            raise Trouble("refusal", reply.text or "the model refused to answer")
        if not reply.calls and not reply.text.strip():
            raise Trouble("empty", "the model answered nothing")
        return reply

    def _paid(self) -> Reply:
        endpoint = self.talk.endpoint
        seconds = min(endpoint.seconds, self.budget.seconds_left)
        with self.budget.request(
            endpoint.model, self.talk.tokens, endpoint.max_output, seconds=seconds, prompt=self.prompt
        ) as request:
            try:
                reply = self.talk.ask(seconds)
            except Trouble as trouble:
                if trouble.usage is not None:
                    request.pay(trouble.usage)
                raise
            request.pay(reply.usage)
            return reply


def _pause(attempt: int, trouble: Trouble) -> float:
    """What the provider asked for, within reason; otherwise exponential with full jitter."""
    if trouble.retry_after is not None:
        return min(LONGEST_WAIT, max(0.0, trouble.retry_after))
    return random.uniform(0.2, 1.0) * min(LONGEST_WAIT, 0.5 * 2.0**attempt)
