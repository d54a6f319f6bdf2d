"""`healer verify`: repeat a proof from its document alone, and say whether it holds."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from healer.case import Project, Target
from healer.errors import BadInput
from healer.protocols import Bench
from healer.proving import diff
from healer.proving.claim import Claim
from healer.proving.document import ProofFile, differences, dotted, from_json, scope_of, to_json
from healer.proving.experiment import NotShown, show
from healer.workshop.bench import SandboxBench
from healer.workshop.dependencies import Installer
from healer.workshop.sandbox import Bubblewrap
from healer.workshop.source import CommitSource
from healer.workshop.yard import Yard
from triage.noun import Json, Noun

__all__ = ["Verification", "to_json", "verify"]


class Verification(Noun):
    """`differences` are statements that did not hold; `notes` are circumstances that differ."""

    holds: bool
    differences: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def verify(
    document: Mapping[str, Json],
    repo: Path,
    python: str | None = None,
    *,
    sandbox: Bubblewrap,
    secrets: Mapping[str, str] | None = None,
    virtual_env: str = "",
    installer: Installer | None = None,
    tell: Callable[[str], None] = lambda text: None,
) -> Verification:
    """Runs everything again in the sandbox. `secrets`: what the project's tests may see, by name; what the
    document lists alone is not enough.

    Raises BadInput where the document is no proof, the repository does not hold the base commit, or no
    interpreter can run its tests."""
    claimed = from_json(document)
    given = dict(secrets or {})
    with tempfile.TemporaryDirectory(prefix="healer-verify-") as place:
        home = Path(place)
        home.chmod(0o755)
        with Yard(home, sandbox, virtual_env=virtual_env, installer=installer, tell=tell) as yard:
            target = yard.open(_project(claimed, repo, python))
            if target.commit != claimed.base:
                raise BadInput(f"the base {claimed.base} is not a commit of {repo}")
            bench = SandboxBench(sandbox, yard.source, yard.tree, secrets=given, database=yard.database)
            found = repeat(claimed, _claim(claimed, yard.source(target), target), bench)
    missing = [name for name in claimed.secrets if name not in given]
    notes = [f"its tests see {name}, which was not given; name it with --secret" for name in missing]
    return found.model_copy(update={"notes": (*found.notes, *target.notes, *notes)})


def _project(claimed: ProofFile, repo: Path, python: str | None) -> Project:
    return Project(
        name=repo.name,
        repository=str(repo.absolute()),
        base=claimed.base,
        python=python or "",
        source_roots=claimed.source_roots,
        subdirectory=claimed.subdirectory,
        test_command=claimed.test_command,
        test_seconds=claimed.test_seconds,
        secrets=claimed.secrets,
        **claimed.place.model_dump(),
    )


def _claim(claimed: ProofFile, source: CommitSource, target: Target) -> Claim:
    try:
        files = diff.apply(source.read, claimed.diff)
    except diff.BadDiff as error:
        raise BadInput(f"the proof's diff does not apply to {claimed.base[:12]}: {error}") from None
    told = claimed.reproduction
    return Claim(
        target=target,
        signature=claimed.signature,
        scope=scope_of(tuple(files)),
        files=files,
        test=told.test,
        test_path=told.path,
        test_source=told.source,
        how=told.how,
    )


def repeat(claimed: ProofFile, claim: Claim, bench: Bench) -> Verification:
    notes = []
    version = dotted(claim.target.python_version)
    if version != claimed.python:
        notes.append(f"repeated with Python {version}, made with {claimed.python}")
    greens = max(1, sum(r.name.startswith("green") for r in claimed.runs))
    try:
        shown = show(claim, bench, greens=min(greens, 9))
    except NotShown as no:
        return Verification(holds=False, differences=(f"{no.stage}: {no.reason}",), notes=tuple(notes))
    found = differences(claimed, shown)
    return Verification(holds=not found, differences=found, notes=tuple(notes))
