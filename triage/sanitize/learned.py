"""Weights that benchmarks learned.

The first line of a file has two limits, every other one a weight and what has it, between tabs.
"""

from __future__ import annotations

from pathlib import Path


def read(path: Path) -> tuple[tuple[float, float], dict[str, float]]:
    """The two limits, and the weight of each piece or trait."""
    head, *lines = path.read_text(encoding="utf-8").split("\n")
    first, second = map(float, head.split("\t"))
    weighed = (line.split("\t") for line in lines if line)
    return (first, second), {name: float(weight) for weight, *names in weighed for name in names}
