"""Who works on a case, by configuration: rules, then the cheap model, then the strong one, then a guest."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from functools import cached_property, partial

from healer.agents.command import GUESTS, CommandAgent, installed
from healer.agents.model import ModelAgent
from healer.agents.rules import RulesAgent
from healer.briefing import guides
from healer.budget import Budget
from healer.case import Diagnosis
from healer.errors import NotConfigured
from healer.models.line import Outages
from healer.models.talk import Endpoint
from healer.prices import CHARS_PER_TOKEN, PriceTable
from healer.prompting import load
from healer.protocols import Agent, Bench, Brief, Commit, Reviewer, Sandbox, Workshop, Writer
from healer.reviewers.model import ModelReviewer, Panel
from healer.reviewers.rules import RulesReviewer
from healer.settings import BudgetSettings, Model, search_path
from healer.spending import Ledger, MemoryLedger
from healer.tools import Session
from healer.tools.desk import Past
from healer.tools.inquiry import Inquiry
from healer.tools.session import Audit
from triage.incident import Incident


@dataclass(frozen=True)
class Staff:
    """One per process: it remembers which provider is down. `ledger` counts what all of its runs cost."""

    model: Model = field(default_factory=Model)
    limits: BudgetSettings = field(default_factory=BudgetSettings)
    ledger: Ledger = field(default_factory=MemoryLedger)
    past: Past = lambda diagnosis: ()
    inquiry: Inquiry | None = None
    audit: Audit = lambda incident, decision: None
    outages: Outages = field(default_factory=Outages)

    def agents(self, workshop: Workshop, sandbox: Sandbox | None = None) -> tuple[Agent, ...]:
        """Cheapest first. Each later one is told why the one before it was not enough."""
        found: list[Agent] = [RulesAgent()]
        if self.model.name:
            first = [self._agent(workshop, self.model.cheap, "model-cheap")] if self.model.cheap else []
            strong = [self._agent(workshop, self.model.name, "model")] * self.model.attempts
            found += [*first, *strong]
        if self.model.guest:
            found.append(self._guest(workshop, sandbox))
        return tuple(found)

    def writers(self, workshop: Workshop) -> tuple[Writer, ...]:
        """Who may write a test where the service could make none."""
        return (self._agent(workshop, self.model.name, "model"),) if self.model.name else ()

    def reviewer(self) -> Reviewer:
        """What code finds first; a model is asked only where nothing blocks already."""
        if not (self.model.name and self.model.reviewed):
            return RulesReviewer()
        endpoint = self._endpoint(self.model.review or self.model.name)
        return Panel(
            (RulesReviewer(), ModelReviewer(endpoint, load("review"), self.budget, outages=self.outages))
        )

    def budget(self, incident: Incident) -> Budget:
        return Budget(self.limits.limits(), self._prices, self.ledger, incident.project, incident.key)

    @cached_property
    def _prices(self) -> PriceTable:
        return self.limits.prices()

    def _endpoint(self, name: str) -> Endpoint:
        m = self.model
        return Endpoint(
            wire=m.wire, model=name, key=m.key, url=m.url, max_output=m.max_output, stream=m.stream
        )

    def _agent(self, workshop: Workshop, model: str, name: str) -> ModelAgent:
        cheap = self.model.cheap
        return ModelAgent(
            endpoint=self._endpoint(model),
            prompt=load("repair"),
            testing=load("reproduce"),
            budget=self.budget,
            open_session=partial(self.session, workshop),
            outages=self.outages,
            guidance=guides,
            cheaper=self._endpoint(cheap) if cheap and cheap != model else None,
            context=self.model.context_tokens * CHARS_PER_TOKEN,
            name=name,
        )

    def _guest(self, workshop: Workshop, sandbox: Sandbox | None) -> CommandAgent:
        """Raises NotConfigured where it cannot be had."""
        guest, name = GUESTS[self.model.guest], self.model.name
        binary = installed(guest.name, self.model.guest_path, search_path())
        if sandbox is None:
            raise NotConfigured("[model] guest: a guest runs in the sandbox alone, and there is none")
        if not name or guest.wire != self.model.wire:
            raise NotConfigured(
                f'[model] guest: {guest.name} needs a name of a model and wire = "{guest.wire}"'
            )
        return CommandAgent(
            guest=guest,
            binary=binary,
            python=sys.executable,
            sandbox=sandbox,
            outages=self.outages,
            endpoint=self._endpoint(name),
            prompt=load("repair"),
            budget=self.budget,
            open_session=partial(self.session, workshop),
            guidance=guides,
        )

    def session(self, workshop: Workshop, brief: Brief, bench: Bench, budget: Budget) -> Session:
        def history(diagnosis: Diagnosis, path: str, start: int, end: int) -> tuple[Commit, ...]:
            return workshop.history(diagnosis.target, path, start, end)

        injected = {"past": self.past, "audit": self.audit, "inquiry": self.inquiry}
        return Session.start(brief, bench, budget, history=history, **injected)
