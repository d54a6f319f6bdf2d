"""How an agent ends a run. What it claims about tests is not asked for, and would not be believed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from healer.tools.base import Arguments

Sentence = Annotated[str, StringConstraints(min_length=1, max_length=2000)]


class Hypothesis(Arguments):
    hypothesis: Sentence
    why_rejected: Sentence


class Answer(Arguments):
    """Root cause and change in words; `cites` are ids of evidence."""

    outcome: Literal["fixed", "gave_up"] = Field(
        description="fixed: the edits are your proposal. gave_up: no edit is good enough."
    )
    root_cause: Sentence = Field(description="Why it failed, in one to four sentences.")
    explanation: Sentence = Field(
        description="What the edit changes, and why there; or what a person should look at next."
    )
    cites: tuple[Annotated[str, StringConstraints(max_length=12)], ...] = Field(
        default=(), max_length=20, description="Ids of the evidence that shows it: E1, E2 …"
    )
    rejected: tuple[Hypothesis, ...] = Field(
        default=(), max_length=8, description="Other causes you ruled out."
    )
    confidence: float = Field(ge=0, le=1, description="0..1, that the root cause is right.")
    risk: Literal["low", "medium", "high"] = Field(description="That the edit breaks something else.")
