"""One running sandbox, watched from outside: what it writes, how long, how much; and its end."""

from __future__ import annotations

import array
import contextlib
import itertools
import json
import os
import select
import selectors
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from healer.case import Limits
from healer.workshop.output import HeadTail

CHUNK = 1 << 16
FLOOD = 200  # times the kept output, then it is ended
TICK = 0.05
GRACE = 5.0  # for the kernel to take a killed namespace apart


@dataclass
class Ends:
    """Our ends of what the sandbox was given."""

    output: int
    status: int  # a file
    control: socket.socket
    gate: socket.socket
    report: int | None = None

    def close(self) -> None:
        for fd in (self.output, self.report):
            if fd is not None:
                os.close(fd)
        self.control.close()
        self.gate.close()


@dataclass
class Watched:
    """What was seen."""

    output: HeadTail
    report: bytearray = field(default_factory=bytearray)
    hits: dict[str, None] = field(default_factory=dict)
    refusal: str = ""  # of the launcher: "input …" or "system …"
    unrouted: int = 0  # packets that had no way out
    exit_code: int | None = None  # None: bubblewrap never ran the command
    seconds: float = 0.0

    def unstarted(self) -> bool:
        """bubblewrap or what comes before it gave up; the end of a command always gives an exit code."""
        return self.exit_code is None and not self.hits


class Supervisor:
    """Reads until the command ends or a limit is reached, then sees the last process dead."""

    def __init__(
        self,
        process: subprocess.Popen[bytes],
        ends: Ends,
        limits: Limits,
        report_bytes: int,
        excess: Callable[[int], str],
    ) -> None:
        """`excess` takes the host pid of the sandbox's init and names a limit that was reached, or ""."""
        self.process, self.ends, self.limits = process, ends, limits
        self.report_bytes, self.excess = report_bytes, excess
        self.seen = Watched(HeadTail(limits.output_kb << 10))
        self.space: int | None = None
        self.init: int | None = None
        self.init_pid = 0
        self.network: int | None = None

    def watch(self) -> Watched:
        started = time.monotonic()
        try:
            self.pump(started + self.limits.seconds)
        finally:
            self.finish()
        self.seen.seconds = time.monotonic() - started
        return self.seen

    def pump(self, deadline: float) -> None:
        with selectors.DefaultSelector() as selector:
            self.register(selector)
            pidfd = os.pidfd_open(self.process.pid)
            selector.register(pidfd, selectors.EVENT_READ, lambda: False)
            try:
                while time.monotonic() < deadline:
                    wait = min(TICK, max(0.0, deadline - time.monotonic()))
                    going = [key.data() for key, _ in selector.select(wait)]
                    if not all(going) or self.passed():
                        return
                self.seen.hits["seconds"] = None
            finally:
                os.close(pidfd)

    def register(self, selector: selectors.BaseSelector) -> None:
        sources: list[tuple[int | None, Callable[[], bool]]] = [
            (self.ends.output, self.read_output),
            (self.ends.control.fileno(), self.read_control),
            (self.ends.gate.fileno(), self.open_gate),
            (self.ends.report, self.read_report),
        ]
        for fd, read in sources:
            if fd is not None:
                os.set_blocking(fd, False)
                selector.register(fd, selectors.EVENT_READ, self.until_end(selector, fd, read))

    def until_end(
        self, selector: selectors.BaseSelector, fd: int, read: Callable[[], bool]
    ) -> Callable[[], bool]:
        def step() -> bool:
            if not read():
                selector.unregister(fd)
            return True

        return step

    def passed(self) -> bool:
        """Was a limit passed that ends the run?"""
        if self.space is not None:
            use = os.fstatvfs(self.space)
            if use.f_bavail == 0 or use.f_favail == 0:
                self.seen.hits["disk"] = None
        if self.seen.output.total > FLOOD * self.limits.output_kb << 10:
            self.seen.hits["output"] = None
            return True
        if len(self.seen.report) > self.report_bytes:
            self.seen.hits["report"] = None
            return True
        name = self.excess(self.init_pid) if self.init_pid else ""
        if name:
            self.seen.hits[name] = None
        return name == "memory"

    def read_output(self) -> bool:
        data = receive(self.ends.output)
        self.seen.output.add(data or b"")
        return data != b""

    def read_report(self) -> bool:
        assert self.ends.report is not None
        data = receive(self.ends.report)
        self.seen.report += data or b""
        return data != b""

    def read_status(self) -> None:
        """A file and not a pipe: writing into a pipe that nobody reads any more would end bubblewrap
        between its two processes."""
        for line in os.pread(self.ends.status, CHUNK, 0).splitlines():
            with contextlib.suppress(ValueError):
                self.note(json.loads(line))

    def note(self, status: dict[str, int]) -> None:
        if "child-pid" in status and self.init is None:
            self.init_pid = status["child-pid"]
            with contextlib.suppress(OSError):
                self.init = os.pidfd_open(self.init_pid)
                self.network = os.open(f"/proc/{self.init_pid}/net/snmp", os.O_RDONLY)
        if "exit-code" in status:
            self.seen.exit_code = status["exit-code"]

    def read_control(self) -> bool:
        try:
            data, ancillary, _, _ = self.ends.control.recvmsg(4096, socket.CMSG_LEN(4))
        except BlockingIOError:
            return True
        for _, _, rights in ancillary:
            self.space = array.array("i", rights)[0]
        if data and data != b"ready":
            self.seen.refusal = data.decode("utf-8", "replace")
        return data != b""

    def open_gate(self) -> bool:
        """The sandbox is complete and will die with us: only now the command may start."""
        self.read_status()
        try:
            ready = self.ends.gate.recv(1)
            self.ends.gate.sendall(b"\n" if ready else b"")
        except BlockingIOError:
            return True
        except OSError:
            return False
        return bool(ready)

    def finish(self) -> None:
        """SIGKILL, never a grace: then wait until the namespace's init, and so everything, is gone."""
        with contextlib.suppress(OSError):
            self.process.kill()
        self.process.wait()
        if self.init is not None:
            with contextlib.suppress(OSError):
                signal.pidfd_send_signal(self.init, signal.SIGKILL)
        self.read_status()
        if self.init is not None:
            select.select([self.init], [], [], GRACE)
        self.drain()
        self.seen.unrouted = unrouted(self.network)
        for fd in (self.init, self.space, self.network):
            if fd is not None:
                os.close(fd)

    def drain(self) -> None:
        """What was written before the end. The writers are dead, so this ends; it is bounded anyway."""
        self.passed()
        for read in (self.read_control, self.read_output, self.read_report):
            if read == self.read_report and self.ends.report is None:
                continue
            for _ in range(1 << 10):
                before = self.seen.output.total + len(self.seen.report)
                if not read() or self.seen.output.total + len(self.seen.report) == before:
                    break
        del self.seen.report[self.report_bytes :]


def unrouted(snmp: int | None) -> int:
    """Packets that had nowhere to go, by the kernel's own count of the sandbox's network; the open
    file keeps the count after the end."""
    if snmp is None:
        return 0
    table = [line.split() for line in os.pread(snmp, CHUNK, 0).decode().splitlines()]
    for names, values in itertools.pairwise(table):
        if names[0] == values[0] == "Ip:" and "OutNoRoutes" in names:
            return int(values[names.index("OutNoRoutes")])
    return 0


def receive(fd: int) -> bytes | None:
    """Bytes; b"" at the end; None where there is nothing now."""
    try:
        return os.read(fd, CHUNK)
    except BlockingIOError:
        return None
