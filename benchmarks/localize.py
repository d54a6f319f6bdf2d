"""Whether the function that was fixed is among the suspects: `python -m benchmarks.localize [DIR …]`.

A case is a directory with `case.json` (its truth: files and `path::function`), `event.json` as the SDK sent
it, and the buggy commit as `repo.bundle` or as a directory `repo`. Without arguments, the cases under
`benchmarks/corpus` and beside the repository in `shared/cases` are read. The naive rule takes the innermost
frame that is in the repository. The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from triage.build import build_event
from triage.localize import localize, locate
from triage.sentry import read_event

ROOT = Path(__file__).parents[1]
PLACES = (ROOT / "benchmarks/corpus", ROOT.parent / "shared/cases", ROOT.parents[1] / "shared/cases")


class Folder:
    """A `Source` over a directory."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def paths(self) -> tuple[str, ...]:
        found = (path for path in self._root.rglob("*") if path.is_file() and ".git" not in path.parts)
        return tuple(sorted(path.relative_to(self._root).as_posix() for path in found))

    def read(self, path: str) -> str | None:
        try:
            return (self._root / path).read_text(encoding="utf-8")
        except (OSError, ValueError):
            return None


@dataclass(frozen=True)
class Outcome:
    case: str
    rank: int | None  # of the first true function, from 1; None: not among the suspects
    naive: bool
    seconds: float
    truth: tuple[str, ...]
    suspects: tuple[str, ...]


def cases(places: Sequence[Path]) -> Iterator[Path]:
    for place in places:
        yield from sorted(path.parent for path in place.rglob("case.json") if has_truth(path))


def has_truth(path: Path) -> bool:
    case = json.loads(path.read_text(encoding="utf-8"))
    return bool(true_functions(case)) and (path.parent / "event.json").is_file()


def true_functions(case: dict[str, Any]) -> tuple[str, ...]:
    """`path::function` of every function that upstream's fix changed; `path::<module>` for module level."""
    truth = case.get("truth", {})
    if isinstance(truth, list):
        return tuple(truth)
    named = tuple(truth.get("functions", ()))
    module = (
        tuple(f"{path}::<module>" for path in truth.get("files", ())) if truth.get("module_level") else ()
    )
    return named + module


def judge(case: Path, work: Path) -> Outcome:
    truth = true_functions(json.loads((case / "case.json").read_text(encoding="utf-8")))
    source = Folder(checkout(case, work))
    event = build_event(read_event(json.loads((case / "event.json").read_text(encoding="utf-8"))))
    start = time.monotonic()
    located = locate(event, source)
    suspects = tuple(f"{s.file}::{s.function}" for s in localize(event, source, located))
    seconds = time.monotonic() - start
    rank = next((number for number, name in enumerate(suspects, 1) if name in truth), None)
    naive = bool(located) and f"{located[-1].path}::{located[-1].function}" in truth
    return Outcome(case.name, rank, naive, seconds, truth, suspects)


def checkout(case: Path, work: Path) -> Path:
    if (case / "repo").is_dir():
        return case / "repo"
    target = work / case.name
    command = ["git", "clone", "--quiet", str(case / "repo.bundle"), str(target)]
    subprocess.run([*command, "--branch", "main"], check=True, capture_output=True)
    return target


def figures(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    total = max(1, len(outcomes))
    ranks = [outcome.rank or 99 for outcome in outcomes]
    return {
        "cases": len(outcomes),
        "first": round(sum(rank == 1 for rank in ranks) / total, 3),
        "first_three": round(sum(rank <= 3 for rank in ranks) / total, 3),
        "naive_first": round(sum(outcome.naive for outcome in outcomes) / total, 3),
        "slowest_s": round(max((outcome.seconds for outcome in outcomes), default=0.0), 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("places", nargs="*", type=Path, help="directories with cases")
    places = parser.parse_args().places or sorted({place.resolve() for place in PLACES if place.is_dir()})
    with tempfile.TemporaryDirectory() as work:
        outcomes = [judge(case, Path(work)) for case in cases(places)]
    for outcome in outcomes:
        if outcome.rank != 1 or not outcome.naive:
            print(f"{outcome.case}: rank {outcome.rank}, naive {'right' if outcome.naive else 'wrong'}")
            print(f"  truth {', '.join(outcome.truth)}")
            print(f"  found {', '.join(outcome.suspects[:5])}")
    print(json.dumps(figures(outcomes)))


if __name__ == "__main__":
    main()
