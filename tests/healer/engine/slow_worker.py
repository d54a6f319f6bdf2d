"""A worker process whose steps write down when they begin and end: `slow_worker.py DSN JOURNAL SECONDS`."""

from __future__ import annotations

import os
import sys
import time

from healer.case import Declined
from healer.engine import Queue
from healer.protocols import Step
from healer.worker import Worker
from triage.incident import Incident
from triage.noun import Noun

dsn, journal, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])
output = os.open(journal, os.O_WRONLY | os.O_APPEND | os.O_CREAT)


class Done(Noun):
    pid: int


def write(incident: Incident, step: str, what: str) -> None:
    line = f"{incident.event.message.split()[1]} {step} {what} {os.getpid()} {time.time()}\n"
    os.write(output, line.encode())


def work(incident: Incident, step: Step) -> Declined:
    for name in ("one", "two", "three"):

        def act(name: str = name) -> Done:
            write(incident, name, "begin")
            deadline = time.monotonic() + seconds
            while time.monotonic() < deadline:
                time.sleep(0.01)
            write(incident, name, "end")
            return Done(pid=os.getpid())

        step(name, Done, act)
    return Declined(code="done", reason="all three")


if __name__ == "__main__":
    worker = Worker(dsn, work, queue=Queue(lease=2), slots=2, poll=0.05)
    worker.handle_signals()
    sys.exit(worker.run())
