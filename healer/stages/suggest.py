"""Patch without a reproduction -> UnprovenDraft. Off by default; never a fix, never counted as one."""

from __future__ import annotations

from healer.case import Patch, Suggestion, UnprovenDraft
from healer.errors import Refused
from healer.protocols import Bench, Drafts
from healer.proving.claim import claim_of
from healer.proving.experiment import NotShown, unbroken
from triage.sanitize import for_github, plain_github
from triage.sanitize import inline_github as inline


def suggest(patch: Patch, bench: Bench) -> Suggestion:
    """The gate and the suite hold as for a proof; that it mends anything, nothing shows. Raises Refused."""
    try:
        suite, flags = unbroken(claim_of(patch).model_copy(update={"how": "none"}), bench)
    except NotShown as no:
        raise Refused("not_suggested", f"{no.stage}: {no.reason}") from None
    reproduction = patch.reproduction
    commit = reproduction.diagnosis.target.commit
    return Suggestion(patch=patch, base=commit, why=reproduction.why, suite=suite, flags=flags)


def draft(suggestion: Suggestion, drafts: Drafts) -> UnprovenDraft:
    key = suggestion.patch.reproduction.diagnosis.incident.key
    return drafts.suggest(key, suggestion, title(suggestion), body(suggestion))


def title(suggestion: Suggestion) -> str:
    signature = suggestion.patch.reproduction.diagnosis.signature
    where = signature.function or signature.path
    return plain_github(f"Unproven: {signature.exception} in {where}".replace("\n", " "))[:100]


def body(suggestion: Suggestion) -> str:
    """GitHub Markdown."""
    diagnosis = suggestion.patch.reproduction.diagnosis
    suite = suggestion.suite
    ran = f"{len(suite.passed())} tests pass as before" if suite else "the project has no tests that could"
    lines = (
        "**This is unproven.** The crash could not be reproduced, so no test fails without this change and "
        "none shows that it helps. Read it as an idea.",
        "## What broke",
        for_github(diagnosis.incident.title),
        "## Why nothing could be shown",
        inline(suggestion.why) or "no reason was recorded",
        "## The idea",
        inline(suggestion.patch.explanation),
        f"The suite is no worse: {ran}.",
        *(f"- for your eyes: {flag}" for flag in suggestion.flags),
    )
    return "\n\n".join(lines) + "\n"
