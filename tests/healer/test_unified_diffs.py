"""Diffs that git itself applies."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from healer.diffing import changed_lines, unified


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a\nb\nc\n", "a\nB\nc\n"),
        ("a\nb", "a\nB"),
        ("a\nb", "a\nb\n"),
        ("a\r\nb\r\n", "a\r\nB\r\n"),
        ("a\x0cb\n\x1cc\n", "a\x0cB\n\x1cc\n"),
        ("", "a\n"),
        ("a\n", None),
        (None, "a\nb"),
    ],
)
@pytest.mark.parametrize("path", ["a.py", "with space/ä b.py"])
def test_git_applies_it(path: str, before: str | None, after: str | None, tmp_path: Path) -> None:
    file = tmp_path / path
    file.parent.mkdir(parents=True, exist_ok=True)
    if before is not None:
        file.write_bytes(before.encode())
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    diff = unified({path: before}, {path: after})
    subprocess.run(["git", "apply", "-"], cwd=tmp_path, input=diff.encode(), check=True)
    assert (file.read_bytes().decode() if file.exists() else None) == after


def test_nothing_changed_is_no_diff() -> None:
    assert unified({"a": "x\n"}, {"a": "x\n"}) == ""


def test_changed_lines_are_counted() -> None:
    assert changed_lines(unified({"a": "a\n-- b\n"}, {"a": "a\n-- c\n"})) == 2
