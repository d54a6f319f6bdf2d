"""Repositories as they come: each has a clear outcome, and nothing is left behind."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from healer.cli import main

Spoil = Callable[[Path], object]
ADA = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "protocol.file.allow=always")


def git(repository: Path, *words: str) -> str:
    command = ["git", *ADA, "-C", str(repository), *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def commit(repository: Path, **files: str | None) -> None:
    for name, text in files.items():
        path = repository / name
        if text is None:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    git(repository, "add", "-A", "-f")
    git(repository, "commit", "-qm", "Spoil", "--no-verify")


def does_not_build(repository: Path) -> None:
    commit(
        repository, **{"ledger.py": (repository / "ledger.py").read_text() + "\nimport nowhere_to_be_found\n"}
    )


def no_python(repository: Path) -> None:
    commit(repository, **{"ledger.py": "this is no Python (\n"})


def another_encoding(repository: Path) -> None:
    text = "# -*- coding: latin-1 -*-\n# caf\u00e9\n" + (repository / "ledger.py").read_text()
    (repository / "ledger.py").write_bytes(text.encode("latin-1"))
    commit(repository)


def an_editors_mark(repository: Path) -> None:
    commit(repository, **{"ledger.py": "\ufeff" + (repository / "ledger.py").read_text()})


def no_tests(repository: Path) -> None:
    commit(repository, **{"tests/test_ledger.py": None})


def red_suite(repository: Path) -> None:
    commit(repository, **{"tests/test_red.py": "def test_red():\n    assert 0\n"})


def broken_conftest(repository: Path) -> None:
    commit(repository, **{"tests/conftest.py": "raise RuntimeError('no')\n"})


def a_submodule(repository: Path) -> None:
    other = repository.parent / "other"
    other.mkdir()
    git(other, "init", "-q")
    (other / "x.py").write_text("x = 1\n")
    git(other, "add", "-A")
    git(other, "commit", "-qm", "Other")
    git(repository, "submodule", "add", "-q", str(other), "vendor/other")
    git(repository, "commit", "-qm", "Vendor")


def large_files_elsewhere(repository: Path) -> None:
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0" * 64 + "\nsize 12345\n"
    attributes = "*.bin filter=lfs diff=lfs merge=lfs -text\n"
    commit(repository, **{"data/model.bin": pointer, ".gitattributes": attributes})


def marker(repository: Path) -> Path:
    return repository.parent / "fired"


def hooks(repository: Path) -> None:
    for name in (
        "post-checkout",
        "pre-push",
        "reference-transaction",
        "pre-receive",
        "update",
        "post-update",
    ):
        hook = repository / ".git" / "hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\ntouch {marker(repository)}\n")
        hook.chmod(0o755)


def filters(repository: Path) -> None:
    commit(repository, **{".gitattributes": "*.py filter=evil diff=evil\n"})
    for key in ("filter.evil.smudge", "filter.evil.clean", "filter.evil.process", "diff.evil.textconv"):
        git(repository, "config", key, f"touch {marker(repository)}; cat")


def symlinks(repository: Path) -> None:
    os.symlink("/etc/passwd", repository / "passwd.py")
    os.symlink("..", repository / "tests" / "up")
    os.symlink("loop", repository / "loop")
    os.symlink("/", repository / "root")
    commit(repository)


ODD: tuple[Spoil, ...] = (
    an_editors_mark,
    red_suite,
    a_submodule,
    large_files_elsewhere,
    symlinks,
    filters,
    hooks,
)
REFUSED: dict[str, tuple[Spoil, str]] = {
    "does not build": (does_not_build, "ModuleNotFoundError|nowhere_to_be_found"),
    "is no Python": (no_python, "no frame of the event|cannot be read"),
    "is in another encoding": (another_encoding, "ledger.py, where it failed, is no UTF-8 text"),
    "a broken conftest": (broken_conftest, "RuntimeError|collected"),
}


@pytest.fixture
def healed(
    crash: tuple[Path, Path],
    tmp_path: Path,
    interpreter: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> Callable[..., tuple[int, dict[str, object], str]]:
    event, repository = crash
    home = tmp_path / "home"
    monkeypatch.setenv("HEALER_HOME", str(home))
    monkeypatch.chdir(tmp_path)

    def run(*more: str) -> tuple[int, dict[str, object], str]:
        mounts = Path("/proc/self/mountinfo").read_text()
        marker(repository).unlink(missing_ok=True)  # fired by the commands above, as they should
        before = children()
        words = ["heal", str(event), "--repo", str(repository), "--python", interpreter, "--json", *more]
        code = main(words)
        told = capfd.readouterr()
        assert children() == before, "a process is left"
        assert Path("/proc/self/mountinfo").read_text() == mounts, "a mount is left"
        assert not list((home / "trees").glob("*")), "a tree is left"
        assert not list(Path("/dev/shm").glob(f"healer-{os.geteuid()}-case-*/tree/ledger_{os.getpid()}"))
        assert not marker(repository).exists(), "code of the repository ran outside of the sandbox"
        return code, json.loads(told.out) if told.out.startswith("{") else {}, told.err

    return run


def children() -> set[str]:
    """Of this process, and not git's short-lived ones."""
    text = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    return {pid for pid in text if b"cat-file" not in Path(f"/proc/{pid}/cmdline").read_bytes()}


def test_what_is_odd_is_no_hindrance(crash, healed):
    for spoil in ODD:
        spoil(crash[1])
    code, told, said = healed()
    assert code == 0, (told.get("reason"), said)
    assert "tests/test_red.py::test_red" in told["proof"]["failing_before"]
    mended = subprocess.run(["git", "show", f"{told['branch']}:ledger.py"], cwd=crash[1], capture_output=True)
    assert mended.stdout.startswith(b"\xef\xbb\xbf"), "what is not mended stays as it was"
    assert told["notes"] == ["tests run without the files of submodules: vendor/other"]


def test_without_tests_the_reproduction_speaks_alone_and_that_is_said(crash, healed):
    no_tests(crash[1])
    large_files_elsewhere(crash[1])
    code, told, said = healed()
    assert code == 0, (told.get("reason"), said)
    assert any("no tests" in line for line in told["proof"]["not_checked"])
    assert "Git LFS pointers" in told["notes"][0]


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_worked_on_says_why(name, crash, healed):
    spoil, words = REFUSED[name]
    spoil(crash[1])
    code, told, said = healed()
    assert code == 3, (told, said)
    assert told["outcome"] == "refused"
    assert any(word in told["reason"] for word in words.split("|")), told["reason"]
    assert "healer/" not in git(crash[1], "branch", "--list")


def test_a_base_commit_that_is_gone(crash, healed):
    code, _, said = healed("--base", "0123456789abcdef0123456789abcdef01234567")
    assert code == 2
    assert "is gone" in said


def test_an_event_whose_code_moved(crash, healed):
    text = (crash[1] / "ledger.py").read_text()
    commit(crash[1], **{"books/__init__.py": "", "books/ledger.py": text, "ledger.py": None})
    code, told, said = healed()
    assert code in {0, 3}, said
    assert told["reason"]
    if code == 3:
        assert told["code"]


def test_a_function_that_is_gone(crash, healed):
    commit(crash[1], **{"ledger.py": "def by_card(payees):\n    return {'4242': 2}\n"})
    code, told, said = healed()
    assert code == 3, said
    assert told["reason"]


def test_thirty_thousand_files_are_no_hindrance(crash, healed):
    """Made by plumbing: a real checkout takes minutes."""
    repository = crash[1]
    blob = (
        subprocess.run(
            ["git", "-C", str(repository), "hash-object", "-w", "--stdin"],
            input=b"x = 1\n",
            capture_output=True,
        )
        .stdout.decode()
        .strip()
    )
    index = {**os.environ, "GIT_INDEX_FILE": str(repository.parent / "index")}
    lines = "".join(f"100644 {blob}\tdata/d{n // 500}/f{n}.txt\n" for n in range(30_000))
    run = {"cwd": repository, "env": index, "check": True, "capture_output": True}
    subprocess.run(["git", "read-tree", "HEAD"], **run)
    subprocess.run(["git", "update-index", "--add", "--index-info"], input=lines.encode(), **run)
    tree = subprocess.run(["git", "write-tree"], **run).stdout.decode().strip()
    made = git(repository, "commit-tree", tree, "-p", "HEAD", "-m", "Data")
    git(repository, "update-ref", "refs/heads/main", made)
    code, told, said = healed()
    assert code == 0, (told.get("reason"), said)
