"""What became of merged proposals: the windows before and after, and the verdict on them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from healer.store.database import Connection
from healer.store.queries import QUERIES
from triage.soak import Soak, SoakVerdict, Window, soak

DAYS = 14  # of watching


Traffic = Callable[[datetime], tuple[int, int]]  # time -> events the log counted before and after it


def settle(connection: Connection, traffic: Traffic, days: int = DAYS) -> dict[int, SoakVerdict]:
    """Verdicts by case, kept where they are final."""
    told: dict[int, SoakVerdict] = {}
    for row in connection.execute(QUERIES["soak_windows"], {"days": days}).fetchall():
        verdict = _verdict(row, *traffic(row["merged_at"]))
        told[row["case_id"]] = verdict
        if verdict.soak is not Soak.WATCHING:
            kept = {"case": row["case_id"], "soak": verdict.soak.value}
            connection.execute(QUERIES["keep_soak"], kept)
    return told


def _verdict(row: dict[str, Any], earlier: int, since: int) -> SoakVerdict:
    before = Window(errors=row["errors_before"], traffic=earlier)
    after = Window(errors=row["errors_after"], traffic=since)
    return soak(before, after, over=row["over"], came_back=row["came_back"])
