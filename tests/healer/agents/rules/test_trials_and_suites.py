"""What a run of the suite says about a candidate, and when it says nothing."""

from __future__ import annotations

import pytest

from benchmarks.slips import TrustedBench, crash, load, reproduction
from healer.agents.rules import observed
from healer.agents.rules.agent import collect
from healer.agents.rules.doubts import ESCAPES, REFUSED
from healer.agents.rules.trials import Trials
from healer.case import Outcome, Raised, Run
from healer.protocols import Trial

BROKEN = {"tests/test_a.py::test_a": Outcome.FAILED}


class Answers(TrustedBench):
    """A bench whose suite runs are given by name: `base`, or `suite` and `suite 2` with a candidate."""

    def __init__(self, base: Run, suite: Run, again: Run | None = None) -> None:
        super().__init__({})
        self.answers = {"base": base, "suite": suite, "suite 2": again or suite}

    def run(self, trial: Trial) -> Run:
        return self.answers[trial.name]


def suite(usable: bool, outcomes: dict[str, Outcome] | None = None) -> Run:
    return Run(
        name="suite", command=("pytest",), exit_code=1, seconds=0.1, usable=usable, outcomes=outcomes or {}
    )


@pytest.mark.parametrize(
    ("base", "patched", "kept"),
    [
        (suite(True, {"tests/test_a.py::test_a": Outcome.PASSED}), suite(True, BROKEN), False),
        (suite(True, BROKEN), suite(True, BROKEN), True),
        (suite(True, {"tests/test_a.py::test_a": Outcome.PASSED}), suite(False), False),
        (suite(False), suite(False), True),
    ],
    ids=["broken", "broken before", "no record any more", "no record before"],
)
def test_a_suite_is_held_against_a_candidate_only_where_it_spoke_before(
    base: Run, patched: Run, kept: bool
) -> None:
    assert _kept(Answers(base, patched)) is kept


def test_a_test_that_wavers_is_not_held_against_a_candidate() -> None:
    passed = suite(True, {"tests/test_a.py::test_a": Outcome.PASSED})
    assert _kept(Answers(passed, suite(True, BROKEN), passed))


def _kept(bench: Answers) -> bool:
    slip = next(s for s in load("learning") if s.id == "feeds-latest_empty")
    made = reproduction(slip, crash(slip))
    candidate = collect(made.diagnosis, TrustedBench(slip.files))[0]
    return Trials(made, bench).keeps_suite(candidate)


class Ends(TrustedBench):
    """A bench where the reproduction passes, and the watched call ends with this error."""

    def __init__(self, exception: str) -> None:
        super().__init__({})
        self.exception = exception

    def run(self, trial: Trial) -> Run:
        test, watch = trial.select
        told = Raised(test=watch, exception=observed.RESULT, message=f"raise {self.exception}\n")
        outcomes = {test: Outcome.PASSED, watch: Outcome.FAILED}
        return Run(
            name="green", command=(), exit_code=1, seconds=0.1, usable=True, outcomes=outcomes, raised=(told,)
        )


@pytest.mark.parametrize(
    ("name", "behaviour", "doubted"),
    [
        ("feeds-ttl_garbage", "raise FeedError", ESCAPES),
        ("feeds-ttl_garbage", "return 0", REFUSED),  # by a raise that stands elsewhere in the program
        ("feeds-author_null", "raise FeedError", ""),  # its docstring names it
    ],
)
def test_an_error_that_nobody_awaits_and_nobody_names_is_doubted(
    name: str, behaviour: str, doubted: str
) -> None:
    slip = next(s for s in load("learning") if s.id == name)
    made = reproduction(slip, crash(slip))
    ideas = collect(made.diagnosis, TrustedBench(slip.files))
    tried = Trials(made, Ends("FeedError")).survivors(ideas)
    meant = [c for c in tried if c.idea.behaviour == behaviour]
    assert meant
    found = {next((one for one in c.doubts if one in (ESCAPES, REFUSED)), "") for c in meant}
    assert found == {doubted}
