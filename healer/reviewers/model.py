"""A reviewer with a fresh context: another prompt, perhaps another model, and no way to change anything."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from healer.briefing import review_inputs
from healer.budget import Budget, joined
from healer.case import Proof, Remark, Review
from healer.errors import Refused
from healer.models.dial import dial
from healer.models.line import Line, Outages
from healer.models.loop import converse, offers
from healer.models.talk import Dial, Endpoint
from healer.models.trouble import Trouble
from healer.prompting import Prompt
from healer.protocols import Reviewer
from healer.tools import Arguments, Result, Tool, ToolError
from triage.incident import Incident, Source
from triage.sanitize import clean

MOST_TURNS = 4


class Finding(Arguments):
    severity: Literal["critical", "high", "medium", "low"]
    text: Annotated[str, StringConstraints(min_length=1, max_length=600)] = Field(
        description="What goes wrong, for which input, on which line of the diff."
    )


class Report(Arguments):
    findings: tuple[Finding, ...] = Field(max_length=20, description="All of them; none where there is none.")


@dataclass
class Desk:
    """Implements `Toolbox`: one tool, which ends the conversation."""

    report: Report | None = None
    turns: int = 0

    def tools(self) -> tuple[Tool[Any, Any], ...]:
        return (REPORT,)

    def call(self, name: str, arguments: str | bytes | Mapping[str, Any]) -> Result:
        self.turns += 1
        if self.turns > MOST_TURNS:
            raise Refused("no_review", "The reviewer gave no report that can be read.")
        if name != REPORT.name:
            return Result(text=f"[unknown_tool] only {REPORT.name} exists", code="unknown_tool")
        try:
            return Result(text=REPORT.run(self, REPORT.parse(arguments)), done=True)
        except ToolError as error:
            return Result(text=f"[{error.code}] {error}", code=error.code)


def _report(desk: Desk, given: Report) -> str:
    desk.report = given
    return "taken"


REPORT: Tool[Desk, Report] = Tool("report_review", "End the review with all findings.", Report, _report)


@dataclass
class ModelReviewer:
    """Implements `Reviewer`. Fails closed: where no review can be had, a high remark says so."""

    endpoint: Endpoint
    prompt: Prompt
    budget: Callable[[Incident], Budget]
    outages: Outages = field(default_factory=Outages)
    dial: Dial = dial
    name: str = "model"

    def review(self, proof: Proof, source: Source) -> Review:
        budget = self.budget(proof.patch.reproduction.diagnosis.incident)
        try:
            remarks = self._asked(proof, budget)
        except (Refused, Trouble) as no:
            remarks = (Remark(severity="high", text=f"no adversarial review could be had: {no}"),)
        return Review(remarks=remarks, reviewer=self.name, cost=budget.total())

    def _asked(self, proof: Proof, budget: Budget) -> tuple[Remark, ...]:
        desk = Desk()
        said = self.prompt.render(**review_inputs(proof))
        with self.dial(self.endpoint, said.instructions, offers(desk)) as talk:
            talk.say(said.task)
            converse(Line(talk, budget, self.outages, self.prompt.id), desk, budget)
        found = desk.report.findings if desk.report else ()
        return tuple(Remark(severity=f.severity, text=clean(f.text).text) for f in found)


@dataclass(frozen=True)
class Panel:
    """Implements `Reviewer`: every member reads; the next one only where none before it blocked."""

    members: tuple[Reviewer, ...]

    def review(self, proof: Proof, source: Source) -> Review:
        reviews: list[Review] = []
        for member in self.members:
            reviews.append(member.review(proof, source))
            if reviews[-1].blocking():
                break
        return Review(
            remarks=tuple(remark for review in reviews for remark in review.remarks),
            reviewer=" + ".join(review.reviewer for review in reviews),
            cost=joined([review.cost for review in reviews]),
        )
