"""Comparing messages that differ in values only."""

from __future__ import annotations

import re

_VALUE = re.compile(r"0x[0-9a-fA-F]+|\d+(?:\.\d+)?|'[^']{0,200}'|\"[^\"]{0,200}\"")
_LONGEST = 2000


def shape(message: str) -> str:
    """A message without its values: quoted parts, numbers, addresses."""
    return _VALUE.sub("?", " ".join(message[:_LONGEST].split()))


def similar(one: str, other: str) -> bool:
    """Equal up to values; an attribute or name that an error speaks of counts as its meaning."""
    if not one or not other:
        return True
    if "has no attribute" in one or "is not defined" in one:
        return one[:_LONGEST].strip() == other[:_LONGEST].strip()
    return shape(one) == shape(other)
