"""Proof, Review -> PullRequest: opened once, for a person to merge."""

from __future__ import annotations

from healer.case import Proof, PullRequest, Review
from healer.proposal import body, title
from healer.protocols import Forge, Tracker


def publish(proof: Proof, review: Review, forge: Forge, tracker: Tracker) -> PullRequest:
    """Looks before it acts: a proposal that is already there under the case's key is adopted."""
    incident = proof.patch.reproduction.diagnosis.incident
    forge.ready()
    pull = forge.find(incident.key) or forge.publish(incident.key, proof, title(proof), body(proof, review))
    if incident.event.issue_id:
        tracker.link(incident.event.issue_id, pull)
    return pull
