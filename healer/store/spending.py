"""What models cost and what policies decided, kept at once: both must survive whatever happens next."""

from __future__ import annotations

import threading
from datetime import datetime
from importlib import resources
from typing import Any

import orjson
import psycopg

from healer.budget import Spent
from healer.case import Cost
from healer.policy import Decision
from healer.store.database import Connection, connect
from healer.store.queries import load

SQL = load((resources.files("healer.store") / "spending.sql").read_text(encoding="utf-8"))


class Books:
    """Implements `healer.budget.Ledger`, and keeps decisions. One per process; safe to share between threads.

    Each entry is committed by itself, on a connection of its own: a step that is undone has still cost."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._lock = threading.Lock()
        self._connection: Connection | None = None

    def record(self, project: str, case: str, cost: Cost, *, cached: int, seconds: float) -> None:
        row = {
            "project": project,
            "case": case,
            "model": cost.model,
            "input": cost.input_tokens,
            "cached": cached,
            "output": cost.output_tokens,
            "dollars": cost.dollars,
            "seconds": seconds,
        }
        self._execute("record_spend", row)

    def spent(self, since: datetime, project: str = "") -> Spent:
        (row,) = self._execute("spent_since", {"since": since, "project": project})
        return Spent(
            dollars=float(row["dollars"]),
            tokens=int(row["tokens"]),
            calls=int(row["calls"]),
            seconds=float(row["seconds"]),
        )

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

    def _execute(self, name: str, row: dict[str, Any]) -> list[dict[str, Any]]:
        with self._lock:
            try:
                return self._once(name, row)
            except psycopg.OperationalError:
                if self._connection is None or not self._connection.broken:
                    raise
                self._connection = None
                return self._once(name, row)

    def _once(self, name: str, row: dict[str, Any]) -> list[dict[str, Any]]:
        if self._connection is None:
            self._connection = connect(self._dsn)
        done = self._connection.execute(SQL[name], row)
        return done.fetchall() if done.description else []
