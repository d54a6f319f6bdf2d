"""What a case found out, decided, cost and taught."""

from __future__ import annotations

from collections.abc import Sequence

import orjson

from healer.case import Attempt, Diagnosis
from healer.store.database import Connection
from healer.store.queries import QUERIES
from triage.incident import Evidence
from triage.noun import Json, Noun


def note(connection: Connection, case: int, result: Noun) -> None:
    """Keep what a finished step's result holds for people and reports. Idempotent."""
    match result:
        case Evidence():
            _evidence(connection, case, result)
        case Diagnosis():
            _classify(connection, case, result)
        case Attempt():
            note_asked(connection, case, result)


def note_asked(connection: Connection, case: int, result: Noun) -> None:
    """Keep what an agent asked of the event log, whatever came of it. Idempotent."""
    if isinstance(result, Attempt):
        _answers(connection, case, result.asked)
        rows = orjson.dumps(_gaps(result.asked)).decode()
        connection.execute(QUERIES["add_gaps"], {"case": case, "rows": rows})


def _classify(connection: Connection, case: int, diagnosis: Diagnosis) -> None:
    verdict = diagnosis.verdict
    row = {
        "case": case,
        "code": verdict.code,
        "priority": verdict.priority,
        "exception": diagnosis.signature.exception,
        "files": files_of(diagnosis),
    }
    connection.execute(QUERIES["classify_case"], row)
    connection.execute(QUERIES["classify_incident"], {"case": case, "category": verdict.category})


def files_of(diagnosis: Diagnosis) -> list[str]:
    """What the crash went through, and where the fix may go."""
    return sorted({one.path for one in diagnosis.located} | {s.file for s in diagnosis.suspects})


def _evidence(connection: Connection, case: int, evidence: Evidence) -> None:
    findings: list[dict[str, Json]] = [
        {"kind": f.kind, "text": f.text, "body": f.model_dump(mode="json")} for f in evidence.findings
    ]
    rows = orjson.dumps(findings + _gaps(evidence)).decode()
    _answers(connection, case, evidence)
    connection.execute(QUERIES["save_findings"], {"case": case, "rows": rows})


def _answers(connection: Connection, case: int, evidence: Evidence) -> None:
    rows = [{"id": a.id, "question": a.question, "body": a.model_dump(mode="json")} for a in evidence.answers]
    connection.execute(QUERIES["save_evidence"], {"case": case, "rows": orjson.dumps(rows).decode()})


def _gaps(evidence: Evidence) -> list[dict[str, Json]]:
    return [
        {"kind": "gap", "text": f"{g.question}: {g.reason}", "body": g.model_dump()} for g in evidence.gaps
    ]


def audit(
    connection: Connection,
    *,
    actor: str,
    action: str,
    decision: str,
    subject: str = "",
    rule: str = "",
    code: str = "",
    case: int | None = None,
    detail: Json = None,
) -> None:
    """One decision, by whomever: `decision` is allow, deny or note."""
    row = {
        "case": case,
        "actor": actor,
        "action": action,
        "subject": subject,
        "decision": decision,
        "rule": rule,
        "code": code,
        "detail": orjson.dumps(detail if detail is not None else {}).decode(),
    }
    connection.execute(QUERIES["save_audit"], row)


def learn(
    connection: Connection,
    project: str,
    outcome: str,
    text: str,
    *,
    case: int | None = None,
    fingerprint: str = "",
    exception: str = "",
    files: Sequence[str] = (),
) -> None:
    """A person's verdict on a proposal: `outcome` is merged or rejected."""
    row = {
        "case": case,
        "project": project,
        "fingerprint": fingerprint,
        "exception": exception,
        "files": list(files),
        "outcome": outcome,
        "text": text,
    }
    connection.execute(QUERIES["save_lesson"], row)


def lessons(
    connection: Connection,
    project: str,
    fingerprint: str,
    exception: str,
    files: Sequence[str],
    limit: int = 5,
) -> tuple[str, ...]:
    """Earlier verdicts on the same incident, files or exception, as one line each."""
    row = {
        "project": project,
        "fingerprint": fingerprint,
        "exception": exception,
        "files": list(files),
        "limit": limit,
    }
    return tuple(f"{r['outcome']}: {r['text']}" for r in connection.execute(QUERIES["lessons"], row))
