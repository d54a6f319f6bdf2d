"""Works cases: claims them, runs the journey under a durable `Step`, records the outcome.

Death is normal. A worker that loses its database or its lease ends; the supervisor starts a new one, and
any worker anywhere goes on from the last finished step.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

import psycopg

from healer.case import Declined, Failed, Healed
from healer.engine import Claim, DurableStep, Interrupted, LeaseLost, Queue, Stopping, Suspended, reconcile
from healer.engine.queue import FOLLOW
from healer.errors import BadInput, HealerError, Later, Refused
from healer.protocols import Chronicle, Step
from healer.store import cases, ledger
from healer.store.chronicle import RecordedChronicle
from healer.store.database import Connection, connect
from triage.incident import Incident

log = logging.getLogger(__name__)

Outcome: TypeAlias = Healed | Declined | Failed
Follow: TypeAlias = Callable[[Incident, Chronicle, Step], str]
FOLLOWING = 0x686C6672  # advisory lock: who looks after a case's proposal
BUSY = 5.0  # seconds
Work: TypeAlias = Callable[[Incident, Step], Outcome]


@dataclass
class Worker:
    """`slots` cases at a time, each on its own thread and connection.

    `tries`: attempts at a case whose work raises an error; crashes count against the queue's `attempts`.
    """

    dsn: str
    work: Work
    follow: Follow | None = None  # looks after a case's proposal
    queue: Queue = field(default_factory=Queue)
    slots: int = 2
    poll: float = 0.25  # seconds
    tries: int = 3
    linger: float = 30.0  # seconds an interrupted step may take to end
    name: str = field(default_factory=lambda: f"{socket.gethostname()}:{os.getpid()}")
    stopping: threading.Event = field(default_factory=threading.Event)
    _broken: list[BaseException] = field(default_factory=list)

    def run(self, *, until_idle: bool = False) -> int:
        """Work until told to stop, or `until_idle`: until no task is due. Returns the exit status, which
        is not 0 when the database went away."""
        threads = [
            threading.Thread(target=self._slot, args=(until_idle,), name=f"slot-{n}")
            for n in range(self.slots)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for reason in self._broken:
            log.error("worker ends: %s", reason)
        return 1 if self._broken else 0

    def stop(self) -> None:
        """Take no more cases; give back the ones in hand at their next step."""
        self.stopping.set()

    def handle_signals(self) -> None:
        """SIGTERM and SIGINT stop gracefully; from the main thread only."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda _number, _frame: self.stop())

    def _slot(self, until_idle: bool) -> None:
        try:
            with connect(self.dsn) as connection:
                while not self.stopping.is_set():
                    claim = self.queue.claim(connection, self.name)
                    if claim is not None:
                        self._attend(connection, claim)
                    elif until_idle:
                        return
                    else:
                        self.stopping.wait(self.poll)
        except psycopg.Error as error:
            self._broken.append(error)
            self.stop()

    def _caretaker(self) -> None:
        """Puts right, now and then, what a dead worker left behind for good."""
        try:
            while not self.stopping.wait(self.queue.lease):
                with connect(self.dsn) as connection:
                    reconcile(connection, self.queue)
        except psycopg.Error as error:
            self._broken.append(error)
            self.stop()

    def _attend(self, connection: Connection, claim: Claim) -> None:
        try:
            if claim.kind == FOLLOW:
                self._look_after(connection, claim)
                return
            outcome = self._treat(connection, claim)
            with connection.transaction():
                cases.close(connection, claim.case, outcome)
                self.queue.finish(connection, claim, type(outcome).__name__)
        except Suspended:
            cases.waits(connection, claim.case)
        except Later as later:
            self._postpone(connection, claim, later)
        except Stopping:
            self._give_back(connection, claim)
        except Interrupted as reason:
            log.warning("case %s is left: %s", claim.case, reason)
        except psycopg.OperationalError:
            raise
        except Exception as error:
            self._fail(connection, claim, error)

    def _treat(self, connection: Connection, claim: Claim) -> Outcome:
        incident = cases.load(connection, claim.case)
        if incident is None:
            return Failed(stage="load", error=f"case {claim.case} is not in the record")
        cases.start(connection, claim.case)
        step = DurableStep(
            connection, self.queue, claim, note=ledger.note, stopping=self.stopping, linger=self.linger
        )
        try:
            return self.work(incident, step)
        except Refused as no:
            return Declined(code=no.code, reason=no.reason)
        except BadInput as error:  # the repository or its settings: trying again would change nothing
            return Declined(code="bad_input", reason=str(error))

    def _postpone(self, connection: Connection, claim: Claim, later: Later) -> None:
        """It waits for its turn without a worker, and without using up an attempt."""
        try:
            with connection.transaction():
                self.queue.release(connection, claim, later.seconds)
                cases.waits(connection, claim.case, later.reason, later.waits_for)
        except LeaseLost:
            log.info("case %s was taken over already", claim.case)

    def _look_after(self, connection: Connection, claim: Claim) -> None:
        """One at a time per case: the others come back when it is done."""
        incident = cases.load(connection, claim.case)
        if self.follow is None or incident is None:
            self.queue.finish(connection, claim, "nobody follows")
            return
        key = [FOLLOWING, claim.case]
        row = connection.execute(b"select pg_try_advisory_lock(%s, %s::int) as ours", key).fetchone()
        if row is None or not row["ours"]:
            raise Later(BUSY, "somebody looks after it just now")
        try:
            step = DurableStep(
                connection,
                self.queue,
                claim,
                note=ledger.note_asked,
                stopping=self.stopping,
                linger=self.linger,
            )
            told = self.follow(incident, RecordedChronicle(connection, claim.case), step)
            self.queue.finish(connection, claim, told)
        finally:
            if not connection.closed:
                connection.execute(b"select pg_advisory_unlock(%s, %s::int)", key)

    def _give_back(self, connection: Connection, claim: Claim) -> None:
        try:
            self.queue.release(connection, claim)
        except LeaseLost:
            log.info("case %s was taken over already", claim.case)

    def _fail(self, connection: Connection, claim: Claim, error: Exception) -> None:
        """Try again later, or at the last try record why it failed."""
        log.exception("case %s, attempt %s", claim.case, claim.attempt, exc_info=error)
        described = str(error) if isinstance(error, HealerError) else f"{type(error).__name__}: {error}"
        try:
            with connection.transaction():
                again = claim.attempt < min(self.tries, claim.max_attempts)
                self.queue.fail(connection, claim, described[:2000], 2.0**claim.attempt if again else None)
                if not again:
                    cases.close(connection, claim.case, Failed(stage="work", error=described[:2000]))
        except Interrupted as reason:
            log.warning("case %s is left: %s", claim.case, reason)
