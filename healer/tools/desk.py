"""What a tool may do with the run it is called in."""

from __future__ import annotations

from typing import Protocol

from healer.budget import Budget
from healer.case import Diagnosis, Reproduction
from healer.policy import Decision, Policy
from healer.protocols import Bench, Brief, Commit
from healer.tools.answer import Answer
from triage.incident import Source


class HistoryOf(Protocol):
    def __call__(self, diagnosis: Diagnosis, path: str, start: int, end: int, /) -> tuple[Commit, ...]: ...


class PastOf(Protocol):
    def __call__(self, diagnosis: Diagnosis, /) -> tuple[str, ...]: ...


class Desk(Protocol):
    """A `Session`, as tools see it."""

    brief: Brief
    bench: Bench
    budget: Budget
    source: Source
    policy: Policy
    history: HistoryOf
    past: PastOf
    overlay: dict[str, str]
    answer: Answer | None

    @property
    def reproduction(self) -> Reproduction: ...

    @property
    def diagnosis(self) -> Diagnosis: ...

    @property
    def changed(self) -> tuple[str, ...]: ...

    @property
    def readable(self) -> tuple[str, ...]: ...

    def allow(self, decision: Decision) -> None: ...

    def text(self, path: str) -> str | None: ...

    def shown(self, path: str) -> list[str]: ...
