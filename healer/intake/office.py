"""Opens the mail: decode, parse, clean, fingerprint, and commit a whole batch at once."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar

import psycopg

from healer.engine import Queue
from healer.intake.episodes import reopens
from healer.intake.letter import Answer, Letter, Rejected
from healer.intake.reading import Routes, Unread, arrival, foreknown, read
from healer.store.database import Connection, connect_lasting
from healer.store.record import DUPLICATE, Arrival, Saved, known, save
from triage.familiar import Memory
from triage.lenient import Malformed

P = ParamSpec("P")
R = TypeVar("R")

log = logging.getLogger(__name__)

PATIENCE = 5.0  # seconds to wait for a database that restarts, before the sender is told to come back
BUSY = Answer(503, message="the record cannot be reached just now; send it again later")


@dataclass
class Office:
    """One connection, one thread. Picklable until first used."""

    dsn: str
    routes: Routes
    queue: Queue = field(default_factory=Queue)
    patience: float = PATIENCE
    memory: Memory = field(default_factory=Memory)
    _connection: Connection | None = None

    def handle(self, letters: Sequence[Letter]) -> list[Answer]:
        """One answer per letter, after everything that was taken is committed."""
        new = self._new([_tried(read, letter, self.routes) for letter in letters])
        unread = [one for one in new if isinstance(one, Unread)]
        told = iter(foreknown(unread, self.routes, self.memory, _log_shortcut))
        clean = [
            _tried(arrival, one, self.routes, known=next(told)) if isinstance(one, Unread) else one
            for one in new
        ]
        kept = iter(self._keep([one for one in clean if isinstance(one, Arrival)]))
        return [next(kept) if isinstance(one, Arrival) else one for one in clean]

    def _new(self, opened: list[Unread | Arrival | Answer]) -> list[Unread | Arrival | Answer]:
        """What the record has already is answered: a look costs less than cleaning it once more."""
        digests = [None if isinstance(one, Answer) else one.digest for one in opened]
        asked = {digest for digest in digests if digest}
        try:
            before = self._patiently(lambda record: known(record, asked)) if asked else asked
        except psycopg.OperationalError as error:
            log.error("the record cannot be reached: %s", type(error).__name__)
            return [one if isinstance(one, Answer) else BUSY for one in opened]
        return [
            _again(one) if not isinstance(one, Answer) and digest in before else one
            for one, digest in zip(opened, digests, strict=True)
        ]

    def _keep(self, arrivals: list[Arrival]) -> list[Answer]:
        """All in one transaction; where the database refuses one of them, each in its own."""
        if not arrivals:
            return []
        try:
            saved = self._patiently(lambda record: self._save(record, arrivals))
            return [_answer(a, s) for a, s in zip(arrivals, saved, strict=True)]
        except psycopg.OperationalError as error:
            log.error("the record cannot be reached: %s", type(error).__name__)
            return [BUSY] * len(arrivals)
        except Exception as error:
            if len(arrivals) == 1:
                log.error("an event could not be stored: %s", type(error).__name__)
                return [Answer(422, message="the record cannot hold this event; report its event_id")]
            return [answer for one in arrivals for answer in self._keep([one])]

    def _save(self, record: Connection, arrivals: list[Arrival]) -> list[Saved]:
        return save(
            record,
            arrivals,
            floor=self.routes.floor,
            spawn=self.queue.spawn,
            reopens=reopens,
            looked=True,
        )

    def _patiently(self, ask: Callable[[Connection], R]) -> R:
        """What the database answers, once it does, or OperationalError. A lost answer is asked for again."""
        deadline = time.monotonic() + self.patience
        while True:
            try:
                return ask(self._connected())
            except psycopg.OperationalError:
                self._hang_up()
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)

    def _connected(self) -> Connection:
        if self._connection is None or self._connection.closed:
            self._connection = connect_lasting(self.dsn)
        return self._connection

    def __del__(self) -> None:
        """It ends with the thread or process it works in, which tells nobody."""
        self._hang_up()

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None


def _tried(step: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R | Answer:
    """A letter must not spoil the others of its batch, nor reach the log."""
    try:
        return step(*args, **kwargs)
    except Rejected as no:
        return Answer(no.status, message=str(no))
    except Malformed as bad:
        return Answer(400, message=f"{bad}; correct it and send it again")
    except Exception as error:
        log.error("a letter could not be read: %s", type(error).__name__)
        return Answer(422, message="this event cannot be read; report its event_id")


def _log_shortcut(error: Exception) -> None:
    log.warning("a short cut failed, its event is cleaned as a whole: %s", type(error).__name__)


def _again(one: Unread | Arrival) -> Answer:
    identity = one.event_id if isinstance(one, Unread) else ""
    return Answer(200, id=identity, message=DUPLICATE.reason, disposition=DUPLICATE.disposition)


def _answer(arrival: Arrival, saved: Saved) -> Answer:
    identity = arrival.event.event_id if arrival.event else ""
    return Answer(200, id=identity, message=saved.reason, disposition=saved.disposition)
