"""Statements are prepared on a connection of one's own, and never through a pooler."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from threading import Thread

import psycopg
import pytest

from healer.store.database import Connection, connect_lasting

PREPARED = b"select count(*) as n from pg_prepared_statements"


def prepared(connection: Connection) -> int:
    for number in range(8):
        connection.execute("select %s + 1", [number])
    row = connection.execute(PREPARED).fetchone()
    assert row is not None
    return int(row["n"])


@pytest.fixture
def pooled_url(empty_database_url: str, tmp_path: Path) -> Iterator[str]:
    """Through a relay that tells the client a session number of its own, as poolers do."""
    info = psycopg.conninfo.conninfo_to_dict(empty_database_url)
    listener = socket.socket(socket.AF_UNIX)
    with closing(listener):
        listener.bind(str(tmp_path / ".s.PGSQL.5432"))
        listener.listen()
        Thread(target=_relay, args=(listener, f"{info['host']}/.s.PGSQL.5432"), daemon=True).start()
        yield psycopg.conninfo.make_conninfo(empty_database_url, host=str(tmp_path))


def _relay(listener: socket.socket, path: str) -> None:
    client, _ = listener.accept()
    server = socket.socket(socket.AF_UNIX)
    with client, server:
        server.connect(path)
        Thread(target=_pump, args=(client, server), daemon=True).start()
        _pump(server, client)


def _pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):  # either side may have hung up
        while data := source.recv(65536):
            target.sendall(re.sub(rb"(?s)(K\0\0\0\x0c)....", b"\\1\0\0\0\7", data))


def test_what_is_asked_often_is_prepared(empty_database_url: str) -> None:
    with closing(connect_lasting(empty_database_url)) as connection:
        assert prepared(connection) == 1


def test_nothing_is_prepared_through_a_pooler(pooled_url: str) -> None:
    with closing(connect_lasting(pooled_url)) as connection:
        assert connection.info.backend_pid == 7
        assert prepared(connection) == 0
