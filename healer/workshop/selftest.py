"""Tries, for real, what the sandbox promises. Foreign code runs only where all of it holds."""

from __future__ import annotations

import json
import os
import secrets
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from healer.case import Limits
from healer.errors import HealerError
from healer.protocols import Completed, Job, SelfTest
from healer.workshop.claims import scratch
from healer.workshop.remedies import remedy

if TYPE_CHECKING:
    from healer.workshop.sandbox import Bubblewrap

Check = tuple[str, bool, str]
PROBE = Path(__file__).with_name("selftest_probe.py")


def examine(sandbox: Bubblewrap) -> SelfTest:
    """All checks, in under a second. Never raises: what went wrong is in the answer."""
    try:
        checks = (*contained(sandbox), *ended(sandbox), *limited(sandbox))
    except HealerError as error:
        return SelfTest(ok=False, checks=(("start", False, str(error)),), remedy=remedy(str(error)))
    except OSError as error:
        return SelfTest(ok=False, checks=(("start", False, str(error)),), remedy=remedy(str(error)))
    failed = [f"{name}: {detail}" for name, held, detail in checks if not held]
    return SelfTest(ok=not failed, checks=checks, remedy=remedy("; ".join(failed)) if failed else "")


def probe(sandbox: Bubblewrap, tree: str, *arguments: str, limits: Limits) -> Completed:
    """One part of `selftest_probe.py`, by the service's own interpreter, inside."""
    return sandbox.run_unchecked(
        Job(
            tree=tree,
            command=(sys.executable, "-I", "-S", "probe.py", *arguments),
            files={"probe.py": PROBE.read_text()},
            python=sys.executable,
            report=True,
            report_kb=64,
            limits=limits,
        )
    )


def findings(done: Completed) -> dict[str, str]:
    """What the probe reported: one JSON list [name, detail] per line, "" where the promise held."""
    found = {}
    for line in done.report.splitlines():
        name, detail = json.loads(line)
        found[name] = detail
    return found


def contained(sandbox: Bubblewrap) -> list[Check]:
    names = ("network", "files", "environment", "privileges", "interpreter")
    with scratch() as home, socket.create_server(("127.0.0.1", 0)) as server:
        secret, tree = home / "secret", home / "tree"
        secret.write_text("host")
        tree.mkdir()
        arguments = ("contained", str(server.getsockname()[1]), str(secret))
        done = probe(sandbox, str(tree), *arguments, limits=Limits(seconds=20))
        left = os.listdir(tree)
    found = findings(done)
    return [
        ("start", done.exit_code == 0, tail(done) if done.exit_code else "bubblewrap runs a command"),
        *((name, found.get(name) == "", found.get(name, "not reported") or HELD[name]) for name in names),
        ("tree", not left, f"left behind: {left}" if left else "writes to the tree vanish"),
    ]


HELD = {
    "network": "no interface but its own loopback; the host's is out of reach",
    "files": "nothing outside the tree and scratch directories can be written; host files are absent",
    "environment": "only the given variables are visible",
    "privileges": "no capabilities, no new privileges, filtered calls, no new namespaces",
    "interpreter": "the service's interpreter is visible and read-only",
}


def ended(sandbox: Bubblewrap) -> list[Check]:
    """A daemon that ignores every signal it can must be gone with the run."""
    mark = f"healer-mark-{secrets.token_hex(8)}"
    with scratch() as tree:
        done = probe(sandbox, str(tree), "daemon", mark, limits=Limits(seconds=20))
    alive = [pid for pid in os.listdir("/proc") if pid.isdecimal() and marked(pid, mark)]
    started = findings(done).get("daemon") == ""
    detail = f"still alive: {alive}" if alive else "a daemon was killed with the run"
    return [("kill", started and not alive, detail if started else f"not tried: {tail(done)}")]


def marked(pid: str, mark: str) -> bool:
    try:
        return mark in Path(f"/proc/{pid}/cmdline").read_text(errors="replace")
    except OSError:
        return False


def limited(sandbox: Bubblewrap) -> list[Check]:
    limits = Limits(seconds=20, memory_mb=128, processes=24, disk_mb=8)
    with scratch() as tree:
        done = probe(sandbox, str(tree), "floods", limits=limits)
    found = findings(done)
    how = sandbox.limited_by
    missing = f"not reported: {tail(done)}"
    if "memory" in done.limits_hit:
        found["memory"] = ""
    return [
        (f"limit {name}", found.get(name) == "", found.get(name, missing) or how)
        for name in ("processes", "disk", "memory")
    ]


def tail(done: Completed) -> str:
    return f"exit code {done.exit_code}: {done.output.strip()[-300:]}"
