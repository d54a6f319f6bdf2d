"""After a merge: has the error stopped, or is it only quiet? Pure.

The errors that were to be expected come from the issue's own rate before, per unit of traffic. Where so few
were to be expected that none at all is no news, the answer is that nothing is known.
"""

from __future__ import annotations

import math
from enum import StrEnum

from triage.noun import Noun

CHANCE = 0.05  # that an unmended error would have been this quiet


class Soak(StrEnum):
    WATCHING = "watching"
    FIXED = "fixed"
    QUIET_UNKNOWN = "quiet_unknown"
    CAME_BACK = "came_back"


class Window(Noun):
    """`errors` of the issue while the log counted `traffic` events; 0 traffic means: not known."""

    errors: int
    traffic: int


class SoakVerdict(Noun):
    soak: Soak
    why: str
    expected: float = 0.0


def soak(before: Window, after: Window, *, over: bool, came_back: bool = False) -> SoakVerdict:
    """`before`: up to the merge. `after`: since the first event of a release with the fix, its errors only
    from such releases. `came_back`: a new episode was opened. `over`: the watch ends now."""
    if came_back or after.errors:
        errors = after.errors or "some"
        return SoakVerdict(soak=Soak.CAME_BACK, why=f"{errors} of it from a release that holds the fix")
    expected = before.errors * after.traffic / before.traffic if before.traffic else 0.0
    chance = math.exp(-expected)
    if expected and chance <= CHANCE:
        why = f"{expected:.1f} were to be expected at this traffic, and none came"
        return SoakVerdict(soak=Soak.FIXED, why=why, expected=expected)
    if not over:
        return SoakVerdict(soak=Soak.WATCHING, why="too early to tell", expected=expected)
    return SoakVerdict(soak=Soak.QUIET_UNKNOWN, why=_unknown(before, after, expected), expected=expected)


def _unknown(before: Window, after: Window, expected: float) -> str:
    if not before.traffic or not after.traffic:
        return "none came, but nobody counted the traffic"
    return f"none came, but only {expected:.1f} were to be expected"
