"""A crash with its reproduction, a bench that records what it is asked to run, and a scripted model."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import pytest
from pydantic import SecretStr

from benchmarks.agent_case import SHOP, RecordingBench, brief_of
from benchmarks.model_server import ModelServer, Policy
from benchmarks.model_wires import Say
from benchmarks.source import Files
from healer.agents.model import ModelAgent
from healer.budget import Budget, Limits
from healer.models.line import Outages
from healer.models.talk import Endpoint
from healer.policy import Decision
from healer.prices import Price, PriceTable
from healer.prompting import load
from healer.protocols import Bench, Brief
from healer.spending import MemoryLedger
from healer.tools import Session
from healer.tools.inquiry import Inquiry
from triage.incident import Incident

WIRES = ("anthropic", "openai-chat", "openai-responses")
WORST = Price(model="", input=20.0, output=100.0)
PRICES = PriceTable(
    (
        Price(model="scripted", input=3.0, output=15.0, cache_read=0.3, cache_write=3.75),
        Price(model="scripted-small", input=1.0, output=5.0, cache_read=0.1, cache_write=1.25),
    ),
    WORST,
)
KEY = "sk-test-key-that-must-not-be-in-any-body"


@dataclass
class Stage:
    """Everything around one agent, and what came of it."""

    server: ModelServer
    url: str
    bench: RecordingBench
    brief: Brief
    ledger: MemoryLedger
    limits: Limits
    decisions: list[Decision] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    outages: Outages = field(default_factory=Outages)
    inquiry: Inquiry | None = None

    def budget(self, incident: Incident) -> Budget:
        return Budget(self.limits, PRICES, self.ledger, incident.project, incident.key)

    def open_session(self, brief: Brief, bench: Bench, budget: Budget) -> Session:
        session = Session.start(
            brief,
            bench,
            budget,
            inquiry=self.inquiry,
            audit=lambda incident, decision: self.decisions.append(decision),
        )
        self.sessions.append(session)
        return session

    def agent(self, wire: Any = "anthropic", *, stream: bool = True, model: str = "scripted") -> ModelAgent:
        path = "" if wire == "anthropic" else "/v1"
        endpoint = Endpoint(
            wire=wire, model=model, key=SecretStr(KEY), url=self.url + path, stream=stream, seconds=10
        )
        return ModelAgent(
            endpoint=endpoint,
            prompt=load("repair"),
            budget=self.budget,
            open_session=self.open_session,
            outages=self.outages,
        )


@pytest.fixture
def stage() -> Iterator[Callable[..., Stage]]:
    """Raises the curtain: `stage(script, **brief)`."""
    with ExitStack() as stack:

        def raise_curtain(script: Sequence[Say] | Policy, limits: Limits | None = None, **more: Any) -> Stage:
            server = ModelServer(script)
            url = stack.enter_context(server.running())
            source = Files(dict(SHOP))
            return Stage(
                server, url, RecordingBench(source), brief_of(**more), MemoryLedger(), limits or Limits()
            )

        yield raise_curtain


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("healer.models.line._pause", lambda attempt, trouble: 0.001)


__all__ = ["KEY", "PRICES", "WIRES", "Stage"]
