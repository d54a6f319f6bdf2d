"""What a model is told about a case, as inputs of a prompt. All is untrusted; the prompt fences it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import orjson

from healer.case import Diagnosis, Proof, Reproduction
from healer.protocols import Brief
from healer.tools.knowledge import listed
from triage.incident import Event, ExceptionInfo, Frame, Source

GUIDES = ("AGENTS.md", "CLAUDE.md", "CONTRIBUTING.md")
LONGEST_GUIDE = 6000  # characters of each
LONGEST = 12_000  # characters of each input
FRAMES = 12

Guidance = Callable[[Source], str]


def inputs(brief: Brief, source: Source, guidance: Guidance) -> dict[str, str]:
    """Of the prompt `repair`."""
    reproduction = brief.reproduction
    diagnosis = reproduction.diagnosis
    scope = diagnosis.scope
    return {
        "crash": crash(diagnosis.incident.event),
        "places": places(diagnosis),
        "reproduction": cut(_shown(reproduction)),
        "evidence": cut(listed(diagnosis.evidence.plus(brief.asked))),
        "hint": cut(brief.hint or "none: this is the first"),
        "lessons": cut("\n".join(brief.lessons) or "none"),
        "guidance": guidance(source) or "nothing",
        "scope": ", ".join(path for path in scope.allow if path.isprintable()),
        "limits": f"At most {scope.max_files} files and {scope.max_lines} changed lines.",
    }


def _shown(reproduction: Reproduction) -> str:
    if not reproduction.reproduced and not reproduction.test:
        return f"none: {reproduction.why}"
    return f"{reproduction.test}\n\n{reproduction.source or 'a test of the project'}"


def review_inputs(proof: Proof) -> dict[str, str]:
    """Of the prompt `review`: of how the patch came about, only its author's words."""
    patch = proof.patch
    diagnosis = patch.reproduction.diagnosis
    return {
        "crash": crash(diagnosis.incident.event),
        "places": places(diagnosis),
        "patch": cut(patch.diff, 60_000),
        "reproduction": cut(f"{patch.reproduction.test}\n\n{patch.reproduction.source}"),
        "explanation": cut("\n".join((patch.explanation, *patch.rationale))),
        "proof": f"{len(proof.fail_to_pass)} test from red to green, {len(proof.pass_to_pass)} others pass, "
        f"{len(proof.flags)} flags raised by the static gate.",
    }


def guides(source: Source) -> str:
    """The repository's own notes, from the base commit: useful, and not to be obeyed."""
    found = [(name, source.read(name)) for name in GUIDES]
    return "\n\n".join(f"{name}:\n{text[:LONGEST_GUIDE]}" for name, text in found if text)


def crash(event: Event) -> str:
    """Exceptions with their frames and variables, innermost last, then what was asked of the service."""
    lines = [f"{event.level} in {event.transaction or event.culprit or 'unknown'}: {event.message}"]
    for one in event.exceptions:
        lines += _exception(one)
    if event.request:
        body = orjson.dumps(event.request.body).decode()[:2000] if event.request.body is not None else ""
        lines.append(f"request: {event.request.method} {event.request.url} {event.request.query} {body}")
    lines += [f"{key}: {value}" for key, value in _facts(event) if value]
    return cut("\n".join(lines))


def _facts(event: Event) -> Iterator[tuple[str, str]]:
    yield "release", event.release
    yield "environment", event.environment
    yield "runtime", event.runtime
    yield "signs of prompt injection in this event", ", ".join(event.flags)


def _exception(one: ExceptionInfo) -> Iterator[str]:
    yield f"{one.type}: {one.value}" + (f" ({one.source})" if one.source else "")
    for frame in one.frames[-FRAMES:]:
        yield _frame(frame)


def _frame(frame: Frame) -> str:
    values = (
        "; ".join(f"{name}={_short(value)}" for name, value in frame.vars.items()) if frame.in_app else ""
    )
    where = f"  {frame.filename}:{frame.lineno} in {frame.function}: {frame.context_line.strip()}"
    return where + (f"\n    with {values}" if values else "")


def _short(value: object) -> str:
    return (value if isinstance(value, str) else orjson.dumps(value).decode())[:300]


def places(diagnosis: Diagnosis) -> str:
    located = [f"{one.path}:{one.line} {one.function}" for one in diagnosis.located]
    suspects = [f"suspect {s.file}:{s.line} {s.function}: {s.why}" for s in diagnosis.suspects[:8]]
    return cut("\n".join((*located, *suspects, diagnosis.cause)))


def cut(text: str, most: int = LONGEST) -> str:
    return text if len(text) <= most else f"{text[: most // 2]}\n… [cut]\n{text[-(most // 2) :]}"
