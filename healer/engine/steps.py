"""`Step` as the journey sees it, remembered in PostgreSQL."""

from __future__ import annotations

import base64
import json
import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from healer.case import Cost
from healer.engine.leases import Heartbeat, Stopping, Suspended
from healer.engine.queue import Claim, Queue
from healer.errors import Transient
from healer.store.database import Connection
from healer.store.queries import QUERIES
from triage.noun import Json, Noun

N = TypeVar("N", bound=Noun)

log = logging.getLogger(__name__)


class DurableStep:
    """The memory of one case. Not for use by two threads at once.

    `connection` belongs to this step alone while the case is worked on: the heartbeat uses it too.
    `note` is called with each new result inside the transaction that remembers it.
    """

    def __init__(
        self,
        connection: Connection,
        queue: Queue,
        claim: Claim,
        *,
        note: Callable[[Connection, int, Noun], None] = lambda connection, case, result: None,
        stopping: threading.Event | None = None,
        tries: int = 4,
        linger: float = 30.0,
    ) -> None:
        self._connection, self._queue, self._claim = connection, queue, claim
        self._stopping = stopping or threading.Event()
        self._note = note
        self._tries, self._linger = tries, linger
        self._known = queue.remembered(connection, claim)

    def __call__(self, name: str, kind: type[N], work: Callable[[], N]) -> N:
        """Raises Interrupted where the case is no longer ours to work on."""
        if name in self._known:
            return kind.model_validate_json(unpacked(self._known[name]))
        if self._stopping.is_set():
            raise Stopping("this worker is stopping")
        started, clock = datetime.now(UTC), time.monotonic()
        with Heartbeat(self._extend, every=self._queue.lease / 3, linger=self._linger):
            result = self._tried(name, work)
        self._remember(name, result, started, time.monotonic() - clock)
        return result

    def wait(self, event: str, seconds: int | None = None) -> Json:
        """The payload of an event that is unique to this case; None when `seconds` went by.

        Raises Suspended until it is there; the case then starts over from its remembered steps."""
        with self._connection.transaction():
            suspended, payload = self._queue.wait(self._connection, self._claim, event, seconds)
        if suspended:
            raise Suspended(f"waiting for {event}")
        return payload

    def _extend(self) -> None:
        self._queue.extend(self._connection, self._claim)

    def _tried(self, name: str, work: Callable[[], N]) -> N:
        retrying = Retrying(
            retry=retry_if_exception_type(Transient),
            stop=stop_after_attempt(self._tries),
            wait=wait_random_exponential(multiplier=0.5, max=20),
            before_sleep=lambda state: log.info("step %s is tried again: %s", name, state.outcome),
            reraise=True,
        )
        return retrying(work)

    def _remember(self, name: str, result: Noun, started: datetime, seconds: float) -> None:
        """Result and price in one transaction; the lock on the run keeps everybody else out meanwhile."""
        written = result.model_dump_json()
        with self._connection.transaction():
            self._queue.extend(self._connection, self._claim)
            self._queue.remember(self._connection, self._claim, name, packed(written))
            self._note(self._connection, self._claim.case, result)
            row = {"case": self._claim.case, "name": name, "started_at": started, "seconds": seconds}
            self._connection.execute(QUERIES["save_step"], {**row, **_price(result)})
        self._known[name] = packed(written)


def _price(result: Noun) -> dict[str, Json]:
    cost = getattr(result, "cost", None)
    if not isinstance(cost, Cost):
        cost = Cost()
    names = {"dollars", "input_tokens", "output_tokens", "model", "prompt"}
    return cost.model_dump(include=names)


def packed(written: str) -> str:
    """JSON that jsonb can hold: it has no NUL, and test output may."""
    if "\\u0000" not in written:
        return written
    return json.dumps({"base64": base64.b64encode(written.encode()).decode()})


def unpacked(state: str) -> str:
    if not state.startswith('{"base64"'):
        return state
    return base64.b64decode(json.loads(state)["base64"]).decode()
