"""A deterministic policy in place of a model, for tests and the demo: the same tools, the same gate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from healer.budget import Budget
from healer.case import Cost, Patch
from healer.errors import Refused
from healer.protocols import Abstained, Bench, Brief, N, Written
from healer.tools import Result, Session
from healer.tools.ending import patch, written
from triage.incident import Incident

Move: TypeAlias = tuple[str, dict[str, Any]]  # tool, arguments
Play: TypeAlias = Callable[[Brief, Sequence[Result]], Move | None]  # what next, seeing the results so far


@dataclass
class ScriptedAgent:
    """Implements `Agent` and `Writer`. `play` is asked for the next call until it has none, or
    the answer was given."""

    play: Play
    budget: Callable[[Incident], Budget]
    open_session: Callable[[Brief, Bench, Budget], Session]
    name: str = "scripted"

    def propose(self, brief: Brief, bench: Bench) -> Patch:
        return self._played(brief, bench, patch)

    def write_test(self, brief: Brief, bench: Bench) -> Written:
        return self._played(brief, bench, written)

    def _played(self, brief: Brief, bench: Bench, end: Callable[[Session, str, Cost], N]) -> N:
        budget = self.budget(brief.reproduction.diagnosis.incident)
        session = self.open_session(brief, bench, budget)
        try:
            results: list[Result] = []
            while session.answer is None and (move := self.play(brief, results)) is not None:
                results.append(session.call(*move))
            return end(session, self.name, budget.total())
        except Refused as no:
            raise Abstained(no.code, no.reason, budget.total(), session.asked) from no


def script(moves: Sequence[Move]) -> Play:
    """One call after the other, whatever they give."""
    return lambda brief, results: moves[len(results)] if len(results) < len(moves) else None
