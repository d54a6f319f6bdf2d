"""Rows into the event log by COPY, and what the pipeline says of its deployments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import orjson
import psycopg
from psycopg import errors
from psycopg.rows import tuple_row

from healer.eventlog import partitions
from healer.eventlog.row import Row

Connection = psycopg.Connection[Any]

# CSV with control characters in the roles of comma and quote: nothing in a row has to be escaped
# but these and NUL, so encoding costs one formatted string a row.
_COMMA, _QUOTE = "\x1f", "\x1e"
_COPY = (
    "copy eventlog.event (time, level, service, message, request_id, trace_id, span_id, user_id, release,"
    " environment, duration, attributes) from stdin (format csv, delimiter E'\\x1f', quote E'\\x1e')"
)
_REMEMBER = (
    "insert into eventlog.request (digest) select unnest(%s::bytea[]) on conflict do nothing returning digest"
)
_FORGET = "delete from eventlog.request where at < now() - interval '30 minutes'"
_QUOTES = 10  # of a row without request and user


def encode(row: Row) -> str:
    """One row as COPY wants it. What Postgres cannot hold (NUL) is dropped."""
    line = _line(row)
    quotes = _QUOTES + 2 * (row.request_id is not None) + 2 * (row.user_id is not None)
    if line.count(_QUOTE) != quotes or "\x00" in line or "\\u0000" in line:
        return _line(_cleaned(row))
    return line


def _line(row: Row) -> str:
    when, level, service, message, request, trace, span, user, release, environment, took, attributes = row
    return (
        f"{when}\x1f{level}\x1f\x1e{service}\x1e\x1f\x1e{message}\x1e\x1f{_nullable(request)}\x1f"
        f"{trace or ''}\x1f{span or ''}\x1f{_nullable(user)}\x1f\x1e{release}\x1e\x1f"
        f"\x1e{environment}\x1e\x1f{'' if took is None else took}\x1f\x1e{attributes}\x1e\n"
    )


def _nullable(text: str | None) -> str:
    return "" if text is None else f"\x1e{text}\x1e"


def _cleaned(row: Row) -> Row:
    attributes = orjson.dumps(_strip(orjson.loads(row.attributes))).decode()
    texts: dict[str, Any] = {name: _without(v) for name, v in row._asdict().items() if isinstance(v, str)}
    return row._replace(**{**texts, "attributes": attributes})


def _without(text: str) -> str:
    return text.replace(_QUOTE, "").replace("\x00", "")


def _strip(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\x00", "")
    if isinstance(value, list):
        return [_strip(item) for item in value]
    if isinstance(value, dict):
        return {_strip(key): _strip(item) for key, item in value.items()}
    return value


def load(connection: Connection, rows: Iterable[Row]) -> int:
    """COPY rows in one transaction, making their days where missing; returns how many.

    Raises psycopg.DataError where a row cannot be stored; then none of them is."""
    kept = list(rows)
    write(connection, [encode(row) for row in kept], {date.fromisoformat(row.time[:10]) for row in kept})
    return len(kept)


def write(connection: Connection, lines: Sequence[str], days: Iterable[date]) -> None:
    """COPY encoded rows of these UTC days in one transaction. Raises psycopg.DataError as `load` does."""
    write_once(connection, [Sent(lines, frozenset(days))])


@dataclass(frozen=True, slots=True)
class Sent:
    """Encoded rows of one request. `digest` tells when it is sent again; b"" never does."""

    lines: Sequence[str]
    days: Set[date]
    digest: bytes = b""


def write_once(connection: Connection, requests: Sequence[Sent]) -> None:
    """As `write`, for several requests in one transaction, without those that were stored of late."""
    try:
        _copy_once(connection, requests)
    except errors.CheckViolation:  # a day without a partition: rare, so it is not looked for before
        partitions.ensure_days(connection, set[date]().union(*(sent.days for sent in requests)))
        _copy_once(connection, requests)


def _copy_once(connection: Connection, requests: Sequence[Sent]) -> None:
    with connection.transaction():
        new = _new(connection, requests)
        if lines := [line for sent in new for line in sent.lines]:
            with connection.cursor().copy(_COPY) as copy:
                copy.write("".join(lines).encode())


def _new(connection: Connection, requests: Sequence[Sent]) -> list[Sent]:
    """Waits for whoever writes the same request just now. Sorted, so that nobody waits in a circle."""
    digests = sorted({sent.digest for sent in requests if sent.digest})
    if not digests:
        return list(requests)
    known = connection.cursor(row_factory=tuple_row).execute(_REMEMBER, [digests])
    fresh = {bytes(digest) for (digest,) in known}
    new = []
    for sent in requests:
        if not sent.digest or sent.digest in fresh:
            fresh.discard(sent.digest)
            new.append(sent)
    return new


def forget_requests(connection: Connection) -> int:
    """Drop what is too old to be sent again; returns how many."""
    return connection.execute(_FORGET).rowcount


def write_good_once(connection: Connection, sent: Sent) -> int:
    """As `write_once`, but leaves out the rows Postgres refuses, and returns how many those were."""
    with connection.transaction():
        return write_good(connection, sent.lines, sent.days) if _new(connection, [sent]) else 0


def write_good(connection: Connection, lines: Sequence[str], days: Iterable[date]) -> int:
    """As `write`, but leaves out the rows Postgres refuses, and returns how many those were."""
    try:
        write(connection, lines, days)
    except psycopg.DataError:
        if len(lines) == 1:
            return 1
        middle = len(lines) // 2
        return sum(write_good(connection, half, days) for half in (lines[:middle], lines[middle:]))
    return 0


def record_deployment(
    connection: Connection,
    at: datetime,
    release: str,
    *,
    service: str = "",
    environment: str = "",
    commit: str = "",
    url: str = "",
) -> None:
    """What a delivery pipeline calls after it rolled out; telling twice is harmless."""
    connection.execute(
        "insert into eventlog.deployment (at, release, service, environment, commit, url)"
        " values (%s, %s, %s, %s, %s, %s)"
        " on conflict (release, service, environment, at)"
        " do update set commit = excluded.commit, url = excluded.url",
        (at, release, service, environment, commit, url),
    )
