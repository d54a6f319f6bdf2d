"""From a diagnosis to candidates: sites, innermost first, and every template's ideas on them."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from fnmatch import fnmatchcase

import libcst as cst

from healer.agents.rules.belief import weighed
from healer.agents.rules.candidate import Candidate, Idea, Template
from healer.agents.rules.crash import Crash, Kind, read
from healer.agents.rules.doubts import doubts
from healer.agents.rules.registry import registry
from healer.agents.rules.repository import Repository
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import File, apply, parses
from healer.agents.rules.twins import twinned
from healer.case import Diagnosis, Scope
from triage.incident import Located, Source
from triage.localize import survey
from triage.localize.code import Checkout

log = logging.getLogger(__name__)

MAX_DEPTH = 4
MAX_FRAMES = 40  # whose locals are compared
LOOKUPS = frozenset({Kind.KEY, Kind.INDEX})
ANSWERS = frozenset({"__getitem__", "__delitem__", "__missing__", "get", "pop"})


def sites(diagnosis: Diagnosis, source: Source) -> list[Site]:
    """The in-app frames of the raised exception as sites, innermost first."""
    raised = diagnosis.incident.event.raised
    if raised is None or not diagnosis.located:
        return []
    crash = read(raised.type, raised.value)
    located = asked(diagnosis.located, crash)
    if crash.kind is Kind.STOP_ITERATION and raised.type == "RuntimeError":
        located = (*located, *stopped(diagnosis, source))
    repository = Repository(source, diagnosis.target.source_roots, diagnosis.target.tests)
    foreign = bool(raised.frames) and raised.frames[-1] != located[-1].frame
    files: dict[str, File | None] = {}
    made: list[Site] = []
    for number in range(len(located) - 1, max(-1, len(located) - 1 - MAX_DEPTH), -1):
        file = files.setdefault(located[number].path, _open(source, located[number].path))
        if file is not None:
            made.append(_site(file, crash, located[: number + 1], repository, diagnosis, made, foreign))
    return made


def stopped(diagnosis: Diagnosis, source: Source) -> tuple[Located, ...]:
    """Where the StopIteration was raised that became “generator raised StopIteration” further up."""
    project, chain = diagnosis.target.project, diagnosis.incident.event.exceptions
    frames = next((one.frames for one in chain if one.type == "StopIteration"), ())
    return survey(frames, Checkout(source), project.path_map, project.subdirectory).found


def asked(located: tuple[Located, ...], crash: Crash) -> tuple[Located, ...]:
    """Without the innermost frames of containers that answer to an absent key as they should: who asked for
    it did not look first."""
    end = len(located)
    while crash.kind in LOOKUPS and end > 1 and located[end - 1].frame.function in ANSWERS:
        end -= 1
    return located[:end]


def _site(
    file: File,
    crash: Crash,
    frames: tuple[Located, ...],
    repository: Repository,
    diagnosis: Diagnosis,
    made: list[Site],
    foreign: bool,
) -> Site:
    """The last of these frames as a site."""
    located = frames[-1]
    return Site(
        file=file,
        crash=crash,
        line=located.line,
        function_name=located.frame.function,
        values=located.frame.vars,
        repository=repository,
        python=diagnosis.target.python_version,
        depth=len(made),
        inner=made[-1] if made else None,
        foreign=foreign and not made,
        frames=tuple((one.frame.function, one.frame.vars) for one in diagnosis.located[-MAX_FRAMES:]),
        callers=tuple((up.path, up.line) for up in frames[:-1]),
    )


def _open(source: Source, path: str) -> File | None:
    text = source.read(path)
    if text is None:
        return None
    try:
        return File(path, text)
    except (cst.ParserSyntaxError, RecursionError, UnicodeError):
        return None


def candidates(found: list[Site], scope: Scope) -> list[Candidate]:
    """Every different result that the templates come to, best first. Text that does not parse is dropped."""
    best: dict[tuple[str, str], Candidate] = {}
    for candidate in _all(found, scope):
        key = (candidate.path, candidate.after)
        if key not in best or best[key].weight < candidate.weight:
            best[key] = candidate
    ranked = sorted(best.values(), key=lambda c: (-c.weight, c.template.name, c.after))
    return [c for c in ranked if parses(c.after)]


def _all(found: list[Site], scope: Scope) -> Iterator[Candidate]:
    for site in found:
        for template in registry():
            if site.crash.kind in template.kinds and (site.depth == 0 or template.outer):
                for idea, against in _ideas(template, site):
                    candidate = _candidate(template, site, idea, against)
                    if candidate is not None and within(candidate.path, scope):
                        yield candidate


def _ideas(template: Template, site: Site) -> Iterator[tuple[Idea, tuple[str, ...]]]:
    """Each with its doubts. One template's slip over a stranger's code costs its own ideas, not the case."""
    try:
        for idea in template.ideas(site):
            yield idea, doubts(site, idea)
    except Exception:
        log.exception("template %s fell over %s; its ideas are left out", template.name, site.file.path)


def _candidate(template: Template, site: Site, idea: Idea, against: tuple[str, ...]) -> Candidate | None:
    path = idea.path or site.file.path
    before = site.repository.text(path) if idea.path else site.file.text
    if before is None or not idea.edits:
        return None
    after = apply(before, idea.edits if idea.path else twinned(site, idea.edits))
    if after == before:
        return None
    return weighed(Candidate(template, site, idea, path, before, after, against, distance(site)))


def distance(site: Site) -> int:
    """How many steps into other functions lie between the site and the crash; a recursion's frames are one
    place."""
    steps, at = 0, site
    while at.inner is not None:
        steps += (at.file.path, at.function) != (at.inner.file.path, at.inner.function)
        at = at.inner
    return steps


def within(path: str, scope: Scope) -> bool:
    """Deny wins. A pattern matches the whole path, or everything below a directory."""
    return _any(path, scope.allow) and not _any(path, scope.deny)


def _any(path: str, patterns: tuple[str, ...]) -> bool:
    return any(
        fnmatchcase(path, p)
        or fnmatchcase(path.rsplit("/", 1)[-1], p)
        or path.startswith(p.rstrip("/") + "/")
        for p in patterns
    )
