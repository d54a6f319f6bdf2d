"""Which survivor to propose, and whether to. Weights are log-odds against "none of those seen is right"."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from healer.agents.rules.candidate import Candidate

THRESHOLD = 0.62  # of confidence; below it the tier abstains


@dataclass(frozen=True)
class Choice:
    """The best candidate with its confidence; `rivals` do something else on the failing input."""

    best: Candidate
    confidence: float
    rivals: tuple[Candidate, ...]

    @property
    def clear(self) -> bool:
        return self.confidence >= THRESHOLD and not self.best.template.hint


def alone(candidate: Candidate) -> float:
    """Its confidence if every rival fell."""
    odds = math.exp(min(candidate.weight, 20.0))
    return odds / (1.0 + odds)


def choose(survivors: Sequence[Candidate]) -> Choice | None:
    """Candidates of one behaviour count once, by their best; each other behaviour is a rival."""
    classes = by_behaviour(survivors)
    if not classes:
        return None
    heads = [members[0] for members in classes]
    odds = [math.exp(min(head.weight, 20.0)) for head in heads]
    return Choice(heads[0], odds[0] / (1.0 + sum(odds)), tuple(heads[1:]))


def by_behaviour(survivors: Sequence[Candidate]) -> list[list[Candidate]]:
    """Groups of equal behaviour, each best first, groups by their best."""
    groups: dict[str, list[Candidate]] = {}
    for candidate in sorted(survivors, key=lambda c: -c.weight):
        groups.setdefault(candidate.behaviour, []).append(candidate)
    return sorted(groups.values(), key=lambda members: -members[0].weight)
