"""Which survivor to propose, and whether to. Weights are log-odds against "none of those seen is right"."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from healer.agents.rules.candidate import Candidate

SUPPORT = 0.3  # share that further candidates of the same behaviour add
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


def choose(survivors: Sequence[Candidate]) -> Choice | None:
    """Candidates of one behaviour stand together: its best in full, the others by `SUPPORT`. Each other
    behaviour is a rival."""
    classes = by_behaviour(survivors)
    if not classes:
        return None
    heads = [members[0] for members in classes]
    odds = [_odds(members) for members in classes]
    return Choice(heads[0], odds[0] / (1.0 + sum(odds)), tuple(heads[1:]))


def _odds(members: Sequence[Candidate]) -> float:
    each = [math.exp(min(member.weight, 20.0)) for member in members]
    return each[0] + SUPPORT * sum(each[1:])


def by_behaviour(survivors: Sequence[Candidate]) -> list[list[Candidate]]:
    """Groups of equal behaviour, each best first, groups by their best."""
    groups: dict[str, list[Candidate]] = {}
    for candidate in sorted(survivors, key=lambda c: -c.weight):
        groups.setdefault(candidate.behaviour, []).append(candidate)
    return sorted(groups.values(), key=lambda members: -_odds(members))
