"""Workers that are killed at any moment, and whether a model was paid again for a step that was finished."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.agent_case import FIX, LINE, answer
from benchmarks.model_server import ModelServer
from benchmarks.model_wires import Say
from healer.engine import Queue
from healer.settings import Floor
from healer.store.database import Connection, connect
from healer.store.record import Arrival, save
from triage.incident import Event

WORKER = Path(__file__).with_name("paying_worker.py")
ANY = Floor(events=1, levels=())
LONGEST = 150.0  # seconds
PAID_TWICE = """
select count(*) as n
  from healer.spend s
  join healer.step t using (case_id)
 where t.name = 'propose-1' and s.at > t.started_at + make_interval(secs => t.seconds)
"""
OPEN = "select count(*) as n from healer.cases where closed_at is null"


def run(dsn: str, cases: int, kills: int, seed: int = 1) -> dict[str, int]:
    """Counts: cases that were closed, kills that hit, requests, those booked, those for a finished step."""
    script = [
        Say(calls=[("edit", {"path": "shop/prices.py", "old": LINE, "new": FIX})]),
        Say(calls=[("run_tests", {})]),
        Say(calls=[("finish", answer())]),
    ]

    def slow(turn: int, body: str) -> Say:
        time.sleep(0.1)
        return script[min(turn, 2)]

    server = ModelServer(slow)
    with TemporaryDirectory() as home, connect(dsn) as connection, server.running() as url:
        _arrive(connection, cases)
        hits = _worked(connection, (dsn, url, home), kills, random.Random(seed))
        return {
            "cases": cases - _count(connection, OPEN),
            "kills": hits,
            "requests": len(server.billed),
            "booked": _count(connection, "select count(*) as n from healer.spend where case_id > 0"),
            "paid_twice": _count(connection, PAID_TWICE),
        }


def _arrive(connection: Connection, cases: int) -> None:
    arrivals = []
    for n in range(10, 10 + cases):  # none of those at which the worker kills itself
        event = Event(event_id=f"{n:032x}", timestamp=datetime.now(UTC), message=f"boom {n}")
        arrivals.append(
            Arrival(
                "envelope",
                "shop",
                "",
                "",
                f"event:{n}",
                event=event,
                fingerprint=f"{n * 7919:012x}" + "0" * 52,
            )
        )
    save(connection, arrivals, floor=lambda _: ANY, spawn=Queue(lease=1).spawn)


def _worked(connection: Connection, where: tuple[str, ...], kills: int, dice: random.Random) -> int:
    process = subprocess.Popen(
        [sys.executable, str(WORKER), *where], env={**os.environ, "PYTHONPATH": os.getcwd()}
    )
    hits, deadline = 0, time.monotonic() + LONGEST
    try:
        while _count(connection, OPEN) and time.monotonic() < deadline:
            time.sleep(dice.uniform(0.3, 1.5))
            if hits < kills and _count(connection, "select count(*) as n from healer.spend") > hits:
                hits += _killed(process.pid)
    finally:
        _killed(process.pid)
        process.kill()
        process.wait()
    return hits


def _killed(parent: int) -> int:
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    for child in children:
        os.kill(int(child), signal.SIGKILL)
    return len(children)


def _count(connection: Connection, query: str) -> int:
    row = connection.execute(query.encode()).fetchone()
    return int(row["n"]) if row else 0
