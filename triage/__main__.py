"""python -m triage event.json: what an event says, without a repository."""

from __future__ import annotations

import sys
from pathlib import Path

from triage.build import build_event
from triage.classify import classify
from triage.grouping import group
from triage.incident import Event, Evidence, ExceptionInfo, Frame, Incident
from triage.lenient import Malformed, parse_json
from triage.sentry import read_event

_FRAMES = 8  # the innermost ones tell most
_LINE = 160  # characters


def main(arguments: list[str]) -> int:
    """Prints fingerprint, verdict and the cleaned event. 2 where there is no event to read."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        return _refuse("give one file with a Sentry event, a hook's body or a Web API event: event.json")
    try:
        event = build_event(read_event(parse_json(Path(arguments[0]).read_bytes(), "the file")))
    except OSError as error:
        return _refuse(f"{arguments[0]} cannot be read: {error.strerror or error}")
    except Malformed as error:
        return _refuse(f"{arguments[0]}: {error}")
    print("\n".join(summary(event)))
    return 0


def summary(event: Event) -> list[str]:
    """The event in lines a person reads."""
    grouping = group(event)
    incident = Incident(project="", fingerprint=grouping.fingerprint, event=event)
    verdict = classify(incident, Evidence())
    weighed = f"confidence {verdict.confidence:.2f}, priority {verdict.priority:.2f}"
    return [
        f"fingerprint  {grouping.fingerprint}",
        f"             {grouping.basis}: {grouping.note}",
        f"verdict      {verdict.decision} ({verdict.code}): {verdict.reason}",
        f"             {verdict.category}, {weighed}",
        "",
        *_about(event),
        *(line for error in event.exceptions for line in _exception(error)),
        *_cleaning(event),
    ]


def _about(event: Event) -> list[str]:
    named = {
        "event": event.event_id,
        "time": f"{event.timestamp:%Y-%m-%d %H:%M:%S} UTC",
        "platform": " ".join(part for part in (event.platform, event.runtime) if part),
        "release": event.release,
        "environment": event.environment,
        "transaction": event.transaction,
        "request": f"{event.request.method} {event.request.url}" if event.request else "",
        "request id": event.request_id,
        "trace": event.trace_id,
        "message": event.message,
    }
    return [f"{name:<12} {_cut(value)}" for name, value in named.items() if value.strip()]


def _exception(error: ExceptionInfo) -> list[str]:
    head = f"{error.type or 'stack'}: {error.value}" if error.value else error.type or "stack"
    hidden = len(error.frames) - _FRAMES
    more = [f"  … {hidden} outer frames"] if hidden > 0 else []
    return ["", _cut(head), *more, *(_frame(frame) for frame in error.frames[-_FRAMES:])]


def _frame(frame: Frame) -> str:
    place = f"{frame.filename or frame.abs_path}:{frame.lineno or '?'} in {frame.function or '?'}"
    code = f"    {frame.context_line.strip()}" if frame.context_line.strip() else ""
    return f"  {'*' if frame.in_app else ' '} {_cut(place)}{_cut(code)}"


def _cleaning(event: Event) -> list[str]:
    hidden = ", ".join(f"{count} {kind}" for kind, count in sorted(event.redactions.items()))
    signs = ", ".join(event.flags)
    lines = [f"hidden       {hidden}"] * bool(hidden)
    lines += [f"signs of injection: {signs} (risk {event.risk:.2f})"] * bool(signs)
    return ["", *lines] if lines else []


def _cut(text: str) -> str:
    line = text.replace("\n", " ")
    return line if len(line) <= _LINE else f"{line[: _LINE - 1]}…"


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
