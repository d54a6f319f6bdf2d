"""reproduce: Diagnosis -> Reproduction. A failing test, made from the event by the service itself."""

from __future__ import annotations

import time
from collections.abc import Container

from healer.case import Diagnosis, Reproduction, Run
from healer.protocols import Bench, Trial
from healer.reproduction import judge, render
from healer.reproduction.candidate import Candidate
from healer.reproduction.engine import Workbench
from healer.reproduction.judge import Hit

SECONDS = 60.0
SURVEY = 6.0  # of tests; what has not begun by then is left out
PATIENCE = 20.0  # for a survey as a whole, and for candidates that are to be run once more
BESIDE = 15.0  # for candidates with the repository's own tests, one of which may hang in a sandbox
LATE = 25.0  # seconds of the search after which no further round is begun
HARMFUL = 8  # candidates that may end the process before the search is given up
CONFIRMED = 3  # tests that failed among others are run by themselves, the likeliest first


def reproduce(diagnosis: Diagnosis, bench: Bench) -> Reproduction:
    """Try what the event tells, keep the best test that fails as production did, and show it red.

    Where nothing does, or not before it is `LATE`, `reproduced` is False and `why` says what was tried."""
    began = time.monotonic()
    work = Workbench(diagnosis, bench.source(diagnosis.target))
    tried, runs, found = 0, list[Run](), list[Hit]()
    for candidates in work.rounds(runs):
        tried += len(candidates)
        run = _tried(diagnosis, bench, work, candidates, work.existing() if not runs else ())
        runs.append(run)
        if (shown := work.already(run)) and (made := _confirmed(diagnosis, bench, work, shown)).reproduced:
            return made
        found = judge.sort([*found, *work.hits(candidates, run)])
        if found and (len(runs) > 1 or not judge.weak(found[0])):
            break
        if time.monotonic() - began > LATE:
            break
        if len(runs) == 1 and work.ran(run):
            work.reached = _surveyed(diagnosis, bench, work)
    if found:
        return _kept(diagnosis, bench, work, found[:CONFIRMED])
    if not runs and (existing := work.existing()):
        run = bench.run(_trial(diagnosis, "candidates", {}, tuple(existing)))
        if shown := work.already(run):
            return _confirmed(diagnosis, bench, work, shown)
    return Reproduction(diagnosis=diagnosis, why=work.why_not(tried, runs))


def _surveyed(diagnosis: Diagnosis, bench: Bench, work: Workbench) -> dict[str, tuple[tuple[str, int], ...]]:
    """Which of the repository's tests come how far towards the failure."""
    tests = work.encores.survey()
    if not tests:
        return {}
    trial = _trial(diagnosis, "survey", {}, tests)
    limits = {"watch": work.encores.watch, "survey": SURVEY, "seconds": PATIENCE}
    return bench.run(trial.model_copy(update=limits)).reached


def _tried(
    diagnosis: Diagnosis,
    bench: Bench,
    work: Workbench,
    candidates: tuple[Candidate, ...],
    existing: tuple[str, ...],
) -> Run:
    """One run of all candidates, but for those that end the whole process: killed, or out of memory."""
    without, seconds = set[int](), 0.0
    while True:
        run = _together(diagnosis, bench, work, candidates, existing, without)
        harmful, seconds = render.tried(run.ended_in), seconds + run.seconds
        if harmful is None or len(without) == HARMFUL or seconds > 2 * PATIENCE:
            return run
        without.add(harmful)


def _together(
    diagnosis: Diagnosis,
    bench: Bench,
    work: Workbench,
    candidates: tuple[Candidate, ...],
    existing: tuple[str, ...],
    without: Container[int],
) -> Run:
    """One run; without the repository's own files, then without what stands on its tests, where those keep
    the rest from running."""
    files = work.trial(candidates, without)
    own = {work.scratch: files[work.scratch]}
    tests = work.selected(candidates, without)
    whole = _trial(diagnosis, "candidates", files, (*tests, *existing))
    run = bench.run(whole.model_copy(update={"seconds": BESIDE}) if existing else whole)
    if existing and not run.usable:
        run = bench.run(_trial(diagnosis, "candidates", files, tests))
    if len(files) > 1 and not _settled(work, run):
        run = bench.run(_trial(diagnosis, "candidates", own, tuple(own)))
    return run


def _settled(work: Workbench, run: Run) -> bool:
    """Whether candidates were run, or it is known which of them kept the others from it."""
    return work.ran(run) or render.tried(run.ended_in) is not None


def _kept(diagnosis: Diagnosis, bench: Bench, work: Workbench, hits: list[Hit]) -> Reproduction:
    """The best of them that fails by itself as it did among others, as small as it still does; else the
    first that fails in the same place at all."""
    less = list[Reproduction]()
    for hit in hits:
        for form in work.forms(hit):
            made = _confirmed(diagnosis, bench, work, work.final(form))
            if made.red and work.faithful(made.red, form):
                return made
            less.append(made)
    return next((made for made in less if made.reproduced), less[-1])


def _confirmed(diagnosis: Diagnosis, bench: Bench, work: Workbench, made: Reproduction) -> Reproduction:
    """The test, run by itself."""
    files = {} if made.how == "existing" else {made.path: made.source}
    run = bench.run(_trial(diagnosis, "red", files, (made.test,)))
    if not work.confirms(run):
        return Reproduction(diagnosis=diagnosis, why=work.unconfirmed(run))
    return made.model_copy(update={"reproduced": True, "red": run})


def _trial(diagnosis: Diagnosis, name: str, files: dict[str, str], select: tuple[str, ...]) -> Trial:
    return Trial(
        name=name,
        target=diagnosis.target,
        files=files,
        select=select,
        rough=name != "red",
        seconds=SECONDS,
    )
