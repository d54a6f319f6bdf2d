"""A person's way to the same place in which tests run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from healer.case import Limits, Target
from healer.protocols import Completed, Job
from healer.workshop.bench import without
from healer.workshop.database import URL
from healer.workshop.sandbox import Bubblewrap
from healer.workshop.yard import Yard


def run(
    yard: Yard,
    sandbox: Bubblewrap,
    target: Target,
    words: Sequence[str],
    *,
    secrets: Mapping[str, str] | None = None,
    limits: Limits | None = None,
) -> Completed:
    """Any command, with what the target's tests get: tree, environment, database, and those of `secrets`
    that the project lists, whose values are hidden in the output.

    The result names the limits that were hit and what was denied. Raises BadInput, NoSandbox."""
    project = target.project
    named = {name: value for name, value in (secrets or {}).items() if name in project.secrets}
    address = {project.database_variable: URL} if project.database else {}
    job = Job(
        tree=yard.tree(target),
        command=tuple(words),
        cwd=project.subdirectory.strip("/"),
        env={**named, **address},
        python=target.python,
        limits=limits or Limits(),
        database=project.database,
        database_from=yard.database(target) if project.database else "",
    )
    done = sandbox.run(job)
    return done.model_copy(update={"output": without(done.output, named.values())})
