"""What a sandbox uses, read from /proc: the stand-in for control groups."""

from __future__ import annotations

import time
from pathlib import Path

from healer.case import Limits

PAUSE = 0.05
FULL = 1 << 20  # bytes of a local socket: more than most systems let it hold, less than some
OWN, SHARED = {"RssAnon", "RssShmem"}, {"Pss_Anon", "Pss_Shmem"}  # files on disk are nobody's memory


class Meter:
    """Sums memory and counts processes below a sandbox's init, at most every 50 ms."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.next = 0.0

    def excess(self, init: int) -> str:
        """The limit that was reached, or "": memory has to be enforced by the caller, the kernel
        itself refuses more processes."""
        if time.monotonic() < self.next:
            return ""
        pids = descendants(init, self.limits.processes + 8)
        too_much = exceeds(pids, (self.limits.memory_mb << 20) - buffered(init))
        self.next = time.monotonic() + PAUSE
        if too_much:
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


def exceeds(pids: list[int], most: int) -> bool:
    """Do they hold more than `most` bytes together? What several of them map counts for each at first;
    only where that is too much is it divided among them, because the kernel walks all pages for it."""
    return sum(map(resident, pids)) > most and sum(map(divided, pids)) > most


def resident(pid: int) -> int:
    """Bytes of memory behind a process that are no file on a disk."""
    return told(pid, "status", OWN)


def divided(pid: int) -> int:
    """As `resident`, each page divided by the number of processes that map it."""
    return told(pid, "smaps_rollup", SHARED) or resident(pid)


def buffered(pid: int) -> int:
    """Bytes that wait, or could, in the sockets of a process's network: they are the machine's own. What
    a local socket holds is told nowhere, so each counts for `FULL`."""
    network = Path(f"/proc/{pid}/net")
    waiting = 0
    for name in ("tcp", "tcp6", "udp", "udp6"):
        for row in lines(network / name)[1:]:
            sent, _, received = row.split()[4].partition(":")
            waiting += int(sent, 16) + int(received, 16)
    return waiting + FULL * len(lines(network / "unix")[1:])


def told(pid: int, file: str, names: set[str]) -> int:
    """The sum of some lines of a process's file, in bytes; 0 where there is none."""
    rows = [row.split() for row in lines(Path(f"/proc/{pid}/{file}")) if row.partition(":")[0] in names]
    return sum(int(row[1]) << 10 for row in rows)


def lines(path: Path) -> list[str]:
    """Of a file that holds names which foreign code chose: in whatever bytes, but without a line feed."""
    try:
        return path.read_bytes().decode("latin-1").rstrip("\n").split("\n")
    except OSError:
        return []
