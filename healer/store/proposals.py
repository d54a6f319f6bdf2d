"""Proposals: reserved before they are opened, then followed until they are merged or closed."""

from __future__ import annotations

from typing import Any

from healer.case import Healed
from healer.store.database import Connection, storable
from healer.store.queries import QUERIES


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
    return int(found["case_id"]) if found else None


def still_open(connection: Connection, project: str = "") -> list[dict[str, Any]]:
    return connection.execute(QUERIES["open_proposals"], {"project": project}).fetchall()
