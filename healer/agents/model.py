"""A model with the scoped tools. It may read hostile text; all it can do is propose an edit in scope."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from healer.briefing import Guidance, inputs
from healer.budget import Budget
from healer.case import Cost, Patch
from healer.errors import Refused
from healer.models.dial import dial
from healer.models.line import Line, Outages
from healer.models.loop import converse, offers
from healer.models.talk import Dial, Endpoint
from healer.models.trouble import Trouble
from healer.prompting import Prompt
from healer.protocols import Abstained, Bench, Brief, N, Written
from healer.tools import Session
from healer.tools.ending import patch, written
from triage.incident import Incident


@dataclass
class ModelAgent:
    """Implements `Agent`. `endpoint` is where the model is; `open_session` and `budget` are made per run.

    Refusal codes: budget*, loop, storm, stall, provider_down, gave_up, no_answer, and those of
    `healer.models.trouble` with `model_` before them. What was spent is kept in the refusal."""

    endpoint: Endpoint
    prompt: Prompt
    budget: Callable[[Incident], Budget]  # a fresh one
    open_session: Callable[[Brief, Bench, Budget], Session]
    outages: Outages = field(default_factory=Outages)
    guidance: Guidance = lambda source: ""
    cheaper: Endpoint | None = None  # goes on past a soft limit, of the run or of the day
    dial: Dial = dial
    context: int = 420_000  # characters of one request
    testing: Prompt | None = None  # for a test where the service made none
    name: str = "model"

    def propose(self, brief: Brief, bench: Bench) -> Patch:
        return self._asked(self.prompt, brief, bench, patch)

    def write_test(self, brief: Brief, bench: Bench) -> Written:
        """Implements `Writer`."""
        if self.testing is None:
            raise Refused("no_writer", "This agent was given no prompt for tests.")
        return self._asked(self.testing, brief, bench, written)

    def _asked(self, prompt: Prompt, brief: Brief, bench: Bench, end: Callable[[Session, str, Cost], N]) -> N:
        budget = self.budget(brief.reproduction.diagnosis.incident)
        session = self.open_session(brief, bench, budget)
        try:
            self._converse(prompt, session, budget)
            return end(session, self.name, budget.total())
        except Refused as no:
            raise Abstained(no.code, no.reason, budget.total(), session.asked) from no
        except Trouble as trouble:
            code = f"model_{trouble.code}"
            raise Abstained(code, str(trouble), budget.total(), session.asked) from trouble

    def _converse(self, prompt: Prompt, session: Session, budget: Budget) -> None:
        said = prompt.render(**inputs(session.brief, session.source, self.guidance))
        with self.dial(self.endpoint, said.instructions, offers(session)) as talk:
            talk.say(said.task)
            line = Line(
                talk,
                budget,
                self.outages,
                prompt.id,
                context=self.context,
                cheaper=self.cheaper,
                note=session.noted,
            )
            converse(line, session, budget)
