"""reproduce: Diagnosis -> Reproduction. A failing test, made from the event by the service itself."""

from __future__ import annotations

from healer.case import Diagnosis, Reproduction, Run
from healer.protocols import Bench, Trial
from healer.reproduction.engine import Workbench
from healer.reproduction.judge import Hit

SECONDS = 60.0


def reproduce(diagnosis: Diagnosis, bench: Bench) -> Reproduction:
    """Try what the event tells, keep the best test that fails as production did, and show it red.

    Where nothing does, `reproduced` is False and `why` says what was tried."""
    work = Workbench(diagnosis, bench.source(diagnosis.target))
    tried = 0
    best: Hit | None = None
    runs: list[Run] = []
    for candidates in work.rounds(runs):
        tried += len(candidates)
        run = bench.run(
            _trial(diagnosis, "candidates", {work.scratch: work.trial(candidates)}, (work.scratch,))
        )
        runs.append(run)
        if best := work.best(candidates, run):
            break
    existing = work.existing()
    if best:
        small = work.smaller(best)
        if small or existing:
            files = {work.scratch: work.trial(small)} if small else {}
            run = bench.run(_trial(diagnosis, "shrink", files, (*files, *existing)))
            if shown := work.already(run):
                return shown
            best = work.smallest(best, small, run)
        return _confirmed(diagnosis, bench, work, best)
    if existing and (shown := work.already(bench.run(_trial(diagnosis, "existing", {}, existing)))):
        return shown
    return Reproduction(diagnosis=diagnosis, why=work.why_not(tried, runs))


def _confirmed(diagnosis: Diagnosis, bench: Bench, work: Workbench, best: Hit) -> Reproduction:
    final = work.final(best)
    run = bench.run(_trial(diagnosis, "red", {final.path: final.source}, (final.test,)))
    if not work.confirms(run):
        return final.model_copy(update={"why": work.unconfirmed(run), "source": "", "path": "", "test": ""})
    return final.model_copy(update={"reproduced": True, "red": run})


def _trial(diagnosis: Diagnosis, name: str, files: dict[str, str], select: tuple[str, ...]) -> Trial:
    return Trial(name=name, target=diagnosis.target, files=files, select=select, seconds=SECONDS)
