"""Connections, and the schema: ours and the engine's, applied once whoever comes first.

Prepared statements are off, so a transaction-mode pooler in between does no harm; on they are only where it
was seen that there is none.
"""

from __future__ import annotations

import importlib.metadata
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, TypeAlias

import absurdctl
import psycopg
from psycopg.rows import DictRow, dict_row
from psycopg_pool import ConnectionPool

from healer.errors import HealerError, NotConfigured

Connection: TypeAlias = psycopg.Connection[DictRow]
Pool: TypeAlias = ConnectionPool[Connection]

OPTIONS: dict[str, Any] = {
    "autocommit": True,
    "prepare_threshold": None,
    "row_factory": dict_row,
    "connect_timeout": 10,
    "keepalives_idle": 20,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "application_name": "healer",
}
_OFTEN = 3  # times after which a statement is prepared
LOCK = 0x6865616C  # advisory lock of whoever changes the schema


class WrongSchema(HealerError):
    """The database was made by another version of Healer; upgrade the older side."""


def connect(dsn: str, **options: Any) -> Connection:
    """One connection in autocommit mode. Raises NotConfigured where the address is no address."""
    try:
        return psycopg.connect(dsn, **{**OPTIONS, **options})
    except psycopg.ProgrammingError as error:
        raise NotConfigured(f"The database address cannot be read: {str(error).strip()}") from None


def connect_lasting(dsn: str) -> Connection:
    """As `connect`, for whoever asks the same few things all day: the server keeps how to answer them.

    Not behind a pooler, which gives each transaction another session. It shows by the session's number: a
    pooler tells one of its own."""
    connection = connect(dsn)
    try:
        row = connection.execute(b"select pg_backend_pid() as pid").fetchone()
    except BaseException:
        connection.close()
        raise
    if row is not None and row["pid"] == connection.info.backend_pid:
        connection.prepare_threshold = _OFTEN
    return connection


@contextmanager
def pool(dsn: str, *, size: int = 4) -> Iterator[Pool]:
    """At most `size` connections, checked before use: a restarted server costs nobody an error."""
    with ConnectionPool[Connection](
        dsn, min_size=1, max_size=size, kwargs=OPTIONS, check=ConnectionPool.check_connection, timeout=30
    ) as opened:
        yield opened


def storable(written: str) -> str:
    """JSON that jsonb can hold: it knows no NUL, and the output of somebody's tests may."""
    return written.replace("\\u0000", "\\ufffd")


def apply_schema(dsn: str) -> None:
    """Bring the database to this version's schema. Safe to call at any time, by many at once."""
    with connect(dsn) as connection, connection.transaction():
        connection.execute(b"select pg_advisory_xact_lock(%s)", [LOCK])
        _apply_engine(connection)
        _apply_record(connection)


def _apply_engine(connection: Connection) -> None:
    installed = importlib.metadata.version("absurd-sdk")
    if installed != absurdctl.ABSURD_SCHEMA_TARGET_VERSION:
        raise WrongSchema(
            f"absurd-sdk {installed} does not fit the schema of absurdctl "
            f"{absurdctl.ABSURD_SCHEMA_TARGET_VERSION}; install the two at one version."
        )
    found = _engine_version(connection)
    if found is None:
        connection.execute(absurdctl.BUNDLED_SCHEMA_SQL)
    elif found != installed:
        _migrate_engine(connection, found, installed)
    connection.execute(b"select absurd.create_queue('cases')")


def _engine_version(connection: Connection) -> str | None:
    row = connection.execute(
        b"select to_regprocedure('absurd.get_schema_version()') is not null as there"
    ).fetchone()
    if row is None or not row["there"]:
        return None
    version = connection.execute(b"select absurd.get_schema_version() as version").fetchone()
    return str(version["version"]) if version else None


def _migrate_engine(connection: Connection, found: str, wanted: str) -> None:
    steps = absurdctl.discover_bundled_migrations()
    path = absurdctl.resolve_migration_path(found, wanted, steps)
    if path is None:
        raise WrongSchema(f"The engine's schema is {found}, newer than {wanted}; upgrade Healer here.")
    for step in path:
        connection.execute(absurdctl.get_migration_sql(step))
    if _engine_version(connection) != wanted:
        raise WrongSchema(f"The engine's schema could not be brought from {found} to {wanted}.")


def migrations() -> list[tuple[int, Traversable]]:
    """(version, file), oldest first. Version 1 is `schema.sql` as first published."""
    folder = resources.files("healer.store") / "migrations"
    return sorted((int(f.name[:4]), f) for f in folder.iterdir() if f.name.endswith(".sql"))


def _apply_record(connection: Connection) -> None:
    connection.execute(b"create schema if not exists healer")
    connection.execute(
        b"create table if not exists healer.version"
        b" (number int primary key, applied_at timestamptz not null default now())"
    )
    row = connection.execute(b"select max(number) as number from healer.version").fetchone()
    found = row["number"] if row else None
    steps = migrations()
    newest = max([1, *(number for number, _ in steps)])
    if found is None:
        connection.execute((resources.files("healer.store") / "schema.sql").read_bytes())
    elif found > newest:
        raise WrongSchema(
            f"The record's schema is version {found}, newer than {newest}; upgrade Healer here."
        )
    else:
        for number, file in steps:
            if number > found:
                connection.execute(file.read_bytes())
    if found != newest:
        connection.execute(b"insert into healer.version (number) values (%s)", [newest])
