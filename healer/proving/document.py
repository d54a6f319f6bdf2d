"""proof.json: what was shown, and all that is needed to show it again elsewhere. Pure."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from importlib import metadata
from typing import Final, Literal, TypeAlias

from pydantic import Field, TypeAdapter, ValidationError

from healer.case import Proof, Run, Scope, Signature
from healer.errors import BadInput
from healer.proving.experiment import Shown
from triage.noun import Json, Noun

SCHEMA: Final = "healer-proof/1"
STATEMENT = (
    "Evidence by tests, not correctness: on the base commit the test fails as production did; with the patch"
    " it passes and nothing that passed fails; without the patch it fails again."
)
LONGEST = 6 * 3600  # seconds of a suite; more is no limit
_VARYING = re.compile(
    r"base [2-9]|suite 2|impacted|without [1-8]"
)  # made or left out as time and chance have it
_HEX40 = r"^[0-9a-f]{40}$"
_DIGEST = r"^([0-9a-f]{64})?$"
_MOMENT = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)$"
How: TypeAlias = Literal["call", "request", "existing", "agent"]
HOW: TypeAdapter[How] = TypeAdapter(How)


class RunEntry(Noun):
    name: str
    command: tuple[str, ...]
    exit_code: int
    seconds: float = Field(ge=0, allow_inf_nan=False)
    runner: str = ""
    counts: dict[str, int] = Field(default_factory=dict)  # outcome -> number of tests
    # sha256 of the canonical JSON of node id -> outcome
    outcomes_digest: str = Field(default="", pattern=_DIGEST)
    output_digest: str = Field(default="", pattern=_DIGEST)


class TestEntry(Noun):
    path: str
    source: str
    test: str  # node id
    how: How


class PlaceEntry(Noun):
    """Of the project's settings: what its tests run in."""

    environment: Literal["auto", "always", "none"] = "auto"
    setup: tuple[str, ...] = ()
    database: bool = False
    database_variable: str = "DATABASE_URL"
    migrate: tuple[str, ...] = ()
    migrations: tuple[str, ...] = ()


class ProofFile(Noun):
    schema_: Literal["healer-proof/1"] = Field(alias="schema")
    statement: str
    base: str = Field(pattern=_HEX40)
    diff: str
    reproduction: TestEntry
    signature: Signature
    python: str = Field(pattern=r"^\d\.\d{1,3}$")
    test_command: tuple[str, ...]
    source_roots: tuple[str, ...]
    subdirectory: str = ""
    test_seconds: int = Field(default=600, ge=1, le=LONGEST)
    place: PlaceEntry = Field(default_factory=PlaceEntry)
    secrets: tuple[str, ...] = ()  # names
    runs: tuple[RunEntry, ...]
    fail_to_pass: tuple[str, ...]
    pass_to_pass: tuple[str, ...]
    flaky: tuple[str, ...] = ()
    failing_before: tuple[str, ...] = ()
    executed: bool
    flags: tuple[str, ...] = ()
    surplus: tuple[str, ...] = ()
    not_checked: tuple[str, ...] = ()
    agent: str = ""
    template: str = ""
    made_at: str = Field(pattern=_MOMENT)
    versions: dict[str, str] = Field(default_factory=dict)


def to_json(proof: Proof) -> dict[str, Json]:
    """The document of a proof, as JSON can hold it."""
    reproduction = proof.patch.reproduction
    diagnosis = reproduction.diagnosis
    target = diagnosis.target
    document = ProofFile(
        schema=SCHEMA,
        statement=STATEMENT,
        base=proof.base,
        diff=proof.patch.diff,
        reproduction=TestEntry(
            path=reproduction.path or reproduction.test.partition("::")[0],
            source=reproduction.source,
            test=reproduction.test,
            how=HOW.validate_python(reproduction.how),
        ),
        signature=diagnosis.signature,
        python=dotted(target.python_version),
        test_command=target.test_command,
        source_roots=target.source_roots,
        subdirectory=target.project.subdirectory,
        test_seconds=target.project.test_seconds,
        place=PlaceEntry(**target.project.model_dump(include=set(PlaceEntry.model_fields))),
        secrets=target.project.secrets,
        runs=tuple(entry(run) for run in proof.runs),
        fail_to_pass=proof.fail_to_pass,
        pass_to_pass=proof.pass_to_pass,
        flaky=proof.flaky,
        failing_before=proof.failing_before,
        executed=proof.executed,
        flags=proof.flags,
        surplus=proof.surplus,
        not_checked=proof.not_checked,
        agent=proof.patch.agent,
        template=proof.patch.template,
        made_at=proof.made_at.isoformat(),
        versions={"healer": version()},
    )
    return document.model_dump(mode="json", by_alias=True)


def dotted(version: tuple[int, int]) -> str:
    return f"{version[0]}.{version[1]}"


def version() -> str:
    try:
        return metadata.version("healer")
    except metadata.PackageNotFoundError:
        return "not installed"


def entry(run: Run) -> RunEntry:
    return RunEntry(
        name=run.name,
        command=run.command,
        exit_code=run.exit_code,
        seconds=round(run.seconds, 3),
        runner=run.runner,
        counts=dict(sorted(Counter(str(o) for o in run.outcomes.values()).items())),
        outcomes_digest=digest(run),
        output_digest=run.output_digest,
    )


def digest(run: Run) -> str:
    text = json.dumps({t: str(o) for t, o in run.outcomes.items()}, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def from_json(document: object) -> ProofFile:
    """Raises BadInput where it is no proof of ours."""
    try:
        return ProofFile.model_validate_json(json.dumps(document), strict=True)
    except (ValidationError, TypeError, ValueError) as error:
        first = error.errors()[0] if isinstance(error, ValidationError) else {"loc": (), "msg": str(error)}
        where = ".".join(str(part) for part in first["loc"])
        raise BadInput(f"this is no {SCHEMA} document: {where} {first['msg']}".replace("  ", " ")) from None


def scope_of(paths: tuple[str, ...]) -> Scope:
    """For a repetition: the paths the diff names; what is denied to every fix stays denied."""
    return Scope(allow=paths, max_files=50, max_lines=5000)


def differences(claimed: ProofFile, shown: Shown) -> tuple[str, ...]:
    """Every statement of the proof that the repetition does not bear out, in words."""
    found: list[str] = []
    _sets(found, claimed, shown)
    if claimed.executed and not shown.executed:
        found.append("the failing line was not executed in the green run")
    found += [f"the proof does not mention the flag {f}" for f in shown.flags if f not in claimed.flags]
    found += [
        f"the proof claims to have checked {n}" for n in shown.not_checked if n not in claimed.not_checked
    ]
    found += [
        f"the test passes without the change at {place}, which the proof does not say"
        for place in shown.surplus
        if place not in claimed.surplus
    ]
    _runs(found, claimed, shown)
    _told(found, claimed, shown)
    return tuple(found)


def _told(found: list[str], claimed: ProofFile, shown: Shown) -> None:
    """What is written for people only, and would be believed all the same."""
    if claimed.statement != STATEMENT:
        found.append("the statement is not the one that proofs make")
    names = Counter(run.name for run in claimed.runs)
    found += [f"the proof has the run {name} more than once" for name, n in names.items() if n > 1]
    made = {run.name for run in shown.runs}
    extra = [n for n in names if n not in made and not _VARYING.fullmatch(n)]
    found += [f"the repetition has no run {name}" for name in extra]
    known = {test for run in shown.runs for test in run.outcomes}
    found += [f"{t} is called flaky, and there is no such test" for t in claimed.flaky if t not in known]


def _sets(found: list[str], claimed: ProofFile, shown: Shown) -> None:
    for test in sorted(set(claimed.fail_to_pass) ^ set(shown.fail_to_pass)):
        where = "the proof" if test in claimed.fail_to_pass else "the repetition"
        found.append(f"{test} turns from red to green only in {where}")
    repeated = {*shown.pass_to_pass, *shown.flaky}
    found += [f"{t} does not pass before and after" for t in claimed.pass_to_pass if t not in repeated]
    missing = set(shown.pass_to_pass) - {*claimed.pass_to_pass, *claimed.flaky}
    found += [f"{t} passes before and after, which the proof does not say" for t in sorted(missing)]
    red = {*shown.failing_before, *shown.flaky}
    found += [f"{t} is not red on base" for t in claimed.failing_before if t not in red]
    hidden = set(shown.failing_before) - {*claimed.failing_before, *claimed.flaky}
    found += [f"{t} is red on base, which the proof does not say" for t in sorted(hidden)]


def _runs(found: list[str], claimed: ProofFile, shown: Shown) -> None:
    told = {r.name: r for r in claimed.runs}
    unstable = bool(claimed.flaky or shown.flaky)
    for run in shown.runs:
        if run.name not in told:
            if not _VARYING.fullmatch(run.name):
                found.append(f"the proof has no run {run.name}")
            continue
        old = told[run.name]
        steady = not unstable or run.name.split()[0] in {"red", "green", "again"}
        again = entry(run)
        if steady and (old.exit_code, old.outcomes_digest) != (again.exit_code, again.outcomes_digest):
            found.append(f"the run {run.name} ended otherwise")
        elif steady and old.counts != again.counts:
            found.append(f"the run {run.name} counts {old.counts}, its tests {again.counts}")
        elif sum(old.counts.values()) != sum(again.counts.values()):
            found.append(f"the run {run.name} has other tests")
        if (old.command, old.runner) != (again.command, again.runner):
            found.append(f"the run {run.name} is made by another command")
