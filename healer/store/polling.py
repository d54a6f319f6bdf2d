"""What is still to be fetched from Sentry, and how far the back-fill has come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from healer.store.database import Connection
from healer.store.queries import QUERIES


def wanted(connection: Connection, projects: Sequence[str], limit: int = 50) -> list[dict[str, Any]]:
    """Issues to fetch now: rows of project, issue_id and tries, oldest first."""
    return connection.execute(
        QUERIES["wanted_issues"], {"projects": list(projects), "limit": limit}
    ).fetchall()


def postpone(connection: Connection, project: str, issue: str) -> None:
    """Try again later, each time twice as late, at most an hour; after a day no more."""
    connection.execute(QUERIES["postpone_issue"], {"project": project, "issue": issue})


def forget(connection: Connection, project: str, issue: str) -> None:
    connection.execute(QUERIES["forget_issue"], {"project": project, "issue": issue})


def seen_until(connection: Connection, project: str) -> datetime | None:
    row = connection.execute(QUERIES["seen_until"], {"project": project}).fetchone()
    return row["seen_until"] if row else None


def note_seen(connection: Connection, project: str, until: datetime) -> None:
    connection.execute(QUERIES["note_polled"], {"project": project, "until": until})


def known_since(connection: Connection, project: str, issues: Sequence[str]) -> dict[str, datetime]:
    """Issue id -> time of the last event of it that is in the record."""
    rows = connection.execute(QUERIES["known_since"], {"project": project, "issues": list(issues)})
    return {row["issue_id"]: row["last_seen"] for row in rows}
