"""What people asked for, by button or command: asked once, carried out once, shown where it was asked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from healer.store.database import Connection
from healer.store.queries import QUERIES

Row = dict[str, Any]


def find_case(connection: Connection, project: str, key: str) -> int | None:
    """The case of a natural key, `<fingerprint, 12 hex>-<episode>`."""
    fingerprint, _, episode = key.rpartition("-")
    if not episode.isascii() or not episode.isdigit() or len(episode) > 9:
        return None
    row = {"project": project, "fingerprint": fingerprint, "episode": int(episode)}
    found = connection.execute(QUERIES["find_case"], row).fetchone()
    return int(found["id"]) if found else None


def lock(connection: Connection, case: int) -> Row | None:
    """The case's row, held until the transaction ends."""
    return connection.execute(QUERIES["lock_case"], {"case": case}).fetchone()


def ask(
    connection: Connection,
    case: int,
    action: str,
    actor: str,
    text: str,
    delivery: str,
    until: datetime | None = None,
) -> Row | None:
    """The new request, or None where this delivery was taken before. Hold the case's lock."""
    row = {
        "case": case,
        "action": action,
        "actor": actor,
        "text": text,
        "delivery": delivery,
        "until": until,
    }
    return connection.execute(QUERIES["save_request"], row).fetchone()


def of_case(connection: Connection, case: int) -> list[Row]:
    """Oldest first."""
    return connection.execute(QUERIES["case_requests"], {"case": case}).fetchall()


def pending(connection: Connection, project: str = "") -> list[Row]:
    """What is still to be carried out, oldest first, with the proposal's key and state; "" means: any."""
    return connection.execute(QUERIES["pending_requests"], {"project": project}).fetchall()


def finish(connection: Connection, request: int, outcome: str) -> bool:
    """Whether it was still open."""
    row = {"request": request, "outcome": outcome}
    return connection.execute(QUERIES["finish_request"], row).rowcount == 1


def snoozed_until(connection: Connection, case: int) -> datetime | None:
    """Until then nobody is reminded of the case, and its proposal is not closed as stale until it was quiet
    for as long again. None where nobody snoozed it."""
    row = connection.execute(QUERIES["snoozed_until"], {"case": case}).fetchone()
    return row["until"] if row else None


def unshown(connection: Connection) -> list[Row]:
    return connection.execute(QUERIES["unshown_requests"]).fetchall()


def shown(connection: Connection, case: int, request: int) -> None:
    """The message shows this request and those before it."""
    connection.execute(QUERIES["shown_requests"], {"case": case, "request": request})
