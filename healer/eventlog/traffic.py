"""How much was going on before and after a time, as the event log counted it."""

from __future__ import annotations

from datetime import datetime
from importlib import resources
from typing import Any

import psycopg

TRAFFIC = (resources.files("healer.eventlog") / "traffic.sql").read_bytes()


def traffic(connection: psycopg.Connection[dict[str, Any]], at: datetime) -> tuple[int, int]:
    """(before, after); (0, 0) where the log is not in this database."""
    row = connection.execute(b"select to_regclass('eventlog.per_minute') is not null as there").fetchone()
    if row is None or not row["there"]:
        return 0, 0
    counted = connection.execute(TRAFFIC, {"at": at}).fetchone()
    return (counted["before"], counted["after"]) if counted else (0, 0)
