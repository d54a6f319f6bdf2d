"""What a reviewer reads about a candidate, and what the next tier is told."""

from __future__ import annotations

from collections.abc import Sequence

from healer.agents.rules.candidate import Candidate
from healer.agents.rules.ranking import Choice
from healer.diffing import unified

MAX_HINTS = 4
MAX_DIFF = 1200  # characters of one hint's diff


def explanation(candidate: Candidate) -> str:
    """Cause, then change."""
    return f"{cause(candidate)} {candidate.idea.change}"


def cause(candidate: Candidate) -> str:
    site = candidate.site
    place = f"{site.file.path}:{site.line} in `{site.function_name}`"
    return f"{site.crash.type} at {place}: {site.crash.message[:160].rstrip('.')}."


def rationale(choice: Choice) -> tuple[str, ...]:
    reasons = [reason[:1].upper() + reason[1:] + "." for reason in choice.best.idea.reasons]
    reasons.append(f"Template `{choice.best.template.name}`, confidence {choice.confidence:.2f}.")
    if choice.rivals:
        many = len(choice.rivals)
        said = "1 rival also passes" if many == 1 else f"{many} rivals also pass"
        reasons.append(f"{said}, with less evidence: see the alternatives.")
    return tuple(reasons)


def alternatives(rivals: Sequence[Candidate]) -> tuple[str, ...]:
    return tuple(f"{r.idea.change} ({r.template.name})" for r in rivals[:MAX_HINTS])


def hints(ideas: Sequence[Candidate]) -> str:
    """The ranked ideas with their diffs, bounded, for whoever tries next."""
    shown = []
    for rank, candidate in enumerate(ideas[:MAX_HINTS], 1):
        diff = unified({candidate.path: candidate.before}, {candidate.path: candidate.after})
        shown.append(f"\n\n{rank}. {candidate.idea.change} ({candidate.template.name})\n{diff[:MAX_DIFF]}")
    return "".join(shown)
