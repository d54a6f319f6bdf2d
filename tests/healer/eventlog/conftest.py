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
def schema_url(postgres: EmbeddedPostgres) -> str:
    """A database with Healer's record, the event log and the reading role."""
    with psycopg.connect(postgres.dsn(), autocommit=True) as connection:
        connection.execute("create database eventlog template healer_template")
    with psycopg.connect(postgres.dsn("eventlog"), autocommit=True) as connection:
        partitions.apply_schema(connection)
        connection.execute((files("healer.eventlog") / "reader.sql").read_bytes())
    return postgres.dsn("eventlog")


@pytest.fixture(scope="session")
def reader_url(schema_url: str) -> str:
    """The same, as the role that may only read."""
    return psycopg.conninfo.make_conninfo(schema_url, user="healer_reader")


@pytest.fixture
def connection(schema_url: str) -> Iterator[Connection]:
    with psycopg.connect(schema_url, autocommit=True) as connection:
        yield connection
