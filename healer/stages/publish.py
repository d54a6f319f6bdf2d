"""Proof, Review -> PullRequest: opened once, for a person to merge."""

from __future__ import annotations

from healer.case import Proof, PullRequest, Review
from healer.errors import NotConfigured, Refused, undoing_nothing
from healer.proposal import body, title, with_template
from healer.protocols import Forge, Proposals, Tracker, Workshop

TEMPLATES = (
    ".github/pull_request_template.md",
    ".github/PULL_REQUEST_TEMPLATE.md",
    "pull_request_template.md",
    "PULL_REQUEST_TEMPLATE.md",
    "docs/pull_request_template.md",
    "docs/PULL_REQUEST_TEMPLATE.md",
)


def publish(
    proof: Proof, review: Review, proposals: Proposals, forge: Forge, tracker: Tracker, workshop: Workshop
) -> PullRequest:
    """The slot first, so that a case that waits for one asks nothing of the forge; then the push: a forge
    adopts what is already there under the case's key."""
    incident = proof.patch.reproduction.diagnosis.incident
    proposals.reserve(proof)
    try:
        forge.ready()
        pull = forge.publish(incident.key, proof, title(proof), written(proof, review, workshop))
    except (Refused, NotConfigured):
        proposals.release(incident.key)
        raise
    if issue := incident.event.issue_id:
        with undoing_nothing(f"issue {issue} does not know of {pull.url}"):
            tracker.link(issue, pull)
            tracker.comment(issue, f"Healer proposes a fix, for a person to merge: {pull.url}")
    return pull


def written(proof: Proof, review: Review, workshop: Workshop) -> str:
    """The body, inside the repository's own template where it has one."""
    source = workshop.source(proof.patch.reproduction.diagnosis.target)
    texts = (source.read(path) for path in TEMPLATES)
    return with_template(body(proof, review), next(filter(None, texts), ""))
