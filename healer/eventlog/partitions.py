"""The log's days: made before they are needed, dropped when retention ends."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from typing import Any, LiteralString

import psycopg
from psycopg.rows import tuple_row

Connection = psycopg.Connection[Any]

DAYS_AHEAD = 2


def apply_schema(connection: Connection) -> None:
    """Create or complete the schema `eventlog`, with today's partitions. Safe to run again."""
    with connection.transaction():
        connection.execute("select pg_advisory_xact_lock(hashtext('eventlog.schema'))")
        connection.execute(_text("schema.sql"))
        if _value(connection, "select to_regclass('healer.proposal') is not null"):
            connection.execute(_text("past.sql"))
    ensure_days(connection, _coming(datetime.now(UTC).date()))


def make_reader(connection: Connection) -> None:
    """Make the role `healer_reader`, which questions are asked with; needs the right to create roles."""
    connection.execute(_text("reader.sql"))


def ensure_days(connection: Connection, days: Iterable[date]) -> None:
    """Make the partitions of these UTC days where they are missing."""
    with connection.transaction():
        for day in sorted(days):
            connection.execute("select eventlog.ensure_day(%s)", (day,))


def maintain(connection: Connection, retention_days: int, now: datetime | None = None) -> int:
    """Make the coming days and drop those older than the retention; run it at least once a day.

    Returns how many days were dropped. Dropping waits at most five seconds for long readers."""
    today = (now or datetime.now(UTC)).astimezone(UTC).date()
    ensure_days(connection, _coming(today))
    with connection.transaction():
        connection.execute("set local lock_timeout = '5s'")
        return int(_value(connection, "select eventlog.drop_before(%s)", oldest_kept(today, retention_days)))


def oldest_kept(today: date, retention_days: int) -> date:
    return today - timedelta(days=retention_days)


def _coming(today: date) -> list[date]:
    return [today + timedelta(days=n) for n in range(DAYS_AHEAD + 1)]


def _value(connection: Connection, query: LiteralString, *parameters: date) -> Any:
    row = connection.cursor(row_factory=tuple_row).execute(query, parameters).fetchone()
    return row[0] if row else None


def _text(name: str) -> bytes:
    return (files("healer.eventlog") / name).read_bytes()
