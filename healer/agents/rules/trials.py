"""Candidates against the reproduction and the suite, a few at a time."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cached_property

from healer.agents.rules import observed
from healer.agents.rules.belief import grounds, weighed
from healer.agents.rules.candidate import Candidate
from healer.agents.rules.doubts import ANSWERED, ESCAPES, MOVED, REFUSED, SPELT, guards_answer
from healer.case import Outcome, Reproduction, Run
from healer.protocols import Bench, Trial

PARALLEL = 2


@dataclass
class Trials:
    """Runs of one case. `runs` counts them; the base suite is run only when a candidate breaks a test."""

    reproduction: Reproduction
    bench: Bench
    runs: int = 0
    _base: Run | None = field(default=None, repr=False)

    def survivors(self, candidates: Iterable[Candidate]) -> list[Candidate]:
        """Those that turn the reproduction green, in the order given, with what the call then came to."""
        ordered = list(candidates)
        with ThreadPoolExecutor(PARALLEL) as pool:
            verdicts = list(pool.map(self._green, ordered))
        self.runs += len(ordered)
        return [c for c in verdicts if c is not None]

    def _green(self, candidate: Candidate) -> Candidate | None:
        test = self.reproduction.test or self.reproduction.path
        watch = observed.node_id(self.reproduction)
        run = self._run("green", candidate, (test, watch) if self._observing else (test,))
        done = [outcome for name, outcome in run.outcomes.items() if name != watch]
        if not run.usable or not done or any(outcome is not Outcome.PASSED for outcome in done):
            return None
        seen = observed.result(run, watch)
        doubts = [SPELT] if observed.spells_out(seen) else []
        doubts += [MOVED] if observed.fails_on(seen, candidate.idea.behaviour) else []
        if observed.raises(seen) and not announced(candidate):
            doubts.append(REFUSED if refuses(candidate, seen.behaviour) else ESCAPES)
        answered = self.reproduction.answered
        doubts += [ANSWERED] if guards_answer(candidate.site, candidate.idea, answered) else []
        return weighed(replace(candidate, observed=seen.behaviour, doubts=(*candidate.doubts, *doubts)))

    @cached_property
    def _observing(self) -> str:
        return observed.observing(self.reproduction)

    def keeps_suite(self, candidate: Candidate) -> bool:
        """Whether nothing that passed on the base commit fails with the candidate.

        A suite that gives no record on the base commit either cannot speak against it."""
        run = self._run("suite", candidate, ())
        self.runs += 1
        if not run.usable:
            return not self._base_run().usable  # a suite that cannot be run speaks against nobody
        broken = set(run.failed())
        broken = broken and broken & set(self._base_run().passed())
        return not broken or not self._again(candidate, tuple(sorted(broken)))

    def _again(self, candidate: Candidate, tests: tuple[str, ...]) -> bool:
        """Whether any of the tests does not pass this time, either: one that wavers speaks against nobody
        here, and the proof asks base how steady it is."""
        run = self._run("suite 2", candidate, tests)
        self.runs += 1
        return not run.usable or any(run.outcomes.get(test) is not Outcome.PASSED for test in tests)

    def _patience(self) -> float:
        """A candidate that loops for ever is found out soon."""
        red = self.reproduction.red
        return min(60.0, 8.0 + 3.0 * (red.seconds if red else 1.0))

    def _base_run(self) -> Run:
        if self._base is None:
            target = self.reproduction.diagnosis.target
            seconds = float(target.project.test_seconds)
            self._base = self.bench.run(Trial(name="base", target=target, seconds=seconds))
            self.runs += 1
        return self._base

    def _run(self, name: str, candidate: Candidate, select: tuple[str, ...]) -> Run:
        reproduction = self.reproduction
        target = reproduction.diagnosis.target
        files = {candidate.path: candidate.after}
        if select:
            files[reproduction.path] = self._observing or reproduction.source
        seconds = self._patience() if select else float(target.project.test_seconds)
        trial = Trial(name=name, target=target, files=files, select=select, seconds=seconds)
        return self.bench.run(trial)


def refuses(candidate: Candidate, behaviour: str) -> bool:
    """Whether a class of the project's own is raised, and not by the candidate."""
    name = behaviour.removeprefix("raise ").rpartition(".")[2]
    return not candidate.idea.behaviour.startswith("raise") and any(candidate.site.repository.classes(name))


def announced(candidate: Candidate) -> bool:
    """Whether it raises an error that a docstring names."""
    return candidate.idea.behaviour.startswith("raise") and "told" in grounds(candidate.idea.reasons)
