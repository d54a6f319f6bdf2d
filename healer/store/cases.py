"""A case from the queue to its outcome."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from healer.case import Declined, Failed, Healed
from healer.store import proposals
from healer.store.database import Connection
from healer.store.queries import QUERIES
from triage.incident import Event, Incident


def load(connection: Connection, case: int) -> Incident | None:
    """The incident as counted now, with the event the case was opened for."""
    row = connection.execute(QUERIES["load_case"], {"case": case}).fetchone()
    if row is None:
        return None
    return Incident(
        project=row["project"],
        fingerprint=row["fingerprint"],
        episode=row["episode"],
        event=Event.model_validate_json(orjson.dumps(row["body"])),
        count=row["events"],
        users=row["users"],
        first_seen=row["first_seen"],
        last_seen=row["last_seen"],
        short_id=row["short_id"],
        earlier=row["earlier"],
    )


def start(connection: Connection, case: int) -> None:
    connection.execute(QUERIES["start_case"], {"case": case})
    connection.execute(QUERIES["count_users"], {"case": case})


def close(connection: Connection, case: int, outcome: Healed | Declined | Failed) -> None:
    """Record what became of the case. The first outcome stands."""
    connection.execute(QUERIES["close_case"], {"case": case, **_ending(outcome)})
    if isinstance(outcome, Healed):
        proposals.opened(connection, case, outcome)
    else:
        proposals.wake(connection, case)


def abandon(connection: Connection, case: int, code: str, reason: str, *, state: str = "failed") -> None:
    """Close a case that nobody will work on any more."""
    row = {"case": case, "state": state, "code": code, "reason": reason}
    connection.execute(QUERIES["close_case"], row)
    proposals.wake(connection, case)


def assign(connection: Connection, tasks: Mapping[int, str]) -> None:
    """Note which task works on which case."""
    rows = [{"id": case, "task_id": task} for case, task in tasks.items()]
    connection.execute(QUERIES["assign_tasks"], {"rows": orjson.dumps(rows).decode()})


def reopen(connection: Connection, case: int) -> str | None:
    """Put a failed case back into the queue's state; returns its task, or None where it did not fail."""
    row = connection.execute(QUERIES["reopen_case"], {"case": case}).fetchone()
    return str(row["task_id"]) if row else None


def task_of(connection: Connection, case: int) -> str | None:
    row = connection.execute(b"select task_id from healer.cases where id = %s", [case]).fetchone()
    return str(row["task_id"]) if row else None


def waits(connection: Connection, case: int, reason: str = "", waits_for: str = "") -> None:
    """The case waits for somebody; it holds no worker. `waits_for`: what `wake` calls it by."""
    connection.execute(QUERIES["case_waits"], {"case": case, "reason": reason, "waits_for": waits_for})


def _ending(outcome: Healed | Declined | Failed) -> dict[str, Any]:
    match outcome:
        case Healed():
            return {"state": "proposed", "code": "proposed", "reason": outcome.pull_request.title}
        case Declined():
            return {"state": "declined", "code": outcome.code, "reason": outcome.reason}
        case Failed():
            return {"state": "failed", "code": f"failed_{outcome.stage}", "reason": outcome.error}


def listed(
    connection: Connection, *, project: str = "", state: str = "", limit: int = 100
) -> list[dict[str, Any]]:
    """Newest first, with title, proposal, seconds and dollars; "" means: any."""
    wanted = {"project": project, "state": state, "limit": limit}
    return connection.execute(QUERIES["list_cases"], wanted).fetchall()


def incidents(connection: Connection, *, project: str = "", limit: int = 100) -> list[dict[str, Any]]:
    """Every incident, also those below the floor, with the reason; latest first."""
    return connection.execute(QUERIES["list_incidents"], {"project": project, "limit": limit}).fetchall()
