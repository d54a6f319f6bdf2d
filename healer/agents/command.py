"""A command line of a vendor as a guest: it brings the loop, we bring every tool it has.

It runs in the same sandbox as foreign code: an empty home, no repository, no network. Two sockets of ours are
shown in it. One leads to the tools of this run over MCP, where session, policy and breakers are ours; the
other to its provider, through a forwarder that holds the key, the budget and what may be said. So the guest
holds no secret, and what it is or obeys changes nothing.
"""

from __future__ import annotations

import shutil
import socket
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from importlib import resources
from pathlib import Path

from healer.agents.guests.claude import CLAUDE
from healer.agents.guests.codex import CODEX
from healer.agents.guests.forwarder import Forwarder
from healer.agents.guests.launch import HOME, TOOLS, WAYS, Guest, Launch, Order
from healer.briefing import Guidance, inputs
from healer.budget import Budget
from healer.case import Limits, Patch
from healer.errors import NotConfigured, Refused
from healer.models.line import Outages
from healer.models.talk import Endpoint
from healer.prompting import Prompt
from healer.protocols import Abstained, Bench, Brief, Completed, Job, Mount, Sandbox
from healer.spending import Tripped
from healer.tools import Session
from healer.tools.ending import patch
from triage.incident import Incident
from triage.sanitize import clean

GUESTS = {guest.name: guest for guest in (CLAUDE, CODEX)}
SHOWN = "/opt/guest"
RELAY, TASK = "relay.py", "task.txt"
LIMITS = Limits(memory_mb=4096, processes=512, disk_mb=256, output_kb=512)
LONGEST = 86_400.0  # seconds
TAIL = 500  # characters of what a guest printed


@dataclass
class CommandAgent:
    """Implements `Agent`. `binary` is on this machine, `python` runs our relay beside it.

    Refusal codes: guest_failed, provider_down, budget*, loop, storm, stall, gave_up, no_answer."""

    guest: Guest
    binary: str
    python: str
    sandbox: Sandbox
    endpoint: Endpoint
    prompt: Prompt
    budget: Callable[[Incident], Budget]
    open_session: Callable[[Brief, Bench, Budget], Session]
    outages: Outages = field(default_factory=Outages)
    guidance: Guidance = lambda source: ""
    name: str = "command"

    def propose(self, brief: Brief, bench: Bench) -> Patch:
        budget = self.budget(brief.reproduction.diagnosis.incident)
        session = self.open_session(brief, bench, budget)
        try:
            self.outages.check(self.endpoint.url or self.endpoint.wire)
            self._work(session, budget)
            return patch(session, self.name, budget.total())
        except Refused as no:
            raise Abstained(no.code, no.reason, budget.total(), session.asked) from no

    def _work(self, session: Session, budget: Budget) -> None:
        stop = Stop()
        forwarder = Forwarder(self.endpoint, budget, self.prompt.id, stop, self.outages)
        with ExitStack() as stack:
            place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="healer-guest-")))
            sockets = place / "sockets"
            sockets.mkdir(mode=0o755)
            token = stack.enter_context(_tools(session, stop, sockets / "tools"))
            stack.enter_context(forwarder.serving(sockets / "provider"))
            stack.enter_context(stop.listening(sockets / "life"))
            launch = self.guest.launch(self._order(session, budget, token))
            done = self.sandbox.run(self._job(launch, place, min(budget.seconds_left, LONGEST)))
        for code in forwarder.refused:
            session.noted("not_sent", f"a request of the guest to its provider was refused: {code}")
        self._ended(done, session, stop)

    def _order(self, session: Session, budget: Budget, token: str) -> Order:
        said = self.prompt.render(**inputs(session.brief, session.source, self.guidance))
        return Order(
            binary=shown(self.binary)[1],
            token=token,
            endpoint=self.endpoint,
            instructions=said.instructions,
            task=said.task,
            dollars=_left(budget),
            turns=budget.limits.run.calls or 100,
        )

    def _job(self, launch: Launch, place: Path, seconds: float) -> Job:
        tree = place / "empty"
        tree.mkdir(mode=0o755)
        relay = (resources.files("healer.agents.guests") / RELAY).read_text("utf-8")
        mount = shown(self.binary)[0]
        return Job(
            tree=str(tree),
            command=(
                self.python,
                "-I",
                "-S",
                f"{HOME}/{RELAY}",
                f"{HOME}/{TASK}",
                *WAYS,
                "--",
                *launch.command,
            ),
            env=dict(launch.env),
            files={RELAY: relay, TASK: launch.stdin, **launch.files},
            mounts=(Mount(host=str(place / "sockets"), inside="/sockets"), *((mount,) if mount else ())),
            python=self.python,
            limits=LIMITS.model_copy(update={"seconds": seconds}),
        )

    def _ended(self, done: Completed, session: Session, stop: Stop) -> None:
        if stop.reason is not None:
            raise stop.reason
        if "seconds" in done.limits_hit:
            raise Tripped("budget_seconds", f"the guest did not end within {done.seconds:.0f} s")
        if session.answer is None:
            why = (self.guest.error(done.output), *done.limits_hit, clean(done.output[-TAIL:]).text)
            said = f"{self.guest.name} ended ({done.exit_code}) without an answer."
            raise Tripped("guest_failed", " ".join((said, *filter(None, why))))


def installed(name: str, path: str, search: str) -> str:
    """The guest's binary. Raises NotConfigured with what to do."""
    found = shutil.which(path or name, path=search)
    if found is None:
        raise NotConfigured(
            f"[model] guest: {path or name} is not there; install it, set guest_path, or leave guest empty"
        )
    return found


def shown(binary: str) -> tuple[Mount | None, str]:
    """What the sandbox has to show, and the binary's path in it: the file alone, a package of npm with those
    that it needs. What the system itself has is shown anyway."""
    real = Path(binary).resolve()
    if real.is_relative_to("/usr"):
        return None, str(real)
    packages = [folder for folder in real.parents if folder.name == "node_modules"]
    root = packages[-1] if packages else real
    inside = f"{SHOWN}/{root.name}"
    return Mount(host=str(root), inside=inside), f"{SHOWN}/{real.relative_to(root.parent)}"


class Stop:
    """Set once, by the tools or the forwarder, when a limit or breaker ended the run: the relay in the
    sandbox then ends the guest. Whatever happens there, the run ends with its time."""

    def __init__(self) -> None:
        self.reason: Refused | None = None
        self._event = threading.Event()

    def __call__(self, reason: Refused) -> None:
        self.reason = self.reason or reason
        self._event.set()

    @contextmanager
    def listening(self, path: Path) -> Iterator[None]:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(path))
            path.chmod(0o666)
            listener.listen(1)
            thread = threading.Thread(target=self._hold, args=(listener,), daemon=True)
            thread.start()
            try:
                yield
            finally:
                self._event.set()
                listener.shutdown(socket.SHUT_RDWR)
                thread.join()

    def _hold(self, listener: socket.socket) -> None:
        try:
            life, _ = listener.accept()
        except OSError:
            return  # the sandbox never started
        with life:
            self._event.wait()


@contextmanager
def _tools(session: Session, stop: Stop, path: Path) -> Iterator[str]:
    """The run's tools on a unix socket; yields the token. Imported here: the SDK is an extra."""
    try:
        from healer.mcp.local import serving
        from healer.mcp.server import http_app, server_of
    except ModuleNotFoundError as missing:
        needed = f"a guest needs {missing.name}; run in Healer's checkout: pip install '.[mcp]'"
        raise NotConfigured(needed) from None
    server = server_of(session, stopped=stop)
    with serving(partial(http_app, server, TOOLS.removesuffix("/mcp")), path) as token:
        yield token


def _left(budget: Budget) -> float:
    limit = budget.limits.run.dollars
    return max(0.01, limit - budget.spent.dollars) if limit is not None else 100.0
