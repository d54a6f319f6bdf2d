"""The workshop as the journey sees it: foreign repositories behind our own mirrors and trees."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from types import TracebackType

from healer.case import Project, Proof, Signature, Suggestion, Target
from healer.errors import BadInput
from healer.protocols import Commit, Job, Surveyed
from healer.workshop import claims, interpreter
from healer.workshop.database import URL, Databases
from healer.workshop.dependencies import Environments, Installer, Outfitter
from healer.workshop.git import with_token
from healer.workshop.mirror import Mirror, local_path
from healer.workshop.sandbox import Bubblewrap
from healer.workshop.source import CommitSource
from healer.workshop.tree import Tree, exported, missing, reap
from triage.sanitize import plain_github

log = logging.getLogger(__name__)

TRUST = "Evidence by tests, not correctness: read it before you merge it."


class Yard:
    """Implements `Workshop`, `Push` and `PushUnproven`. One per case: its trees go when it is closed.

    `directory` holds mirrors, environments and databases (kept) and trees (not kept); `virtual_env` is the
    caller's active one; `token` gives what a repository is read with, "" where it is open; `installer`
    says where dependencies come from; `tell` hears what takes its time.
    Safe to use from several threads."""

    def __init__(
        self,
        directory: Path,
        sandbox: Bubblewrap,
        *,
        virtual_env: str = "",
        token: Callable[[str], str] = lambda repository: "",
        installer: Installer | None = None,
        tell: Callable[[str], None] = log.info,
    ) -> None:
        self._environments = Environments(directory / "environments", sandbox, installer)
        self._databases = Databases(directory / "databases", sandbox)
        self._tell = tell
        self._mirrors, self._trees = directory / "mirrors", directory / "trees"
        self._sandbox, self._virtual_env = sandbox, virtual_env
        self._exports: dict[CommitSource, Tree] = {}
        self._sources: dict[tuple[str, str], CommitSource] = {}
        self._stack, self._lock = ExitStack(), threading.Lock()
        self._token = token

    def __enter__(self) -> Yard:
        reap(self._trees)
        claims.reap_scratch()
        self._environments.prune(self._environments.installer.days)
        self._databases.prune(self._environments.installer.days)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def open(self, project: Project) -> Target:
        mirror, commit = self._fetched(project)
        path = local_path(project.repository)
        source = self._source(str(mirror.directory), commit)
        tree = partial(self._tree, source)
        target = interpreter.find(
            project,
            source,
            commit=commit,
            sandbox=self._sandbox,
            checkout=str(path) if path and path.is_dir() else "",
            mirror=str(mirror.directory),
            virtual_env=self._virtual_env,
            outfit=Outfitter(self._environments, project, source, tree, self._tell).outfit(),
        )
        return target.model_copy(update={"notes": (*target.notes, *missing(source))})

    def _fetched(self, project: Project) -> tuple[Mirror, str]:
        """A repository that cannot be used leaves nothing of ours behind."""
        mirror = self._mirror(project.repository)
        try:
            mirror.fetch(project.base)
            return mirror, mirror.resolve(project.base)
        except BadInput:
            if not mirror.has("refs/source/HEAD"):
                mirror.remove()
            raise

    def source(self, target: Target) -> CommitSource:
        return self._source(target.mirror, target.commit)

    def _source(self, mirror: str, commit: str) -> CommitSource:
        with self._lock:
            if (mirror, commit) not in self._sources:
                self._sources[mirror, commit] = CommitSource(Path(mirror), commit)
            return self._sources[mirror, commit]

    def tree(self, target: Target) -> str:
        """The host directory of the target's pristine private tree; runs lay an overlay over it."""
        return self._tree(self.source(target))

    def export(self, target: Target) -> Tree:
        """As `tree`, with what was left out of it."""
        return self._export(self.source(target))

    def _tree(self, source: CommitSource) -> str:
        return str(self._export(source).path)

    def _export(self, source: CommitSource) -> Tree:
        with self._lock:
            if source not in self._exports:
                tree = exported(source, self._trees, self._sandbox.owner)
                self._exports[source] = self._stack.enter_context(tree)
            return self._exports[source]

    def database(self, target: Target) -> str:
        """The baked data directory that every run of the target's tests starts from."""
        project = target.project
        if not project.migrate:
            return str(self._databases.base())
        words = (target.python if w in {"python", "python3"} else w for w in project.migrate)
        job = Job(
            tree=self.tree(target),
            command=tuple(words),
            cwd=project.subdirectory.strip("/"),
            env={project.database_variable: URL},
            python=target.python,
        )
        followed = self.source(target).digest(project.migrations)
        key = json.dumps([followed, job.command, job.cwd, job.env, target.python])
        return str(self._databases.prepared(key, job))

    def history(self, target: Target, path: str, start: int, end: int) -> tuple[Commit, ...]:
        return self._mirror(target.project.repository).history(target.commit, path, start, end)

    def survey(self, repository: str, branch: str, commit: str, base: str) -> Surveyed:
        """Implements `Survey`."""
        mirror = self._mirror(repository)
        mirror.fetch()
        there = mirror.remote_branches().get(branch.removeprefix("healer/"), "")
        onto = mirror.resolve(base)
        return Surveyed(
            head=there,
            base=onto,
            merged=mirror.holds(onto, commit),
            conflict=bool(there) and not mirror.merges(onto, commit),
        )

    def push(self, proof: Proof, branch: str, *, url: str, token: str = "", replaces: str = "") -> str:
        """Implements `Push`. The commit's date is the event's, so the same proof gives the same commit."""
        reproduction = proof.patch.reproduction
        diagnosis = reproduction.diagnosis
        files: dict[str, str | None] = dict(proof.patch.files)
        if reproduction.how != "existing":
            files[reproduction.path] = reproduction.source
        name = branch.removeprefix("healer/")
        mirror = self._mirror(diagnosis.target.project.repository)
        when = int(diagnosis.incident.event.timestamp.timestamp())
        mirror.branch(name, proof.base, files, _message(proof), when)
        return mirror.push(url, name, token=token, replaces=replaces)

    def push_unproven(self, suggestion: Suggestion, branch: str, *, url: str, token: str = "") -> str:
        """Implements `PushUnproven`."""
        diagnosis = suggestion.patch.reproduction.diagnosis
        name = branch.removeprefix("healer/")
        if not name.startswith("unproven-"):
            raise ValueError(f"{branch} is no branch for what is not proven")
        mirror = self._mirror(diagnosis.target.project.repository)
        when = int(diagnosis.incident.event.timestamp.timestamp())
        subject = _subject("Unproven:", diagnosis.signature)
        said = plain_github(suggestion.patch.explanation)
        message = f"{subject}\n\n{said}\n\nNo test shows that this is right.\n"
        mirror.branch(name, suggestion.base, suggestion.patch.files, message, when)
        return mirror.push(url, name, token=token)

    def _mirror(self, repository: str) -> Mirror:
        return Mirror.ensure(repository, self._mirrors, self._environment(repository))

    def _environment(self, repository: str) -> dict[str, str]:
        return with_token(repository, self._token(repository))


def _message(proof: Proof) -> str:
    patch = proof.patch
    subject = _subject("Fix", patch.reproduction.diagnosis.signature)
    return f"{subject}\n\n{plain_github(patch.explanation)}\n\n{TRUST}\n"


def _subject(verb: str, signature: Signature) -> str:
    """An agent's words, and an event's, must close nobody's issue, nor call anybody."""
    where = signature.function or signature.path
    return plain_github(f"{verb} {signature.exception} in {where}".replace("\n", " "))[:72]
