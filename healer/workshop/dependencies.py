"""What a project's tests import, installed once per lock file and shown to every run read-only.

Always from the base commit, never from a patch. Building a distribution and a project's own set-up run
foreign code, so the installer itself runs in the sandbox, which for this alone has a way out: to the hosts
of the package index, and to nothing else.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import io
import json
import os
import platform
import shutil
import subprocess
import sysconfig
import tarfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from healer.case import Limits, Project
from healer.errors import BadInput, NotConfigured
from healer.protocols import Completed, Job, Mount, Sandbox
from healer.workshop import egress
from healer.workshop.claims import scratch
from healer.workshop.interpreter import Interpreter, Outfit, examine
from healer.workshop.lockfiles import Needs, needs
from healer.workshop.orders import PROBE
from healer.workshop.prefixes import installation
from triage.incident import Source

CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"  # an index of the house is signed by the house
FORMAT = "3"  # of the cache; raise it when environments are made differently
PLACES = (sysconfig.get_path("scripts"), "/usr/local/bin", "/usr/bin")
UV = "/opt/healer-uv/uv"  # where the sandbox shows the installer
LARGEST_KB = 2 << 20  # of an installed environment
LISTS = ("pyproject.toml", "setup.py", "setup.cfg", "uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock")
TAKEN = ("lib", "bin", "share", "include", "etc")  # of what comes out; the rest is made here
OURS = ("python", "activate", "pip", "pyvenv.cfg")  # of bin: never theirs
QUIET = ("--no-config", "--no-cache", "--no-python-downloads", "--quiet")


@dataclass(frozen=True)
class Installer:
    """Where packages come from. `hosts`: `name` or `name:port`, of those that an installer may reach."""

    index: str = "https://pypi.org/simple"
    hosts: tuple[str, ...] = ("pypi.org", "files.pythonhosted.org")
    seconds: float = 900
    find_links: str = ""  # a directory of this machine with wheels
    days: float = 60  # then what nobody asked for is removed
    uv: str = ""  # "" means: found

    def program(self) -> str:
        found = self.uv or next((p for p in (f"{d}/uv" for d in PLACES) if os.access(p, os.X_OK)), "")
        if not found:
            raise NotConfigured("the installer is missing; install it: pip install uv")
        return found

    def reachable(self) -> tuple[str, ...]:
        parts = urlsplit(self.index)
        if not parts.hostname:
            return self.hosts
        port = parts.port or (80 if parts.scheme == "http" else 443)
        return (*self.hosts, f"{parts.hostname}:{port}")


@dataclass(frozen=True)
class Environment:
    python: str  # its interpreter, for `Job.python`
    lock: str  # the file it follows, "" where the project names no dependencies
    left_out: tuple[str, ...] = ()  # requirements that are not from a registry


@dataclass(frozen=True)
class Wanted:
    """What an environment follows from."""

    needs: Needs
    python: str  # of the interpreter it stands on
    pytest: bool = False  # it is to hold pytest, whatever the lock says
    setup: tuple[str, ...] = ()
    folder: str = ""  # where the set-up runs
    lists: dict[str, str] = field(default_factory=dict)  # files the set-up follows from

    @property
    def lines(self) -> list[str]:
        named = any(line.lower().startswith("pytest") for line in self.needs.lines)
        return self.needs.lines if named or not self.pytest else [*self.needs.lines, "pytest"]

    @property
    def words(self) -> str:
        return self.needs.lock or " ".join(self.setup)


class Environments:
    """Virtual environments below one directory, by what they follow from."""

    def __init__(self, directory: Path, sandbox: Sandbox, installer: Installer | None = None) -> None:
        self.directory, self.sandbox = directory, sandbox
        self.installer = installer or Installer()

    def environment(self, wanted: Wanted, tree: Callable[[], str]) -> Environment:
        """The environment, made or found; `tree` gives the base commit's files for the set-up.

        Raises BadInput, with the installer's words, where it cannot be made."""
        installation(wanted.python)  # refuses what is no interpreter
        place = self.directory / self.key(wanted)
        with claimed(place):
            if not (place / "complete").exists():
                self.make(place, wanted, tree)
            os.utime(place / "complete")
        python = str(place / "venv" / "bin" / "python")
        return Environment(python, wanted.needs.lock, tuple(wanted.needs.left_out))

    def key(self, wanted: Wanted) -> str:
        real = os.path.realpath(wanted.python)
        described: list[object] = [FORMAT, wanted.lines, wanted.needs.constraints, wanted.python, real]
        described += [os.stat(real).st_mtime_ns, platform.machine(), platform.libc_ver()]
        described += [wanted.setup, wanted.folder, wanted.lists if wanted.setup else {}]
        return hashlib.sha256(json.dumps(described).encode()).hexdigest()[:24]

    def make(self, place: Path, wanted: Wanted, tree: Callable[[], str]) -> None:
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        (place / "requirements.txt").write_text("\n".join(wanted.lines) + "\n")
        venv = place / "venv"
        self.bare(venv, wanted)
        with scratch() as empty:
            done = self.install(venv, wanted, tree() if wanted.setup else str(empty))
        if done.exit_code or done.limits_hit:
            shutil.rmtree(place, ignore_errors=True)
            raise BadInput(self.why(wanted, done))
        try:
            unpack(done.report, venv)
        except (tarfile.TarError, OSError) as error:
            shutil.rmtree(place, ignore_errors=True)
            raise BadInput(f"what the set-up of {wanted.words} left cannot be kept: {error}") from None
        open_to_readers(place)
        (place / "complete").touch()

    def bare(self, venv: Path, wanted: Wanted) -> None:
        """Ours, made outside: its interpreter and configuration are nothing that came out of a sandbox."""
        command = [self.installer.program(), *QUIET, "venv", "--python", wanted.python, str(venv)]
        env = {"PATH": "/usr/bin:/bin", "HOME": str(venv.parent)}
        try:
            subprocess.run(command, env=env, check=True, capture_output=True, timeout=120)
        except (subprocess.SubprocessError, OSError) as error:
            said = getattr(error, "stderr", b"") or str(error).encode()
            raise BadInput(f"no environment on {wanted.python}: {said.decode('utf-8', 'replace')}") from None

    def install(self, venv: Path, wanted: Wanted, tree: str) -> Completed:
        ours = Path(__file__).with_name("probe")
        installer = self.installer
        shown = [Mount(host=installer.program(), inside=UV), Mount(host=str(ours), inside=PROBE)]
        if installer.find_links:
            shown.append(Mount(host=installer.find_links, inside=installer.find_links))
        with egress.egress(installer.reachable()) as socket:
            port = egress.PROXY.rpartition(":")[2]
            online = (wanted.python, "-I", f"{PROBE}/online.py", egress.INSIDE, port)
            return self.sandbox.run(
                Job(
                    tree=tree,
                    command=(*online, "/bin/bash", "-c", script(str(venv), wanted, installer), "bash"),
                    files={
                        ".healer-requirements": "\n".join(wanted.lines) + "\n",
                        ".healer-constraints": "\n".join(wanted.needs.constraints) + "\n",
                    },
                    env={
                        **egress.ENVIRONMENT,
                        "VIRTUAL_ENV": str(venv),
                        **dict.fromkeys(("SSL_CERT_FILE", "PIP_CERT", "REQUESTS_CA_BUNDLE"), CERTIFICATES),
                        "UV_DEFAULT_INDEX": installer.index,
                        "PIP_INDEX_URL": installer.index,
                        **({"UV_FIND_LINKS": installer.find_links} if installer.find_links else {}),
                    },
                    mounts=(*shown, Mount(host=str(socket), inside=egress.INSIDE)),
                    scratch=str(venv),
                    python=wanted.python,
                    report=True,
                    report_kb=LARGEST_KB,
                    limits=Limits(seconds=installer.seconds, memory_mb=8192, disk_mb=LARGEST_KB >> 9),
                )
            )

    def why(self, wanted: Wanted, done: Completed) -> str:
        if done.limits_hit:
            return f"installing {wanted.words} reached a limit: {', '.join(done.limits_hit)}"
        return (
            f"{wanted.words} cannot be installed: {done.output.strip()[-800:]}\n"
            "give the project an interpreter that has its dependencies: python = … in healer.toml"
        )

    def prune(self, days: float) -> tuple[str, ...]:
        """Remove environments that nobody asked for in `days`, and those that were never finished."""
        removed = []
        for place in sorted(p for p in self.directory.glob("*") if (p / "requirements.txt").exists()):
            with contextlib.suppress(BlockingIOError), claimed(place, wait=False):
                used = place / "complete"
                if not used.exists() or used.stat().st_mtime < time.time() - days * 86400:
                    shutil.rmtree(place, ignore_errors=True)
                    removed.append(place.name)
        return tuple(removed)


def script(venv: str, wanted: Wanted, installer: Installer) -> str:
    """What runs inside, in bash: the environment at the very path it will have, then what is in it."""
    uv = f"{UV} {' '.join(QUIET)}"
    lines = ["set -e", f"{uv} venv --allow-existing --python {quoted(wanted.python)} {quoted(venv)}"]
    if wanted.lines:
        options = "--link-mode copy -r /work/.healer-requirements"
        options += " -c /work/.healer-constraints" if wanted.needs.constraints else ""
        options += " --no-deps" if wanted.needs.pinned and wanted.lines == wanted.needs.lines else ""
        lines.append(f"{uv} pip install --python {quoted(venv)}/bin/python {options}")
    lines.append("rm /work/.healer-requirements /work/.healer-constraints")
    if wanted.setup:
        lines.append(f"cd {quoted(os.path.join('/work', wanted.folder))}")
        lines.append(f"export PATH={quoted(venv)}/bin:{os.path.dirname(UV)}:$PATH")
        # Not everywhere is it a part of Python. As `pip`, or another's on the path would install for another.
        lines.append("python -m ensurepip --default-pip >/dev/null 2>&1 || true")
        lines.append(f"{' '.join(map(quoted, wanted.setup))} >&2")
    lines.append(f"cd {quoted(venv)}")
    lines.append(f"exec tar -cf - $(ls -d {' '.join(TAKEN)} 2>/dev/null) >&$HEALER_REPORT_FD")
    return "\n".join(lines)


def quoted(word: str) -> str:
    return "'" + word.replace("'", "'\\''") + "'"


def unpack(archive: bytes, venv: Path) -> None:
    """The archive comes from foreign code: only plain files in a few directories are made, over nothing
    that is there, and no link, so that no path can lead out."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar:
            parts = [part for part in member.name.split("/") if part not in {"", "."}]
            if not member.isreg() or ".." in parts or len(parts) < 2 or parts[0] not in TAKEN:
                continue
            if parts[0] == "bin" and parts[-1].startswith(OURS) and len(parts) == 2:
                continue
            target = venv.joinpath(*parts)
            contents = tar.extractfile(member)
            with contextlib.suppress(FileExistsError, NotADirectoryError):
                target.parent.mkdir(parents=True, exist_ok=True)
                with open(target, "xb") as file:
                    shutil.copyfileobj(contents, file)  # type: ignore[arg-type]
                target.chmod(0o755 if member.mode & 0o111 else 0o644)


@contextlib.contextmanager
def claimed(place: Path, *, wait: bool = True) -> Iterator[None]:
    """Holds the right to make or remove `place`. Raises BlockingIOError where somebody else does."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with open(f"{place}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        yield


def open_to_readers(root: Path) -> None:
    """Foreign code runs as another user: let it read, whatever mask the service has."""
    for directory, names, files in os.walk(root):
        for name in (*names, *files):
            path = os.path.join(directory, name)
            if not os.path.islink(path):
                os.chmod(path, os.stat(path).st_mode | (0o555 if os.path.isdir(path) else 0o444))
    root.chmod(0o755)


# --- an interpreter for a project ---------------------------------------------------------------------


@dataclass(frozen=True)
class Outfitter:
    """Decides whether a commit gets an environment of its own. `tree` gives the commit's files."""

    environments: Environments
    project: Project
    source: Source
    tree: Callable[[], str]
    tell: Callable[[str], None]

    def outfit(self) -> Outfit:
        project = self.project
        wanted = needs(self.source, project.subdirectory.strip("/"))
        if project.environment == "none" or not (wanted.lines or project.setup):
            return Outfit()
        if project.environment == "auto" and not project.setup and is_environment(project.python):
            return Outfit()  # a person made it for this, and named it
        return Outfit(tuple(wanted.main), lambda found: self.equip(found, wanted))

    def equip(self, found: Interpreter, listed: Needs) -> tuple[Interpreter, tuple[str, ...]]:
        """The interpreter with its environment. Where that cannot be made, `found` as it is, if it can run
        tests at all."""
        forced = self.project.environment == "always" or bool(self.project.setup)
        if not forced and not found.lacking and found.pytest:
            return found, ()
        wanted = self.wanted(found, listed)
        self.tell(f"{found.path} lacks {few(found.lacking) or 'pytest'}: installing {wanted.words}")
        try:
            made = self.environments.environment(wanted, self.tree)
        except BadInput as error:
            if forced or not found.pytest:
                raise
            why = error.detail.partition("\n")[0][:400]
            note = f"{why}; {found.path} is used, without {few(found.lacking)}"
            self.tell(note)
            return found, (note,)
        equipped = examine(made.python, self.environments.sandbox)
        if equipped is None:
            raise BadInput(f"the environment made from {wanted.words} does not start; see `healer doctor`")
        return equipped, self.notes(made, wanted)

    def wanted(self, found: Interpreter, listed: Needs) -> Wanted:
        folder = self.project.subdirectory.strip("/")
        names = [f"{folder}/{name}" if folder else name for name in LISTS]
        lists = {path: text for path in names if (text := self.source.read(path)) is not None}
        pytest = not self.project.test_command or "pytest" in self.project.test_command
        return Wanted(listed, found.path, pytest, self.project.setup, folder, lists)

    def notes(self, made: Environment, wanted: Wanted) -> tuple[str, ...]:
        said = f"tests run with what {wanted.words} names, installed for them"
        left = f"; left out: {few(made.left_out)}" if made.left_out else ""
        return (said + left,)


def is_environment(python: str) -> bool:
    return bool(python) and (Path(python).parent.parent / "pyvenv.cfg").is_file()


def few(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return ", ".join(names[:3]) + more
