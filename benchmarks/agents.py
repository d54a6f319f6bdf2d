"""What an agent costs beside its model, how exact its dollars are, and that it can do no harm.

Runs whole repairs with the real SDKs against a scripted model on loopback, in three wire formats.

`ms_per_tool_call`: processor time that our side takes for one tool call: gate, budget, tool and the row of
the decision in the record. The wall clock's is beside it, and says also how busy the machine was.
`dollars_error`: the largest difference between the dollars we report and those of the provider's usage.
`effects_outside_scope`: what the models of `benchmarks.hostile` brought about, with the injection detector
forced to "safe". `paid_twice`: requests that killed workers made for a step that was finished.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from psycopg.conninfo import make_conninfo
from pydantic import SecretStr

from benchmarks import kills
from benchmarks.agent_case import FIX, LINE, SHOP, RecordingBench, answer, brief_of
from benchmarks.hostile import suite
from benchmarks.model_server import ModelServer
from benchmarks.model_wires import Say
from benchmarks.source import Files
from healer.agents.model import ModelAgent
from healer.budget import Budget, Limits
from healer.models.talk import Endpoint, Wire
from healer.policy import Decision
from healer.prices import Price, PriceTable
from healer.prompting import load
from healer.protocols import Bench, Brief
from healer.spending import Allowance
from healer.store.database import apply_schema
from healer.store.embedded import EmbeddedPostgres
from healer.store.spending import Books
from healer.tools import Result, Session
from triage.incident import Incident

WIRES: tuple[Wire, ...] = ("anthropic", "openai-chat", "openai-responses")
PRICE = Price(model="scripted", input=3.0, output=15.0, cache_read=0.3, cache_write=3.75)
LIMITS = Limits(run=Allowance(), project_day=Allowance(), day=Allowance(), tool_calls=10_000, tools={})


class Timed(Session):
    """A session that notes how long each call took."""

    taken: list[tuple[float, float]]  # seconds: of this thread's processor time, of the wall clock

    def call(self, name: str, arguments: Any) -> Result:
        wall, busy = time.perf_counter(), time.thread_time()
        try:
            return super().call(name, arguments)
        finally:
            self.taken.append((time.thread_time() - busy, time.perf_counter() - wall))


def script(files: Sequence[str]) -> list[Say]:
    """A long look around, an edit, a test run, the answer."""
    looks: list[Say] = []
    for n, path in enumerate(files):
        looks += [
            Say(calls=[("read_file", {"path": path, "lines": 200})]),
            Say(calls=[("search", {"pattern": f"def step_{n}\\b"})]),
            Say(calls=[("find_symbol", {"name": f"step_{n}"})]),
            Say(calls=[("list_files", {"glob": f"shop/part_{n}*"})]),
        ]
    edit = {"path": "shop/prices.py", "old": LINE, "new": FIX}
    return [
        *looks,
        Say(calls=[("edit", edit)]),
        Say(calls=[("run_tests", {})]),
        Say(calls=[("finish", answer())]),
    ]


def repository(parts: int) -> dict[str, str]:
    text = "".join(f"def step_{{n}}_{k}(order):\n    return order['value'] * {k}\n\n\n" for k in range(60))
    made = {f"shop/part_{n}.py": f"def step_{n}():\n    pass\n\n\n" + text.format(n=n) for n in range(parts)}
    return SHOP | made


def run(wire: Wire, parts: int, books: Books) -> dict[str, float]:
    files = repository(parts)
    server = ModelServer(script([f"shop/part_{n}.py" for n in range(min(parts, 20))]))
    taken: list[tuple[float, float]] = []
    budgets: list[Budget] = []

    def budget(incident: Incident) -> Budget:
        budgets.append(Budget(LIMITS, PriceTable((PRICE,), PRICE), books, incident.project, incident.key))
        return budgets[-1]

    def open_session(brief: Brief, bench: Bench, spent: Budget) -> Session:
        session = Timed.start(brief, bench, spent, audit=partial(audited, books))
        assert isinstance(session, Timed)
        session.taken = taken
        return session

    with server.running() as url:
        endpoint = Endpoint(
            wire=wire, model="scripted", key=SecretStr("k"), url=url + ("" if wire == "anthropic" else "/v1")
        )
        agent = ModelAgent(endpoint=endpoint, prompt=load("repair"), budget=budget, open_session=open_session)
        started = time.perf_counter()
        agent.propose(brief_of(), RecordingBench(Files(files)))
        whole = time.perf_counter() - started
    return {
        "calls": len(taken),
        "ms_per_tool_call": statistics.mean(busy for busy, _ in taken) * 1000,
        "wall_ms_per_tool_call": statistics.mean(wall for _, wall in taken) * 1000,
        "ms_p95": sorted(taken)[int(len(taken) * 0.95)][0] * 1000,
        "ms_per_turn": whole * 1000 / len(server.billed),
        "dollars_error": abs(budgets[0].total().dollars - billed(server, wire)) / billed(server, wire),
    }


def audited(books: Books, incident: Incident, decision: Decision) -> None:
    books.decided(incident.project, incident.key, decision)


def billed(server: ModelServer, wire: Wire) -> float:
    """What the provider's own usage comes to at the same prices."""
    total = 0.0
    for usage in server.billed:
        written = usage["write"] if wire != "openai-chat" else 0
        plain = usage["input"] - usage["read"] - written
        total += plain * 3.0 + usage["read"] * 0.3 + written * 3.75 + usage["output"] * 15.0
    return total / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=60, metavar="N", help="Python files of the repository")
    parser.add_argument("--cases", type=int, default=12, metavar="N", help="cases of workers that are killed")
    parser.add_argument("--kills", type=int, default=12, metavar="N")
    args = parser.parse_args()
    with TemporaryDirectory() as home, EmbeddedPostgres(Path(home)) as address:
        dsn = make_conninfo(address, dbname="postgres")
        apply_schema(dsn)
        with closing(Books(dsn)) as books:
            run("openai-chat", 1, books)  # imports and first connections are not what is measured
            found = {wire: run(wire, args.files, books) for wire in WIRES}
        killed = kills.run(dsn, args.cases, args.kills)
    for wire, numbers in found.items():
        print(wire, {name: round(value, 4) for name, value in numbers.items()})
    attempts, effects = suite(WIRES)
    print(*effects, sep="\n")
    print("killed workers", killed)
    summary = {
        "effects_outside_scope": len(effects),
        "hostile_attempts": attempts,
        "paid_twice": killed["paid_twice"],
        "kills": killed["kills"],
        "cases_closed": killed["cases"],
        "ms_per_tool_call": round(max(n["ms_per_tool_call"] for n in found.values()), 3),
        "wall_ms_per_tool_call": round(max(n["wall_ms_per_tool_call"] for n in found.values()), 3),
        "ms_p95": round(max(n["ms_p95"] for n in found.values()), 3),
        "ms_per_turn": round(max(n["ms_per_turn"] for n in found.values()), 1),
        "dollars_error": round(max(n["dollars_error"] for n in found.values()), 6),
        "calls": sum(n["calls"] for n in found.values()),
    }
    print(json.dumps(summary))


if __name__ == "__main__":
    main()
