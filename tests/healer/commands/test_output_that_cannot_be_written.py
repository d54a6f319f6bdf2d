from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from healer.cli import main


def test_a_full_disk_is_one_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with open("/dev/full", "w") as full:
        monkeypatch.setattr("sys.stdout", full)
        assert main(["prompts"]) == 1
    assert capsys.readouterr().err == "healer: No space left on device; make room, or name another place\n"


def test_what_was_said_before_another_file_failed_is_not_lost(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def run(args: argparse.Namespace) -> int:
        print("half of it")
        raise PermissionError(13, "Permission denied", "report.json")

    command = argparse.ArgumentParser()
    command.set_defaults(run=run, verbose=False)
    monkeypatch.setattr("healer.cli.parser", lambda words: command)
    with open(tmp_path / "out", "w") as out:
        monkeypatch.setattr("sys.stdout", out)
        assert main([]) == 1
    assert (tmp_path / "out").read_text() == "half of it\n"
    said = "healer: report.json: Permission denied; let this user in, or name another place\n"
    assert capsys.readouterr().err == said
