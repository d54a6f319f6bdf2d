"""Brief -> Attempt: one agent's patch, or why it abstained."""

from __future__ import annotations

from healer.case import Attempt, Cost
from healer.errors import Refused
from healer.protocols import Abstained, Agent, Bench, Brief


def propose(agent: Agent, brief: Brief, bench: Bench) -> Attempt:
    try:
        patch = agent.propose(brief, bench)
    except Refused as no:
        cost = no.cost if isinstance(no, Abstained) else Cost()
        return Attempt(agent=agent.name, code=no.code, reason=no.reason, cost=cost)
    return Attempt(agent=agent.name, patch=patch, cost=patch.cost)
