"""Diffs that git itself applies."""

from __future__ import annotations

import difflib
import subprocess
from pathlib import Path

import pytest

from healer.diffing import _grouped, changed_lines, unified
from healer.proving.diff import apply


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


def test_a_file_of_equal_lines_is_diffed_in_time():
    rows = "".join(f"{n % 150:02x}\n" for n in range(60_000))
    old = "first\n" + rows + "middle\n" + "0,\n" * 3000 + "last\n"
    new = old.replace("05\n", "zz\n", 2).replace("first\n", "1st\n").replace("last\n", "last")
    made = unified({"table.csv": old}, {"table.csv": new})
    assert apply(lambda path: old, made) == {"table.csv": new}
    assert made.count("\n@@ -") == 3


def test_blocks_found_another_way_are_written_as_difflib_does():
    old = [f"{n}\n" for n in range(40)]
    new = [*old[:9], *old[10:30], "x\n", "y\n", *old[31:]]
    assert list(_grouped(old, new)) == list(difflib.unified_diff(old, new, n=3))[2:]
