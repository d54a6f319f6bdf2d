"""Keeping what grows: days of the event log made and dropped in time, old arrivals and requests forgotten."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from healer.eventlog import load, partitions
from healer.store import record
from healer.store.database import Connection, connect

EVERY = 3600.0  # seconds; a day must never be missing when its first event comes
REQUESTS_EVERY = 300.0


@dataclass
class Upkeep:
    """`retention_days` of the event log, `received_days` of the record of arrivals."""

    dsn: str
    retention_days: int
    received_days: int
    _done: dict[str, float] = field(default_factory=dict)

    def round(self) -> None:
        """Does what is due. Safe in several processes at once."""
        days, requests = self._due("days", EVERY), self._due("requests", REQUESTS_EVERY)
        if not (days or requests):
            return
        with connect(self.dsn) as connection:
            if days:
                self._keep_days(connection)
            if requests:
                load.forget_requests(connection)
        now = time.monotonic()
        self._done |= {"requests": now} | ({"days": now} if days else {})

    def _due(self, duty: str, every: float) -> bool:
        return time.monotonic() - self._done.get(duty, float("-inf")) >= every

    def _keep_days(self, connection: Connection) -> None:
        partitions.maintain(connection, self.retention_days)
        record.forget(connection, datetime.now(UTC) - timedelta(days=self.received_days))
