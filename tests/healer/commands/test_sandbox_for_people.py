"""`healer sandbox`: any command, the way tests are run."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from healer import cli


def test_a_command_with_options_its_code_and_what_is_not_there(
    crash: tuple[Path, Path], tmp_path: Path, capfd, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = crash[1]
    (repository / "out").symlink_to("/etc/passwd")
    git = ["git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-C", str(repository)]
    subprocess.run([*git, "add", "-A"], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "Link"], check=True)
    monkeypatch.setenv("HEALER_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    start = ["sandbox", "--repo", str(repository)]
    assert cli.main([*start, "--", "sh", "-c", "ls ledger.py; echo x > /usr/x; exit 3"]) == 3
    seen = capfd.readouterr()
    assert seen.out.startswith("ledger.py\n")
    assert "left out: out: a symlink that leads out of the tree" in seen.err
    assert "exit code 3" in seen.err
    assert "denied: writing to a protected or system path" in seen.err
    assert cli.main([*start, "echo", "-n", "hi"]) == 0
    assert capfd.readouterr().out == "hi"
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(out := io.BytesIO(), encoding="ascii"))
    assert cli.main([*start, "printf", "caf\\303\\251"]) == 0
    assert out.getvalue() == b"caf\\xe9"
    assert cli.main(start) == 2
    assert "write it behind --" in capfd.readouterr().err


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf", "soon"])
def test_a_time_that_is_none_is_refused_before_anything_runs(seconds, capfd):
    with pytest.raises(SystemExit, match="2"):
        cli.main(["sandbox", "--repo", ".", "--seconds", seconds, "--", "true"])
    assert "--seconds" in capfd.readouterr().err
