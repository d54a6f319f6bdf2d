"""Cases that nothing will go on with: found, and either given a new task or closed with the reason."""

from __future__ import annotations

import logging

from healer.engine.queue import NAME, Queue
from healer.store import cases
from healer.store.database import Connection
from healer.store.queries import QUERIES

log = logging.getLogger(__name__)

KEEP_SECONDS = 30 * 24 * 3600  # of ended tasks; the record itself is kept


def reconcile(connection: Connection, queue: Queue) -> int:
    """How many cases were put right. Safe to run by many at once; each case is seen by one of them."""
    with connection.transaction():
        found = connection.execute(QUERIES["orphans"]).fetchall()
        for row in found:
            _settle(connection, queue, row["id"], row["task_state"])
    connection.execute(b"select absurd.cleanup_tasks(%s, %s, 1000)", [NAME, KEEP_SECONDS])
    return len(found)


def _settle(connection: Connection, queue: Queue, case: int, state: str) -> None:
    match state:
        case "failed":
            reason = f"its worker died {queue.attempts} times at the same place; see the worker's log"
            cases.abandon(connection, case, "poison", reason)
        case "cancelled":
            cases.abandon(connection, case, "cancelled", "cancelled by a person", state="declined")
        case "completed":
            cases.abandon(connection, case, "no_outcome", "its task ended without an outcome; retry it")
        case _:
            cases.assign(connection, queue.spawn(connection, [case]))
    log.warning("case %s had no live task (%s)", case, state or "missing")
