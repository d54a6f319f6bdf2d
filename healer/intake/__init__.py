"""From the bytes at a door to a clean, counted, committed event and its case."""

from healer.intake.letter import Answer, Letter, Rejected
from healer.intake.office import Office
from healer.intake.reading import Entrance, Integration, Routes

__all__ = ["Answer", "Entrance", "Integration", "Letter", "Office", "Rejected", "Routes"]
