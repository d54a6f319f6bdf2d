"""A floor that any event reaches."""

from __future__ import annotations

from healer.settings import Floor

LOW = Floor(events=1, levels=())
