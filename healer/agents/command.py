"""A command line of a vendor as a guest: it brings the loop, we bring every tool it has.

Its home and working directory are empty, the repository is not there, its environment is an allow-list, and
its tools come from this process over MCP on loopback, with a token of this run. Session, policy and budget
stay here. It runs as the service's own user: keep the service's machine as you would with any vendor's tool.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from healer.agents.guests.claude import CLAUDE
from healer.agents.guests.codex import CODEX
from healer.agents.guests.launch import Guest, Launch, Order
from healer.briefing import Guidance, inputs
from healer.budget import Budget
from healer.case import Patch
from healer.errors import NotConfigured, Refused
from healer.models.talk import Endpoint
from healer.prompting import Prompt
from healer.protocols import Abstained, Bench, Brief
from healer.spending import Tripped
from healer.tools import Session
from healer.tools.ending import patch
from triage.incident import Incident

GUESTS = {guest.name: guest for guest in (CLAUDE, CODEX)}
LARGEST_OUTPUT = 16 << 20  # bytes


@dataclass
class CommandAgent:
    """Implements `Agent`. Raises NotConfigured where the binary is missing: a person has to install it."""

    guest: Guest
    binary: str
    endpoint: Endpoint
    prompt: Prompt
    budget: Callable[[Incident], Budget]
    open_session: Callable[[Brief, Bench, Budget], Session]
    guidance: Guidance = lambda source: ""
    name: str = "command"

    def propose(self, brief: Brief, bench: Bench) -> Patch:
        budget = self.budget(brief.reproduction.diagnosis.incident)
        try:
            session = self.open_session(brief, bench, budget)
            self._work(session, budget)
            return patch(session, self.name, budget.total())
        except Refused as no:
            raise Abstained(no.code, no.reason, budget.total()) from no

    def _work(self, session: Session, budget: Budget) -> None:
        said = self.prompt.render(**inputs(session.brief, session.source, self.guidance))
        stop = Stop()
        home_of = tempfile.TemporaryDirectory(prefix="healer-guest-", ignore_cleanup_errors=True)
        with home_of as home, _tools(session, stop) as (url, token):
            order = Order(
                binary=self.binary,
                home=Path(home),
                tools_url=url,
                token=token,
                endpoint=self.endpoint,
                instructions=said.instructions,
                task=said.task,
                dollars=_left(budget),
                turns=budget.limits.run.calls or 100,
            )
            with budget.request(
                self.endpoint.model, 40_000, self.endpoint.max_output, prompt=self.prompt.id
            ) as request:
                output, code = run(self.guest.launch(order), Path(home), budget.seconds_left, stop)
                usage, error = self.guest.bills(output)
                request.pay(usage)
        if stop.reason is not None:
            raise stop.reason
        if session.answer is None:
            raise Tripped(
                "guest_failed", f"{self.guest.name} ended ({code}) without an answer. {error}".strip()
            )


def installed(name: str, path: str, search: str) -> str:
    """The guest's binary. Raises NotConfigured with what to do."""
    found = shutil.which(path or name, path=search)
    if found is None:
        raise NotConfigured(
            f"[model] guest: {path or name} is not there; install it, set guest_path, or leave guest empty"
        )
    return found


class Stop:
    """Set once by the tool server, when a limit or breaker ended the run."""

    def __init__(self) -> None:
        self.reason: Refused | None = None
        self.event = threading.Event()

    def __call__(self, reason: Refused) -> None:
        self.reason = self.reason or reason
        self.event.set()


@contextmanager
def _tools(session: Session, stop: Stop) -> Iterator[tuple[str, str]]:
    """Imported here: the SDK is an extra."""
    try:
        from healer.mcp.loopback import serving
        from healer.mcp.server import http_app, server_of
    except ModuleNotFoundError as missing:
        raise NotConfigured(f"a guest needs {missing.name}; run: pip install 'healer[mcp]'") from None
    server = server_of(session, stopped=stop)
    with serving(lambda url, token: http_app(server, url, token)) as (url, token):
        yield url, token


def run(launch: Launch, home: Path, seconds: float, stop: Stop) -> tuple[str, int]:
    """(output, exit code). Killed with all its children when time, tools or output are used up."""
    empty = home / "empty"
    empty.mkdir()
    for name, text in launch.files.items():
        (home / name).write_text(text, encoding="utf-8")
        (home / name).chmod(0o600)
    with (home / "output").open("w+b") as output:
        process = subprocess.Popen(
            launch.command, cwd=empty, env=dict(launch.env), stdin=subprocess.PIPE, stdout=output,
            stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        try:
            _feed(process, launch.stdin)
            code = _wait(process, min(seconds, 86_400.0), stop, output.fileno())
        finally:
            _kill(process)
        output.seek(0)
        return output.read(LARGEST_OUTPUT).decode("utf-8", "replace"), code


def _feed(process: subprocess.Popen[bytes], text: str) -> None:
    assert process.stdin is not None
    try:
        process.stdin.write(text.encode())
        process.stdin.close()
    except BrokenPipeError:
        pass  # it ended already; its exit code says why


def _wait(process: subprocess.Popen[bytes], seconds: float, stop: Stop, output: int) -> int:
    waited = 0.0
    while waited < seconds and not stop.event.is_set() and os.fstat(output).st_size < LARGEST_OUTPUT:
        try:
            return process.wait(0.1)
        except subprocess.TimeoutExpired:
            waited += 0.1
    if not stop.event.is_set():
        stop(Tripped("budget_seconds", f"the guest did not end within {seconds:.0f} s"))
    return -signal.SIGKILL


def _kill(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _left(budget: Budget) -> float:
    limit = budget.limits.run.dollars
    return max(0.01, limit - budget.spent.dollars) if limit is not None else 100.0
