from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from healer.case import Limits
from healer.protocols import Completed, Job
from healer.workshop.sandbox import Bubblewrap

Python = Callable[..., Completed]
Git = Callable[..., str]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    root = tmp_path / "tree"
    (root / "tests").mkdir(parents=True)
    (root / "app.py").write_text("ANSWER = 42\n")
    (root / "tests" / "test_app.py").write_text("from app import ANSWER\n")
    return root


@pytest.fixture
def python(sandbox: Bubblewrap, tree: Path) -> Python:
    """Runs Python code inside, on `tree`, and returns what was seen."""

    def run(code: str, *arguments: str, limits: Limits | None = None, **job: Any) -> Completed:
        command = (sys.executable, "-I", "-S", "-c", textwrap.dedent(code), *arguments)
        limits = limits or Limits(seconds=10)
        return sandbox.run(Job(tree=str(tree), command=command, python=sys.executable, limits=limits, **job))

    return run


@pytest.fixture
def small() -> Limits:
    """Limits that a flood meets at once."""
    return Limits(seconds=5, memory_mb=96, processes=24, disk_mb=8, output_kb=16)


@pytest.fixture
def alive() -> Callable[[str], list[str]]:
    """Numbers of this machine's processes that carry a mark in their arguments."""

    def found(mark: str) -> list[str]:
        return [pid for pid in filter(str.isdecimal, os.listdir("/proc")) if mark in arguments(pid)]

    def arguments(pid: str) -> str:
        try:
            return Path(f"/proc/{pid}/cmdline").read_text(errors="replace")
        except OSError:  # gone meanwhile
            return ""

    return found


@pytest.fixture
def git() -> Git:
    """Makes repositories to read, the way a person would."""
    env = {
        "PATH": os.defpath,
        "HOME": "/nonexistent",
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_CONFIG_NOSYSTEM": "1",
        **{f"GIT_{role}_NAME": "Ada" for role in ("AUTHOR", "COMMITTER")},
        **{f"GIT_{role}_EMAIL": "ada@example.org" for role in ("AUTHOR", "COMMITTER")},
    }

    def run(directory: Path, *arguments: str) -> str:
        command = ["git", "-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always", *arguments]
        done = subprocess.run(command, cwd=directory, env=env, capture_output=True, text=True, timeout=30)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    return run


@pytest.fixture
def repository(tmp_path: Path, git: Git) -> Path:
    """Two commits on main."""
    root = tmp_path / "repository"
    (root / "src").mkdir(parents=True)
    git(root, "init", "-q")
    (root / "src" / "shop.py").write_text("def price(x):\n    return x\n")
    (root / "run.sh").write_text("#!/bin/sh\n")
    (root / "run.sh").chmod(0o755)
    git(root, "add", "-A")
    git(root, "commit", "-qm", "First")
    (root / "src" / "shop.py").write_text("def price(x):\n    return x + 1\n")
    git(root, "commit", "-qam", "Second")
    return root
