"""Writes learned weights as `triage/sanitize/learned.py` reads them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable


def written(limits: tuple[float, float], weights: Iterable[tuple[str, float]]) -> str:
    """What weighs nothing is left out; the heaviest come first."""
    by_weight: dict[float, list[str]] = defaultdict(list)
    for name, weight in weights:
        if weight:
            by_weight[weight].append(name)
    lines = ("\t".join((str(weight), *by_weight[weight])) for weight in sorted(by_weight, reverse=True))
    return "\n".join(("\t".join(f"{limit:.2f}" for limit in limits), *lines)) + "\n"
