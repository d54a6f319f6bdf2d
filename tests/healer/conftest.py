"""Cases in a real record, and workers to work them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest

from healer.engine import Queue
from healer.eventlog import partitions
from healer.notifiers.slack import SlackNotifier
from healer.notifiers.slack_client import client
from healer.store.database import Connection, connect
from healer.store.embedded import EmbeddedPostgres
from healer.store.record import Arrival, Saved, save
from tests.fakes.floor import LOW
from tests.fakes.slack import Serving, Slack
from triage.incident import Event

ROOT = Path(__file__).parents[2]


EMPTY = """
do $$ begin
  execute (select 'truncate ' || string_agg(format('%I.%I', schemaname, tablename), ', ')
             from pg_tables
            where schemaname = 'healer' and tablename <> 'version'
               or schemaname = 'absurd' and tablename <> 'queues');
end $$
"""


@dataclass
class Record:
    """A database with the schema, and short ways to look into it."""

    url: str
    connection: Connection
    queue: Queue = field(default_factory=lambda: Queue(lease=2))

    def arrive(self, number: int, fingerprint: str = "", **event: Any) -> Saved:
        return self.save([arrival(number, fingerprint, **event)])[0]

    def save(self, arrivals: list[Arrival], floor: Any = None) -> list[Saved]:
        return save(self.connection, arrivals, floor=lambda _: floor or LOW, spawn=self.queue.spawn)

    def rows(self, query: str, *values: object) -> list[dict[str, Any]]:
        done = self.connection.execute(query.encode(), values or None)
        return done.fetchall() if done.description else []

    def one(self, query: str, *values: object) -> Any:
        (row,) = self.rows(query, *values)
        (value,) = row.values()
        return value


def arrival(number: int, fingerprint: str = "", **event: Any) -> Arrival:
    fields = {
        "event_id": f"{number:032x}",
        "timestamp": datetime.now(UTC),
        "message": f"boom {number}",
        **event,
    }
    name = fingerprint or f"{number:064x}"
    return Arrival("envelope", "shop", "", "", f"event:{number}", event=Event(**fields), fingerprint=name)


@pytest.fixture(scope="session")
def record_url(postgres: EmbeddedPostgres) -> str:
    with psycopg.connect(postgres.dsn(), autocommit=True) as connection:
        connection.execute("create database record template healer_template")
    return postgres.dsn("record")


@pytest.fixture
def record(record_url: str) -> Iterator[Record]:
    """An empty record. The database is one for all tests: emptying it is quicker than making it."""
    with connect(record_url) as connection:
        record = Record(record_url, connection)
        record.rows(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        )
        record.rows("delete from healer.version where number > 100")
        record.rows(EMPTY)
        yield record


@pytest.fixture(scope="session")
def schema_url(postgres: EmbeddedPostgres) -> str:
    """A database with Healer's record, the event log and the reading role."""
    with psycopg.connect(postgres.dsn(), autocommit=True) as connection:
        connection.execute("create database eventlog template healer_template")
    with psycopg.connect(postgres.dsn("eventlog"), autocommit=True) as connection:
        partitions.apply_schema(connection)
        partitions.make_reader(connection)
    return postgres.dsn("eventlog")


@pytest.fixture(scope="session")
def reader_url(schema_url: str) -> str:
    """The same, as the role that may only read."""
    return psycopg.conninfo.make_conninfo(schema_url, user="healer_reader")


@pytest.fixture
def until() -> Callable[[Callable[[], object], float], None]:
    return _until


def _until(happened: Callable[[], object], seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


@pytest.fixture
def script(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Starts a script of this directory as a process of its own; all of them are ended with the test."""
    started: list[subprocess.Popen[bytes]] = []

    def start(name: str, *arguments: str) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        with (tmp_path / f"{Path(name).stem}-{len(started)}.log").open("wb") as log:
            command = [sys.executable, str(Path(__file__).parent / name), *arguments]
            started.append(subprocess.Popen(command, env=environment, stdout=log, stderr=log))
        return started[-1]

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.wait()


@pytest.fixture
def slack() -> Iterator[Slack]:
    """A strict fake of Slack; at the end nothing may have passed one of its limits."""
    with Serving(Slack(clock=time.time())) as state:
        yield state
    assert state.broken == []


@pytest.fixture
def slack_notifier(slack: Slack, record: Record) -> SlackNotifier:
    return SlackNotifier(client("xoxb-test", f"{slack.url}/api/"), "C0ALERTS", partial(connect, record.url))
