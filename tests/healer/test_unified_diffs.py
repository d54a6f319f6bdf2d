"""Diffs that git itself applies."""

from __future__ import annotations

import difflib
import subprocess
from pathlib import Path

import pytest

from healer.diffing import _grouped, changed_lines, unified
from healer.proving.diff import BadDiff, apply, exact


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


TEXTS = {"a.py": "one\ntwo\n", "with space/b.py": "x", "tests/test_a.py": "kept\n"}
MADE = unified(TEXTS, {"a.py": "one\n2\n", "with space/b.py": "y\n", "new.py": "new\n"})


def test_our_own_diffs_say_no_more_than_their_lines():
    assert exact(TEXTS.get, MADE) == apply(TEXTS.get, MADE)
    told_by_git = MADE.replace("--- a/a.py", "index 5626abf..814f4a4 100644\n--- a/a.py")
    assert exact(TEXTS.get, told_by_git) == apply(TEXTS.get, MADE)


MOVED = "diff --git a/tests/test_a.py b/x\nsimilarity index 100%\nrename from tests/test_a.py\nrename to x\n"
BINARY = "diff --git a/x.so b/x.so\nnew file mode 100644\nGIT binary patch\nliteral 1\nIcmZPo000310RR91\n\n"
EMPTY = "diff --git a/conftest.py b/conftest.py\nnew file mode 100644\n"


@pytest.mark.parametrize(
    "diff",
    [
        *(more + MADE for more in (MOVED, BINARY, EMPTY, "Read me first\n")),
        *(MADE + more for more in (MOVED, BINARY, EMPTY, "x")),
        MADE.replace("--- a/a.py", "old mode 100644\nnew mode 100755\n--- a/a.py"),
        MADE.replace("diff --git a/a.py b/a.py", "diff --git a/a.py b/b.py"),
        MADE.replace("new file mode 100644", "new file mode 120000"),
        MADE.replace("+2\n", "+2\n+3\n"),
        unified({}, {"a.py": "on top\n"}),
        unified(TEXTS, {"a.py": "one\n2\n"}) * 2,
    ],
)
def test_what_git_would_do_beside_its_lines_is_no_exact_diff(diff):
    """People apply the diff of a proof by their own means: it must say nothing that no run has seen."""
    with pytest.raises(BadDiff):
        exact(TEXTS.get, diff)
