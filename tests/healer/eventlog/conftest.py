from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
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
    """A database with Healer's record and the event log."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute((files("healer.store") / "schema.sql").read_bytes())
        partitions.apply_schema(connection)
        connection.execute((files("healer.eventlog") / "reader.sql").read_bytes())
    return database_url


@pytest.fixture(scope="session")
def reader_url(schema_url: str) -> str:
    """The same, as the role that may only read."""
    return psycopg.conninfo.make_conninfo(schema_url, user="healer_reader")


@pytest.fixture
def connection(schema_url: str) -> Iterator[Connection]:
    with psycopg.connect(schema_url, autocommit=True) as connection:
        yield connection
