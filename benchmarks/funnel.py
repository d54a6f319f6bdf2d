"""Where zero-token repair loses real crashes: `python -m benchmarks.funnel FOLDER … [--only ID]`.

A case is a folder as `benchmarks.reproduce --cases` reads it, with `oracle/`: hidden tests that tell a right
fix from a wrong one. Each is followed through six steps: its true function is among the suspects (`located`),
the crash is reproduced, a candidate that the hidden tests accept is among those made (`possible`; asked where
nothing is reproduced, too), one such turns the reproduction green and keeps the suite (`survives`), it is the
best of its rivals (`first`), and it is proposed (`right`, against `wrong`).

`--dump` writes the judged candidates as `benchmarks.learning --extra` reads them. The last line is one JSON
object: how many cases came through each step, counted among those that came through the one before.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.crashes.scenes import Judge, Scene, bundles, default_cache, recipes
from benchmarks.reproduce import Folder, bench_of, passes_with_truth, target_of
from healer.agents.rules import RulesAgent
from healer.agents.rules.agent import collect
from healer.agents.rules.belief import features
from healer.agents.rules.candidate import Candidate
from healer.agents.rules.ranking import choose
from healer.agents.rules.trials import PARALLEL, Trials
from healer.case import Diagnosis, Outcome, Project, Reproduction, Run, Target
from healer.errors import Refused
from healer.protocols import Bench, Brief, Commit, Trial
from healer.stages.diagnose import diagnose
from healer.stages.reproduce import reproduce
from healer.workshop.sandbox import Bubblewrap
from triage.build import build_event
from triage.incident import Evidence, Incident, RawEvent, Source

LIMIT = 60  # candidates judged of a case
SUITES = 4  # of those that pass the reproduction, best first, that run the suite besides the right ones
STEPS = ("reproduced", "possible", "survives", "first", "right")


@dataclass(frozen=True)
class Way:
    """One candidate, judged."""

    candidate: Candidate
    right: bool
    green: bool = False  # by the reproduction and the suite

    def line(self) -> str:
        mark = ("right" if self.right else "") + (" green" if self.green else "")
        one = self.candidate
        return f"    {one.weight:6.2f} {mark:12} {one.template.name}: {one.idea.change} -> {one.behaviour}"


@dataclass(frozen=True)
class Passage:
    """How far one case came. `outcome`: right, wrong or a refusal's code."""

    id: str
    located: bool
    reproduced: bool
    fixed: bool  # the reproduction passes with upstream's fix
    outcome: str
    why: str
    ways: tuple[Way, ...] = field(repr=False, default=())

    def came_through(self) -> dict[str, bool]:
        survivors = [way.candidate for way in self.ways if way.green]
        best = choose(survivors)
        good = {id(way.candidate) for way in self.ways if way.right}
        return {
            "reproduced": self.reproduced,
            "possible": bool(good),
            "survives": any(id(one) in good for one in survivors),
            "first": best is not None and id(best.best) in good,
            "right": self.outcome == "right",
        }


class Remembering:
    """A `Bench` that gives the same run for the same question."""

    def __init__(self, bench: Bench) -> None:
        self._bench, self._lock = bench, threading.Lock()
        self._kept: dict[tuple[object, ...], Run] = {}

    def source(self, target: Target) -> Source:
        return self._bench.source(target)

    def run(self, trial: Trial) -> Run:
        key = (
            trial.target.commit,
            tuple(sorted(trial.files.items())),
            trial.select,
            trial.watch,
            trial.plain,
        )
        with self._lock:
            kept = self._kept.get(key)
        if kept is None or trial.name == "suite 2":
            kept = self._bench.run(trial)
            with self._lock:
                self._kept[key] = kept
        return kept


class Prepared:
    """A `Workshop` of one scene that is laid out already."""

    def __init__(self, scene: Scene) -> None:
        self._target, self._folder = target_of(scene), Folder(scene.buggy)

    def open(self, project: Project) -> Target:
        return self._target

    def source(self, target: Target) -> Source:
        return self._folder

    def history(self, target: Target, path: str, start: int, end: int) -> tuple[Commit, ...]:
        return ()


def _texts(root: Path) -> Iterator[tuple[str, str]]:
    """Files by their path below the folder."""
    for path in sorted(p for p in root.rglob("*") if p.is_file()):
        with contextlib.suppress(UnicodeDecodeError):  # what is no text, no trial can be given
            yield str(path.relative_to(root)), path.read_text("utf-8")


class Oracle:
    """Hidden tests: those that the fix mends pass, and those that passed before still do."""

    def __init__(self, judge: Judge, target: Target, bench: Bench) -> None:
        self._files, self._mended, self._kept = dict(_texts(judge.folder)), judge.mended, judge.kept
        self._target, self._bench = target, bench

    def accepts(self, candidate: Candidate) -> bool:
        mended = self._run(candidate, self._mended)
        if not mended or set(mended.values()) - {Outcome.PASSED, Outcome.SKIPPED}:
            return False
        wanted = [name for name in self._mended if "::" in name]
        if any(mended.get(name) is not Outcome.PASSED for name in wanted):
            return False
        seen = self._run(candidate, ()) if self._kept else {}
        broken = tuple(sorted(n for n in self._kept & set(seen) if seen[n] is not Outcome.PASSED))
        again = self._run(candidate, broken) if broken else {}
        return all(again.get(name) is Outcome.PASSED for name in broken)

    def _run(self, candidate: Candidate, select: tuple[str, ...]) -> dict[str, Outcome]:
        files = {**self._files, candidate.path: candidate.after}
        trial = Trial(name="oracle", target=self._target, files=files, select=select, seconds=120)
        return dict(self._bench.run(trial).outcomes)


def follow(scene: Scene, judge: Judge, sandbox: Bubblewrap) -> Passage:
    event = build_event(RawEvent(scene.payload))
    incident = Incident(project=scene.id, fingerprint="0" * 32, event=event)
    bench = Remembering(bench_of(scene, sandbox))
    try:
        found = diagnose(incident, Evidence(), target_of(scene).project, Prepared(scene))
    except Refused as no:
        return Passage(scene.id, False, False, False, no.code, no.reason)
    located = any(f"{one.file}::{one.function}" in judge.truth for one in found.suspects)
    made = reproduce(found, bench)
    fixed = made.reproduced and passes_with_truth(bench, made)
    ways = tuple(_judged(found, made, Oracle(judge, found.target, bench), bench))
    outcome, why = _proposed(made, bench, ways)
    return Passage(scene.id, located, made.reproduced, fixed, outcome, why, ways)


def _judged(found: Diagnosis, made: Reproduction, oracle: Oracle, bench: Bench) -> Iterator[Way]:
    try:
        ideas = [one for one in collect(found, bench) if not one.template.hint][:LIMIT]
    except Refused:
        return
    trials = Trials(made, bench)
    with ThreadPoolExecutor(PARALLEL) as pool:
        verdicts = dict(zip((_key(one) for one in ideas), pool.map(oracle.accepts, ideas), strict=True))
    green = trials.survivors(ideas) if made.reproduced else []
    asked = {_key(one) for one in green if verdicts[_key(one)]} | {_key(one) for one in green[:SUITES]}
    kept = {_key(one): one for one in green if _key(one) not in asked or trials.keeps_suite(one)}
    for one in ideas:
        yield Way(kept.get(_key(one), one), verdicts[_key(one)], _key(one) in kept)


def _key(candidate: Candidate) -> tuple[str, str]:
    return candidate.path, candidate.after


def _proposed(made: Reproduction, bench: Bench, ways: Sequence[Way]) -> tuple[str, str]:
    try:
        patch = RulesAgent().propose(Brief(reproduction=made), bench)
    except Refused as no:
        return no.code, no.reason
    right = any(way.right and patch.files == {way.candidate.path: way.candidate.after} for way in ways)
    return ("right" if right else "wrong"), patch.diff


def figures(found: Sequence[Passage]) -> dict[str, Any]:
    through: Counter[str] = Counter()
    for passage in found:
        steps = passage.came_through()
        for n, step in enumerate(STEPS, start=1):
            through[step] += all(steps[one] for one in STEPS[:n])
    return {
        "cases": len(found),
        "located": sum(passage.located for passage in found),
        "fixed_by_truth": sum(passage.fixed for passage in found),
        "possible_at_all": sum(any(way.right for way in passage.ways) for passage in found),
        **through,
        "outcomes": dict(Counter(passage.outcome for passage in found).most_common()),
    }


def table(passage: Passage) -> str:
    """One line of a table for `benchmarks.learning`; the project's cases have one author."""
    ways = [[features(w.candidate), w.candidate.behaviour, w.right] for w in passage.ways if w.green]
    return json.dumps({"id": passage.id, "author": "real", "ways": ways}) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--part", choices=["open", "held-out"], help="crashes of releases (recipes.toml)")
    parser.add_argument("--only", default="", help="cases whose name contains this")
    parser.add_argument("--dump", type=Path)
    parser.add_argument("--cache", type=Path, default=default_cache())
    parser.add_argument("-v", "--verbose", action="store_true", help="every candidate, and what is proposed")
    options = parser.parse_args()
    sandbox, found = Bubblewrap(), []
    makers = [maker for folder in options.folders for maker in bundles(folder, options.cache)]
    makers += recipes(options.cache, options.part) if options.part else []
    for scene in (maker.make() for maker in makers if options.only in maker.id):
        if scene.judge is None:
            continue
        found.append(follow(scene, scene.judge, sandbox))
        show(found[-1], verbose=options.verbose)
        if options.dump:
            with options.dump.open("a") as out:
                out.write(table(found[-1]))
    print(json.dumps(figures(found)))


def show(passage: Passage, *, verbose: bool) -> None:
    steps = " ".join(step if done else f"NOT-{step}" for step, done in passage.came_through().items())
    print(f"{passage.id}: {'' if passage.located else 'NOT-'}located {steps}: {passage.outcome}", flush=True)
    if verbose:
        print("    " + passage.why.replace("\n", "\n    "))
        print("\n".join(way.line() for way in passage.ways), flush=True)


if __name__ == "__main__":
    main()
