"""Slots for proposals: reserved right before the push, for all workers on all machines at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from healer.case import Proof
from healer.errors import BadInput, Later, Refused
from healer.overlap import touches
from healer.spending import Days, Tripped
from healer.store import spending
from healer.store.database import Connection
from healer.store.queries import QUERIES

UNLIMITED = Days()
LOOK_AGAIN = 900.0  # seconds until a case that waits for an open slot looks again


@dataclass(frozen=True)
class Caps:
    """Per repository: open at the same time, and opened within 24 hours."""

    open: int = 20
    day: int = 10


class Unreserved:
    """For a person who heals one event by hand: nothing else is going on."""

    def reserve(self, proof: Proof) -> None: ...

    def release(self, key: str) -> None: ...


@dataclass(frozen=True)
class Reservations:
    """Implements `Proposals` on the record. `connect` opens a connection for one transaction."""

    connect: Callable[[], AbstractContextManager[Connection]]
    project: str
    repository: str
    caps: Caps = Caps()
    days: Days = UNLIMITED  # what a day may cost

    def reserve(self, proof: Proof) -> None:
        incident = proof.patch.reproduction.diagnosis.incident
        with self.connect() as connection, connection.transaction():
            connection.execute(QUERIES["lock_repository"], {"repository": self.repository})
            row = {
                "case": self._case(connection, proof),
                "key": incident.key,
                "project": incident.project,
                "repository": self.repository,
                "branch": f"healer/{incident.key}",
                "base": proof.base,
                "files": sorted(proof.patch.files),
                "touches": list(touches(proof)),
            }
            taken = connection.execute(QUERIES["slots_taken"], row).fetchone()
            assert taken is not None
            if not taken["ours"]:
                self._check(taken)
                self._afford(connection)
            connection.execute(QUERIES["reserve_proposal"], row)

    def release(self, key: str) -> None:
        with self.connect() as connection, connection.transaction():
            connection.execute(QUERIES["release_proposal"], {"project": self.project, "key": key})
            connection.execute(QUERIES["wake_for_slot"], {"repository": self.repository})

    def _check(self, taken: Mapping[str, Any]) -> None:
        if taken["key"]:
            where = taken["url"] or f"healer/{taken['key']}"
            raise Refused("joined", f"an open proposal mends the same place: {where}")
        if taken["today"] >= self.caps.day:
            why = f"{self.caps.day} proposals were opened within a day"
            raise Later(taken["seconds"] + 1, why, f"slot:{self.repository}")
        if taken["open"] >= self.caps.open:
            why = f"{self.caps.open} proposals are open; close or merge one of them"
            raise Later(LOOK_AGAIN, why, f"slot:{self.repository}")

    def _afford(self, connection: Connection) -> None:
        """A day that cost more than it may brings nobody new work, either."""
        try:
            spending.afford(connection, self.project, self.days)
        except Tripped as no:
            now = datetime.now(UTC)
            midnight = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
            raise Later((midnight - now).total_seconds() + 1, no.reason) from None

    def _case(self, connection: Connection, proof: Proof) -> int:
        incident = proof.patch.reproduction.diagnosis.incident
        wanted = {name: getattr(incident, name) for name in ("project", "fingerprint", "episode")}
        row = connection.execute(QUERIES["case_of"], wanted).fetchone()
        if row is None:
            raise BadInput(f"{incident.key} has no case in the record; `healer cases` lists them")
        return int(row["id"])
