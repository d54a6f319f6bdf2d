"""Written -> Reproduction: a test that an agent wrote is judged as one that the service made."""

from __future__ import annotations

import ast
from pathlib import PurePosixPath

from healer.case import Cost, Diagnosis, Reproduction, Run, Target
from healer.errors import Refused
from healer.protocols import Abstained, Bench, Brief, Trial, Writer, Written
from healer.proving import gate, judge
from healer.proving.claim import Claim
from healer.reproduction.index import Index
from triage.python import parsed

NAME = "test_regression_written.py"
LARGEST = 20_000  # characters
SECONDS = 60.0


def ask(writer: Writer, reproduction: Reproduction, bench: Bench) -> Written:
    try:
        return writer.write_test(Brief(reproduction=reproduction, hint=reproduction.why), bench)
    except Refused as no:
        cost = no.cost if isinstance(no, Abstained) else Cost()
        return Written(agent=writer.name, code=no.code, reason=no.reason, cost=cost)


def attest(diagnosis: Diagnosis, written: Written, bench: Bench) -> Reproduction:
    """Reproduced where the test, and nothing but the product's code in it, fails on base as production did,
    twice. Else `why` says what it did instead."""
    claim = claimed(diagnosis, written)
    if isinstance(claim, str):
        return refused(diagnosis, written, claim)
    if reasons := gate.inspect_test(claim, bench.source(diagnosis.target)):
        return refused(diagnosis, written, "; ".join(reasons[:3]))
    run = Run(name="red", command=(), exit_code=0, seconds=0)
    for seed, name in ((1, "red"), (2, "red 2")):
        run = bench.run(trial(claim, name, seed))
        if reason := judge.not_red(run, claim) or another_place(diagnosis, run, bench):
            return refused(diagnosis, written, reason)
    return Reproduction(
        diagnosis=diagnosis,
        path=claim.test_path,
        source=written.source,
        test=claim.test,
        how="agent",
        reproduced=True,
        why=f"written by {written.agent}; the service saw it fail as production did",
        red=run,
    )


def another_place(diagnosis: Diagnosis, run: Run, bench: Bench) -> str:
    """The same type of exception from another statement of the same function is another failure."""
    last = diagnosis.located[-1] if diagnosis.located else None
    if last is None or not last.exact or diagnosis.signature.circle:
        return ""
    source = bench.source(diagnosis.target)
    wanted = Index(source, diagnosis.target.source_roots).statement(last.path, last.line)
    lines = [r.frames[-1].line for r in run.raised if r.frames and r.frames[-1].path == last.path]
    if wanted and lines and not any(line in wanted for line in lines):
        return f"it is raised in line {lines[0]} of {last.path}, the incident's in line {last.line}"
    return ""


def trial(claim: Claim, name: str, seed: int) -> Trial:
    return Trial(
        name=name,
        target=claim.target,
        files=claim.test_files,
        protected=tuple(claim.test_files),
        select=(claim.test,),
        seconds=SECONDS,
        seed=seed,
    )


def refused(diagnosis: Diagnosis, written: Written, reason: str) -> Reproduction:
    why = f"{written.agent} wrote a test that shows nothing: {reason}"
    return Reproduction(diagnosis=diagnosis, why=why)


def claimed(diagnosis: Diagnosis, written: Written) -> Claim | str:
    """What the test is to show, or why it cannot."""
    if len(written.source) > LARGEST:
        return f"it is longer than {LARGEST} characters"
    name = only_test(written.source)
    if not name:
        return "it does not hold exactly one test"
    path = place(diagnosis.target)
    return Claim(
        target=diagnosis.target,
        signature=diagnosis.signature,
        scope=diagnosis.scope,
        files={},
        test=f"{path}::{name}",
        test_path=path,
        test_source=written.source,
        how="agent",
    )


def only_test(source: str) -> str:
    """`test_x` or `TestX::test_x`; "" where there is not exactly one."""
    tree = parsed(source)
    found = []
    for node in tree.body if tree else ():
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found += [node.name] if node.name.startswith("test") else []
        elif isinstance(node, ast.ClassDef):
            tests = [
                n.name for n in node.body if isinstance(n, ast.FunctionDef) and n.name.startswith("test")
            ]
            found += [f"{node.name}::{name}" for name in tests]
    return found[0] if len(found) == 1 else ""


def place(target: Target) -> str:
    """Beside the project's tests, under a name of the service's choice."""
    home = next(iter(target.tests), "tests")
    folder = PurePosixPath(home).parent if home.endswith(".py") else PurePosixPath(home)
    return str(folder / NAME)
