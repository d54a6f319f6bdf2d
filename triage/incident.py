"""The nouns of understanding.

A `RawEvent` is what a stranger sent; an `Event` is what is left after `triage.sanitize`.
Nothing else makes an `Event`, and nothing but an `Event` is ever stored, shown or given to a model.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Protocol

from pydantic import Field

from triage.noun import Json, Noun


class Shape(StrEnum):
    """Sentry's three ways to write the same event."""

    ENVELOPE = "envelope"  # what an SDK sends
    WEBHOOK = "webhook"  # data.event / data.error of a hook
    API = "api"  # the Web API's camelCase `entries`


@dataclass(frozen=True, slots=True)
class RawEvent:
    """A parsed but untrusted event, rewritten into the envelope shape whatever shape it came in.

    Its repr hides the content: nothing raw reaches a log by accident.
    """

    payload: Mapping[str, Any] = field(repr=False)
    shape: Shape = Shape.ENVELOPE
    apart: Mapping[str, bytes] = field(default_factory=dict, repr=False)  # members not yet parsed, as sent


class Frame(Noun):
    """One stack frame. Frames are ordered oldest first, the crash last."""

    filename: str = ""  # as the SDK wrote it, mostly relative to a sys.path entry
    abs_path: str = ""  # the path on the production machine
    module: str = ""
    function: str = ""
    lineno: int | None = None
    in_app: bool = False
    context_line: str = ""
    pre_context: tuple[str, ...] = ()
    post_context: tuple[str, ...] = ()
    vars: dict[str, Json] = Field(default_factory=dict)  # at most ten, repr strings; absence proves nothing
    arguments: dict[str, Json] = Field(default_factory=dict)  # of the call from outside into the app's first
    # frame: the caller's locals on its calling line, literals only, repr strings as in `vars`


class ExceptionInfo(Noun):
    """One link of a chain. `type` has no module; `value` is the message."""

    type: str
    value: str = ""
    module: str = ""
    frames: tuple[Frame, ...] = ()
    handled: bool | None = None
    mechanism: str = ""
    exception_id: int | None = None
    parent_id: int | None = None
    is_group: bool = False
    source: str = ""  # __cause__, __context__, exceptions[0] …


class Request(Noun):
    """The HTTP request the event belongs to, cleaned."""

    method: str = ""
    url: str = ""
    query: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    body: Json = None


class Event(Noun):
    """A sanitized error event. Times are UTC; strings hold no secret, NUL, surrogate or control character."""

    event_id: str
    timestamp: datetime = Field(default_factory=lambda: datetime.now(UTC))
    platform: str = ""
    level: str = "error"
    category: str = "error"  # Sentry's issueCategory; anything but "error" has no stack trace to expect
    message: str = ""
    template: str = ""  # the message before its parameters were filled in, where the SDK sent it
    logger: str = ""
    transaction: str = ""
    culprit: str = ""
    exceptions: tuple[ExceptionInfo, ...] = ()  # oldest cause first, the raised one last
    request: Request | None = None
    user: dict[str, Json] = Field(default_factory=dict)
    release: str = ""
    dist: str = ""
    environment: str = ""
    server_name: str = ""
    sdk: str = ""
    runtime: str = ""  # "CPython 3.10.13"
    modules: dict[str, str] = Field(default_factory=dict)
    tags: tuple[tuple[str, str], ...] = ()
    contexts: dict[str, Json] = Field(default_factory=dict)
    extra: dict[str, Json] = Field(default_factory=dict)
    breadcrumbs: tuple[dict[str, Json], ...] = ()
    fingerprint: tuple[str, ...] = ()  # the sender's own, if it sent one
    trace_id: str = ""
    span_id: str = ""
    request_id: str = ""
    issue_id: str = ""  # Sentry's group, where a hook or the API named it
    issue_url: str = ""
    flags: tuple[str, ...] = ()  # signs of prompt injection
    redactions: dict[str, int] = Field(default_factory=dict)  # kind -> count
    risk: float = 0.0  # 0..1, of injection; gates actions, is never the wall

    @property
    def raised(self) -> ExceptionInfo | None:
        """The exception that ended the work: the last of the chain that is no group."""
        return next((e for e in reversed(self.exceptions) if not e.is_group), None)


class Incident(Noun):
    """Events that share a fingerprint, in one episode; `event` is the one being worked on."""

    project: str
    fingerprint: str  # hex, stable over line shifts, values and addresses
    episode: int = 1
    event: Event
    count: int = 1
    users: int = 0
    first_seen: datetime = Field(default_factory=lambda: datetime.now(UTC))
    last_seen: datetime = Field(default_factory=lambda: datetime.now(UTC))
    short_id: str = ""  # SHOP-12, where Sentry gave one
    earlier: str = ""  # what was proposed in the episode before, and what became of it

    @property
    def key(self) -> str:
        """The case's natural key, safe in a branch name: `<fingerprint, 12 hex>-<episode>`."""
        return f"{self.fingerprint[:12]}-{self.episode}"

    @property
    def title(self) -> str:
        raised = self.event.raised
        return f"{raised.type}: {raised.value}"[:200] if raised else (self.event.message or "event")[:200]


class Source(Protocol):
    """The files of one commit, read-only. Paths are relative to the repository, with `/`."""

    def paths(self) -> tuple[str, ...]:
        """Every regular file, sorted."""

    def read(self, path: str) -> str | None:
        """The text, or None where there is no such file or it is not UTF-8 text."""


class Located(Noun):
    """A production frame, found in the checkout."""

    path: str
    function: str  # qualified: Class.method
    line: int  # of the checkout, which may differ from the event's
    frame: Frame
    exact: bool = True  # the checkout's line reads as the event's context line does


class Suspect(Noun):
    """Where the fix may have to go."""

    file: str
    function: str
    line: int
    score: float  # 0..1, only meaningful within one ranking
    why: str


class Question(Noun):
    """A read-only SQL question, from a file whose header says all this."""

    name: str
    purpose: str
    binds: tuple[str, ...]
    reading: str  # how to read the answer
    sql: str
    limit: int = 200
    asks: str = "observed"  # the observed database, or "record": Healer's own


class Answer(Noun):
    """A question's answer, kept so that a reviewer can ask again."""

    id: str  # E1, E2 …: what a diagnosis cites
    question: str
    purpose: str = ""
    sql: str = ""
    bindings: dict[str, Json] = Field(default_factory=dict)
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Json, ...], ...] = ()
    row_count: int = 0
    truncated: bool = False
    milliseconds: float = 0.0
    digest: str = ""  # sha256 over the canonical JSON of columns and rows
    by: str = ""  # who asked: "agent", or "" for Healer itself


class Gap(Noun):
    """A question that could not be answered, and why: a recorded hole, never a failed case."""

    question: str
    reason: str


class Finding(Noun):
    """Something code computed from answers, in words a person can read."""

    kind: str  # rate_change | first_seen_after_deploy | co_failing_service | missing_event | …
    text: str
    cites: tuple[str, ...] = ()  # Answer ids
    value: float | None = None


class Evidence(Noun):
    answers: tuple[Answer, ...] = ()
    findings: tuple[Finding, ...] = ()
    gaps: tuple[Gap, ...] = ()

    def plus(self, other: Evidence) -> Evidence:
        return Evidence(
            answers=self.answers + other.answers,
            findings=self.findings + other.findings,
            gaps=self.gaps + other.gaps,
        )

    @property
    def next_id(self) -> str:
        """Of the next answer."""
        return f"E{len(self.answers) + 1}"


class Decision(StrEnum):
    HEAL = "heal"
    PERSON = "person"
    IGNORE = "ignore"  # below the floor, or not an error at all; still visible with its reason


class Verdict(Noun):
    """Heal, or a person; always with a reason a person can read."""

    decision: Decision
    code: str  # stable, of the rule that decided: single_point | cascade | high_risk | no_stack | …
    reason: str
    confidence: float = 0.5
    priority: float = 0.5  # 0..1, from frequency, users, regression, release
    category: str = ""  # crash class: none_dereference | missing_key | …
