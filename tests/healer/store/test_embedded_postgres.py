"""Real servers, really killed. Every test has a directory of its own outside pytest's, which closes its
own to the account the server runs as where the tests run as root."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from healer.store import embedded, keeper
from healer.store.embedded import EmbeddedPostgres, NoServer

ROOT = Path(__file__).parents[3]
HOLD = """
import sys
from healer.store.embedded import EmbeddedPostgres
with EmbeddedPostgres(sys.argv[1]) as dsn:
    print(dsn, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def directory() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="healer-pg-") as name:
        yield Path(name) / "server"
        EmbeddedPostgres(Path(name) / "server").stop()


@pytest.fixture(scope="module")
def seed() -> Iterator[Path]:
    """An initialised directory, to be copied: initdb is the slow part."""
    with tempfile.TemporaryDirectory(prefix="healer-pg-") as name:
        with EmbeddedPostgres(Path(name) / "seed"):
            pass
        yield Path(name) / "seed"


@pytest.fixture
def seeded(seed: Path, directory: Path) -> Path:
    subprocess.run(["cp", "-a", str(seed), str(directory)], check=True)
    return directory


def postmaster(directory: Path) -> int:
    return int((directory / "data" / "postmaster.pid").read_text().splitlines()[0])


def runs(directory: Path) -> bool:
    return EmbeddedPostgres(directory).answers()


def gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    except FileNotFoundError:
        return True


def until(happened, seconds: float = 15.0) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def holder(directory: Path) -> subprocess.Popen[str]:
    """A process that uses the server until its standard input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(directory)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stdout.readline().startswith("postgresql://")
    return process


def end(process: subprocess.Popen[str]) -> None:
    process.communicate(timeout=30)


def test_it_starts_keeps_its_data_and_stops(directory: Path) -> None:
    with EmbeddedPostgres(directory) as dsn, psycopg.connect(dsn) as connection:
        connection.execute("create table kept (n int)")
        pid = postmaster(directory)
    assert gone(pid)
    assert not runs(directory)
    with EmbeddedPostgres(directory) as dsn, psycopg.connect(dsn) as connection:
        assert connection.execute("select count(*) from kept").fetchone() == (0,)


def test_nobody_else_on_this_machine_gets_in(seeded: Path) -> None:
    with EmbeddedPostgres(seeded) as dsn, psycopg.connect(dsn) as connection:
        assert connection.execute("show listen_addresses").fetchone() == ("",)
        assert EmbeddedPostgres(seeded).socket_directory.stat().st_mode & 0o077 == 0


def test_it_ends_with_an_owner_that_is_killed(seeded: Path) -> None:
    owner = holder(seeded)
    pid = postmaster(seeded)
    owner.kill()
    end(owner)
    until(lambda: gone(pid))


def test_two_processes_share_one_server_and_the_last_one_ends_it(seeded: Path) -> None:
    first, second = holder(seeded), holder(seeded)
    pid = postmaster(seeded)
    end(first)
    time.sleep(0.5)
    assert not gone(pid)
    assert runs(seeded)
    end(second)
    assert gone(pid)


def test_a_killed_postmaster_is_started_again(seeded: Path) -> None:
    with EmbeddedPostgres(seeded) as dsn:
        time.sleep(1.1)
        pid = postmaster(seeded)
        os.kill(pid, signal.SIGKILL)
        until(lambda: gone(pid))
        until(lambda: runs(seeded))
        psycopg.connect(dsn).close()


@pytest.mark.parametrize("whose", ["defunct", "innocent", "nobody", "garbage"])
def test_what_a_dead_server_left_behind_does_not_stop_a_new_one(seeded: Path, whose: str) -> None:
    other = subprocess.Popen(["true"] if whose == "defunct" else ["sleep", "60"])
    if whose == "defunct":
        until(lambda: gone(other.pid))  # not waited for, so it stays in the process table
    number = {"nobody": "99999999", "garbage": "what?"}.get(whose, str(other.pid))
    (seeded / "data" / "postmaster.pid").write_text(
        f"{number}\n{seeded}/data\n1\n5432\n{seeded}\n\n\nready\n"
    )
    try:
        with EmbeddedPostgres(seeded) as dsn:
            psycopg.connect(dsn).close()
        assert whose == "defunct" or other.poll() is None
    finally:
        other.kill()
        other.wait()


def test_it_may_be_left_running_and_stopped_later(seeded: Path) -> None:
    with EmbeddedPostgres(seeded, keep_running=True):
        pid = postmaster(seeded)
    time.sleep(3 * keeper.POLL_SECONDS)
    assert runs(seeded)
    EmbeddedPostgres(seeded).stop()
    assert gone(pid)
    EmbeddedPostgres(seeded).stop()


@pytest.mark.parametrize("name", ["with space ü %41", "deep/" * 3 + "x" * 90])
def test_any_directory_will_do_and_nothing_is_left_beside_it(seed: Path, name: str) -> None:
    with tempfile.TemporaryDirectory(prefix="healer-pg-") as top:
        directory = Path(top) / name
        directory.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["cp", "-a", str(seed), str(directory)], check=True)
        server = EmbeddedPostgres(directory)
        with server as dsn:
            psycopg.connect(dsn).close()
            assert server.socket_directory.exists()
        assert not server.socket_directory.exists()


def test_the_log_holds_no_statement(seeded: Path) -> None:
    with EmbeddedPostgres(seeded) as dsn, psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("create table t (secret text unique)")
        for _ in range(2):
            with contextlib.suppress(psycopg.errors.UniqueViolation):
                connection.execute("insert into t values ('hunter2')")
        with pytest.raises(psycopg.Error):
            connection.execute("select 'hunter2' frm nowhere")
        with pytest.raises(psycopg.Error):
            connection.execute("select %s::int", ["hunter2"])
    text = (seeded / "server.log").read_text()
    assert "ready to accept connections" in text
    assert "hunter2" not in text


def test_a_server_that_cannot_start_says_why_and_leaves_nothing(seeded: Path) -> None:
    (seeded / "data" / "global" / "pg_control").unlink()
    with pytest.raises(NoServer, match="pg_control"):
        EmbeddedPostgres(seeded).start()
    until(lambda: not (seeded / "data" / "postmaster.pid").exists())


def test_an_interrupted_initialisation_is_done_again(directory: Path) -> None:
    (directory / "data.new" / "base").mkdir(parents=True)
    with EmbeddedPostgres(directory) as dsn:
        psycopg.connect(dsn).close()


def test_recovery_may_take_longer_than_ten_seconds() -> None:
    assert embedded.START_SECONDS >= 300


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may become a user without a name")
def test_a_user_without_a_name_is_told_what_to_do():
    become = ["setpriv", "--reuid", "54321", "--regid", "54321", "--clear-groups"]
    with tempfile.TemporaryDirectory(prefix="healer-pg-") as place:
        os.chmod(place, 0o777)
        words = [*become, sys.executable, "-c", HOLD, f"{place}/server"]
        done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)
    if "Permission denied" in done.stderr:
        pytest.skip("what runs here is out of that user's reach")
    assert "give this user a line in /etc/passwd, or name a server of your own" in done.stderr
