"""The record for readers only: one short read-only transaction per question."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from typing import Any

from healer.store import cases
from healer.store.database import connect
from healer.store.past import past
from healer.store.queries import QUERIES, load
from triage.incident import Answer, Evidence, Incident

SQL = load((resources.files("healer.store") / "reading.sql").read_text(encoding="utf-8"))
READ_ONLY = "-c default_transaction_read_only=on -c statement_timeout=5000"


@dataclass(frozen=True)
class Reading:
    """Safe to share between threads: each question has a connection of its own."""

    dsn: str

    def cases(self, project: str, state: str, limit: int) -> list[dict[str, Any]]:
        return self._rows(QUERIES["list_cases"], {"project": project, "state": state, "limit": limit})

    def case(self, case: int) -> dict[str, Any] | None:
        """Everything short about one case; None where there is none."""
        found = self._rows(SQL["one_case"], {"case": case})
        parts = {
            "steps": "steps_of_case",
            "findings": "findings_of_case",
            "refused_calls": "denials_of_case",
        }
        return found[0] | {k: self._rows(SQL[v], {"case": case}) for k, v in parts.items()} if found else None

    def evidence(self, case: int) -> list[dict[str, Any]]:
        return self._rows(SQL["evidence_of_case"], {"case": case})

    def incident(self, case: int) -> Incident | None:
        with connect(self.dsn, options=READ_ONLY) as connection:
            return cases.load(connection, case)

    def known(self, case: int) -> Evidence:
        """The case's answers, as nouns."""
        return Evidence(answers=tuple(Answer.model_validate(row["body"]) for row in self.evidence(case)))

    def past(self, case: int, incident: Incident) -> tuple[str, ...]:
        (like,) = self._rows(SQL["likeness_of_case"], {"case": case})
        with connect(self.dsn, options=READ_ONLY) as connection:
            return past(connection, incident, like["exception"], like["files"])

    def proof(self, case: int) -> Any:
        """The proof as published, without the incident it holds; None where there is none."""
        found = self._rows(SQL["proof_of_case"], {"case": case})
        if not found:
            return None
        made = dict(found[0]["proof"])
        patch = made.pop("patch", {})
        return {"diff": patch.get("diff", ""), "explanation": patch.get("explanation", ""), **made}

    def _rows(self, statement: bytes, row: dict[str, Any]) -> list[dict[str, Any]]:
        with connect(self.dsn, options=READ_ONLY) as connection:
            return connection.execute(statement, row).fetchall()
