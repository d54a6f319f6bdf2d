"""Where an agent's questions go, and what may be asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from healer.protocols import Ask, Rows
from triage.correlate import known, put
from triage.incident import Answer, Evidence, Incident, Question
from triage.inquiry import CHOSEN, FREE, choices
from triage.noun import Json

SHOWN = 15  # values of each name


@dataclass(frozen=True)
class Inquiry:
    """Of one installation. `relations`, as `schema.name`, are what free queries may read: none where no team
    turned them on. `record` answers questions to Healer's own database, by default `ask`."""

    questions: tuple[Question, ...]
    ask: Ask
    record: Ask | None = None
    relations: tuple[str, ...] = ()

    @cached_property
    def named(self) -> dict[str, Question]:
        return {question.name: question for question in self.questions}

    def answering(self, question: Question) -> Ask:
        return self.record or self.ask if question.asks == "record" else self.ask

    def freely(self, sql: str, bindings: Mapping[str, Json], *, limit: int) -> Rows:
        """Answers a query without bindings, in which a % is a %."""
        return self.ask(sql.replace("%", "%%"), bindings, limit=limit)

    def again(self, answer: Answer) -> Evidence:
        """The very question of a kept answer, with what was bound then."""
        question = self.named.get(answer.question)
        ask = self.freely if answer.question == FREE else self.answering(question) if question else self.ask
        limit = answer.row_count if answer.truncated else answer.row_count + 1
        same = Question(
            name=answer.question, purpose="", binds=(), reading="", sql=answer.sql, limit=max(limit, 1)
        )
        return put(same, answer.bindings, ask, answer.id)

    def offered(self, incident: Incident, evidence: Evidence) -> Iterator[str]:
        """Which questions there are and what they may be asked with, in lines."""
        own = known(incident, evidence.answers)
        for question in self.questions:
            chosen = ", ".join(name for name in question.binds if name in CHOSEN) or "window only"
            lacking = [name for name in question.binds if name not in own]
            needs = f"; choose {', '.join(lacking)}" if lacking else ""
            yield f"{question.name}: {question.purpose} [{chosen}{needs}]"
        for name, values in choices(incident, evidence.answers).items():
            if values:
                more = f" and {len(values) - SHOWN} more" if len(values) > SHOWN else ""
                yield f"{name} may be {', '.join(values[:SHOWN])}{more}"
        if self.relations:
            yield f"select may read {', '.join(self.relations)}"
