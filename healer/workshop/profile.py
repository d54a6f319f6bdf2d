"""A job in bubblewrap's words, and in those of `enter.py` which lays out what bubblewrap shows."""

from __future__ import annotations

import os
import resource
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from healer.errors import BadInput
from healer.protocols import Job
from healer.workshop import database
from healer.workshop.prefixes import installation
from healer.workshop.servers import server_of

STAGE = "/tmp"
INSIDE_ID = 1000
SYSTEM_PATH = ("/usr/local/bin", "/usr/bin", "/bin")
WRITABLE = {"tmp": "/tmp", "home": "/home/sandbox", "shm": "/dev/shm", "run": "/run"}
SCRATCH = "scratch"
NAMED = "/opt/healer-python"  # holds `python`, which Debian's own interpreter is not called
MERGED = ("bin", "sbin", "lib", "lib32", "lib64", "libx32")
ETC = (
    "/etc/alternatives",
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/localtime",
    "/etc/mime.types",
    "/etc/protocols",
    "/etc/services",
    "/etc/ssl/certs",
    "/etc/ssl/openssl.cnf",
    "/etc/ca-certificates",
)
TEXTS = {
    "passwd": f"sandbox:x:{INSIDE_ID}:{INSIDE_ID}:sandbox:/home/sandbox:/bin/sh\n"
    "nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n",
    "group": f"sandbox:x:{INSIDE_ID}:\nnogroup:x:65534:\n",
    "hosts": "127.0.0.1 localhost sandbox\n::1 localhost\n",
    "nsswitch.conf": "passwd: files\ngroup: files\nhosts: files\n",
}
COVERED = (  # what root alone may read, or what is blanked for others, is not listed: each costs a mount
    *("sysrq-trigger", "kcore", "keys", "key-users", "vmallocinfo", "timer_list", "kmsg", "mtrr"),
    *("cmdline", "config.gz", "interrupts"),
)
NAMESPACES = (
    "--unshare-user --unshare-pid --unshare-net --unshare-ipc --unshare-uts --unshare-cgroup-try "
    f"--disable-userns --uid {INSIDE_ID} --gid {INSIDE_ID} --hostname sandbox "
    "--die-with-parent --new-session --clearenv --cap-drop ALL"
).split()


@dataclass
class Show:
    """What `enter.py` puts on the stage: bind mounts and overlays, (host path, place)."""

    binds: list[tuple[str, str]] = field(default_factory=list)
    overlays: list[tuple[str, str]] = field(default_factory=list)

    def bind(self, host: str) -> str:
        """Reserve a place for `host`; returns the path bubblewrap finds it under."""
        place = f"show/{len(self.binds)}"
        self.binds.append((host, place))
        return f"{STAGE}/{place}"


@dataclass(frozen=True)
class Profile:
    arguments: tuple[str, ...]  # bubblewrap's, without the command
    command: tuple[str, ...]
    show: Show


def profile(job: Job, report_fd: int | None = None) -> Profile:
    """Raises BadInput where the job names what is not there."""
    if not Path(job.tree).is_dir():
        raise BadInput(f"{job.tree} is not a directory; export the commit again")
    show = Show(overlays=[(os.path.abspath(job.tree), "work")])
    job = with_server(job, show)
    python = installation(job.python) if job.python else None
    arguments = [*NAMESPACES, *system(), *virtual()]
    for place, inside in WRITABLE.items():
        arguments += ["--bind", f"{STAGE}/{place}", inside]
    arguments += ["--symlink", "../tmp", "/var/tmp", "--bind", f"{STAGE}/work", "/work"]
    if job.database_from:
        arguments += ["--bind", f"{STAGE}/database", database.DATA]
    if job.scratch:
        arguments += ["--bind", f"{STAGE}/{SCRATCH}", job.scratch]
    for mount in job.mounts:
        if not os.path.exists(mount.host):
            raise BadInput(f"{mount.host} cannot be shown in the sandbox: it does not exist")
        arguments += ["--ro-bind", show.bind(os.path.abspath(mount.host)), mount.inside]
    for directory in python.directories if python else ():
        arguments += ["--ro-bind", show.bind(directory), directory]
    for link, target in python.links if python else ():
        arguments += ["--symlink", target, link]
    arguments += ["--symlink", job.python, f"{NAMED}/python"] if job.python else []
    server = (server_of(job.database_from).binaries,) if job.database_from else ()
    path = (*(python.binaries if python else ()), *((NAMED,) if python else ()), *SYSTEM_PATH, *server)
    arguments += ["--remount-ro", "/dev", "--remount-ro", "/", *environment(job, path, report_fd)]
    return Profile((*arguments, "--chdir", os.path.join("/work", job.cwd)), job.command, show)


def with_server(job: Job, show: Show) -> Job:
    """The job with PostgreSQL's programs and data shown, and started first where it is asked for."""
    if not job.database_from:
        return job
    if not os.path.isdir(job.database_from):
        raise BadInput(f"{job.database_from} is no baked database; let the workshop make it again")
    show.overlays.append((job.database_from, "database"))
    if not job.database:
        return job
    server = server_of(job.database_from)
    changes = {
        "mounts": (*job.mounts, *server.mounts),
        "command": (*database.prelude(server), *job.command),
        "env": {**database.ENVIRONMENT, **job.env},
    }
    return job.model_copy(update=changes)


def system() -> list[str]:
    out = ["--ro-bind", "/usr", "/usr", "--dir", "/etc", "--dir", "/home", "--dir", "/var"]
    for name in MERGED:
        if os.path.islink(f"/{name}"):
            out += ["--symlink", os.readlink(f"/{name}"), f"/{name}"]
        elif os.path.isdir(f"/{name}"):
            out += ["--ro-bind", f"/{name}", f"/{name}"]
    for path in filter(os.path.exists, ETC):
        out += ["--ro-bind", path, path]
    for name in TEXTS:
        out += ["--ro-bind", f"{STAGE}/etc/{name}", f"/etc/{name}"]
    return out


def virtual() -> list[str]:
    out = ["--proc", "/proc", "--ro-bind", "/proc/sys", "/proc/sys"]
    for name in COVERED:
        if os.path.exists(f"/proc/{name}"):
            out += ["--ro-bind", "/dev/null", f"/proc/{name}"]
    return [*out, "--dev", "/dev"]


def environment(job: Job, path: tuple[str, ...], report_fd: int | None) -> list[str]:
    values = {
        "PATH": ":".join(path),
        "HOME": WRITABLE["home"],
        "TMPDIR": WRITABLE["tmp"],
        "LANG": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",
        **job.env,
    }
    if report_fd is not None:
        values["HEALER_REPORT_FD"] = str(report_fd)
    return [word for name, value in values.items() for word in ("--setenv", name, value)]


def rlimits(job: Job, alone: bool) -> dict[int, int]:
    """Limits of each process; `alone` where no control group counts processes and memory."""
    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: job.limits.disk_mb << 20,
        resource.RLIMIT_NOFILE: 4096,
        resource.RLIMIT_MEMLOCK: 1 << 20,
        resource.RLIMIT_MSGQUEUE: 819200,
    }
    if alone:
        limits[resource.RLIMIT_NPROC] = job.limits.processes
        limits[resource.RLIMIT_AS] = 2 * job.limits.memory_mb << 20
    return limits


def staged(job: Job, show: Show) -> dict[str, Any]:
    """The part of `enter.py`'s orders that follows from the job."""
    return {
        "show": show.binds,
        "overlays": show.overlays,
        "texts": {f"etc/{name}": text.encode() for name, text in TEXTS.items()},
        "writable": [*WRITABLE, *([SCRATCH] if job.scratch else [])],
        "disk": job.limits.disk_mb << 20,
        "inodes": max(20_000, 256 * job.limits.disk_mb),
        "files": {path: text.encode("utf-8", "surrogatepass") for path, text in job.files.items()},
        "deleted": list(job.deleted),
        "read_only": list(job.read_only),
    }
