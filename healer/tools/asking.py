"""ask and select: the event log asked anew. Read-only, bounded, and each answer is kept as evidence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from pydantic import Field

from healer import freeform
from healer.errors import BadInput
from healer.policy import Decision, asking
from healer.tools.base import Arguments, Tool, ToolError
from healer.tools.desk import Desk
from healer.tools.inquiry import Inquiry
from healer.tools.knowledge import MOST_ROWS, told
from triage.correlate import put
from triage.incident import Answer, Evidence, Gap, Incident, Question
from triage.inquiry import CHOSEN, FREE, NotAskable, Window, bound
from triage.noun import Json
from triage.sanitize import clean, for_model

MOST_SELECTED = 100  # rows
LIKEWISE = Field(default="", max_length=200, description="likewise")


class AskQuestion(Arguments):
    question: str = Field(min_length=1, max_length=100, description="its name, as `questions` lists it")
    request_id: str = Field(
        default="", max_length=200, description="one that `questions` lists; empty: the incident's own"
    )
    trace_id: str = LIKEWISE
    user_id: str = LIKEWISE
    service: str = LIKEWISE
    release: str = LIKEWISE
    exception: str = LIKEWISE
    at: str = Field(default="", max_length=40, description="ISO 8601; empty: the time of the error")
    minutes_before: int = Field(default=15, ge=0, le=360, description="of the window that ends after `at`")
    minutes_after: int = Field(default=5, ge=0, le=60)

    @property
    def chosen(self) -> dict[str, str]:
        given = {name: str(getattr(self, name)) for name in CHOSEN}
        return {name: value for name, value in given.items() if value}

    @property
    def subject(self) -> str:
        """For the record of decisions: what a model wrote, cleaned."""
        given = (f"{name}={value}" for name, value in self.chosen.items())
        return clean(" ".join((self.question, *given))[:300]).text

    def window(self) -> Window:
        """Raises ToolError."""
        before, after = timedelta(minutes=self.minutes_before), timedelta(minutes=self.minutes_after)
        try:
            at = datetime.fromisoformat(self.at) if self.at else None
        except ValueError:
            raise ToolError("bad_arguments", "at: a time is written 2026-03-10T12:00:00+00:00") from None
        return Window(at=at, before=before, after=after)


class Select(Arguments):
    sql: str = Field(min_length=1, max_length=4000, description="one PostgreSQL SELECT, schemas named")
    purpose: str = Field(min_length=1, max_length=300, description="what its answer shows, in a sentence")


def ask(desk: Desk, asked: AskQuestion) -> str:
    inquiry = _open(desk)
    question, values = judged(inquiry, desk.diagnosis.incident, desk.evidence, asked, desk.allow)
    if before := _before(desk.evidence, question, values):
        return for_model(_shown(Evidence(answers=(before,)), question.reading))
    found = put(question, values, inquiry.answering(question), desk.evidence.next_id, by="agent")
    if same := _same(desk.evidence, found):
        return f"the answer is still the one of {same.id}; look at it with `evidence`"
    return for_model(_shown(desk.keep(_explained(found, asked)), question.reading))


def judged(
    inquiry: Inquiry,
    incident: Incident,
    known: Evidence,
    asked: AskQuestion,
    allow: Callable[[Decision], None],
) -> tuple[Question, dict[str, Json]]:
    """The question with all that it binds. Raises ToolError; the decision is recorded either way."""
    window = asked.window()
    try:
        question = _named(inquiry, asked.question)
        values = bound(question, incident, known.answers, asked.chosen, window)
    except NotAskable as no:
        allow(asking("ask", asked.subject, no.code, str(no)))
        raise ToolError(no.code, str(no)) from None
    allow(asking("ask", asked.subject))
    return question, values


def _named(inquiry: Inquiry, name: str) -> Question:
    if name not in inquiry.named:
        raise NotAskable("no_such_question", f"there are only {', '.join(sorted(inquiry.named))}")
    return inquiry.named[name]


def select(desk: Desk, asked: Select) -> str:
    inquiry = _open(desk)
    subject = clean(asked.sql).text
    try:
        if subject != asked.sql:
            raise BadInput("the query holds what reads as a secret; look for something else")
        sql = freeform.checked(asked.sql, inquiry.relations)
    except BadInput as no:
        desk.allow(asking("select", subject[:300], "not_allowed", str(no)))
        raise ToolError("not_allowed", str(no)) from None
    desk.allow(asking("select", subject[:300]))
    purpose = clean(asked.purpose).text
    question = Question(name=FREE, purpose=purpose, binds=(), reading="", sql=sql, limit=MOST_SELECTED)
    found = put(question, {}, inquiry.freely, desk.evidence.next_id, by="agent")
    return for_model(_shown(desk.keep(found)))


def _open(desk: Desk) -> Inquiry:
    if desk.inquiry is None:
        raise ToolError("off", "there is no event log to ask")
    return desk.inquiry


def _before(known: Evidence, question: Question, values: dict[str, Json]) -> Answer | None:
    """What an agent asked already; what the service asked at the beginning may have changed since."""
    same = (a for a in known.answers if a.by and (a.question, a.bindings) == (question.name, values))
    return next(same, None)


def _same(known: Evidence, found: Evidence) -> Answer | None:
    new = {(answer.question, answer.digest): answer.bindings for answer in found.answers}
    same = (a for a in known.answers if new.get((a.question, a.digest)) == a.bindings)
    return next(same, None)


def _explained(found: Evidence, asked: AskQuestion) -> Evidence:
    """A gap says which of the question's askings it was."""
    values = ", ".join(f"{name} {value}" for name, value in asked.chosen.items()) or "its own values"
    gaps = (Gap(question=g.question, reason=f"asked anew with {values}: {g.reason}") for g in found.gaps)
    return Evidence(answers=found.answers, gaps=tuple(gaps))


def _shown(found: Evidence, reading: str = "") -> str:
    lines = [told(answer, MOST_ROWS) for answer in found.answers]
    lines += [f"{gap.question}: {gap.reason}" for gap in found.gaps]
    return "\n".join([*lines, f"how to read it: {reading}"] if reading else lines)


ASK = Tool(
    "ask",
    "Ask one of the event log's questions anew: with another identifier that evidence shows, or another "
    "window. The answer is evidence that you can cite.",
    AskQuestion,
    ask,
)
SELECT = Tool(
    "select",
    "One SELECT over the event log, where no question fits. Its answer is evidence, kept with its SQL.",
    Select,
    select,
)
