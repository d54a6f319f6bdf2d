"""The composition root: Settings -> Tools. The only room that knows concrete classes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from healer import settings as environment
from healer.agents.rules import RulesAgent
from healer.case import Declined, Diagnosis, Healed, Project
from healer.forges.local import LocalForge
from healer.pipeline import Tools, heal
from healer.protocols import Notifier, Step
from healer.proving.remember import Remembering
from healer.reviewers.rules import RulesReviewer
from healer.trackers.local import LocalTracker
from healer.workshop.bench import SandboxBench
from healer.workshop.sandbox import Bubblewrap
from healer.workshop.yard import Yard
from triage.incident import Evidence, Incident


def heal_locally(incident: Incident, project: Project, step: Step, home: Path) -> Healed | Declined:
    """One incident without a server: no database, no notifier, a branch in the repository itself."""
    with local_tools(project, home, Bubblewrap()) as tools:
        return heal(incident, tools, step)


@contextmanager
def local_tools(
    project: Project, home: Path, sandbox: Bubblewrap, notifiers: tuple[Notifier, ...] = ()
) -> Iterator[Tools]:
    with Yard(home, sandbox, virtual_env=environment.virtual_env()) as yard:
        yield Tools(
            project=project,
            workshop=yard,
            bench=Remembering(SandboxBench(sandbox, yard.source, yard.tree)),
            evidence=_no_evidence,
            agents=(RulesAgent(),),
            reviewer=RulesReviewer(),
            forge=LocalForge(Path(project.repository), yard.push),
            notifiers=notifiers,
            tracker=LocalTracker(),
            lessons=_no_lessons,
            attended=True,
        )


def _no_evidence(incident: Incident) -> Evidence:
    return Evidence()


def _no_lessons(diagnosis: Diagnosis) -> tuple[str, ...]:
    return ()
