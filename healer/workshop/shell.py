"""A person's way to the same place in which tests run."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from healer.case import Limits
from healer.protocols import Completed, Job
from healer.workshop.mirror import Mirror
from healer.workshop.sandbox import Bubblewrap
from healer.workshop.source import CommitSource
from healer.workshop.tree import Tree, exported, reap


def run_in_sandbox(
    repository: str,
    base: str,
    command: Sequence[str],
    state: Path,
    *,
    python: str = "",
    limits: Limits | None = None,
    database: bool = False,
    sandbox: Bubblewrap | None = None,
) -> Completed:
    """Run `command` on a fresh private tree of `base`, as tests are run. `state` is the data directory.

    The result names the limits that were hit and what was denied. Raises BadInput, NoSandbox."""
    box = sandbox or Bubblewrap(state)
    with worktree(repository, base, state, box) as tree:
        return box.run(
            Job(
                tree=str(tree.path),
                command=tuple(command),
                python=python,
                limits=limits or Limits(),
                database=database,
            )
        )


@contextlib.contextmanager
def worktree(repository: str, base: str, state: Path, sandbox: Bubblewrap) -> Iterator[Tree]:
    """The private tree of one commit, as a case has it; gone at the end."""
    mirror = Mirror.ensure(repository, state / "mirrors")
    mirror.fetch(base)
    reap(state / "trees")
    source = CommitSource(mirror.directory, mirror.resolve(base))
    with exported(source, state / "trees", sandbox.owner) as tree:
        yield tree
