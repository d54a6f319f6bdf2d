"""What a proof costs, and whether it says anything false:
`python -m benchmarks.proof [PART [MOST [PY [SECONDS]]]]`; after SECONDS no case is begun.

Each slip's right text is proven in the sandbox, and so are patches that must not be: the slip left as it is,
and one that breaks the suite. Every node id a proof names is checked by running plain pytest outside of
the bench (these programs are this repository's own). The last line is one JSON object.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.slips import CORPUS, Slip, TrustedBench, _cut, crash, lay, load, reproduction
from benchmarks.source import Files
from healer.case import Outcome
from healer.protocols import Trial
from healer.proving.claim import Claim
from healer.proving.experiment import NotShown, Shown, show
from healer.proving.remember import Remembering
from healer.workshop.bench import SandboxBench
from healer.workshop.sandbox import Bubblewrap


def truth(part: str, slip: Slip) -> dict[str, str]:
    """The right text of the files the slip spoiled."""
    stem = next(p.stem for p in (CORPUS / part).glob("*.slips") if slip.id.startswith(p.stem + "-"))
    program = ("\n" + (CORPUS / part / f"{stem}.slips").read_text()).split("\n### ")[0]
    correct = {path: body.rstrip("\n") + "\n" for path, body in _cut(program, "=== ")}
    spoiled = {p for p, text in slip.files.items() if correct.get(p) != text and not p.startswith("tests/")}
    return {path: correct[path] for path in sorted(spoiled)}


def claim_of(slip: Slip, files: dict[str, str], python: str) -> Claim:
    made = reproduction(slip, crash(slip))
    return Claim(
        target=made.diagnosis.target.model_copy(update={"python": python}),
        signature=made.diagnosis.signature,
        scope=made.diagnosis.scope,
        files=files,
        test=made.test,
        test_path=made.path,
        test_source=made.source,
        how="call",
    )


def falsehoods(slip: Slip, claim: Claim, shown: Shown) -> list[str]:
    """Node ids that plain pytest sees otherwise than the proof says."""
    trusted = TrustedBench(slip.files)

    def outcomes(files: dict[str, str]) -> dict[str, Outcome]:
        trial = Trial(name="plain", target=claim.target, files={**files, **claim.test_files}, seconds=120)
        return trusted.run(trial).outcomes

    before, after = outcomes({}), outcomes(claim.files)
    false = [t for t in shown.fail_to_pass if (before.get(t), after.get(t)) != ("failed", "passed")]
    return false + [t for t in shown.pass_to_pass if (before.get(t), after.get(t)) != ("passed", "passed")]


def wrong(claim: Claim, slip: Slip) -> list[dict[str, str]]:
    """Patches that fix nothing, or break what worked."""
    path = claim.signature.path
    text = slip.files[path]
    return [{path: text + "\nUNUSED = 1\n"}, {path: text + "\nraise ValueError('broken')\n"}]


def run(part: str, most: int, python: str, limit: float = 1e9) -> dict[str, Any]:
    sandbox = Bubblewrap()
    seconds, beyond, refused, false, accepted = [], [], [], [], []
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        for slip in load(part)[:most]:
            if time.monotonic() - begun > limit:
                break
            root = Path(place) / slip.id
            lay(root, slip.files)
            root.chmod(0o755)
            source = Files(slip.files)
            tree, cache = str(root), Path(place) / "bytecode"
            inner = SandboxBench(sandbox, lambda _, s=source: s, lambda _, t=tree: t, cache=cache)  # type: ignore[misc]
            bench = Remembering(inner)
            claim = claim_of(slip, truth(part, slip), python)
            started = time.monotonic()
            try:
                shown = show(claim, bench)
            except NotShown as no:
                refused.append(f"{slip.id}: {no.stage}: {no.reason}")
                print(refused[-1], flush=True)
                continue
            seconds.append(time.monotonic() - started)
            suite = sum(r.seconds for r in shown.runs if r.name in {"base", "suite"})
            beyond.append(max(0.0, seconds[-1] - suite))
            false += falsehoods(slip, claim, shown)
            for files in wrong(claim, slip):
                try:
                    show(claim.model_copy(update={"files": files}), bench)
                    accepted.append(slip.id)
                except NotShown:
                    pass
            print(
                f"{slip.id}: {seconds[-1]:.1f} s, {shown.flags or 'no flags'}; "
                f"{len(false)} false and {len(accepted)} wrong so far",
                flush=True,
            )
    return {
        "part": part,
        "proven": len(seconds),
        "right_but_refused": refused,
        "false_statements": len(false),
        "wrong_accepted": len(accepted),
        "seconds_median": round(statistics.median(seconds), 2) if seconds else None,
        "seconds_worst": round(max(seconds), 2) if seconds else None,
        "beyond_suite_median": round(statistics.median(beyond), 2) if beyond else None,
    }


if __name__ == "__main__":
    given = dict(enumerate(sys.argv[1:]))
    figures = run(
        given.get(0, "learning"),
        int(given.get(1, "1000")),
        given.get(2, sys.executable),
        float(given.get(3, "1e9")),
    )
    print(json.dumps(figures))
