"""A Bench that remembers runs which no patch can change, so many candidates of a case share them."""

from __future__ import annotations

import threading
from collections import OrderedDict

from healer.case import Run, Target
from healer.protocols import Bench, Trial
from triage.incident import Source

SHARED = frozenset({"base", "base 2", "red", "red 2", "plain red"})


class Remembering:
    """`again`, the run that shows red after green, is never remembered. Safe to use from several threads."""

    def __init__(self, bench: Bench, size: int = 64) -> None:
        self._bench, self._size = bench, size
        self._runs: OrderedDict[str, Run] = OrderedDict()
        self._locks: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def source(self, target: Target) -> Source:
        return self._bench.source(target)

    def run(self, trial: Trial) -> Run:
        if trial.name not in SHARED:
            return self._bench.run(trial)
        key = trial.model_dump_json(exclude={"seconds"})  # only usable runs are kept: none was cut short
        with self._lock:
            own = self._locks.setdefault(key, threading.Lock())
        with own:  # who asks for the same run waits for the first
            with self._lock:
                if key in self._runs:
                    return self._runs[key]
            run = self._bench.run(trial)
            if run.usable:
                self._keep(key, run)
            return run

    def _keep(self, key: str, run: Run) -> None:
        with self._lock:
            self._runs[key] = run
            while len(self._runs) > self._size:
                old, _ = self._runs.popitem(last=False)
                self._locks.pop(old, None)
