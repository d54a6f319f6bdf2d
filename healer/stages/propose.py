"""Brief -> Attempt: one agent's patch, or why it abstained."""

from __future__ import annotations

from healer.case import Attempt
from healer.errors import Refused
from healer.protocols import Agent, Bench, Brief


def propose(agent: Agent, brief: Brief, bench: Bench) -> Attempt:
    try:
        patch = agent.propose(brief, bench)
    except Refused as no:
        return Attempt(agent=agent.name, code=no.code, reason=no.reason)
    return Attempt(agent=agent.name, patch=patch, cost=patch.cost)
