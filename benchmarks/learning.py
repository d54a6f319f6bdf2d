"""Fit what evidence weighs in zero-token repair: `python -m benchmarks.learning [--write] [--extra TABLE …]`.

Every candidate of every program of the corpus that passes its reproduction and its suite is judged by the
hidden oracle. A conditional logit tells the right one from the others and from none of them: a sum of
weights, each held near its start by a normal prior. It is judged on authors whose programs were left out
of the fit, never on what it was fitted to, and so is the threshold. With `--write` the weights fitted to all
go to `weights.json`.

Templates were written after their programs were read, many for one of them, so even authors left out flatter
them. `unread` leaves such templates out as well: of the lists that nobody had read, that came nearest.

`--extra` adds tables of cases that are not kept here (one JSON object a line, as `--dump` writes them): the
shipped weights had one of real projects, whose suites tell more (`suite`), three times over.

The last line is one JSON object with the figures of the start and of the fit on the authors left out, and
of the fit as if their programs had not been read.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.repair import PARTS
from benchmarks.slips import CORPUS, Slip, TrustedBench, crash, load, reproduction, right
from healer.agents.rules.agent import MAX_PER_TEMPLATE, collect
from healer.agents.rules.belief import WEIGHTS, features
from healer.agents.rules.candidate import Candidate
from healer.agents.rules.ranking import likely
from healer.agents.rules.trials import Trials
from healer.errors import Refused

LIMIT = 20  # candidates judged
SPREAD = 0.25  # of the prior around a weight's start
STEPS, RATE = 200, 0.05
PRECISION, WRONG = 0.83, 0.07  # what the threshold must keep, on authors left out
OFTEN = 4  # cases of strangers in which a template was right, for it not to have been written for one of them
HOUSE = "house"  # whoever wrote the templates as well
SHARE = 0.15  # of a case whose author knew the templates

Weights = Mapping[str, float]


@dataclass(frozen=True)
class Case:
    """`ways` are (features, behaviour, right) of each candidate that passes."""

    id: str
    author: str
    ways: tuple[tuple[dict[str, float], str, bool], ...]


@dataclass(frozen=True)
class Model:
    weights: Weights
    none: float


def judged(slip: Slip, author: str) -> Case:
    made = reproduction(slip, crash(slip))
    bench = TrustedBench(slip.files)
    try:
        ideas = collect(made.diagnosis, bench)
    except Refused:
        return Case(slip.id, author, ())
    trials = Trials(made, bench)
    ways = [
        (features(found), found.behaviour, right(slip, {found.path: found.after}))
        for found in trials.survivors(_bounded(ideas))
        if not found.template.hint and trials.keeps_suite(found)
    ]
    return Case(slip.id, author, tuple(ways))


def _bounded(ideas: Sequence[Candidate]) -> list[Candidate]:
    kept: list[Candidate] = []
    for idea in ideas:
        if sum(k.template is idea.template for k in kept) < MAX_PER_TEMPLATE and len(kept) < LIMIT:
            kept.append(idea)
    return kept


def corpus() -> Iterator[Case]:
    authors = json.loads((CORPUS / "authors.json").read_text())
    for part in PARTS:
        for slip in load(part):
            program = slip.id.partition("-")[0]
            yield judged(slip, next((who for who, own in authors.items() if program in own), HOUSE))


def score(weights: Weights, found: Weights) -> float:
    return sum(weights.get(name, 0.0) * value for name, value in found.items())


def groups(case: Case, weights: Weights) -> list[tuple[float, dict[str, float], bool]]:
    """(weight, features, right) of the best of each behaviour, best first."""
    best: dict[str, tuple[float, dict[str, float], bool]] = {}
    for found, behaviour, good in case.ways:
        weight = score(weights, found)
        if behaviour not in best or best[behaviour][0] < weight:
            best[behaviour] = (weight, found, good)
    return sorted(best.values(), key=lambda one: -one[0])


def fit(cases: Sequence[Case], start: Model) -> Model:
    """The most likely weights, by Adam on the whole sample: small, smooth and the same each time."""
    names = sorted(
        {name for case in cases for found, _, _ in case.ways for name in found} | set(start.weights)
    )
    prior = {name: start.weights.get(name, 0.0) for name in names} | {"": start.none}
    at, mean, square = dict(prior), dict.fromkeys(prior, 0.0), dict.fromkeys(prior, 0.0)
    for step in range(1, STEPS + 1):
        slope = {name: (prior[name] - value) / SPREAD**2 for name, value in at.items()}
        for case in cases:
            _add_slope(case, at, slope, SHARE if case.author == HOUSE else 1.0)
        for name, value in slope.items():
            mean[name] = 0.9 * mean[name] + 0.1 * value
            square[name] = 0.99 * square[name] + 0.01 * value * value
            size = math.sqrt(square[name] / (1 - 0.99**step)) + 1e-8
            at[name] += RATE * (mean[name] / (1 - 0.9**step)) / size
    none = at.pop("")
    return Model(at, none)


def _add_slope(case: Case, at: Weights, slope: dict[str, float], share: float) -> None:
    """Adds the slope of the log-likelihood that what is right is chosen: a right one, or none."""
    ways = [*groups(case, at), (at[""], {"": 1.0}, False)]
    good = [one for one in ways if one[2]] or ways[-1:]
    for sign, some in ((1.0, good), (-1.0, ways)):
        top = max(weight for weight, _, _ in some)
        total = sum(math.exp(weight - top) for weight, _, _ in some)
        for weight, found, _ in some:
            part = sign * share * math.exp(weight - top) / total
            for name, value in found.items():
                slope[name] = slope.get(name, 0.0) + part * value


@dataclass(frozen=True)
class Pick:
    author: str
    confidence: float
    right: bool
    possible: bool  # whether any candidate is right


def picks(cases: Sequence[Case], model: Model) -> list[Pick]:
    return [_pick(case, model) for case in cases]


def _pick(case: Case, model: Model) -> Pick:
    ways = groups(case, model.weights)
    possible = any(good for _, _, good in case.ways)
    if not ways:
        return Pick(case.author, 0.0, False, possible)
    from_here = likely(ways[0][0], [weight for weight, _, _ in ways[1:]], model.none)
    return Pick(case.author, from_here, ways[0][2], possible)


def figures(found: Sequence[Pick], threshold: float) -> dict[str, Any]:
    made = [pick for pick in found if pick.confidence >= threshold]
    good = sum(pick.right for pick in made)
    return {
        "cases": len(found),
        "possible": round(sum(pick.possible for pick in found) / len(found), 3),
        "right": round(good / len(found), 3),
        "wrong": round((len(made) - good) / len(found), 3),
        "precision": round(good / len(made), 3) if made else None,
    }


def threshold(found: Sequence[Pick]) -> float:
    """The lowest that keeps precision and wrong ones within bounds."""
    for at in (step / 100 for step in range(30, 96)):
        told = figures(found, at)
        if (told["precision"] or 1.0) >= PRECISION and told["wrong"] <= WRONG:
            return at
    return 0.95


def left_out(cases: Sequence[Case], start: Model) -> list[Pick]:
    """Picks on each author's cases by weights fitted to the others'."""
    found: list[Pick] = []
    for author in sorted({case.author for case in cases}):
        model = fit([case for case in cases if case.author != author], start)
        found += picks([case for case in cases if case.author == author], model)
    return found


def unread(cases: Sequence[Case]) -> list[Case]:
    """The cases with the candidates of templates that were right often, alone."""
    right = Counter(
        name
        for case in cases
        if case.author != HOUSE
        for name in {_template(f) for f, _, ok in case.ways if ok}
    )
    return [
        replace(case, ways=tuple(w for w in case.ways if right[_template(w[0])] >= OFTEN)) for case in cases
    ]


def _template(found: Mapping[str, float]) -> str:
    return next((name for name in found if name.startswith("template ")), "")


def by_author(found: Sequence[Pick], at: float) -> dict[str, Any]:
    authors = sorted({pick.author for pick in found})
    return {author: figures([p for p in found if p.author == author], at) for author in authors}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--extra", nargs="*", default=[], type=Path)
    parser.add_argument("--dump", type=Path, help="write the judged candidates of the corpus here")
    parser.add_argument("--write", action="store_true", help="keep the weights")
    options = parser.parse_args()
    kept = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    start = Model(kept["start"]["weights"], kept["start"]["none"])
    cases = [*corpus(), *(case for path in options.extra for case in read(path))]
    if options.dump:
        options.dump.write_text("".join(json.dumps(vars(case)) + "\n" for case in cases))
    before, after = picks(cases, start), left_out(cases, start)
    strangers = [pick for pick in after if pick.author != HOUSE]
    at = threshold(strangers)
    if options.write:
        write(fit(cases, start), at, kept["start"])
    told = {"start": by_author(before, at), "left_out": by_author(after, at)}
    strange = [pick for pick in left_out(unread(cases), start) if pick.author != HOUSE]
    print(json.dumps({"threshold": at, **told, "unread": figures(strange, at)}))


def read(path: Path) -> Iterator[Case]:
    for line in path.read_text().splitlines():
        row = json.loads(line)
        yield Case(row["id"], row["author"], tuple((f, b, g) for f, b, g in row["ways"]))


def write(model: Model, at: float, start: Mapping[str, Any]) -> None:
    weights = {name: round(value, 2) for name, value in sorted(model.weights.items()) if abs(value) >= 0.005}
    kept = {"threshold": at, "none": round(model.none, 2), "weights": weights, "start": start}
    WEIGHTS.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
