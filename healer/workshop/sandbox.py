"""Runs one command of foreign code, seeing nothing but its own tree, and leaving nothing behind."""

from __future__ import annotations

import functools
import marshal
import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from healer.errors import BadInput, NoSandbox, NotConfigured
from healer.protocols import Completed, Job, SelfTest
from healer.workshop import cgroups, profile, seccomp
from healer.workshop.database import Databases
from healer.workshop.denials import denied
from healer.workshop.supervise import Ends, Supervisor, Watched
from healer.workshop.usage import Meter

ENTER = Path(__file__).with_name("enter.py")
# Compiled code and orders come in one file: compiling takes as long as all the mounts.
BOOT = (
    "import marshal, sys; f = open(int(sys.argv[1]), 'rb'); room = {'__name__': 'enter'}; "
    "exec(marshal.load(f), room); orders = marshal.load(f); f.close(); room['main'](orders)"
)
# bubblewrap binds itself to our life only when it is complete. If the service dies before, nobody
# answers here, and the command never starts; so the launcher needs no death signal of its own, which
# could end bubblewrap between its two processes and leave one waiting for ever.
GATE = ("/bin/sh", "-c", 'echo >&0; read -r _ || exit 1; exec "$@" </dev/null', "sh")
WHERE = "/usr/local/bin:/usr/bin:/bin"
HOST_UID = 64002  # runs foreign code where the service is root; no account has it


class Bubblewrap:
    """`healer.protocols.Sandbox` on bubblewrap. Safe to share between threads."""

    def __init__(self, state: Path | None = None, uid: int = HOST_UID) -> None:
        """`state`: where data directories for `Job.database` are kept; `uid`: unprivileged host user
        for foreign code, used only where the service is root."""
        self.state = state
        self.owner = uid if os.geteuid() == 0 and mapped(uid) else None
        self._lock = threading.Lock()
        self._tested: SelfTest | None = None

    def check(self) -> SelfTest:
        """Really tries what must hold; once per process."""
        from healer.workshop.selftest import examine

        with self._lock:
            if self._tested is None:
                self._tested = examine(self)
            return self._tested

    def run(self, job: Job) -> Completed:
        tested = self.check()
        if not tested.ok:
            raise NoSandbox(tested.remedy)
        return self.run_unchecked(self.with_database(job))

    def with_database(self, job: Job) -> Job:
        if not job.database or job.database_from:
            return job
        if self.state is None:
            raise NotConfigured("a job wants a database, but no directory to keep one in is set")
        base = Databases(self.state / "databases", self).base()
        return job.model_copy(update={"database_from": str(base)})

    def run_unchecked(self, job: Job) -> Completed:
        """`run` for the self-test itself. Raises NoSandbox where bubblewrap does not start."""
        with self.group(job) as group, ExitStack() as stack:
            process, ends = self.start(job, group, stack)
            excess = group.excess if group else Meter(job.limits).excess
            seen = Supervisor(process, ends, job.limits, job.report_kb << 10, excess).watch()
            hits = (*seen.hits, *(group.hits() if group else ()))
        return completed(seen, hits)

    @functools.cached_property
    def hierarchy(self) -> cgroups.Hierarchy | None:
        return cgroups.find()

    @property
    def limited_by(self) -> str:
        """In words, for `healer doctor`."""
        if self.hierarchy is None:
            return "by resource limits and a meter (no control group is ours; systemd: Delegate=yes)"
        return f"by control groups, version {self.hierarchy.version}"

    @contextmanager
    def group(self, job: Job) -> Iterator[cgroups.Group | None]:
        if self.hierarchy is None:
            yield None
            return
        group = cgroups.make(self.hierarchy, job.limits)
        try:
            yield group
        finally:
            group.remove()

    def start(
        self, job: Job, group: cgroups.Group | None, stack: ExitStack
    ) -> tuple[subprocess.Popen[bytes], Ends]:
        """The launcher as a child process, and our ends of its pipes."""
        binary = shutil.which("bwrap", path=WHERE)
        if binary is None:
            raise NoSandbox("bubblewrap is missing; install it: apt-get install bubblewrap")
        pipes = Pipes(stack, job.report)
        plan = profile.profile(job, pipes.report_in)
        arguments = memory_file(stack, b"".join(os.fsencode(a) + b"\0" for a in plan.arguments))
        filters = memory_file(stack, seccomp.program(counted=group is not None))
        status = ["--json-status-fd", str(pipes.status), "--seccomp", str(filters)]
        orders: dict[str, Any] = {
            **profile.staged(job, plan.show),
            "owner": self.owner,
            "cgroups": list(group.join) if group else [],
            "own_count": group is None,
            "limits": profile.rlimits(job, alone=group is None),
            "control": pipes.control_in.fileno(),
            "argv": [binary, *status, "--args", str(arguments), "--", *GATE, *plan.command],
        }
        spec = memory_file(stack, launcher() + marshal.dumps(orders))
        process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", BOOT, str(spec)],
            stdin=pipes.gate_in.fileno(),
            stdout=pipes.output_in,
            stderr=pipes.output_in,
            env={},
            cwd="/",
            pass_fds=(arguments, filters, spec, *pipes.inside()),
            start_new_session=True,
        )
        pipes.close_inside()
        return process, pipes.ends


class Pipes:
    """The sandbox's ends and ours; all closed with the stack."""

    def __init__(self, stack: ExitStack, report: bool) -> None:
        output, self.output_in = os.pipe()
        self.status = memory_file(stack, b"")
        control, self.control_in = socket.socketpair()
        gate, self.gate_in = socket.socketpair()
        reported: int | None = None
        self.report_in: int | None = None
        if report:
            reported, self.report_in = os.pipe()
        self.ends = Ends(output, self.status, control, gate, reported)
        self.open = True
        stack.callback(self.ends.close)
        stack.callback(self.close_inside)

    def inside(self) -> tuple[int, ...]:
        fds = (self.status, self.control_in.fileno(), self.report_in)
        return tuple(fd for fd in fds if fd is not None)

    def close_inside(self) -> None:
        if not self.open:
            return
        self.open = False
        self.control_in.close()
        self.gate_in.close()
        for fd in (self.output_in, self.report_in):
            if fd is not None:
                os.close(fd)


def mapped(uid: int) -> bool:
    """Is `uid` one we could become? In a rootless container root is an ordinary user, and it is not."""
    ranges = [line.split() for line in Path("/proc/self/uid_map").read_text().splitlines()]
    return any(int(first) <= uid < int(first) + int(count) for first, _, count in ranges)


@functools.cache
def launcher() -> bytes:
    return marshal.dumps(compile(ENTER.read_text(), str(ENTER), "exec"))


def memory_file(stack: ExitStack, data: bytes) -> int:
    fd = os.memfd_create("healer")
    stack.callback(os.close, fd)
    with open(fd, "wb", closefd=False) as file:
        file.write(data)
    os.lseek(fd, 0, os.SEEK_SET)
    return fd


def completed(seen: Watched, hits: tuple[str, ...]) -> Completed:
    output = seen.output.text()
    code = seen.exit_code if seen.exit_code is not None else 137
    if seen.unstarted() and not hits:
        code = unstarted(seen.refusal, output)
    return Completed(
        exit_code=code,
        seconds=round(seen.seconds, 4),
        output=output,
        output_digest=seen.output.digest,
        report=bytes(seen.report),
        limits_hit=tuple(dict.fromkeys(hits)),
        denied=denied(seen.unrouted, output),
    )


def unstarted(refusal: str, output: str) -> int:
    """127 where there is no such command, as in a shell. Raises BadInput where the job is wrong, and
    NoSandbox where the machine is."""
    kind, _, detail = refusal.partition(" ")
    if kind == "input":
        raise BadInput(detail)
    if output.startswith("bwrap: execvp "):
        return 127
    if output.startswith("bwrap: Can't chdir to "):
        raise BadInput(output.removeprefix("bwrap: ").strip())
    raise NoSandbox(f"the sandbox did not start: {detail or output.strip() or 'it was killed'}")
