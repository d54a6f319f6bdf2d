"""Directories that are ours while we live; those of owners that were killed go at a next start."""

from __future__ import annotations

import contextlib
import fcntl
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def claimed(directory: Path, prefix: str) -> Iterator[Path]:
    """A new directory that is ours while we live. The kernel frees the lock with its holder, in
    whatever process or container that was. It gets its name only when it is locked."""
    fresh = Path(tempfile.mkdtemp(prefix=".claim-", dir=directory))
    with open(fresh / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        place = fresh.rename(directory / f"{prefix}{secrets.token_hex(8)}")
        try:
            yield place
        finally:
            shutil.rmtree(place, ignore_errors=True)


@contextlib.contextmanager
def scratch() -> Iterator[Path]:
    """An empty directory among the machine's temporary files, gone at the end or at a next start. Foreign
    code, which runs as another user, may look into it."""
    with claimed(*temporary()) as place:
        inside = place / "scratch"
        inside.mkdir(mode=0o755)
        place.chmod(0o755)
        yield inside


def reap_scratch() -> tuple[str, ...]:
    return tuple(reap(*temporary()))


def temporary() -> tuple[Path, str]:
    return Path(tempfile.gettempdir()), ours("scratch-")


def ours(kind: str) -> str:
    """Where everybody writes, ours are told apart."""
    return f"healer-{os.geteuid()}-{kind}"


def reap(directory: Path, prefix: str) -> Iterator[str]:
    """Remove what was claimed by owners that are dead; gives the names. Call at start."""
    for place in sorted(directory.glob(f"{prefix}*")):
        with contextlib.suppress(FileNotFoundError):  # its owner may be tidying up just now
            if place.lstat().st_uid == os.geteuid() and not held(place / "lock"):
                shutil.rmtree(place, ignore_errors=True)
                yield place.name


def held(lock: Path) -> bool:
    try:
        with open(lock) as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except FileNotFoundError:
        return False
    return False
