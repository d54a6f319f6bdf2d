"""Runs git on our own repositories only, deaf to every configuration but the one given here."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

from healer.errors import HealerError

WHERE = "/usr/local/bin:/usr/bin:/bin"
PROTOCOLS = "file:https:http:ssh"
QUIET = {
    "PATH": WHERE,
    "HOME": "/nonexistent",
    "LC_ALL": "C.UTF-8",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_ALLOW_PROTOCOL": PROTOCOLS,
}
SETTINGS = {
    "core.hooksPath": "/dev/null",
    "core.fsmonitor": "false",
    "core.attributesFile": "/dev/null",
    "core.excludesFile": "/dev/null",
    "core.quotePath": "false",
    "core.alternateRefsCommand": "true",
    "gc.auto": "0",
    "maintenance.auto": "false",
    "protocol.ext.allow": "never",
    "receive.autogc": "false",
    "receive.denyCurrentBranch": "refuse",
    "safe.directory": "*",
    "submodule.recurse": "false",
}
OPTIONS = [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]


class GitFailed(HealerError):
    """git could not do what was asked; the line above is its own."""


def git(
    directory: Path,
    *arguments: str,
    stdin: bytes = b"",
    environment: Mapping[str, str] | None = None,
    seconds: float = 120,
) -> bytes:
    """git's stdout on the repository whose git directory is `directory`. Raises GitFailed."""
    command = command_of(directory, *arguments)
    env = {**QUIET, **(environment or {})}
    try:
        done = subprocess.run(
            command, input=stdin, capture_output=True, env=env, cwd=directory, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        raise GitFailed(f"git {arguments[0]} took longer than {seconds:.0f} s") from None
    if done.returncode != 0:
        raise GitFailed(f"git {arguments[0]}: {explain(done.stderr)}")
    return done.stdout


def command_of(directory: Path, *arguments: str) -> list[str]:
    return ["git", *OPTIONS, f"--git-dir={directory}", *arguments]


def explain(stderr: bytes) -> str:
    """The telling line of git's message, without what a URL may carry before its host."""
    lines = [line for line in stderr.decode("utf-8", "replace").splitlines() if line.strip()]
    told = [line for line in lines if line.startswith(("fatal:", "error:", " ! "))]
    return hide_userinfo(" ".join(told or lines[-1:] or ["no message"])[:500])


def hide_userinfo(text: str) -> str:
    return re.sub(r"://[^/@\s]{1,500}@", "://", text)
