"""Event + the files of a commit -> where it crashed in them, and where the fix may have to go."""

from triage.localize.locate import Lost, Survey, locate, survey

__all__ = ["Lost", "Survey", "locate", "survey"]
