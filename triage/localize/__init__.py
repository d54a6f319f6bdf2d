"""Event + the files of a commit -> where it crashed in them, and where the fix may have to go."""

from triage.localize.locate import Lost, Survey, locate, survey
from triage.localize.rank import localize

__all__ = ["Lost", "Survey", "localize", "locate", "survey"]
