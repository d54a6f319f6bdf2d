from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial

from healer.eventlog import partitions
from healer.eventlog.traffic import traffic
from healer.store.soaking import settle

NOW = datetime.now(UTC)


def test_the_verdict_comes_from_the_issues_rate_and_the_traffic(record) -> None:
    old, new = NOW - timedelta(hours=3), NOW - timedelta(minutes=30)
    case = record.arrive(1, "f" * 64, release="shop@1", timestamp=old).case
    for number in range(2, 9):
        record.arrive(number, "f" * 64, release="shop@1", timestamp=old)
    record.rows(
        "insert into healer.proposal (case_id, key, project, branch, base, state, soak, merged_at)"
        " values (%s, 'k', 'shop', 'b', 'c', 'merged', 'watching', %s)",
        case,
        NOW - timedelta(hours=1),
    )
    assert (
        settle(record.connection, partial(traffic, record.connection))[case].soak == "watching"
    )  # nobody counts the traffic
    record.arrive(20, "a" * 64, release="shop@2", timestamp=new)
    record.arrive(21, "f" * 64, release="shop@1", timestamp=new)  # an old release goes on failing
    partitions.apply_schema(record.connection)
    partitions.ensure_days(record.connection, [old.date()])  # yesterday, in the hours after midnight
    minute = (
        "insert into eventlog.per_minute (minute, service, environment, release, events, errors)"
        " values (date_trunc('minute', %s::timestamptz), 'web', '', %s, %s, 0)"
    )
    record.rows(minute, old, "shop@1", 1000)
    record.rows(minute, new, "shop@2", 100)
    assert settle(record.connection, partial(traffic, record.connection))[case].expected == 0.8
    record.rows("update eventlog.per_minute set events = 900 where release = 'shop@2'")
    assert settle(record.connection, partial(traffic, record.connection))[case].soak == "fixed"
    assert record.one("select soak from healer.proposal") == "fixed"
    assert settle(record.connection, partial(traffic, record.connection)) == {}


def test_an_error_from_a_release_with_the_fix_came_back(record) -> None:
    case = record.arrive(1, "f" * 64, release="shop@1", timestamp=NOW - timedelta(hours=3)).case
    record.rows(
        "insert into healer.proposal (case_id, key, project, branch, base, state, soak, merged_at)"
        " values (%s, 'k', 'shop', 'b', 'c', 'merged', 'watching', %s)",
        case,
        NOW - timedelta(hours=1),
    )
    record.arrive(2, "f" * 64, release="shop@2", timestamp=NOW)
    assert settle(record.connection, partial(traffic, record.connection))[case].soak == "came_back"
