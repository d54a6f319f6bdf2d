"""How often the zero-token agent is right, wrong, or abstains: `python -m benchmarks.repair [PART] …`.

A part is `learning`, `seen` (held out until its results were looked at), `heldout` or a folder of bundled
cases.

Each case's own driver stands for the reproduction; a hidden oracle judges what the agent proposes. In cases
named `open_…` the cause lies elsewhere or several answers are plausible: abstaining is wise there.
The last line is one JSON object with the figures of each part.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.slips import Slip, TrustedBench, crash, load, reproduction, right
from healer.agents.rules import RulesAgent
from healer.errors import Refused
from healer.protocols import Brief

PARTS = ("learning", "seen", "heldout")


@dataclass(frozen=True)
class Verdict:
    case: str
    outcome: str  # right | wrong | a refusal's code
    template: str = ""
    confidence: float = 0.0
    seconds: float = 0.0
    detail: str = ""


def heal(slip: Slip, payload: dict[str, Any]) -> Verdict:
    bench = TrustedBench(slip.files)
    brief = Brief(reproduction=reproduction(slip, payload))
    start = time.monotonic()
    try:
        patch = RulesAgent().propose(brief, bench)
    except Refused as refused:
        return Verdict(slip.id, refused.code, seconds=time.monotonic() - start, detail=refused.reason)
    seconds = time.monotonic() - start
    outcome = "right" if right(slip, patch.files) else "wrong"
    return Verdict(slip.id, outcome, patch.template, patch.confidence, seconds, patch.diff)


def figures(verdicts: Sequence[Verdict]) -> dict[str, Any]:
    good = sum(v.outcome == "right" for v in verdicts)
    bad = sum(v.outcome == "wrong" for v in verdicts)
    left = [v.outcome for v in verdicts if "-open_" in v.case]
    return {
        "cases": len(verdicts),
        "proposed": good + bad,
        "right": good,
        "wrong": bad,
        "precision": round(good / (good + bad), 3) if good + bad else None,
        "right_share": round(good / len(verdicts), 3),
        "wrong_share": round(bad / len(verdicts), 3),
        "open": len(left),
        "open_abstained": sum(outcome not in {"right", "wrong"} for outcome in left),
        "seconds_median": round(statistics.median(v.seconds for v in verdicts), 2),
    }


def bundled(root: Path) -> list[tuple[Slip, dict[str, Any]]]:
    """Cases of a directory in the layout repo.bundle, driver.py, event.json, oracle/."""
    return [_bundled(path.parent) for path in sorted(root.glob("*/event.json"))]


def _bundled(path: Path) -> tuple[Slip, dict[str, Any]]:
    with tempfile.TemporaryDirectory() as name:
        subprocess.run(["git", "clone", "-q", str(path / "repo.bundle"), name, "-b", "main"], check=True)
        files = {
            str(p.relative_to(name)): p.read_text()
            for p in Path(name).rglob("*.*")
            if p.is_file() and ".git/" not in str(p)
        }
    oracle = next((path / "oracle").rglob("test_*.py")).read_text()
    payload = json.loads((path / "event.json").read_text().replace(f"/srv/app/{path.name}/", "/srv/app/"))
    return Slip(path.name, files, (path / "driver.py").read_text(), oracle), payload


def cases(part: str) -> Iterator[tuple[Slip, dict[str, Any]]]:
    if part in PARTS:
        yield from ((slip, crash(slip)) for slip in load(part))
    else:
        yield from bundled(Path(part))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=PARTS)
    parser.add_argument("--show", action="store_true", help="print each diff or refusal")
    parser.add_argument("--only", default="", help="cases whose name contains this")
    options = parser.parse_args()
    result = {}
    for part in options.parts:
        verdicts = []
        for slip, payload in cases(part):
            if options.only in slip.id and payload:
                verdicts.append(heal(slip, payload))
                _report(verdicts[-1], options.show)
        if verdicts:
            result[Path(part).name] = figures(verdicts)
    print(json.dumps(result))


def _report(verdict: Verdict, show: bool) -> None:
    print(
        f"{verdict.outcome:16} {verdict.case:32} {verdict.template:20} "
        f"{verdict.confidence:.2f} {verdict.seconds:.1f}s",
        flush=True,
    )
    if show:
        print("    " + verdict.detail.replace("\n", "\n    ")[:3000], flush=True)


if __name__ == "__main__":
    main()
