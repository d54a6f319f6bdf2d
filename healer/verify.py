"""`healer verify`: repeat a proof from its document alone, and say whether it holds."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from healer.case import Project, Target
from healer.errors import BadInput
from healer.protocols import Bench, Sandbox
from healer.proving import diff
from healer.proving.claim import Claim
from healer.proving.document import ProofFile, differences, dotted, from_json, scope_of, to_json
from healer.proving.experiment import NotShown, show
from healer.workshop import interpreter
from healer.workshop.bench import SandboxBench
from healer.workshop.mirror import Mirror
from healer.workshop.source import CommitSource
from healer.workshop.tree import exported
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
    sandbox: Sandbox,
    owner: int | None = None,
    virtual_env: str = "",
) -> Verification:
    """Runs everything again in the sandbox. `owner` is the host user that foreign code runs as.

    Raises BadInput where the document is no proof, the repository does not hold the base commit, or no
    interpreter can run its tests."""
    claimed = from_json(document)
    with tempfile.TemporaryDirectory(prefix="healer-verify-") as place:
        home = Path(place)
        home.chmod(0o755)
        mirror = Mirror.ensure(str(repo), home / "mirrors")
        mirror.fetch(claimed.base)
        commit = mirror.resolve(claimed.base)
        if commit != claimed.base:
            raise BadInput(f"the base {claimed.base} is not a commit of {repo}")
        source = CommitSource(mirror.directory, commit)
        project = _project(claimed, repo, python)
        target = interpreter.find(
            project,
            source,
            commit=commit,
            sandbox=sandbox,
            checkout=str(repo.absolute()),
            mirror=str(mirror.directory),
            virtual_env=virtual_env,
        )
        with exported(mirror.directory, commit, home / "trees", owner) as tree:
            bench = SandboxBench(sandbox, lambda _: source, lambda _: str(tree.path))
            return repeat(claimed, _claim(claimed, source, target), bench)


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
