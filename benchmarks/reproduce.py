"""How often a failing test is made from an event: `python -m benchmarks.reproduce [--part open] [ID …]`.

Each scene gives the service the buggy tree and the event, nothing else. A scene counts as reproduced where
the test fails on the buggy tree with the event's exception at the event's in-app frame, and as fixed by truth
where the same test passes with upstream's fix. The last line is one JSON object with the figures.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.crashes.scenes import Maker, Scene, bundles, default_cache, programs, recipes
from healer.case import Diagnosis, Limits, Outcome, Project, Reproduction, Scope, Signature, Target
from healer.protocols import Bench, Trial
from healer.stages.reproduce import reproduce
from healer.workshop.bench import SandboxBench
from healer.workshop.sandbox import Bubblewrap
from triage.build import build_event
from triage.incident import Decision, Event, Evidence, Incident, Located, RawEvent, Verdict
from triage.localize import locate

BUGGY, FIXED = "b" * 40, "f" * 40


class Folder:
    """A `Source` over a directory."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._paths = tuple(sorted(_files(root)))

    def paths(self) -> tuple[str, ...]:
        return self._paths

    def read(self, path: str) -> str | None:
        try:
            return (self._root / path).read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            return None


def _files(root: Path) -> list[str]:
    found = []
    for folder, _, names in os.walk(root):
        found += [os.path.relpath(os.path.join(folder, n), root) for n in names if not n.endswith(".pyc")]
    return found


@dataclass(frozen=True)
class Result:
    id: str
    reproduced: bool
    fixed: bool
    seconds: float
    reproduction: Reproduction


def bench_of(scene: Scene, sandbox: Bubblewrap) -> SandboxBench:
    """Runs tests on the buggy tree, and on the fixed one where a target's commit is FIXED."""
    trees = {BUGGY: scene.buggy, FIXED: scene.fixed}
    return SandboxBench(
        sandbox,
        lambda t: Folder(trees[t.commit]),
        lambda t: str(trees[t.commit]),
        limits=Limits(disk_mb=1024),
    )


def work(scene: Scene, sandbox: Bubblewrap) -> Result:
    target, bench = target_of(scene), bench_of(scene, sandbox)
    event = build_event(RawEvent(scene.payload))
    source = bench.source(target)
    diagnosis = _diagnosis(scene, event, locate(event, source), target)
    start = time.monotonic()
    made = reproduce(diagnosis, bench)
    seconds = time.monotonic() - start
    return Result(
        scene.id, made.reproduced, made.reproduced and passes_with_truth(bench, made), seconds, made
    )


def passes_with_truth(bench: Bench, made: Reproduction) -> bool:
    target = made.diagnosis.target.model_copy(update={"commit": FIXED})
    run = bench.run(Trial(name="green", target=target, files={made.path: made.source}, select=(made.test,)))
    return run.usable and run.outcomes.get(made.test) is Outcome.PASSED


def target_of(scene: Scene) -> Target:
    version = os.path.basename(os.path.realpath(scene.python)).removeprefix("python")
    numbers = tuple(int(n) for n in version.split(".")[:2]) if "." in version else (3, 11)
    return Target(
        project=Project(name=scene.id, repository=str(scene.buggy), python=scene.python),
        commit=BUGGY,
        python=scene.python,
        python_version=(numbers[0], numbers[1]),
        source_roots=scene.roots,
        test_command=("python", "-m", "pytest"),
        tests=tuple(t for t in scene.tests if (scene.buggy / t).exists()),
    )


def _diagnosis(scene: Scene, event: Event, located: tuple[Located, ...], target: Target) -> Diagnosis:
    raised = event.raised
    own = [frame for frame in located if not frame.path.startswith(scene.tests)]
    if raised is None or not own:
        raise RuntimeError(f"{scene.id}: no frame of the event is in the tree")
    return Diagnosis(
        incident=Incident(project=scene.id, fingerprint="0" * 32, event=event),
        evidence=Evidence(),
        verdict=Verdict(decision=Decision.HEAL, code="single_point", reason="one place"),
        target=target,
        located=tuple(own),
        suspects=(),
        signature=Signature.of(event.raised, tuple(own)),
        scope=Scope(allow=("*",)),
    )


def show(result: Result, *, verbose: bool) -> None:
    made = result.reproduction
    verdict = "reproduced" if result.reproduced else "missed"
    truth = "fixed by truth" if result.fixed else "still fails with truth" if result.reproduced else ""
    print(f"{result.id}: {verdict} {made.how} {truth} {result.seconds:.1f} s. {made.why}", flush=True)
    if verbose and made.how != "existing":
        print(made.source, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ids", nargs="*")
    parser.add_argument("--part", default="", choices=["", "open", "held-out"])
    parser.add_argument("--cases", type=Path, help="a folder of bundled cases instead of the recipes")
    parser.add_argument("--slips", choices=["learning", "seen", "heldout"], help="small programs instead")
    parser.add_argument("--cache", type=Path, default=default_cache())
    parser.add_argument("--quiet", action="store_true", help="figures only, for the part nobody looks at")
    parser.add_argument("-v", "--verbose", action="store_true", help="print the tests")
    options = parser.parse_args()
    makers = recipes(options.cache, options.part)
    if options.cases:
        makers = bundles(options.cases, options.cache)
    elif options.slips:
        makers = programs(options.slips, options.cache)
    results: list[Result] = []
    broken: list[str] = []
    sandbox = Bubblewrap()
    for maker in makers:
        if options.ids and maker.id not in options.ids:
            continue
        if result := _one(maker, sandbox, broken):
            results.append(result)
            if not options.quiet:
                show(result, verbose=options.verbose)
    print(json.dumps(figures(results, broken)))


def _one(maker: Maker, sandbox: Bubblewrap, broken: list[str]) -> Result | None:
    """A scene that cannot be made (a release that is gone) is named, never counted."""
    try:
        scene = maker.make()
    except (RuntimeError, OSError) as error:
        broken.append(f"{maker.id}: {str(error)[:200]}")
        return None
    return work(scene, sandbox)


def figures(results: list[Result], broken: list[str]) -> dict[str, object]:
    seconds = [r.seconds for r in results]
    return {
        "cases": len(results),
        "reproduced": sum(r.reproduced for r in results),
        "fixed_by_truth": sum(r.fixed for r in results),
        "seconds_median": round(statistics.median(seconds), 2) if seconds else None,
        "seconds_most": round(max(seconds), 2) if seconds else None,
        "not_made": broken,
    }


if __name__ == "__main__":
    main()
