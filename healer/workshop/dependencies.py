"""What a project's tests import, installed once per lock file and shown to every run read-only.

Always from the base commit, never from a patch; wheels only, because building a source distribution
runs its code. So nothing of the project runs outside the sandbox.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sysconfig
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from healer.errors import BadInput, NotConfigured
from healer.workshop.lockfiles import Needs, needs
from healer.workshop.prefixes import installation
from triage.incident import Source

FORMAT = "1"  # of the cache; raise it when environments are made differently
PLACES = (sysconfig.get_path("scripts"), "/usr/local/bin", "/usr/bin")


@dataclass(frozen=True)
class Environment:
    python: str  # its interpreter, for `Job.python`
    lock: str  # the file it follows, "" where the project names no dependencies
    left_out: tuple[str, ...] = ()  # requirements that are not from a registry


class Environments:
    """Virtual environments below one directory, by what they follow from."""

    def __init__(self, directory: Path, uv: str = "", environment: Mapping[str, str] | None = None) -> None:
        """`uv`: its path, "" finds it; `environment`: for the installer, e.g. the index."""
        self.directory = directory
        self.uv = uv or next((p for p in (f"{d}/uv" for d in PLACES) if os.access(p, os.X_OK)), "")
        self.env = {
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "HOME": str(directory),
            **(environment or {}),
        }

    def environment(
        self, source: Source, python: str, subdirectory: str = "", seconds: float = 900
    ) -> Environment:
        """The environment for a commit, made or found. Raises BadInput where it cannot be made."""
        installation(python)  # refuses what is no interpreter
        wanted = needs(source, subdirectory)
        if not wanted.lines:
            return Environment(python, wanted.lock, tuple(wanted.left_out))
        place = self.directory / self.key(wanted, python)
        with claimed(place):
            if not (place / "complete").exists():
                self.make(place, wanted, python, seconds)
            os.utime(place / "complete")
        return Environment(str(place / "venv" / "bin" / "python"), wanted.lock, tuple(wanted.left_out))

    def key(self, wanted: Needs, python: str) -> str:
        real = os.path.realpath(python)
        described = [FORMAT, wanted.lines, wanted.constraints, python, real, os.stat(real).st_mtime_ns]
        described += [platform.machine(), platform.libc_ver()]
        return hashlib.sha256(json.dumps(described).encode()).hexdigest()[:24]

    def make(self, place: Path, wanted: Needs, python: str, seconds: float) -> None:
        if not self.uv:
            raise NotConfigured("the installer is missing; install it: pip install uv")
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        (place / "requirements.txt").write_text("\n".join(wanted.lines) + "\n")
        (place / "constraints.txt").write_text("\n".join(wanted.constraints) + "\n")
        venv = str(place / "venv")
        for command in self.commands(venv, python, wanted):
            self.run(command, place, wanted.lock, seconds)
        open_to_readers(place)
        (place / "complete").touch()

    def commands(self, venv: str, python: str, wanted: Needs) -> list[list[str]]:
        inside = f"{venv}/bin/python"
        options = ["--only-binary", ":all:", "-r", "requirements.txt"]
        options += ["-c", "constraints.txt"] if wanted.constraints else []
        options += ["--no-deps"] if wanted.pinned else []
        quiet = [self.uv, "--no-config", "--quiet"]
        return [
            [*quiet, "venv", "--python", python, venv],
            [*quiet, "pip", "install", "--python", inside, "--link-mode", "copy", *options],
        ]

    def run(self, command: list[str], place: Path, lock: str, seconds: float) -> None:
        env = {**self.env, "UV_CACHE_DIR": str(self.directory / "uv-cache")}
        try:
            done = subprocess.run(
                command,
                cwd=place,
                env=env,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise BadInput(f"installing {lock} took longer than {seconds:.0f} s") from None
        if done.returncode != 0:
            said = (done.stderr or done.stdout).strip()[-800:]
            raise BadInput(
                f"{lock} cannot be installed from wheels alone: {said}\n"
                "give the project an interpreter that has its dependencies: python = … in healer.toml"
            )

    def prune(self, days: float) -> tuple[str, ...]:
        """Remove environments that nobody asked for in `days`, and those that were never finished."""
        removed = []
        for place in sorted(p for p in self.directory.glob("*") if (p / "requirements.txt").exists()):
            with claimed(place):
                used = place / "complete"
                if not used.exists() or used.stat().st_mtime < time.time() - days * 86400:
                    shutil.rmtree(place, ignore_errors=True)
                    removed.append(place.name)
        return tuple(removed)


@contextlib.contextmanager
def claimed(place: Path) -> Iterator[None]:
    place.parent.mkdir(parents=True, exist_ok=True)
    with open(f"{place}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def open_to_readers(root: Path) -> None:
    """Foreign code runs as another user: let it read, whatever mask the service has."""
    for directory, names, files in os.walk(root):
        for name in (*names, *files):
            path = os.path.join(directory, name)
            if not os.path.islink(path):
                os.chmod(path, os.stat(path).st_mode | (0o555 if os.path.isdir(path) else 0o444))
    root.chmod(0o755)
