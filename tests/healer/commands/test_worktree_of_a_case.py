"""`healer worktree`: the place in which a case's tests run, for a person."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from healer import cli
from healer.engine import Queue

TOML = """
[[project]]
name = "shop"
repository = {repository!r}
base = "main"
secrets = ["STRIPE_TEST_KEY"]
database = true
database_variable = "SHOP_DB"
"""


def test_a_case_is_shown_at_the_commit_it_is_about(
    record, crash: tuple[Path, Path], tmp_path: Path, capfd, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = crash[1]
    (tmp_path / "healer.toml").write_text(TOML.format(repository=str(repository)))
    monkeypatch.chdir(tmp_path)
    for name, value in {"HOME": tmp_path / "home", "DATABASE_URL": record.url}.items():
        monkeypatch.setenv(f"HEALER_{name}", str(value))
    monkeypatch.setenv("STRIPE_TEST_KEY", "sk_test_of_the_tests")
    git = ["git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-C", str(repository)]
    about = subprocess.run([*git, "rev-parse", "HEAD"], capture_output=True, text=True, check=True).stdout
    (repository / "later.py").write_text("")
    (repository / "gone").symlink_to("/etc/passwd")
    subprocess.run([*git, "add", "-A"], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "Later"], check=True)
    case = record.arrive(1).case
    inside = 'ls later.py; echo "$STRIPE_TEST_KEY"; psql -tAc "select 6 * 7" "$SHOP_DB"'

    assert cli.main(["worktree", str(case), "--", "sh", "-c", inside]) == 0
    seen = capfd.readouterr()
    assert seen.out == "later.py\n[secret]\n42\n"
    assert "left out: gone: a symlink that leads out of the tree" in seen.err

    queue = Queue()
    claim = queue.claim(record.connection, "worker")
    assert claim is not None
    queue.remember(record.connection, claim, "diagnose", json.dumps({"target": {"commit": about.strip()}}))
    assert cli.main(["worktree", str(case), "--print"]) == 0
    shown = capfd.readouterr().out
    assert "ledger.py" in shown
    assert "later.py" not in shown
    assert cli.main(["worktree", "99"]) == 2
    assert "healer cases" in capfd.readouterr().err
