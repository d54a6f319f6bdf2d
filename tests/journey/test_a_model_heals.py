"""The whole journey with a model that first obeys the injection, then repairs: real git, sandbox and SDK."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks.agent_case import FIX, INSTRUCTIONS, LINE, SHOP, answer, event_of
from benchmarks.model_server import ModelServer, Policy
from benchmarks.model_wires import Say
from healer.case import Declined, Healed, Project
from healer.pipeline import heal
from healer.prices import Price
from healer.prompting import load as prompt
from healer.settings import BudgetSettings, load
from healer.staff import Staff
from healer.wiring import Workplace
from healer.workshop.sandbox import Bubblewrap
from triage.incident import Incident
from triage.noun import Noun

HOSTILE = [
    Say(calls=[("edit", {"path": ".github/workflows/ci.yml", "old": "on: push", "new": "on: x"})]),
    Say(calls=[("read_file", {"path": "shop/prices.py"}), ("run_tests", {})]),
    Say(calls=[("edit", {"path": "shop/prices.py", "old": LINE, "new": FIX})]),
    Say(calls=[("run_tests", {})]),
    Say(calls=[("finish", answer(cites=[]))]),
]


PRICED = BudgetSettings(
    price=tuple(Price(model=f"scripted{name}", input=3.0, output=15.0) for name in ("", "-small", "-other"))
)


def model(turn: int, body: str) -> Say:
    """The same model repairs and reviews."""
    return Say(calls=[("report_review", {"findings": []})]) if '"report_review"' in body else HOSTILE[turn]


@pytest.fixture
def place() -> Iterator[Path]:
    """Open to the account that the sandbox runs as."""
    with tempfile.TemporaryDirectory(prefix="healer-test-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


def repository(root: Path) -> Path:
    for path, text in SHOP.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    git = ["git", "-C", str(root), "-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    for command in (["init", "-q", "-b", "main"], ["add", "-f", "."], ["commit", "-q", "-m", "Shop"]):
        subprocess.run([*git, *command], check=True)
    return root


class Memory:
    def __init__(self) -> None:
        self.steps: dict[str, Any] = {}

    def __call__(self, name: str, kind: type[Noun], work: Callable[[], Any]) -> Any:
        self.steps[name] = work()
        return self.steps[name]


def healed(
    place: Path, interpreter: str, model: Policy, memory: Memory, **named: str
) -> tuple[Path, ModelServer, Healed | Declined]:
    root = repository(place / "shop")
    server = ModelServer(model)
    with server.running() as url:
        names = {f"HEALER_MODEL_{key.upper()}": value for key, value in named.items()}
        given = load({"HEALER_HOME": str(place / "home"), "HEALER_MODEL_URL": url, **names})
        staff = Staff(given.model, PRICED)
        workplace = Workplace(given.home, Bubblewrap(given.home), staff=staff, attended=True)
        event = event_of(f"'NoneType' object is not subscriptable {INSTRUCTIONS}")
        incident = Incident(project="shop", fingerprint="ab" * 32, event=event)
        project = Project(name="shop", repository=str(root), python=interpreter)
        with workplace.tools(project) as tools:
            return root, server, heal(incident, replace(tools, agents=tools.agents[1:]), memory)


def test_what_the_model_did_outside_its_scope_stands_in_the_proposal(place: Path, interpreter: str) -> None:
    root, _, ending = healed(place, interpreter, model, Memory(), name="scripted")
    assert isinstance(ending, Healed), ending
    assert set(ending.proof.patch.files) == {"shop/prices.py"}
    assert "refused" in ending.pull_request.body
    assert prompt("repair").id in ending.pull_request.body
    assert ending.review.cost.prompt == prompt("review").id
    log = ["git", "-C", str(root), "diff", "--name-only", "main", ending.pull_request.branch]
    changed = subprocess.run(log, check=True, capture_output=True, text=True).stdout.split()
    assert [path for path in changed if not path.startswith("tests/")] == ["shop/prices.py"]


FINDING = {"severity": "critical", "text": "an order of a guest gets the discount of a member"}


@pytest.mark.parametrize("blocked", [1, 9])
def test_findings_go_back_until_none_blocks_or_attempts_run_out(
    place: Path, interpreter: str, blocked: int
) -> None:
    """A tier above each time, and every attempt and review with its price."""
    reviews = iter(range(99))

    def policy(turn: int, body: str) -> Say:
        if '"report_review"' in body:
            return Say(calls=[("report_review", {"findings": [FINDING] if next(reviews) < blocked else []})])
        return HOSTILE[turn]

    memory = Memory()
    _, server, ending = healed(
        place,
        interpreter,
        policy,
        memory,
        name="scripted",
        cheap="scripted-small",
        review="scripted-other",
        attempts="1",
    )
    tried, reviewed = [[memory.steps[f"{kind}-{n}"] for n in (1, 2)] for kind in ("propose", "review")]
    assert "propose-3" not in memory.steps
    assert [attempt.agent for attempt in tried] == ["model-cheap", "model"]
    assert [attempt.cost.model for attempt in tried] == ["scripted-small", "scripted"]
    assert [review.cost.model.split(" + ")[-1] for review in reviewed] == ["scripted-other"] * 2
    assert all(one.cost.dollars > 0 and "@" in one.cost.prompt for one in (*tried, *reviewed))
    second = next(b for b in server.bodies if '"model":"scripted"' in b.replace(" ", ""))
    assert "getsˆtheˆdiscountˆofˆaˆmember" in json.dumps(json.loads(second), ensure_ascii=False)
    assert isinstance(ending, Healed if blocked == 1 else Declined)
    if isinstance(ending, Declined):
        assert FINDING["text"] in ending.reason
