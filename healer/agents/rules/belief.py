"""How much speaks for a candidate: what is known of it, by name, and what each of these weighs.

The weights are fitted by `benchmarks.learning` to cases whose right fix is known, from several authors, each
held near its starting value: what was seen little says little. Readable and small on purpose: a sum.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import log10
from pathlib import Path

from healer.agents.rules.candidate import Candidate
from healer.agents.rules.site import Site

WEIGHTS = Path(__file__).with_name("weights.json")
GROUNDS = {  # for a refusal, with words of a reason by which each kind is known
    "told": ("docstring",),
    "expected above": ("a caller expects",),
    "expected far above": ("a caller further up expects",),
    "raised otherwise": (
        "for other bad input",
        "its class raises",
        "its module raises",
        "which calls it, raises",
    ),
    "raised alike": (" raises where ",),
    "expected by tests": ("tests expect",),
    "handled": ("is answered there already",),
}
SETTLED = frozenset({"told", "handled"})  # by the docstring, or by a handler that stands there
LEAVES = ("return", "raise")  # what a contract speaks for: its tally runs higher than a template's own words
MANY = 3  # decades of tests: what a thousand of them let pass, they know well
HEADS = ("return", "raise", "skip", "continue", "leave", "condition", "default", "empty", "value")


@dataclass(frozen=True)
class Belief:
    """`weights` by name of a feature, in log-odds; `none` is how much speaks for none of those seen."""

    weights: Mapping[str, float]
    none: float
    threshold: float


@cache
def belief() -> Belief:
    kept = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return Belief(kept["weights"], kept["none"], kept["threshold"])


def weighed(candidate: Candidate) -> Candidate:
    """With its weight, by all that is known of it now."""
    weights = belief().weights
    weight = sum(weights.get(name, 0.0) * value for name, value in features(candidate).items())
    return replace(candidate, weight=weight)


def features(candidate: Candidate) -> dict[str, float]:
    """What is known of a candidate, by name."""
    idea, site = candidate.idea, candidate.site
    found = {
        "evidence": candidate.template.prior + idea.bonus,
        f"template {candidate.template.name}": 1.0,
        "distance": float(candidate.distance),
        "reserve": idea.reserve,
        f"does {head(candidate)}": 1.0,
        "suite": min(1.0, log10(1 + site.repository.tests) / MANY),
    }
    found |= dict.fromkeys((f"doubt {name}" for name in candidate.doubts), 1.0)
    if head(candidate) == "raise":
        kinds = grounds(idea.reasons, described=_described(site))
        found |= dict.fromkeys((f"raise {why}" for why in kinds), 1.0)
    if head(candidate) in LEAVES:
        found[f"evidence to {head(candidate)}"] = found["evidence"]
    if not idea.reasons:
        found["no reason"] = 1.0
    if candidate.path != site.file.path:
        found["elsewhere"] = 1.0
    if site.foreign:
        found["foreign"] = 1.0
    return found


def grounds(reasons: Sequence[str], *, described: bool = True) -> set[str]:
    """Kinds of what is said for a refusal; where that settles nothing, "untold" of a docstring that is silent
    about it, "unspoken" where there is none that could."""
    found = {kind for kind, words in GROUNDS.items() for one in reasons if any(word in one for word in words)}
    return found if found & SETTLED else {*found, "untold" if described else "unspoken"}


def _described(site: Site) -> bool:
    return site.function is not None and bool(site.function.get_docstring())


def head(candidate: Candidate) -> str:
    """The kind of thing it does, in a word: the first of its behaviour, where that is a common one."""
    first = candidate.idea.behaviour.partition(" ")[0]
    return first if first in HEADS else "other"
