"""`healer verify`: repeat a proof from its document alone, and say whether it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from healer.case import Project, Target
from healer.errors import BadInput
from healer.protocols import Bench
from healer.proving import diff, own_test
from healer.proving.claim import Claim
from healer.proving.document import ProofFile, differences, dotted, from_json, scope_of, to_json
from healer.proving.experiment import NotShown, Shown, show
from healer.workshop.bench import SandboxBench
from healer.workshop.claims import scratch
from healer.workshop.dependencies import Installer
from healer.workshop.interpreter import MANAGE
from healer.workshop.mirror import Mirror
from healer.workshop.sandbox import Bubblewrap
from healer.workshop.source import CommitSource, entries
from healer.workshop.yard import Yard
from triage.noun import Json, Noun
from triage.python import parsed

__all__ = ["Verification", "to_json", "verify"]


_PLAIN = {("python", "-m", "pytest"), ("pytest",), ("python", "-m", "unittest"), MANAGE}


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
    commit: str = "",
    secrets: Mapping[str, str] | None = None,
    virtual_env: str = "",
    installer: Installer | None = None,
    tell: Callable[[str], None] = lambda text: None,
) -> Verification:
    """Runs everything again in the sandbox. `secrets`: what the project's tests may see, by name; what the
    document lists alone is not enough. `commit`: a revision that must be the base with the proof's change and
    test, and nothing else, so that no proof speaks for another change.

    Raises BadInput where the document is no proof, the repository does not hold the base commit, or no
    interpreter can run its tests."""
    claimed = from_json(document)
    given = dict(secrets or {})
    with (
        scratch() as home,
        Yard(home, sandbox, virtual_env=virtual_env, installer=installer, tell=tell) as yard,
    ):
        target = yard.open(_project(claimed, repo, python))
        if target.commit != claimed.base:
            raise BadInput(f"the base {claimed.base} is not a commit of {repo}")
        bench = SandboxBench(sandbox, yard.source, yard.tree, secrets=given, database=yard.database)
        claim = _claim(claimed, yard.source(target), target)
        if commit and (other := tuple(_strays(claim, commit))):
            return Verification(holds=False, differences=other)
        found = repeat(claimed, claim, bench)
    missing = [name for name in claimed.secrets if name not in given]
    notes = [f"its tests see {name}, which was not given; name it with --secret" for name in missing]
    return found.model_copy(update={"notes": (*found.notes, *target.notes, *notes, *own_words(claimed))})


def _strays(claim: Claim, revision: str) -> Iterator[str]:
    """Where a revision is something else than base with the claim's files."""
    mirror = Mirror(claim.target.project.repository, Path(claim.target.mirror))
    commit = mirror.resolve(revision)
    before, after = (
        {e.path: (e.mode, e.sha) for e in entries(mirror.directory, c)} for c in (claim.target.commit, commit)
    )
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    told = {**claim.files, **claim.test_files}
    yield from (
        f"{revision} changes {path}, of which the proof says nothing"
        for path in sorted(changed - told.keys())
    )
    source = CommitSource(mirror.directory, commit)
    yield from (
        f"{path} is not in {revision} as the proof has it"
        for path in sorted(told)
        if source.read(path) != told[path]
    )


def own_words(claimed: ProofFile) -> Iterator[str]:
    """What the document decides for itself: the repetition does as it says, so people have to see it."""
    if claimed.test_command not in _PLAIN:
        yield f"the suite is what this command runs, and no more: {' '.join(claimed.test_command)}"
    for words in filter(None, (claimed.place.setup, claimed.place.migrate)):
        yield f"its environment is made by: {' '.join(words)}"
    tree = parsed(claimed.reproduction.source)
    for what in dict.fromkeys(own_test.decisions(tree) if tree else ()):
        yield f"the reproduction {what}: read it"
    yield from (f"not checked: {one}" for one in claimed.not_checked)
    yield from (f"for your eyes: {flag}" for flag in claimed.flags)


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
        files = diff.exact(source.read, claimed.diff)
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
    return Verification(holds=not found, differences=found, notes=(*notes, *unseen(claimed, shown)))


def unseen(claimed: ProofFile, shown: Shown) -> Iterator[str]:
    """What may well be so, and did not show this time."""
    if calm := set(claimed.flaky) - set(shown.flaky):
        yield f"the proof calls {len(calm)} tests flaky that were steady here, the first is {min(calm)}"
    red = [raised for run in shown.runs if run.name == "red" for raised in run.raised]
    where = {raised.frames[-1].line for raised in red if raised.frames}
    if where and claimed.signature.line not in {0, *where}:
        yield f"production failed in line {claimed.signature.line}, the test in line {min(where)}"
    said = {raised.message for raised in red}
    if said and claimed.signature.message not in {"", *said}:
        yield f"production said {claimed.signature.message[:200]!r}, the test {min(said)[:200]!r}"
    needed = sorted(set(claimed.surplus) - set(shown.surplus))
    yield from (
        f"the proof calls the change at {place} needless, which did not show here" for place in needed
    )
