from __future__ import annotations

from datetime import UTC, datetime, timedelta

import psycopg

from healer.eventlog import partitions
from healer.upkeep import Upkeep


def days(connection: psycopg.Connection[tuple[str]]) -> set[str]:
    query = "select inhrelid::regclass::text from pg_inherits where inhparent = 'eventlog.event'::regclass"
    return {row[0] for row in connection.execute(query).fetchall()}


def test_old_days_go_and_coming_ones_are_made_once_an_hour(empty_database_url: str) -> None:
    with psycopg.connect(empty_database_url, autocommit=True) as connection:
        partitions.apply_schema(connection)
        coming = days(connection)
        old = datetime.now(UTC).date() - timedelta(days=400)
        connection.execute("select eventlog.ensure_day(%s)", (old,))
        with_old = days(connection)
        keeper = Upkeep(empty_database_url, retention_days=30)
        keeper.round()
        assert days(connection) == coming
        connection.execute("select eventlog.ensure_day(%s)", (old,))
        keeper.round()
        assert days(connection) == with_old
