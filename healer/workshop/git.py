"""Runs git on our own repositories only, deaf to every configuration but the one given here."""

from __future__ import annotations

import base64
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from healer.errors import Denied, HealerError

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


def with_token(url: str, token: str) -> dict[str, str]:
    """Environment that lets git speak to the host of `url` with `token`: never in its arguments, its
    configuration files or the URL, and not to a host that it is redirected to. Raises Denied."""
    if not token:
        return {}
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in {"127.0.0.1", "::1", "localhost"}:
        raise Denied(
            f"{hide_userinfo(url)}: a token is sent over https only; correct the project's repository"
        )
    secret = base64.b64encode(f"x-access-token:{token}".encode()).decode()
    settings = {
        f"http.{parts.scheme}://{parts.netloc}/.extraheader": f"Authorization: Basic {secret}",
        "http.followRedirects": "false",
        "credential.helper": "",
    }
    numbered = enumerate(settings.items())
    pairs = {
        f"GIT_CONFIG_{what}_{n}": text
        for n, kv in numbered
        for what, text in zip(("KEY", "VALUE"), kv, strict=True)
    }
    return {"GIT_CONFIG_COUNT": str(len(settings)), **pairs}


def command_of(directory: Path, *arguments: str) -> list[str]:
    return ["git", *OPTIONS, f"--git-dir={directory}", *arguments]


def explain(stderr: bytes) -> str:
    """The telling line of git's message, without what a URL may carry before its host."""
    lines = [line for line in stderr.decode("utf-8", "replace").splitlines() if line.strip()]
    told = [line for line in lines if line.startswith(("fatal:", "error:", " ! "))]
    return hide_userinfo(" ".join(told or lines[-1:] or ["no message"])[:500])


def hide_userinfo(text: str) -> str:
    return re.sub(r"://[^/@\s]{1,500}@", "://", text)
