"""The other database: a role that can only read, one bounded READ ONLY transaction per question."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import psycopg
from psycopg import errors
from psycopg_pool import ConnectionPool, PoolTimeout

from healer import cells
from healer.errors import NotConfigured
from healer.protocols import Rows
from triage.correlate import BadQuestion, Unanswered, parse
from triage.incident import Question
from triage.noun import Json

_SHOWN = 12  # problems of a role, in one message
_LOST = (None, "57P01", "57P02")  # the connection, not the question: worth one more try


@dataclass(frozen=True, slots=True)
class Caps:
    """Limits of one question. The role's own timeouts may not exceed `role_ms`."""

    statement_ms: int = 2_000
    lock_ms: int = 200
    answer_bytes: int = 512 * 1024
    role_ms: int = 5_000
    schemas: tuple[str, ...] = ("eventlog",)  # what the role may read


class Observed:
    """The observed database. An instance's `ask` keeps the promise `healer.protocols.Ask`.

    `clean` makes the texts of an answer safe; the default is the sanitizer."""

    def __init__(self, dsn: str, caps: Caps | None = None, clean: cells.Clean = cells.sanitized) -> None:
        self._dsn, self._caps, self._clean = dsn, caps or Caps(), clean
        self._pool = ConnectionPool(
            dsn,
            min_size=1,
            max_size=4,
            open=False,
            timeout=5,
            kwargs={
                "application_name": "healer",
                "connect_timeout": 5,
                "prepare_threshold": None,
                "autocommit": True,  # `ask` begins and ends its transactions itself
            },
        )

    def open(self) -> Observed:
        """Connect and check the role. Raises NotConfigured where it cannot be reached or can do too much."""
        try:
            psycopg.connect(self._dsn, connect_timeout=5).close()  # a pool would go on trying
            self._pool.open(wait=True, timeout=10)
            self.check()
        except (PoolTimeout, psycopg.OperationalError, psycopg.ProgrammingError) as error:
            self.close()
            raise NotConfigured("the observed database cannot be reached; check its address") from error
        except NotConfigured:
            self.close()
            raise
        return self

    def close(self) -> None:
        self._pool.close()

    def __enter__(self) -> Observed:
        return self.open()

    def __exit__(self, *_: object) -> None:
        self.close()

    def check(self) -> None:
        """Raises NotConfigured where the role can write, create, read too much or run too long."""
        query = files("healer").joinpath("observed_role.sql").read_bytes()
        limit = self._caps.role_ms
        bound = {
            "schemas": list(self._caps.schemas),
            "statement_ms": limit,
            "lock_ms": limit,
            "idle_ms": 60_000,
        }
        with self._pool.connection() as connection:
            problems = connection.execute(query, bound).fetchall()
            role = connection.info.user
        if problems:
            shown = [f"- {problem}; remedy: {remedy}" for problem, remedy in problems[:_SHOWN]]
            more = [f"- and {len(problems) - _SHOWN} more"] if len(problems) > _SHOWN else []
            head = f"role {role} of the observed database can do more than read what it was granted:"
            tail = "deploy/readonly_role.sql makes a role that cannot."
            raise NotConfigured("\n".join([head, *shown, *more, tail]))

    def ask(self, sql: str, bindings: Mapping[str, Json], *, limit: int) -> Rows:
        """One question. Raises Unanswered with a readable reason."""
        try:
            try:
                return self._ask(sql, bindings, limit)
            except psycopg.OperationalError as error:
                if isinstance(error, PoolTimeout) or error.sqlstate not in _LOST:
                    raise
                return self._ask(sql, bindings, limit)
        except psycopg.Error as error:
            raise Unanswered(self._reason(error)) from error

    def _ask(self, sql: str, bindings: Mapping[str, Json], limit: int) -> Rows:
        started = time.perf_counter()
        with self._pool.connection() as connection, connection.cursor() as cursor:
            connection.execute(self._begin)
            # An open stream holds the connection's lock, so it is closed whatever happens.
            with closing(_stream(cursor, sql, bindings)) as stream:
                rows, truncated = self._read(stream, limit)
            if not rows:  # a stream without rows names no columns; the same snapshot gives none again
                cursor.execute(sql.encode(), bindings, prepare=True)
            columns = tuple(column.name for column in cursor.description or ())
            connection.rollback()
        milliseconds = round((time.perf_counter() - started) * 1000, 3)
        shown = cells.cleaned(rows, self._clean)
        named = self._clean(frozenset(columns))  # a free query names its columns itself
        return Rows(
            columns=tuple(named[column] for column in columns),
            rows=shown,
            truncated=truncated,
            milliseconds=milliseconds,
        )

    @property
    def _begin(self) -> bytes:
        """A transaction of its own for every question, in one round trip."""
        return (
            b"begin isolation level repeatable read read only;"
            b"set local timezone = 'UTC';"
            b"set local statement_timeout = %d;"
            b"set local lock_timeout = %d;"
            b"set local idle_in_transaction_session_timeout = %d"
        ) % (self._caps.statement_ms, self._caps.lock_ms, self._caps.statement_ms * 2)

    def _read(self, stream: Iterable[tuple[Any, ...]], limit: int) -> tuple[list[cells.Row], bool]:
        kept: list[cells.Row] = []
        room = self._caps.answer_bytes
        for row in stream:
            if len(kept) == limit:
                return kept, True
            room -= sum(map(cells.size, row))
            if room < 0:
                raise Unanswered(f"the answer is larger than {self._caps.answer_bytes} bytes")
            kept.append(tuple(map(cells.as_json, row)))
        return kept, False

    def _reason(self, error: Exception) -> str:
        if isinstance(error, errors.QueryCanceled):
            return f"took longer than {self._caps.statement_ms} ms"
        if isinstance(error, errors.LockNotAvailable):
            return f"waited longer than {self._caps.lock_ms} ms for a lock"
        if isinstance(error, errors.ReadOnlySqlTransaction):
            return "would have written; a question only reads"
        (said,) = self._clean(frozenset({_said(error)[:300]})).values()
        if isinstance(error, (errors.UndefinedTable, errors.UndefinedColumn, errors.InvalidSchemaName)):
            return f"the observed database does not have it: {said}"
        if isinstance(error, errors.InsufficientPrivilege):
            return f"the role may not: {said}"
        if isinstance(error, (psycopg.OperationalError, PoolTimeout)):
            return "the observed database cannot be reached"
        return f"failed: {said}"


def _stream(
    cursor: psycopg.Cursor[tuple[Any, ...]], sql: str, bindings: Mapping[str, Json]
) -> Generator[tuple[Any, ...], None, None]:
    """Row by row and by the extended protocol, which takes one statement only."""
    yield from cursor.stream(sql.encode(), bindings)


def _said(error: Exception) -> str:
    """Without DETAIL and CONTEXT, which quote data."""
    primary = error.diag.message_primary if isinstance(error, psycopg.Error) else None
    return primary or str(error)


def own_questions(folder: Path) -> tuple[Question, ...]:
    """A team's questions, from `*.sql` of its config folder. Raises NotConfigured naming the file."""
    try:
        return tuple(parse(path.stem, path.read_text("utf-8")) for path in sorted(folder.glob("*.sql")))
    except (BadQuestion, OSError, UnicodeDecodeError) as error:
        raise NotConfigured(f"question in {folder}: {error}") from error
