"""Prove a patch: evidence by tests, not correctness. The service makes the proof, never the agent."""

from __future__ import annotations

from healer.case import Judgement, Patch, Proof, Refutation
from healer.protocols import Bench
from healer.proving import diff
from healer.proving.claim import claim_of
from healer.proving.experiment import NotShown, show


def prove(patch: Patch, bench: Bench, *, greens: int = 3, parallel: int = 2) -> Proof | Refutation:
    """The static gate, then red, green, the whole suite and red again, each on a fresh tree of base.

    Give a `healer.proving.remember.Remembering` bench, and candidates of a case share the runs of base."""
    if not patch.reproduction.test:
        return Refutation(patch=patch, stage="red", reason="no test shows the failure: nothing can be proven")
    if reason := _not_its_diff(patch, bench):
        return Refutation(patch=patch, stage="gate", reason=reason)
    try:
        shown = show(claim_of(patch), bench, greens=greens, parallel=parallel)
    except NotShown as no:
        return Refutation(patch=patch, stage=no.stage, reason=no.reason, runs=no.runs)
    return Proof(
        patch=patch,
        base=patch.reproduction.diagnosis.target.commit,
        runs=shown.runs,
        fail_to_pass=shown.fail_to_pass,
        pass_to_pass=shown.pass_to_pass,
        flaky=shown.flaky,
        failing_before=shown.failing_before,
        executed=shown.executed,
        flags=shown.flags,
        surplus=shown.surplus,
        not_checked=shown.not_checked,
    )


def judge(patch: Patch, bench: Bench) -> Judgement:
    """`prove`, as one noun that a step can remember."""
    made = prove(patch, bench)
    return Judgement(proof=made) if isinstance(made, Proof) else Judgement(refutation=made)


def _not_its_diff(patch: Patch, bench: Bench) -> str:
    """People read the diff and runs use the files: they must be the same."""
    read = bench.source(patch.reproduction.diagnosis.target).read
    try:
        same = diff.exact(read, patch.diff) == {p: t for p, t in patch.files.items() if read(p) != t}
    except diff.BadDiff as error:
        return f"the diff does not apply to base: {error}"
    return "" if same else "the diff says something else than the patched files"
