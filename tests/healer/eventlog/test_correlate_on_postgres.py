"""The shipped questions over a made-up shop's log, in a real database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import psycopg
import pytest

from benchmarks.traffic import Traffic, incident
from healer.eventlog import load
from healer.observed import Observed
from triage.correlate import correlate, shipped


@pytest.fixture(scope="module")
def traffic(schema_url: str) -> Traffic:
    made = Traffic(events=30_000, until=datetime(2026, 3, 10, 12, tzinfo=UTC), hours=24)
    with psycopg.connect(schema_url, autocommit=True) as connection:
        load.load(connection, made.rows())
        connection.execute("analyze eventlog.event")
    return made


@pytest.fixture(scope="module")
def observed(reader_url: str, traffic: Traffic) -> Iterator[Observed]:
    with Observed(reader_url) as observed:
        yield observed


def test_every_shipped_question_is_answered(observed: Observed, traffic: Traffic) -> None:
    failure = next(f for f in reversed(traffic.failures) if f.user_id)
    evidence = correlate(incident(failure), shipped(), observed.ask)
    assert evidence.gaps == ()
