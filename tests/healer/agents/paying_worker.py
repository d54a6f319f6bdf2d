"""A worker whose case is proposed by a model: `paying_worker.py DSN MODEL_URL MARKER WHERE`.

Kills itself once, at WHERE: in the middle of the proposal, right after it, or in the step behind it."""

from __future__ import annotations

import os
import signal
import sys
from functools import partial
from pathlib import Path

from pydantic import SecretStr

from benchmarks.agent_case import SHOP, Files, RecordingBench, brief_of
from healer.agents.model import ModelAgent
from healer.budget import Budget, Limits, Price, PriceTable
from healer.case import Attempt, Cost, Declined, Run
from healer.engine import Queue
from healer.models.talk import Endpoint
from healer.prompting import load
from healer.protocols import Bench, Brief, Step, Trial
from healer.stages.propose import propose
from healer.store.spending import Books
from healer.tools import Session
from healer.worker import Worker
from triage.incident import Incident

dsn, url, marker, where = sys.argv[1], sys.argv[2], Path(sys.argv[3]), sys.argv[4]
PRICES = PriceTable((Price(model="scripted", input=3.0, output=15.0),), Price(model="", input=20, output=100))
books = Books(dsn)


def die(place: str) -> None:
    if place == where and not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)


class MortalBench(RecordingBench):
    def run(self, trial: Trial) -> Run:
        die("proposing")
        return super().run(trial)


def open_session(brief: Brief, bench: Bench, budget: Budget) -> Session:
    return Session.start(
        brief,
        bench,
        budget,
        audit=lambda diagnosis, decision: books.decided(
            diagnosis.incident.project, diagnosis.incident.key, decision
        ),
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
    tried = step("propose-1", Attempt, partial(propose, agent, brief, MortalBench(Files(SHOP))))
    die("proposed")
    step("prove-1", Cost, lambda: die("proving") or Cost())
    assert tried.patch is not None
    return Declined(code="done", reason=tried.patch.cost.prompt)


if __name__ == "__main__":
    sys.exit(Worker(dsn, work, queue=Queue(lease=2), slots=1, poll=0.05).run())
