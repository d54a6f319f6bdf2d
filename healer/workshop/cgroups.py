"""Where this process may make control groups, and what they said about one run.

Version 2 where the service's own group is delegated to it (systemd: `Delegate=yes`), version 1 where
the service is root, nothing where neither holds; resource limits then stand in.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import time
from dataclasses import dataclass
from pathlib import Path

from healer.case import Limits
from healer.workshop.owner import Owner
from healer.workshop.usage import descendants

PREFIX = "healer-run-"
SERVICE = "healer-service"
BUFFERS = 2  # a quarter of its memory
OWN = 3  # processes of bubblewrap itself
_numbers = itertools.count()


@dataclass(frozen=True)
class Hierarchy:
    version: int
    memory: Path  # the group below which ours are made
    pids: Path  # the same as `memory` in version 2

    @property
    def bases(self) -> tuple[Path, ...]:
        return tuple(dict.fromkeys((self.memory, self.pids)))


@dataclass(frozen=True)
class Group:
    """One run's own groups. `join` are files to which a process writes 0 to enter."""

    hierarchy: Hierarchy
    name: str

    @property
    def memory(self) -> Path:
        return self.hierarchy.memory / self.name

    @property
    def pids(self) -> Path:
        return self.hierarchy.pids / self.name

    @property
    def directories(self) -> tuple[Path, ...]:
        return tuple(base / self.name for base in self.hierarchy.bases)

    @property
    def join(self) -> tuple[str, ...]:
        return tuple(str(directory / "cgroup.procs") for directory in self.directories)

    def hits(self) -> tuple[str, ...]:
        refused = counter(self.pids / "pids.events", "max")
        return (*filter(None, (self.excess(),)), *(("processes",) if refused else ()))

    def excess(self, _init: int = 0) -> str:
        """ "memory" as soon as the kernel killed one process for it: the rest proves nothing any more."""
        events = "memory.events" if self.hierarchy.version == 2 else "memory.oom_control"
        return "memory" if counter(self.memory / events, "oom_kill") else ""

    def empty(self) -> bool:
        return not any(processes(directory) for directory in self.directories)

    def kill(self) -> None:
        for directory in self.directories:
            with contextlib.suppress(OSError):
                (directory / "cgroup.kill").write_text("1")
            for pid in processes(directory):
                with contextlib.suppress(OSError):
                    os.kill(pid, 9)

    def remove(self, patience: float = 2.0) -> None:
        """Kill what is left and remove the groups; they are busy until the last process is gone."""
        until = time.monotonic() + patience
        for directory in self.directories:
            while not removed(directory) and time.monotonic() < until:
                self.kill()
                time.sleep(0.002)


def removed(directory: Path) -> bool:
    try:
        directory.rmdir()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True


def processes(directory: Path) -> list[int]:
    try:
        return [int(pid) for pid in (directory / "cgroup.procs").read_text().split()]
    except OSError:
        return []


def counter(path: Path, name: str) -> int:
    with contextlib.suppress(OSError):
        for line in path.read_text().splitlines():
            key, _, value = line.partition(" ")
            if key == name:
                return int(value)
    return 0


def make(hierarchy: Hierarchy, limits: Limits) -> Group:
    """A new group with the limits set. Raises OSError where the hierarchy does not let us."""
    group = Group(hierarchy, f"{PREFIX}{Owner.current().text}-{next(_numbers)}")
    memory = str(limits.memory_mb << 20)
    try:
        for directory in group.directories:
            directory.mkdir()
        (group.pids / "pids.max").write_text(str(limits.processes + OWN))
        if hierarchy.version == 2:
            (group.memory / "memory.max").write_text(memory)
            optional(group.memory / "memory.swap.max", "0")
            optional(group.memory / "memory.oom.group", "0")
        else:
            (group.memory / "memory.limit_in_bytes").write_text(memory)
            optional(group.memory / "memory.memsw.limit_in_bytes", memory)
            # Version 1 counts buffers of network sockets only where they have a limit of their own; without
            # one a run could use up what the whole machine may hold.
            optional(group.memory / "memory.kmem.tcp.limit_in_bytes", str(limits.memory_mb << 20 >> BUFFERS))
    except OSError:
        group.remove()
        raise
    return group


def optional(path: Path, text: str) -> None:
    with contextlib.suppress(OSError):
        path.write_text(text)


def find() -> Hierarchy | None:
    """The first hierarchy in which a group with limits can really be made."""
    for candidate in (version_2(), version_1()):
        if candidate is None or not all(os.access(base, os.W_OK) for base in candidate.bases):
            continue
        sweep(candidate)
        with contextlib.suppress(OSError):
            make(candidate, Limits()).remove()
            return candidate
    return None


def sweep(hierarchy: Hierarchy) -> None:
    """Remove groups of services that died without doing so."""
    for base in hierarchy.bases:
        for directory in base.glob(PREFIX + "*"):
            owner = Owner.parse(directory.name.removeprefix(PREFIX).rpartition("-")[0])
            if owner is not None and not owner.alive():
                Group(hierarchy, directory.name).remove()


def memberships() -> dict[str, str]:
    """Controller -> this process's group, from /proc/self/cgroup; "" is version 2."""
    found = {}
    for line in Path("/proc/self/cgroup").read_text().splitlines():
        _, controllers, path = line.split(":", 2)
        found.update(dict.fromkeys(controllers.split(","), path))
    return found


def mounted() -> list[tuple[str, str, Path, set[str]]]:
    """(type, root, mount point, super options) of every control group file system."""
    found = []
    for line in Path("/proc/self/mountinfo").read_text().splitlines():
        left, _, right = line.partition(" - ")
        kind, _, options = right.split(" ", 2)
        if kind.startswith("cgroup"):
            fields = left.split(" ")
            found.append((kind, fields[3], Path(fields[4]), set(options.split(","))))
    return found


def locate(root: str, point: Path, path: str) -> Path:
    """This process's group as seen from here: in a container the mount shows only a part."""
    relative = os.path.relpath(path, root)
    here = point if relative.startswith("..") else point / relative
    return here if here.is_dir() else point


def version_1() -> Hierarchy | None:
    groups, found = memberships(), {}
    for kind, root, point, options in mounted():
        for controller in {"memory", "pids"} & options:
            if kind == "cgroup" and controller in groups:
                found[controller] = locate(root, point, groups[controller])
    if len(found) < 2:
        return None
    return Hierarchy(1, found["memory"], found["pids"])


def version_2() -> Hierarchy | None:
    path = memberships().get("")
    if path is None:
        return None
    for kind, root, point, _ in mounted():
        if kind == "cgroup2":
            own = locate(root, point, path)
            base = own.parent if own.name == SERVICE else own
            return Hierarchy(2, base, base) if delegated(base) else None
    return None


def delegated(base: Path) -> bool:
    """Are memory and pids handed to groups below? Processes may only live in leaves, so those of
    `base` move to a leaf first; but only ours, never somebody's terminal that we were started from."""
    control = base / "cgroup.subtree_control"
    wanted = {"memory", "pids"}
    try:
        if wanted <= set(control.read_text().split()):
            return True
        if not wanted <= set((base / "cgroup.controllers").read_text().split()):
            return False
        if not os.access(control, os.W_OK):
            return False
        inhabitants = processes(base)
        if not set(inhabitants) <= set(descendants(os.getpid(), 10_000)):
            return False
        (base / SERVICE).mkdir(exist_ok=True)
        for pid in inhabitants:
            (base / SERVICE / "cgroup.procs").write_text(str(pid))
        control.write_text("+memory +pids")
    except OSError:
        return False
    return True
