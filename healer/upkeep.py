"""Keeping the event log's days: made before they are needed, dropped when their time is over."""

from __future__ import annotations

import time
from dataclasses import dataclass

from healer.eventlog import partitions
from healer.store.database import connect

EVERY = 3600.0  # seconds; a day must never be missing when its first event comes


@dataclass
class Upkeep:
    dsn: str
    retention_days: int
    _done: float = float("-inf")

    def round(self) -> None:
        """At most once an hour. Safe in several processes at once."""
        if time.monotonic() - self._done < EVERY:
            return
        with connect(self.dsn) as connection:
            partitions.maintain(connection, self.retention_days)
        self._done = time.monotonic()
