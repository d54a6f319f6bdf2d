"""A model with the scoped tools. It may read hostile text; all it can do is propose an edit in scope."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from healer.briefing import Guidance, inputs
from healer.budget import Budget, Tripped
from healer.case import Patch
from healer.errors import Refused
from healer.models.dial import dial
from healer.models.line import Line, Outages
from healer.models.talk import Call, Dial, Endpoint, Offer, Reply
from healer.models.trouble import Trouble
from healer.prompting import Prompt
from healer.protocols import Abstained, Bench, Brief
from healer.tools import Session, Toolbox
from healer.tools.ending import patch

MOST_CALLS = 12  # in one reply
NUDGES = 2  # replies without a call, before the run ends
NUDGE = "Use the tools. End the run by calling finish, with outcome gave_up where no edit is good enough."
SAVE = "\n[note] Most of the budget is used: decide soon, and call finish."


@dataclass
class ModelAgent:
    """Implements `Agent`. `endpoint` is where the model is; `open_session` and `budget` are made per run.

    Refusal codes: budget*, loop, storm, stall, provider_down, gave_up, no_answer, and those of
    `healer.models.trouble` with `model_` before them. What was spent is kept in the refusal."""

    endpoint: Endpoint
    prompt: Prompt
    budget: Callable[[str], Budget]  # project -> a fresh one
    open_session: Callable[[Brief, Bench, Budget], Session]
    outages: Outages = field(default_factory=Outages)
    guidance: Guidance = lambda source: ""
    cheaper: Endpoint | None = None  # used where the day's soft limit is passed
    dial: Dial = dial
    name: str = "model"

    def propose(self, brief: Brief, bench: Bench) -> Patch:
        budget = self.budget(brief.reproduction.diagnosis.incident.project)
        try:
            session = self.open_session(brief, bench, budget)
            self._converse(session, budget)
            return patch(session, self.name, budget.total())
        except Refused as no:
            raise Abstained(no.code, no.reason, budget.total()) from no
        except Trouble as trouble:
            raise Abstained(f"model_{trouble.code}", str(trouble), budget.total()) from trouble

    def _converse(self, session: Session, budget: Budget) -> None:
        endpoint = self.cheaper if self.cheaper and budget.day_saving else self.endpoint
        said = self.prompt.render(**inputs(session.brief, session.source, self.guidance))
        with self.dial(endpoint, said.instructions, offers(session)) as talk:
            talk.say(said.task)
            converse(Line(talk, budget, self.outages, self.prompt.id), session, budget)


def offers(box: Toolbox) -> tuple[Offer, ...]:
    """The tools, in their fixed order: part of the prefix that providers cache."""
    return tuple(Offer(name=t.name, description=t.description, schema_=t.schema) for t in box.tools())


def converse(line: Line, box: Toolbox, budget: Budget) -> None:
    """Ask and call until a tool says that the run is done. Raises Refused and Trouble."""
    nudges = 0
    saved = False
    while True:
        reply = line.ask()
        if not reply.calls:
            nudges += 1
            if nudges > NUDGES:
                raise Tripped("no_answer", "the model talked, but called no tool")
            line.talk.say(NUDGE)
            continue
        results, done = _called(reply, box)
        if done:
            return
        if budget.saving and not saved:
            saved = True
            results[-1] = (results[-1][0], results[-1][1] + SAVE)
        line.talk.answer(results)


def _called(reply: Reply, box: Toolbox) -> tuple[list[tuple[Call, str]], bool]:
    """Every call gets a result, in order. A reply that was cut off is not acted on."""
    if reply.finish == "length":
        return [
            (call, "[cut] the answer was too long and was cut; nothing was done") for call in reply.calls
        ], False
    results: list[tuple[Call, str]] = []
    for number, call in enumerate(reply.calls):
        if number >= MOST_CALLS:
            results.append((call, f"[too_many] at most {MOST_CALLS} calls at once; nothing was done"))
            continue
        result = box.call(call.name, call.arguments)
        if result.done:
            return results, True
        results.append((call, result.text))
    return results, False
