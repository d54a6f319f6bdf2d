"""What models cost and what policies decided, kept at once: both must survive whatever happens next."""

from __future__ import annotations

import threading
from collections.abc import Callable
from importlib import resources
from typing import Any, TypeVar

import orjson
import psycopg

from healer.case import Cost
from healer.policy import Decision
from healer.spending import Days, Hold, Spent
from healer.store.database import Connection, connect
from healer.store.queries import load

SQL = load((resources.files("healer.store") / "spending.sql").read_text(encoding="utf-8"))
T = TypeVar("T")


def hold(connection: Connection, wanted: Hold, days: Days) -> int:
    """Inside the caller's transaction: raises Tripped where a day's limit could be passed, else a ticket.

    Whoever reserves something else as well does both in one transaction. Until it ends nobody else holds."""
    connection.execute(SQL["lock_spending"])
    connection.execute(SQL["book_lost"])
    days.check(today(connection, wanted.project), today(connection), wanted.ahead)
    row = {
        "lease": wanted.lease,
        "project": wanted.project,
        "case": wanted.case,
        "model": wanted.model,
        "dollars": wanted.ahead.dollars,
        "tokens": wanted.ahead.tokens,
        "seconds": wanted.ahead.seconds,
        "sent_dollars": wanted.sent.dollars,
        "sent_tokens": wanted.sent.tokens,
    }
    made = connection.execute(SQL["hold"], row).fetchone()
    assert made is not None
    return int(made["id"])


def afford(connection: Connection, project: str, days: Days) -> None:
    """As `hold`, for what costs nothing more: raises Tripped where a day's limit is passed already."""
    connection.execute(SQL["lock_spending"])
    connection.execute(SQL["book_lost"])
    days.check(today(connection, project), today(connection), Spent())


def today(connection: Connection, project: str = "") -> Spent:
    """Of one project, or with "" of the installation: booked, and held."""
    row = connection.execute(SQL["spent_today"], {"project": project}).fetchone()
    assert row is not None
    return Spent(
        dollars=float(row["dollars"]),
        tokens=int(row["tokens"]),
        calls=int(row["calls"]),
        seconds=float(row["seconds"]),
    )


class Books:
    """Implements `healer.spending.Ledger`, and keeps decisions. One per process, for all of its threads.

    Each entry is committed by itself, on a connection of its own: a step that is undone has still cost."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._lock = threading.Lock()
        self._connection: Connection | None = None

    def hold(self, hold: Hold, days: Days) -> int:
        return self._within(lambda connection: _held(connection, hold, days))

    def settle(self, ticket: int, hold: Hold, cost: Cost, *, cached: int, seconds: float) -> None:
        row = {
            "ticket": ticket,
            "project": hold.project,
            "case": hold.case,
            "model": cost.model,
            "input": cost.input_tokens,
            "cached": cached,
            "output": cost.output_tokens,
            "dollars": cost.dollars,
            "seconds": seconds,
        }
        self._execute("settle_hold", row)

    def release(self, ticket: int) -> None:
        self._execute("release_hold", {"ticket": ticket})

    def today(self, project: str = "") -> Spent:
        return self._within(lambda connection: today(connection, project))

    def decided(self, project: str, case: str, decision: Decision) -> None:
        """What the policy said to one tool call."""
        row = {
            "project": project,
            "case": case,
            "action": decision.tool[:100],
            "subject": decision.subject.replace("\0", "\ufffd")[:500],
            "decision": "allow" if decision.allowed else "deny",
            "rule": decision.rule[:500],
            "code": decision.code,
            "detail": orjson.dumps({"detail": decision.detail[:500]} if decision.detail else {}).decode(),
        }
        self._execute("record_decision", row)

    def close(self) -> None:
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _execute(self, name: str, row: dict[str, Any]) -> None:
        self._within(lambda connection: connection.execute(SQL[name], row))

    def _within(self, work: Callable[[Connection], T]) -> T:
        """Once more on a new connection where the old one turned out to be broken."""
        with self._lock:
            try:
                return work(self._connected())
            except psycopg.OperationalError:
                if self._connection is None or not self._connection.broken:
                    raise
                self._connection = None
                return work(self._connected())

    def _connected(self) -> Connection:
        if self._connection is None:
            self._connection = connect(self._dsn)
        return self._connection


def _held(connection: Connection, wanted: Hold, days: Days) -> int:
    with connection.transaction():
        return hold(connection, wanted, days)
