"""Incident, Evidence -> Diagnosis: verdict, where it broke, where the fix may go, what an edit may touch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from healer.case import Diagnosis, Project, Scope, Signature, Target
from healer.errors import Refused
from healer.protocols import Workshop
from triage.classify import classify
from triage.incident import Decision, Evidence, Incident, Located, Source, Suspect
from triage.localize import localize, locate

# What no edit touches unless a project's `editable` names it: the ways to change what runs, and who judges.
NEVER = (
    ".git*",
    ".github/**",
    ".gitlab*",
    ".ci/**",
    ".circleci/**",
    "**/.env*",
    "**/*.pem",
    "**/*.key",
    "**/*.lock",
    "**/requirements*.txt",
    "**/migrations/**",
    "**/conftest.py",
    "**/test_*.py",
    "**/*_test.py",
    "**/tests/**",
    "**/pyproject.toml",
    "**/setup.cfg",
    "**/setup.py",
    "**/pytest.ini",
    "**/tox.ini",
    "**/sitecustomize.py",
    "**/usercustomize.py",
    "**/*.pth",
    "**/AGENTS.md",
    "**/CLAUDE.md",
    "**/.claude/**",
    "**/.codex/**",
    "**/.mcp.json",
)

RECENT = timedelta(days=30)
FRAMES = 3


def diagnose(incident: Incident, evidence: Evidence, project: Project, workshop: Workshop) -> Diagnosis:
    """The verdict is here too, because only the repository's files tell whose code a frame is.

    Raises Refused where a case that could be healed has no frame in the repository."""
    target = workshop.open(project)
    source = workshop.source(target)
    located = locate(incident.event, source, project.path_map, project.subdirectory)
    verdict = classify(incident, evidence, source_paths=source.paths(), located=located)
    suspects = localize(incident.event, source, located, _recency(incident, located, target, workshop))
    if not located and verdict.decision is Decision.HEAL:
        raise Refused("not_located", _not_located(incident, target, source))
    if not project.source_roots:
        roots = (*imported_from(located, source), *target.source_roots)
        target = target.model_copy(update={"source_roots": tuple(dict.fromkeys(roots))})
    return Diagnosis(
        incident=incident,
        evidence=evidence,
        verdict=verdict,
        target=target,
        located=located,
        suspects=suspects,
        signature=Signature.of(incident.event.raised, located),
        scope=_scope(project, located, suspects),
        cause=_cause(incident, located, suspects, evidence),
    )


def imported_from(located: Iterable[Located], source: Source) -> Iterator[str]:
    """Folders that production had on its path: `shop.views` of backend/shop/views.py came from backend. One
    that is a package itself is none, whatever an event says."""
    paths = frozenset(source.paths())
    for one in located:
        file = one.frame.module.replace(".", "/")
        for tail in (f"/{file}.py", f"/{file}/__init__.py"):
            root = one.path.removesuffix(tail)
            if file and root != one.path and f"{root}/__init__.py" not in paths:
                yield root


def _recency(
    incident: Incident, located: tuple[Located, ...], target: Target, workshop: Workshop
) -> dict[tuple[str, str], float]:
    """How recently the lines of the innermost frames were changed before the event, 0..1: what was
    touched last week is likelier to be wrong than what has stood for years."""
    found: dict[tuple[str, str], float] = {}
    for one in located[-FRAMES:] if len(located) > 1 else ():
        commits = workshop.history(target, one.path, max(1, one.line - 2), one.line + 2)
        ages = [incident.event.timestamp - datetime.fromisoformat(commit.when) for commit in commits]
        newest = min((age for age in ages if age > timedelta()), default=RECENT)
        weight = max(0.0, 1 - newest / RECENT)
        found[one.path, one.function] = max(weight, found.get((one.path, one.function), 0.0))
    return found


def _not_located(incident: Incident, target: Target, source: Source) -> str:
    raised = incident.event.raised
    last = raised.frames[-1] if raised and raised.frames else None
    said = f"/{last.abs_path or last.filename}" if last else ""
    held = (path for path in source.paths() if said.endswith(f"/{path}"))
    if unread := next((path for path in held if source.read(path) is None), ""):
        return f"{unread}, where it failed, is no UTF-8 text or too large to be changed; save it as UTF-8"
    where = f" (last frame: {last.filename or last.abs_path} in {last.function})" if last else ""
    return (
        f"no frame of the event is in the repository at {target.commit[:12]}{where}; "
        "set path_map, or the base to the commit that was deployed"
    )


def _scope(project: Project, located: tuple[Located, ...], suspects: tuple[Suspect, ...]) -> Scope:
    if project.editable:
        return Scope(allow=project.editable)
    files = sorted({one.path for one in located} | {one.file for one in suspects})
    return Scope(allow=tuple(files), deny=NEVER)


def _cause(
    incident: Incident, located: tuple[Located, ...], suspects: tuple[Suspect, ...], evidence: Evidence
) -> str:
    parts = [incident.title]
    if located:
        last = located[-1]
        parts.append(f"raised in {last.function} ({last.path}:{last.line})")
    if suspects:
        first = suspects[0]
        parts.append(f"most likely to be mended in {first.function} ({first.file}:{first.line}): {first.why}")
    parts += [finding.text for finding in evidence.findings[:3]]
    return "; ".join(parts)
