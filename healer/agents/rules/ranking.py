"""Which survivor to propose, and whether to: how likely it is right, among what else it could be."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from healer.agents.rules.belief import belief
from healer.agents.rules.candidate import Candidate


@dataclass(frozen=True)
class Choice:
    """The best candidate with its confidence; `rivals` do something else on the failing input."""

    best: Candidate
    confidence: float
    rivals: tuple[Candidate, ...]

    @property
    def clear(self) -> bool:
        return self.confidence >= belief().threshold and not self.best.template.hint


def likely(best: float, others: Sequence[float], none: float) -> float:
    """Probability that the best is right, by weights in log-odds: it, the next, or `none` of those seen.

    It never exceeds what the best alone may claim against none; many weak others do not outvote it."""
    weights = [best, *sorted(others)[-1:], none]
    top = max(weights)
    return math.exp(best - top) / sum(math.exp(weight - top) for weight in weights)


def alone(candidate: Candidate) -> float:
    """Its confidence if every rival fell."""
    return likely(candidate.weight, (), belief().none)


def choose(survivors: Sequence[Candidate]) -> Choice | None:
    """Candidates of one behaviour count once, by their best; each other behaviour is a rival."""
    classes = by_behaviour(survivors)
    if not classes:
        return None
    best, *rivals = (members[0] for members in classes)
    against = [r.weight for r in rivals if not stands_for(best, r)]
    return Choice(best, likely(best.weight, against, belief().none), tuple(rivals))


def stands_for(best: Candidate, rival: Candidate) -> bool:
    """Whether whoever expects the rival's error is content with the best one's, a subclass of it."""
    mine, other = (c.behaviour.partition("raise ")[2].rpartition(".")[2] for c in (best, rival))
    return bool(mine and other) and best.site.repository.derives(mine, other)


def by_behaviour(survivors: Sequence[Candidate]) -> list[list[Candidate]]:
    """Groups of equal behaviour, each best first, groups by their best."""
    groups: dict[str, list[Candidate]] = {}
    for candidate in sorted(survivors, key=lambda c: -c.weight):
        groups.setdefault(candidate.behaviour, []).append(candidate)
    return sorted(groups.values(), key=lambda members: -members[0].weight)
