"""What the event log knows about an incident: questions chosen, asked and kept, so anyone can ask again."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Protocol

from triage.findings import find
from triage.incident import Answer, Evidence, Gap, Incident, Question
from triage.noun import Json

WINDOW_BEFORE = timedelta(minutes=15)
WINDOW_AFTER = timedelta(minutes=5)
LOOKBACK = timedelta(days=30)

_BINDING = re.compile(r"%\((\w+)\)s")
_HEADER = re.compile(r"-- (\w+):(.*)")
_SERVICE_TAGS = ("service", "service.name", "service_name")


class Unanswered(Exception):
    """A question got no answer; `reason` says why, in words a person can read."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class BadQuestion(ValueError):
    """A question file cannot be used; correct what is named in its header."""


class Reply(Protocol):
    """What came back: cleaned values, at most as many rows as asked for."""

    @property
    def columns(self) -> tuple[str, ...]: ...
    @property
    def rows(self) -> tuple[tuple[Json, ...], ...]: ...
    @property
    def truncated(self) -> bool: ...
    @property
    def milliseconds(self) -> float: ...


class Ask(Protocol):
    def __call__(self, sql: str, bindings: Mapping[str, Json], *, limit: int) -> Reply:
        """Raises Unanswered."""


def parse(name: str, text: str) -> Question:
    """A question from its file's text: a header of `-- key: value` comments, then one SQL statement.

    Keys: purpose, binds, reading (required), limit, asks (`observed`, or `record` for Healer's own).
    A line that only continues (`--   …`) belongs to the key above. Raises BadQuestion."""
    header, sql = _split(text)
    unknown = header.keys() - {"purpose", "binds", "reading", "limit", "asks"}
    missing = {"purpose", "binds", "reading"} - header.keys()
    if unknown or missing:
        raise BadQuestion(f"{name}: header lacks {sorted(missing)} or has unknown {sorted(unknown)}")
    binds = tuple(filter(None, (part.strip() for part in header["binds"].split(","))))
    used = set(_BINDING.findall(sql))
    if used != set(binds):
        raise BadQuestion(f"{name}: `binds` says {sorted(binds)}, the statement uses {sorted(used)}")
    if header.get("asks", "observed") not in ("observed", "record"):
        raise BadQuestion(f"{name}: `asks` is observed or record")
    return Question(
        name=name,
        purpose=header["purpose"],
        binds=binds,
        reading=header["reading"],
        sql=sql,
        limit=_limit(name, header.get("limit", "200")),
        asks=header.get("asks", "observed"),
    )


def _split(text: str) -> tuple[dict[str, str], str]:
    header: dict[str, str] = {}
    lines = text.splitlines()
    key = ""
    while lines and lines[0].startswith("--"):
        line = lines.pop(0)
        if match := _HEADER.fullmatch(line):
            key = match[1]
            header[key] = match[2].strip()
        elif key:
            header[key] += " " + line.removeprefix("--").strip()
    return header, "\n".join(lines).strip().removesuffix(";").strip()


def _limit(name: str, text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 10_000:
        raise BadQuestion(f"{name}: `limit` is a number from 1 to 10000")
    return int(text)


def shipped() -> tuple[Question, ...]:
    """The questions that come with Healer, by name."""
    folder = files("triage") / "questions"
    texts = {
        entry.name: entry.read_text("utf-8") for entry in folder.iterdir() if entry.name.endswith(".sql")
    }
    return tuple(parse(name.removesuffix(".sql"), texts[name]) for name in sorted(texts))


def merged(ours: Iterable[Question], theirs: Iterable[Question]) -> tuple[Question, ...]:
    """Both; a team's question replaces the shipped one of the same name."""
    return tuple({q.name: q for q in (*ours, *theirs)}.values())


def bindings(incident: Incident) -> dict[str, Json]:
    """Everything a question may bind. Identifiers the event does not have are absent.

    Always there: project, fingerprint, episode, service, environment ("" is any), and as ISO 8601
    at (of the error), since, until (the window around it), lookback."""
    event = incident.event
    always: dict[str, Json] = {
        "project": incident.project,
        "fingerprint": incident.fingerprint,
        "episode": incident.episode,
        "service": _service(incident),
        "environment": event.environment,
        "at": _iso(event.timestamp),
        "since": _iso(event.timestamp - WINDOW_BEFORE),
        "until": _iso(event.timestamp + WINDOW_AFTER),
        "lookback": _iso(event.timestamp - LOOKBACK),
    }
    raised = event.raised
    perhaps = {
        "request_id": event.request_id,
        "trace_id": event.trace_id.replace("-", "").lower(),
        "user_id": _user(event.user),
        "release": event.release,
        "culprit": event.culprit,
        "transaction": event.transaction,
        "exception": raised.type if raised else "",
        "exception_path": ".".join(filter(None, (raised.module, raised.type))) if raised else "",
    }
    return always | {name: value for name, value in perhaps.items() if value}


def _iso(moment: datetime) -> str:
    return moment.isoformat()


def _user(user: Mapping[str, Json]) -> str:
    """The user's id, unless the sanitizer hid it: a placeholder is in no log."""
    text = str(user.get("id") or "")
    return "" if text.startswith("[") and text.endswith("]") else text


def _service(incident: Incident) -> str:
    """The service's name in the log: a tag, OpenTelemetry's resource, or else the project."""
    tags = dict(incident.event.tags)
    otel = incident.event.contexts.get("otel")
    resource = otel.get("resource") if isinstance(otel, dict) else None
    named = resource.get("service.name") if isinstance(resource, dict) else None
    return next((tags[tag] for tag in _SERVICE_TAGS if tags.get(tag)), str(named or incident.project))


def _logged_service(incident: Incident, answers: Iterable[Answer]) -> str:
    """The service that logged the incident's own exception in the same request or trace."""
    raised = incident.event.raised
    for answer in answers:
        if raised and answer.question in ("trace_events", "request_events"):
            for row in answer.rows:
                named = dict(zip(answer.columns, row, strict=True))
                if str(named.get("exception")).rpartition(".")[2] == raised.type:
                    return str(named.get("service", ""))
    return ""


def choose(questions: Iterable[Question], known: Mapping[str, Json]) -> tuple[Question, ...]:
    """Those that can be asked with what the event has."""
    return tuple(question for question in questions if known.keys() >= set(question.binds))


def correlate(
    incident: Incident, questions: Iterable[Question], ask: Ask, record: Ask | None = None
) -> Evidence:
    """Ask what the event allows. `record` answers questions to Healer's own database, by default `ask`.

    A question without an answer becomes a Gap; nothing is raised for it."""
    found = Evidence()
    # What needs the service comes last: the trace may tell its name better than the event does.
    chosen = choose(questions, bindings(incident))
    for question in sorted(chosen, key=lambda question: "service" in question.binds):
        values = known(incident, found.answers)
        bound = {name: values[name] for name in question.binds}
        asked = record or ask if question.asks == "record" else ask
        found = found.plus(put(question, bound, asked, found.next_id))
    findings = find(incident, known(incident, found.answers), found.answers)
    return Evidence(answers=found.answers, findings=findings, gaps=found.gaps)


def known(incident: Incident, answers: Iterable[Answer]) -> dict[str, Json]:
    """The incident's bindings, with the service's name as the answers so far have it."""
    values = bindings(incident)
    return values | {"service": _logged_service(incident, answers) or values["service"]}


def put(question: Question, bound: dict[str, Json], ask: Ask, id: str, by: str = "") -> Evidence:
    """One question's answer under this id; a gap where there is none, or where rows were left out."""
    try:
        reply = ask(question.sql, bound, limit=question.limit)
    except Unanswered as why:
        return Evidence(gaps=(Gap(question=question.name, reason=why.reason),))
    answer = answered(id, question, bound, reply, by)
    if not reply.truncated:
        return Evidence(answers=(answer,))
    kept = Gap(question=question.name, reason=f"only the first {len(reply.rows)} rows are kept")
    return Evidence(answers=(answer,), gaps=(kept,))


def answered(id: str, question: Question, bound: dict[str, Json], reply: Reply, by: str) -> Answer:
    return Answer(
        id=id,
        question=question.name,
        purpose=question.purpose,
        sql=question.sql,
        bindings=bound,
        columns=reply.columns,
        rows=reply.rows,
        row_count=len(reply.rows),
        truncated=reply.truncated,
        milliseconds=reply.milliseconds,
        digest=digest(reply.columns, reply.rows),
        by=by,
    )


def digest(columns: tuple[str, ...], rows: tuple[tuple[Json, ...], ...]) -> str:
    """sha256 over the canonical JSON of columns and rows: the same answer has the same digest."""
    text = json.dumps([columns, rows], ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
