"""What a tool may do with the run it is called in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeAlias

from healer.budget import Budget
from healer.case import Diagnosis, Reproduction
from healer.policy import Decision, Policy
from healer.protocols import Bench, Brief, Commit
from healer.tools.answer import Answer
from healer.tools.inquiry import Inquiry
from triage.incident import Evidence, Source

History: TypeAlias = Callable[[Diagnosis, str, int, int], tuple[Commit, ...]]  # path, first line, last line
Past: TypeAlias = Callable[[Diagnosis], tuple[str, ...]]


class Desk(Protocol):
    """A `Session`, as tools see it."""

    brief: Brief
    bench: Bench
    budget: Budget
    source: Source
    policy: Policy
    overlay: dict[str, str]
    answer: Answer | None
    inquiry: Inquiry | None
    asked: Evidence

    @property
    def history(self) -> History: ...

    @property
    def past(self) -> Past: ...

    @property
    def reproduction(self) -> Reproduction: ...

    @property
    def diagnosis(self) -> Diagnosis: ...

    @property
    def tried(self) -> tuple[str, ...]: ...

    @property
    def evidence(self) -> Evidence: ...

    @property
    def denied(self) -> tuple[Decision, ...]: ...

    @property
    def changed(self) -> tuple[str, ...]: ...

    @property
    def readable(self) -> tuple[str, ...]: ...

    def allow(self, decision: Decision) -> None: ...

    def keep(self, found: Evidence) -> Evidence: ...

    def text(self, path: str) -> str | None: ...

    def shown(self, path: str) -> list[str]: ...
