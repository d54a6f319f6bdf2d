from __future__ import annotations

from datetime import UTC, datetime, timedelta

import psycopg

from healer.eventlog import partitions
from healer.store import record
from healer.store.database import connect
from healer.upkeep import Upkeep


def days(connection: psycopg.Connection[tuple[str]]) -> set[str]:
    query = "select inhrelid::regclass::text from pg_inherits where inhparent = 'eventlog.event'::regclass"
    return {row[0] for row in connection.execute(query).fetchall()}


def test_old_days_go_and_coming_ones_are_made_once_an_hour(database_url: str) -> None:
    with psycopg.connect(database_url, autocommit=True) as connection:
        partitions.apply_schema(connection)
        coming = days(connection)
        old = datetime.now(UTC).date() - timedelta(days=400)
        connection.execute("select eventlog.ensure_day(%s)", (old,))
        with_old = days(connection)
        keeper = Upkeep(database_url, retention_days=30, received_days=90)
        keeper.round()
        assert days(connection) == coming
        connection.execute("select eventlog.ensure_day(%s)", (old,))
        keeper.round()
        assert days(connection) == with_old


RECEIVED = (
    "insert into healer.received (digest, source, project, disposition, at)"
    " select sha256(convert_to(n::text, 'UTF8')), 'hook', 'shop', 'counted', now() - make_interval(days => n)"
    " from generate_series(0, 99) as n"
)


def test_old_arrivals_are_forgotten_and_young_ones_are_not(database_url: str) -> None:
    with psycopg.connect(database_url, autocommit=True) as connection:
        partitions.apply_schema(connection)
        connection.execute(RECEIVED)
        Upkeep(database_url, retention_days=30, received_days=60).round()
        left = connection.execute(
            "select count(*), min(at) > now() - interval '60 days' from healer.received"
        )
        assert left.fetchone() == (60, True)


def test_a_long_past_is_forgotten_part_by_part(database_url: str) -> None:
    with connect(database_url) as connection:
        connection.execute(RECEIVED.encode())
        assert record.forget(connection, datetime.now(UTC) - timedelta(days=49.5), part=7) == 50


def test_requests_are_remembered_for_half_an_hour(database_url: str) -> None:
    with psycopg.connect(database_url, autocommit=True) as connection:
        partitions.apply_schema(connection)
        connection.execute(
            "insert into eventlog.request (digest, at)"
            " select sha256(convert_to(n::text, 'UTF8')), now() - make_interval(mins => n)"
            " from generate_series(0, 59) as n"
        )
        Upkeep(database_url, retention_days=30, received_days=60).round()
        assert connection.execute("select count(*) from eventlog.request").fetchone() == (30,)
