"""Proposals: reserved before they are opened, then followed until they are merged or closed."""

from __future__ import annotations

from typing import Any

import orjson

from healer.case import Healed, Proof
from healer.store.database import Connection, storable
from healer.store.queries import QUERIES

ENDED = frozenset({"merged", "closed", "stale"})


def opened(connection: Connection, case: int, healed: Healed) -> None:
    """Keep the proposal as published, with its proof. Idempotent."""
    pull, proof = healed.pull_request, healed.proof
    incident = proof.patch.reproduction.diagnosis.incident
    row = {
        "case": case,
        "key": pull.key,
        "project": incident.project,
        "branch": pull.branch,
        "base": proof.base,
        "commit": pull.commit,
        "number": pull.number,
        "url": pull.url,
        "title": pull.title,
        "body": pull.body,
        "state": pull.state.value,
        "agent": proof.patch.agent,
        "template": proof.patch.template,
        "files": sorted(proof.patch.files),
        "proof": storable(proof.model_dump_json()),
    }
    connection.execute(QUERIES["open_proposal"], row)


def move(
    connection: Connection, project: str, key: str, state: str, *, by: str = "", why: str = ""
) -> int | None:
    """Draft, ready, merged, closed or stale; returns the case, or None where there is no such proposal."""
    row = {"project": project, "key": key, "state": state, "by": by, "why": why}
    found = connection.execute(QUERIES["move_proposal"], row).fetchone()
    if found is None:
        return None
    if state in ENDED:
        wake(connection, found["case_id"])
    return int(found["case_id"])


def wake(connection: Connection, case: int) -> None:
    """The case's proposal holds no slot any more: those that wait longest for one look again now.

    Few at a time, for one slot is free; the others look again by themselves."""
    connection.execute(QUERIES["wake_waiting"], {"case": case})


def proof(connection: Connection, key: str, project: str = "") -> Proof | None:
    """As published, by the case's natural key; `project` where two have the same."""
    row = connection.execute(QUERIES["proof_of"], {"key": key, "project": project}).fetchone()
    return Proof.model_validate_json(orjson.dumps(row["proof"])) if row else None


def still_open(connection: Connection, project: str = "") -> list[dict[str, Any]]:
    return connection.execute(QUERIES["open_proposals"], {"project": project}).fetchall()
