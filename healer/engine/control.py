"""What a person may do to a case in the queue. Each in the caller's transaction or in one of its own."""

from __future__ import annotations

from healer.engine.queue import Queue
from healer.errors import BadInput
from healer.store import cases
from healer.store.database import Connection


def cancel(connection: Connection, queue: Queue, case: int, by: str) -> None:
    """Close the case; whoever works on it notices at the next heartbeat. Raises BadInput."""
    with connection.transaction():
        queue.cancel(connection, _task(connection, case))
        cases.abandon(connection, case, "cancelled", f"cancelled by {by}", state="declined")


def retry(connection: Connection, queue: Queue, case: int) -> None:
    """Try a failed case again from its last finished step. Raises BadInput where it did not fail."""
    with connection.transaction():
        task = cases.reopen(connection, case)
        if task is None:
            raise BadInput(f"case {case} has not failed; `healer cases` shows its state")
        queue.retry(connection, task)


def _task(connection: Connection, case: int) -> str:
    task = cases.task_of(connection, case)
    if not task:
        raise BadInput(f"there is no case {case}; `healer cases` lists them")
    return task
