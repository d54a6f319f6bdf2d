from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from healer.eventlog import partitions
from healer.store.embedded import EmbeddedPostgres

Connection = psycopg.Connection[Any]


@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with EmbeddedPostgres(tmp_path_factory.mktemp("postgres"), settings={"fsync": "off"}) as dsn:
        yield dsn


@pytest.fixture(scope="session")
def schema_url(database_url: str) -> str:
    """A database that holds the event log."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        partitions.apply_schema(connection)
    return database_url


@pytest.fixture
def connection(schema_url: str) -> Iterator[Connection]:
    """An empty event log."""
    with psycopg.connect(schema_url, autocommit=True) as connection:
        connection.execute(
            "truncate eventlog.event, eventlog.per_minute, eventlog.release, eventlog.deployment restart identity"
        )
        yield connection
