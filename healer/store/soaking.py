"""What became of merged proposals: the windows before and after, and the verdict on them."""

from __future__ import annotations

from typing import Any

from healer.store.database import Connection
from healer.store.queries import QUERIES
from triage.soak import Soak, SoakVerdict, Window, soak

DAYS = 14  # of watching


def settle(connection: Connection, days: int = DAYS) -> dict[int, SoakVerdict]:
    """Verdicts by case, kept where they are final. Traffic is the event log's, if it is in this database."""
    told: dict[int, SoakVerdict] = {}
    counts = connection.execute(b"select to_regclass('eventlog.per_minute') is not null as there").fetchone()
    name = "soak_windows" if counts and counts["there"] else "soak_windows_without_log"
    for row in connection.execute(QUERIES[name], {"days": days}).fetchall():
        verdict = _verdict(row)
        told[row["case_id"]] = verdict
        if verdict.soak is not Soak.WATCHING:
            kept = {"case": row["case_id"], "soak": verdict.soak.value}
            connection.execute(QUERIES["keep_soak"], kept)
    return told


def _verdict(row: dict[str, Any]) -> SoakVerdict:
    before = Window(errors=row["errors_before"], traffic=row["traffic_before"])
    after = Window(errors=row["errors_after"], traffic=row["traffic_after"])
    return soak(before, after, over=row["over"], came_back=row["came_back"])
