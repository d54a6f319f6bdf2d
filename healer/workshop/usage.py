"""What a sandbox uses, read from /proc: the stand-in for control groups."""

from __future__ import annotations

import os
import time
from pathlib import Path

from healer.case import Limits

PAGE = os.sysconf("SC_PAGE_SIZE")
PAUSE = 0.05


class Meter:
    """Sums memory and counts processes below a sandbox's init, at most every 50 ms."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.next = 0.0

    def excess(self, init: int) -> str:
        """The limit that was reached, or "": memory has to be enforced by the caller, the kernel
        itself refuses more processes."""
        now = time.monotonic()
        if now < self.next:
            return ""
        self.next = now + PAUSE
        pids = descendants(init, self.limits.processes + 8)
        if sum(map(resident, pids)) > self.limits.memory_mb << 20:
            return "memory"
        return "processes" if len(pids) >= self.limits.processes - 1 else ""


def descendants(pid: int, most: int) -> list[int]:
    """`pid` and everything below it; stops a little above `most`."""
    found = [pid]
    for parent in found:
        for path in Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                found += map(int, path.read_text().split())
            except OSError:
                continue
        if len(found) > most:
            break
    return found


def resident(pid: int) -> int:
    """Bytes of memory that are this process's own."""
    try:
        _, whole, shared, *_ = Path(f"/proc/{pid}/statm").read_text().split()
    except OSError:
        return 0
    return (int(whole) - int(shared)) * PAGE
