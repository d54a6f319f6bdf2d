"""Hostile text in, text that may be stored, shown and quoted out. Pure: no I/O, and
nothing that is remembered between calls shows in what they return."""

from triage.sanitize.echoes import Echoes
from triage.sanitize.encoders import for_github, for_html, for_model, for_slack, plain_github
from triage.sanitize.event import Cleaned, clean_event, sanitize
from triage.sanitize.inline import inline_github
from triage.sanitize.placeholders import Placeholders
from triage.sanitize.policy import is_foreign
from triage.sanitize.text import Clean, clean

__all__ = [
    "Clean",
    "Cleaned",
    "Echoes",
    "Placeholders",
    "clean",
    "clean_event",
    "for_github",
    "for_html",
    "for_model",
    "for_slack",
    "inline_github",
    "is_foreign",
    "plain_github",
    "sanitize",
]
