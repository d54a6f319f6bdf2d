"""One case with everything known of it, for people."""

from __future__ import annotations

from typing import Any

from healer.store import requests
from healer.store.database import Connection
from healer.store.queries import QUERIES

PARTS = ("steps", "evidence", "findings", "audit")


def case(connection: Connection, number: int) -> dict[str, Any] | None:
    """`head`, `proposal` (or None), `spend`, and the lists named in `PARTS` and `requests`."""
    with connection.transaction():
        bound = {"case": number}
        head = connection.execute(QUERIES["case_head"], bound).fetchone()
        if head is None:
            return None
        found: dict[str, Any] = {
            part: connection.execute(QUERIES[f"case_{part}"], bound).fetchall() for part in PARTS
        }
        found["proposal"] = connection.execute(QUERIES["case_proposal"], bound).fetchone()
        found["spend"] = connection.execute(QUERIES["case_spend"], bound).fetchone()
        return {**found, "head": head, "requests": requests.of_case(connection, number)}
