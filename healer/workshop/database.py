"""A PostgreSQL of its own for one sandboxed run, from a data directory that was made before.

The server runs inside the sandbox, on the sandbox's own loopback, and dies with it. Its data is an
overlay over the baked directory: nothing is copied, and nothing written survives.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import io
import os
import shutil
import tarfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from healer.case import Limits
from healer.errors import BadInput
from healer.protocols import Job
from healer.workshop.servers import Server, embedded, servers

if TYPE_CHECKING:
    from healer.workshop.sandbox import Bubblewrap

DATA = "/run/database"
USER = NAME = "healer"
PORT = 5432
URL = f"postgresql://{USER}@127.0.0.1:{PORT}/{NAME}"
ENVIRONMENT = {
    "DATABASE_URL": URL,
    "PGHOST": "127.0.0.1",
    "PGPORT": str(PORT),
    "PGUSER": USER,
    "PGDATABASE": NAME,
}
SETTINGS = (
    f"-p {PORT} -k /run -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off "
    "-c synchronous_commit=off -c shared_buffers=16MB -c max_connections=50 -c wal_level=minimal "
    "-c max_wal_senders=0 -c autovacuum=off"
)
SEND = f"exec tar -C {DATA} -cf - . >&$HEALER_REPORT_FD"  # which needs bash: sh knows one digit only
LIMITS = Limits(seconds=180, disk_mb=1024, memory_mb=2048)
LARGEST_KB = 512 << 10  # of a baked directory


class NoExtension(BadInput):
    """The server has not what the migrations ask for."""


def start(server: Server) -> str:
    return (
        f'{server.binaries}/pg_ctl -D {DATA} -l /tmp/postgresql.log -s -w -t 30 -o "{SETTINGS}" start '
        "|| { cat /tmp/postgresql.log >&2; exit 1; }; "
    )


def stop(server: Server) -> str:
    return f"{server.binaries}/pg_ctl -D {DATA} -s -m fast -w stop; "


def create(server: Server) -> str:
    initdb = f"{server.binaries}/initdb -D {DATA} -U {USER} -A trust -E UTF8 --locale=C --no-sync"
    createdb = f"{server.binaries}/createdb -h 127.0.0.1 -p {PORT} -U {USER} {NAME}; "
    return (
        f"{initdb} >/tmp/initdb.log 2>&1 || {{ cat /tmp/initdb.log >&2; exit 1; }}; {start(server)}{createdb}"
    )


def prelude(server: Server) -> tuple[str, ...]:
    """Runs before a job's command, in the same sandbox."""
    return ("/bin/sh", "-c", f'{start(server)}exec "$@"', "sh")


class Databases:
    """Baked data directories below one directory. Each is made once, also among processes."""

    def __init__(self, directory: Path, sandbox: Bubblewrap) -> None:
        self.directory, self.sandbox = directory, sandbox

    def base(self, server: Server | None = None) -> Path:
        """An empty database, made once per server (about a second)."""
        job = Job(tree="/var/empty", command=("true",))
        return self.baked(server or embedded(), "base", job, created=False)

    def prepared(self, key: str, job: Job) -> Path:
        """The empty database after `job`, the project's own migrations or set-up, ran against it.

        `key` names everything that the result follows from: commit, command, environment. Where one server
        has not the extension that is asked for, the next is tried. Raises BadInput, with the command's last
        words, where it fails."""
        name, lacking = hashlib.sha256(key.encode()).hexdigest()[:24], ""
        for server in sorted(servers(), key=lambda server: not self.place(server, name).is_dir()):
            try:
                return self.baked(server, name, job, created=True)
            except NoExtension as error:
                lacking = str(error)
        raise BadInput(f"{lacking}; install a PostgreSQL that has it on this machine")

    def place(self, server: Server, name: str) -> Path:
        return self.directory / f"{server.key}-{name}"

    def baked(self, server: Server, name: str, job: Job, created: bool) -> Path:
        place = self.place(server, name)
        base = str(self.base(server)) if created else ""
        with claimed(place) as made:
            if not made:
                self.bake(server, place, job, base)
            os.utime(place)
        return place

    def prune(self, days: float) -> tuple[str, ...]:
        """Remove what nobody asked for in `days`."""
        removed = []
        for place in sorted(p for p in self.directory.glob("*") if p.is_dir()):
            with contextlib.suppress(BlockingIOError), claimed(place, wait=False):
                if place.stat().st_mtime < time.time() - days * 86400:
                    shutil.rmtree(place, ignore_errors=True)
                    removed.append(place.name)
        return tuple(removed)

    def bake(self, server: Server, place: Path, job: Job, base: str) -> None:
        script = f'{start(server)}"$@" || exit 1; ' if base else create(server)
        place.parent.mkdir(parents=True, exist_ok=True)
        tree = job.tree if base else str(place.parent)
        changes = {
            "tree": tree,
            "command": ("/bin/bash", "-c", f"set -e; {script}{stop(server)}{SEND}", "bash", *job.command),
            "mounts": (*job.mounts, *server.mounts),
            "env": {**job.env, **ENVIRONMENT},
            "report": True,
            "report_kb": LARGEST_KB,
            "limits": LIMITS,
            "database": False,
            "database_from": base,
        }
        done = self.sandbox.run(job.model_copy(update=changes))
        if done.exit_code != 0 or done.limits_hit:
            said = done.output.strip()[-800:] or f"exit code {done.exit_code} {done.limits_hit}"
            missing = "extension" in said and "is not available" in said
            raise (NoExtension if missing else BadInput)(f"the database could not be prepared: {said}")
        unpack(done.report, place, self.sandbox.owner)


@contextlib.contextmanager
def claimed(place: Path, *, wait: bool = True) -> Iterator[bool]:
    """Holds the right to make `place`; yields whether it is made already. Raises BlockingIOError where
    somebody else holds it and nobody is to wait."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with open(f"{place}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        yield place.is_dir()


def unpack(archive: bytes, place: Path, owner: int | None) -> None:
    """The archive comes from foreign code: only plain files and directories below `place` are made."""
    half = place.with_name(f"{place.name}.half")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(mode=0o700)
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar:
            make(tar, member, half)
    if owner is not None:
        for directory, _, files in os.walk(half):
            for path in (directory, *(os.path.join(directory, file) for file in files)):
                os.chown(path, owner, owner, follow_symlinks=False)
    half.rename(place)


def make(tar: tarfile.TarFile, member: tarfile.TarInfo, root: Path) -> None:
    """No link is ever made, so no path can lead through one."""
    parts = [part for part in member.name.split("/") if part != "."]
    if not parts or "" in parts or ".." in parts:
        return
    target = root.joinpath(*parts)
    if member.isdir():
        target.mkdir(mode=0o700, parents=True, exist_ok=True)
    elif member.isreg():
        contents = tar.extractfile(member)
        assert contents is not None
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(target, "xb") as file:
            shutil.copyfileobj(contents, file)
        target.chmod(0o600)
