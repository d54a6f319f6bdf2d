"""Who made a temporary thing: a process, told from a later one with the same id by its start time."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Owner:
    pid: int
    started: int  # clock ticks after boot

    @classmethod
    def current(cls) -> Owner:
        return cls(os.getpid(), start_time(os.getpid()))

    @classmethod
    def parse(cls, text: str) -> Owner | None:
        pid, _, started = text.partition("-")
        if not (pid.isdecimal() and started.isdecimal()):
            return None
        return cls(int(pid), int(started))

    @property
    def text(self) -> str:
        return f"{self.pid}-{self.started}"

    def alive(self) -> bool:
        return start_time(self.pid) == self.started


def start_time(pid: int) -> int:
    """Field 22 of /proc/PID/stat; -1 where there is no such process."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("latin-1")  # a process may take any bytes for its name
    except OSError:
        return -1
    return int(stat.rpartition(")")[2].split()[19])
