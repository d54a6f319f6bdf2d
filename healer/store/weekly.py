"""The questions of `report.sql`, asked in one transaction: one picture of the record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from importlib import resources
from typing import Any

from healer.store.database import Connection
from healer.store.queries import load

QUESTIONS = load((resources.files("healer.store") / "report.sql").read_text(encoding="utf-8"))


def rows(connection: Connection, parameters: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The answer to every question, by its name. `parameters`: `triage.report.parameters`."""
    with connection.transaction():
        connection.execute(b"set transaction isolation level repeatable read, read only")
        return {
            name: connection.execute(sql, parameters).fetchall()
            for name, sql in QUESTIONS.items()
            if name != "began"
        }


def began(connection: Connection) -> datetime | None:
    """When this record was made."""
    row = connection.execute(QUESTIONS["began"]).fetchone()
    return row["at"] if row else None
