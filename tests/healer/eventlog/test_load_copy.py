"""Rows into a real database, and the days that hold them."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from healer.eventlog import load, partitions
from healer.eventlog.row import Row
from healer.store.embedded import EmbeddedPostgres

Connection = psycopg.Connection[Any]

AT = "2026-03-10T12:00:00.000001Z"


def row(**columns: Any) -> Row:
    plain = Row(AT, "info", "shop", "said", None, None, None, None, "", "", None, "{}")
    return plain._replace(**columns)


@pytest.fixture
def log(connection: Connection) -> Iterator[Connection]:
    """An empty event log."""
    connection.execute(
        "truncate eventlog.event, eventlog.per_minute, eventlog.release, eventlog.failure,"
        " eventlog.deployment"
    )
    yield connection
    connection.execute("truncate eventlog.event, eventlog.per_minute, eventlog.release, eventlog.failure")


def stored(log: Connection) -> list[Any]:
    return log.execute("select * from eventlog.event order by time, message").fetchall()


def test_a_row_arrives_as_it_was(log: Connection) -> None:
    full = Row(
        AT,
        "error",
        "shop",
        "it broke",
        "r1",
        "a" * 32,
        "b" * 16,
        "u1",
        "1.0",
        "production",
        1.5,
        '{"n": [1, null]}',
    )
    assert load.load(log, [full, row(message="z")]) == 2
    first, second = stored(log)
    assert first[0] == datetime(2026, 3, 10, 12, 0, 0, 1, UTC)
    assert first[1:] == (*full[1:-1], {"n": [1, None]})
    assert second[4:8] == (None, None, None, None)
    assert second[10] is None


HOSTILE = st.text(
    alphabet=st.one_of(
        st.sampled_from("\x00\x1e\x1f\n\r\t\\.\"',{}NULL\u2028é😀"), st.characters(exclude_categories=["Cs"])
    ),
    max_size=40,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(HOSTILE, HOSTILE, HOSTILE), min_size=1, max_size=8))
def test_no_text_breaks_out_of_its_field(log: Connection, texts: list[tuple[str, str, str]]) -> None:
    def kept(text: str) -> str:
        return text.replace("\x00", "").replace("\x1e", "")

    rows = [row(message=m, service=s, user_id=s, attributes=json.dumps({"a": a})) for m, s, a in texts]
    log.execute("truncate eventlog.event")
    load.load(log, rows)
    found = {(r[3], r[2], r[7], r[11]["a"]) for r in stored(log)}
    assert found == {(kept(m), kept(s), kept(s), a.replace("\x00", "")) for m, s, a in texts}


def test_a_row_the_database_refuses_costs_only_itself(log: Connection) -> None:
    rows = [row(message=str(n)) for n in range(10)]
    rows[3] = row(message="3", attributes="no json")
    rows[7] = row(message="7", attributes="{")
    lines = [load.encode(one) for one in rows]
    with pytest.raises(psycopg.DataError):
        load.write(log, lines, {date(2026, 3, 10)})
    assert stored(log) == []
    assert load.write_good(log, lines, {date(2026, 3, 10)}) == 2
    assert [r[3] for r in stored(log)] == ["0", "1", "2", "4", "5", "6", "8", "9"]


def test_counts_follow_in_the_same_transaction(log: Connection) -> None:
    failed = row(
        level="error", release="1.0", environment="test", attributes='{"exception.type": "KeyError"}'
    )
    later = failed._replace(time="2026-03-10T12:01:00Z")
    load.load(log, [row(), row(level="fatal"), later])
    load.load(log, [failed, row()])
    counts = log.execute(
        "select minute, release, events, errors from eventlog.per_minute order by 1, 2"
    ).fetchall()
    minute = datetime(2026, 3, 10, 12, tzinfo=UTC)
    assert counts == [(minute, "", 3, 1), (minute, "1.0", 1, 1), (minute + timedelta(minutes=1), "1.0", 1, 1)]
    seen = log.execute("select release, service, environment, first_seen from eventlog.release").fetchall()
    assert seen == [("1.0", "shop", "test", datetime.fromisoformat(AT))]
    assert log.execute("select exception, first_seen from eventlog.failure").fetchall() == [
        ("KeyError", datetime.fromisoformat(AT))
    ]
    with log.transaction(force_rollback=True):
        load.load(log, [row()])
    assert log.execute("select sum(events)::int from eventlog.per_minute").fetchone() == (5,)


def test_writers_at_once_neither_deadlock_nor_lose_a_count(log: Connection, schema_url: str) -> None:
    failures: list[BaseException] = []

    def write(seed: int) -> None:
        order = [row(service=f"s{n}", time=f"2026-03-10T12:{n:02d}:00Z", release="1") for n in range(20)]
        try:
            with psycopg.connect(schema_url, autocommit=True) as connection:
                for turn in range(10):
                    load.load(connection, order if (seed + turn) % 2 else reversed(order))
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert failures == []
    totals = (
        "select (select count(*) from eventlog.event), (select sum(events)::int from eventlog.per_minute)"
    )
    assert log.execute(totals).fetchone() == (800, 800)


def test_a_missing_day_is_made_when_a_row_needs_it(log: Connection) -> None:
    load.load(log, [row(time="2026-01-05T23:59:59.999999Z"), row(time="2026-01-06T00:00:00Z")])
    days = [
        r[0]
        for r in log.execute("select tableoid::regclass::text from eventlog.event order by time").fetchall()
    ]
    assert days == ["eventlog.event_20260105", "eventlog.event_20260106"]


def test_deployments_are_told_once(log: Connection) -> None:
    at = datetime(2026, 3, 10, 11, tzinfo=UTC)
    load.record_deployment(log, at, "1.0", service="shop")
    load.record_deployment(log, at, "1.0", service="shop", commit="abc")
    assert log.execute("select release, service, commit from eventlog.deployment").fetchall() == [
        ("1.0", "shop", "abc")
    ]


@pytest.fixture
def own_database(postgres: EmbeddedPostgres) -> Iterator[Connection]:
    """A database with an event log of its own, without Healer's record."""
    with psycopg.connect(postgres.dsn(), autocommit=True) as admin:
        admin.execute("create database retention")
        with psycopg.connect(postgres.dsn("retention"), autocommit=True) as connection:
            partitions.apply_schema(connection)
            yield connection
        admin.execute("drop database retention with (force)")


def test_retention_drops_whole_days_and_makes_the_coming_ones(own_database: Connection) -> None:
    now = datetime(2026, 3, 10, 0, 30, tzinfo=UTC)
    for back in range(6):
        moment = (now - timedelta(days=back)).isoformat()
        load.load(own_database, [row(time=moment, level="error", release="old")])
    assert partitions.maintain(own_database, 3, now) == 2
    assert partitions.maintain(own_database, 3, now) == 0
    kept = own_database.execute("select min(time), count(*) from eventlog.event").fetchone()
    assert kept == (now - timedelta(days=3), 4)
    assert own_database.execute("select min(minute) from eventlog.per_minute").fetchone() == (kept[0],)
    assert own_database.execute("select first_seen from eventlog.release").fetchone() == (
        now - timedelta(days=5),
    )
    for ahead in range(partitions.DAYS_AHEAD + 1):
        name = f"eventlog.event_{now + timedelta(days=ahead):%Y%m%d}"
        assert own_database.execute("select to_regclass(%s) is not null", (name,)).fetchone() == (True,)


def test_the_schema_applies_again_and_needs_no_record(own_database: Connection) -> None:
    partitions.apply_schema(own_database)
    assert own_database.execute("select to_regclass('eventlog.past_case')").fetchone() == (None,)


def test_indexes_are_of_every_day(own_database: Connection) -> None:
    partitions.ensure_days(own_database, [date(2026, 5, 1)])
    indexes = "select count(*) from pg_indexes where schemaname = 'eventlog' and tablename = %s"
    of_parent = own_database.execute(indexes, ("event",)).fetchone()
    assert own_database.execute(indexes, ("event_20260501",)).fetchone() == of_parent
    assert of_parent == (7,)
