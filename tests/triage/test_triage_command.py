from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from triage.__main__ import main


@pytest.fixture
def written(tmp_path: Path) -> Callable[[object], str]:
    def write(content: object) -> str:
        path = tmp_path / "event.json"
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return str(path)

    return write


def test_a_real_event_is_summed_up(
    capture: Callable[..., dict[str, Any]],
    written: Callable[[object], str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = written(capture({"run.py": "def main():\n    return 1 / 0\n"}))
    assert main([path]) == 0
    shown = capsys.readouterr().out
    assert "heal (single_point)" in shown
    assert "ZeroDivisionError: division by zero" in shown
    assert "run.py:2 in main    return 1 / 0" in shown


def test_secrets_are_not_printed(
    written: Callable[[object], str], capsys: pytest.CaptureFixture[str]
) -> None:
    key = "ghp_" + "a1B2c3D4e5F6" * 3
    assert main([written({"message": f"push with {key} failed"})]) == 0
    shown = capsys.readouterr().out
    assert key not in shown
    assert "hidden" in shown


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[]", b"{}", b'{"a": 1}', b"[" * 100_000])
def test_a_bad_file_is_one_sentence(
    content: bytes, written: Callable[[object], str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([written(content)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1


@pytest.mark.parametrize("arguments", [[], ["a", "b"], ["--help"], ["no-such-file.json"], ["/"]])
def test_wrong_use_is_one_sentence(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_it_runs_as_a_module(written: Callable[[object], str]) -> None:
    command = [sys.executable, "-m", "triage", written({"message": "hello"})]
    done = subprocess.run(
        command, cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "no_stack" in done.stdout
