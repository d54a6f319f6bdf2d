"""The demo, killed in the middle and started again, ends as if nothing had happened."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from healer.store.database import connect
from healer.store.embedded import EmbeddedPostgres

ROOT = Path(__file__).parents[2]
PATIENCE = 240


@pytest.fixture
def place() -> Iterator[Path]:
    """Not below pytest's own directory, which other accounts may not enter; the server runs as one."""
    with tempfile.TemporaryDirectory(prefix="healer-demo-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


def start(place: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "healer", "demo", "--keep", str(place)]
    with (place / "screen.txt").open("ab") as screen:
        return subprocess.Popen(command, cwd=ROOT, stdout=screen, stderr=screen)


def steps(place: Path) -> set[str]:
    """Names of the steps that are remembered so far."""
    server = EmbeddedPostgres(place / "healer" / "postgres")
    if not server.answers():
        return set()
    try:
        with connect(server.dsn("healer")) as connection:
            return {row["name"] for row in connection.execute("select name from healer.step").fetchall()}
    except Exception:
        return set()


def test_a_killed_demo_is_finished_by_the_next_start(place: Path) -> None:
    first = start(place)
    deadline = time.monotonic() + PATIENCE
    while "diagnose" not in steps(place) and first.poll() is None and time.monotonic() < deadline:
        time.sleep(0.1)
    assert first.poll() is None, (place / "screen.txt").read_text()[-2000:]
    os.kill(first.pid, signal.SIGKILL)
    first.wait()

    second = start(place)
    assert second.wait(PATIENCE) == 0, (place / "screen.txt").read_text()[-3000:]

    pulls = sorted((place / "origin.git" / "healer").glob("*/pull.json"))
    assert len(pulls) == 1
    listed = ["git", "--git-dir", str(place / "origin.git"), "for-each-ref", "--format=%(refname:short)"]
    refs = subprocess.run([*listed, "refs/heads/healer"], capture_output=True, text=True, check=True)
    assert refs.stdout.split() == [json.loads(pulls[0].read_text())["branch"]]
    proof = json.loads(pulls[0].with_name("proof.json").read_text())
    assert len(proof["fail_to_pass"]) == 1
    assert len(proof["pass_to_pass"]) >= 10
    screen = (place / "screen.txt").read_text()
    assert "ghp_" not in screen
    assert "ghp_" not in pulls[0].with_name("pull.md").read_text()
