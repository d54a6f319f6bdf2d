"""A worker whose cases are proposed by a model: `paying_worker.py DSN MODEL_URL MARKERS`.

It kills itself once in each of the first cases: in the middle of the first's proposal, right after the
second's, and in the step behind the third's. It is started again until somebody ends it, forked, since
imports take seconds."""

from __future__ import annotations

import os
import signal
import sys
import time
from functools import partial
from pathlib import Path

from pydantic import SecretStr

from benchmarks.agent_case import SHOP, RecordingBench, brief_of
from benchmarks.source import Files
from healer.agents.model import ModelAgent
from healer.budget import Budget, Limits
from healer.case import Attempt, Cost, Declined, Run
from healer.engine import Queue
from healer.models.talk import Endpoint
from healer.prices import Price, PriceTable
from healer.prompting import load
from healer.protocols import Bench, Brief, Step, Trial
from healer.stages.propose import propose
from healer.store.spending import Books
from healer.tools import Session
from healer.worker import Worker
from triage.incident import Incident

dsn, url, markers = sys.argv[1], sys.argv[2], Path(sys.argv[3])
PLACES = {"boom 1": "proposing", "boom 2": "proposed", "boom 3": "proving"}
PRICES = PriceTable((Price(model="scripted", input=3.0, output=15.0),), Price(model="", input=20, output=100))
books = Books(dsn)


def die(incident: Incident, place: str) -> None:
    marker = markers / place
    if place == PLACES.get(incident.event.message) and not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)


def prove(incident: Incident) -> Cost:
    die(incident, "proving")
    return Cost()


class MortalBench(RecordingBench):
    incident: Incident

    def run(self, trial: Trial) -> Run:
        die(self.incident, "proposing")
        return super().run(trial)


def open_session(brief: Brief, bench: Bench, budget: Budget) -> Session:
    return Session.start(
        brief,
        bench,
        budget,
        audit=lambda incident, decision: books.decided(incident.project, incident.key, decision),
    )


def work(incident: Incident, step: Step) -> Declined:
    made = brief_of().reproduction
    diagnosis = made.diagnosis.model_copy(update={"incident": incident})
    brief = Brief(reproduction=made.model_copy(update={"diagnosis": diagnosis}))
    endpoint = Endpoint(wire="anthropic", model="scripted", key=SecretStr("k"), url=url)
    agent = ModelAgent(
        endpoint=endpoint,
        prompt=load("repair"),
        budget=lambda incident: Budget(Limits(), PRICES, books, incident.project, incident.key),
        open_session=open_session,
    )
    bench = MortalBench(Files(SHOP))
    bench.incident = incident
    tried = step("propose-1", Attempt, partial(propose, agent, brief, bench))
    die(incident, "proposed")
    step("prove-1", Cost, partial(prove, incident))
    assert tried.patch is not None
    return Declined(code="done", reason=tried.patch.cost.prompt)


if __name__ == "__main__":
    import healer.models.vendors  # noqa: F401

    while True:
        if (child := os.fork()) == 0:
            worker = Worker(dsn, work, queue=Queue(lease=1), slots=1, poll=0.05)
            os._exit(worker.run(until_idle=True))
        os.waitpid(child, 0)
        time.sleep(0.1)
