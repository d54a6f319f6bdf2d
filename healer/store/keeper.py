"""Keeps one embedded PostgreSQL alive for as long as somebody uses it, then stops it.

Started by `embedded.py` as a process of its own, by path and with the standard library only.
Every user of the server holds a shared lock on `users.lock`; the kernel drops that lock also after
kill -9. The keeper ends the server when it gets the lock for itself, starts it again when it died,
and reaps it, so that no dead postmaster is ever taken for a live one.
"""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

POLL_SECONDS = 0.2
STOP_SECONDS = 20.0


def stale(pid_file: Path, data: str) -> bool:
    """Whether `postmaster.pid` names a process that is gone, defunct, or no server of this directory."""
    try:
        pid = int(pid_file.read_text().splitlines()[0])
    except (FileNotFoundError, ValueError, IndexError):
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    process = Path(f"/proc/{pid}")
    if not process.exists():
        return False  # no /proc on this system: PostgreSQL's own check has to do
    state = (process / "stat").read_text().rpartition(")")[2].split()[0]
    return state in "ZX" or data.encode() not in (process / "cmdline").read_bytes()


def clear(data: Path, socket: Path) -> None:
    """Remove what a killed server left behind; PostgreSQL refuses to start on it."""
    if stale(data / "postmaster.pid", str(data)):
        for leftover in (data / "postmaster.pid", socket, socket.with_name(socket.name + ".lock")):
            leftover.unlink(missing_ok=True)


def alone(users: int) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def stop(server: subprocess.Popen[bytes]) -> None:
    """Fast shutdown first, which ends sessions cleanly; immediate shutdown where that takes too long."""
    for how, patience in ((signal.SIGINT, STOP_SECONDS), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)):
        if server.poll() is None:
            server.send_signal(how)
        try:
            server.wait(patience)
            return
        except subprocess.TimeoutExpired:
            continue


def detach(pid_file: Path) -> None:
    """Become nobody's child in a session of its own; the parent knows the new pid before it returns."""
    child = os.fork()
    if child:
        pid_file.write_text(str(child))
        os._exit(0)
    os.setsid()


def main() -> int:
    data, task = Path(sys.argv[1]), json.loads(sys.argv[2])
    detach(Path(task["pid"]))
    socket = Path(task["socket"])
    asked: list[int] = []

    def ask(number: int, frame: FrameType | None) -> None:
        asked.append(number)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ask)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    users = os.open(task["users"], os.O_RDWR)

    def unwanted() -> bool:
        return bool(asked) or (not task["keep"] and alone(users))

    try:
        return keep(task, data, unwanted)
    finally:
        with suppress(OSError):  # not empty: somebody else's
            socket.parent.rmdir()


def keep(task: Mapping[str, Any], data: Path, unwanted: Callable[[], bool]) -> int:
    """Until nobody wants the server, or it cannot start; its exit code."""
    while True:
        clear(data, Path(task["socket"]))
        server = subprocess.Popen(task["command"], stdin=subprocess.DEVNULL, **task["account"])
        started = time.monotonic()
        while server.poll() is None:
            if unwanted():
                stop(server)
                return 0
            time.sleep(POLL_SECONDS)
        if unwanted() or time.monotonic() - started < 1.0:
            return server.returncode or 0
        time.sleep(POLL_SECONDS)  # the killed server's sessions need a moment to let go of its memory


if __name__ == "__main__":
    sys.exit(main())
