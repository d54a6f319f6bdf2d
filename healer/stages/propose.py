"""Brief -> Attempt: one agent's patch, or why it abstained."""

from __future__ import annotations

from healer.case import Attempt, Cost
from healer.errors import Refused
from healer.protocols import Abstained, Agent, Bench, Brief
from triage.incident import Evidence


def propose(agent: Agent, brief: Brief, bench: Bench) -> Attempt:
    try:
        patch = agent.propose(brief, bench)
    except Refused as no:
        cost, asked = (no.cost, no.asked) if isinstance(no, Abstained) else (Cost(), Evidence())
        known = brief.asked.plus(asked)
        return Attempt(agent=agent.name, code=no.code, reason=no.reason, cost=cost, asked=known)
    known = brief.asked.plus(patch.asked)
    patch = patch.model_copy(update={"asked": known})
    return Attempt(agent=agent.name, patch=patch, cost=patch.cost, asked=known)
