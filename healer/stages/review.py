"""Proof -> Review: an adversarial pass over what is proven, because green is not right."""

from __future__ import annotations

from healer.case import Proof, Review
from healer.protocols import Reviewer, Workshop


def review(proof: Proof, reviewer: Reviewer, workshop: Workshop) -> Review:
    target = proof.patch.reproduction.diagnosis.target
    return reviewer.review(proof, workshop.source(target))
