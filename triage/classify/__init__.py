"""Incident + evidence -> verdict: heal, or a person, with the reason."""

from triage.classify.categories import category
from triage.classify.judge import classify
from triage.classify.rules import RULES, Facts, Rule

__all__ = ["RULES", "Facts", "Rule", "category", "classify"]
