"""One event, three spellings. Whatever came in leaves in the envelope's, the one SDKs write.

Source: develop.sentry.dev/sdk (event payload), the Web API's `entries`, and what real SDKs send, which is
more than their schema allows: Go's bare list of exceptions, tags as pairs, messages as objects.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from triage.incident import RawEvent, Shape
from triage.lenient import Malformed, items, mapping, pairs, text

KEPT = (
    "event_id", "timestamp", "platform", "level", "logger", "transaction", "culprit", "server_name",
    "dist", "environment", "contexts", "extra", "user", "modules", "sdk", "fingerprint", "title",
    "location", "metadata", "type", "issue_id", "issue_url", "web_url", "url", "project", "datetime",
    "received", "occurrence",
)  # fmt: skip
_SIGNS = frozenset(
    ("event_id", "exception", "message", "logentry", "platform", "stacktrace", "threads", "level", "sdk")
)
_HOOK_SIGNS = frozenset(("issue_id", "issue_url", "web_url", "grouping_config", "hashes", "key_id"))
_STACKS = ("exception", "threads", "stacktrace")
_MAX_FRAMES = 300  # a RecursionError has a thousand, of which both ends tell everything
_MAX_EXCEPTIONS = 60


def read_event(obj: object) -> RawEvent:
    """An untrusted event in the envelope's spelling, from a hook's body or event, the Web API or an SDK.

    Raises `Malformed` where there is no event in it; odd values inside an event are only dropped.
    """
    if not isinstance(obj, Mapping):
        raise Malformed("an event must be a JSON object")
    found, hooked = _unwrap(obj)
    if isinstance(found.get("entries"), list | tuple):
        return RawEvent(_from_api(found), Shape.API)
    if not _SIGNS & found.keys():
        raise Malformed("this JSON object is no Sentry event: it has no exception, message or event_id")
    shape = Shape.WEBHOOK if hooked or _HOOK_SIGNS & found.keys() else Shape.ENVELOPE
    return RawEvent(_from_sdk(found), shape)


def _unwrap(obj: Mapping[str, Any]) -> tuple[Mapping[str, Any], bool]:
    """The event inside a hook's body, and whether there was a hook around it."""
    data = obj.get("data")
    if not isinstance(data, Mapping) or "action" not in obj:
        return obj, False
    for name in ("event", "error"):
        if isinstance(data.get(name), Mapping):
            return data[name], True
    raise Malformed("this hook carries no event; fetch the issue's latest event from Sentry's API")


def _from_sdk(raw: Mapping[str, Any]) -> dict[str, Any]:
    event = {key: raw[key] for key in KEPT if raw.get(key) is not None}
    event.update(_message(raw.get("logentry"), raw.get("message")))
    event["release"] = _release(raw.get("release"))
    event["tags"] = tags_of(raw.get("tags"))
    event["exception"] = {"values": exceptions_of(raw)}
    event["breadcrumbs"] = {"values": _values(raw.get("breadcrumbs"))}
    if isinstance(raw.get("request"), Mapping):
        event["request"] = request_of(raw["request"])
    return _without_empty(event)


def _from_api(raw: Mapping[str, Any]) -> dict[str, Any]:
    entries = {text(mapping(e).get("type")): mapping(e).get("data") for e in items(raw["entries"])}
    written = {
        **raw,
        "event_id": raw.get("eventID") or raw.get("id"),
        "timestamp": raw.get("dateCreated") or raw.get("dateReceived"),
        "issue_id": raw.get("groupID"),
        "project": raw.get("projectID"),
        "extra": raw.get("context"),
        "modules": raw.get("packages"),
        "exception": entries.get("exception"),
        "threads": entries.get("threads"),
        "stacktrace": entries.get("stacktrace"),
        "logentry": entries.get("message"),
        "breadcrumbs": entries.get("breadcrumbs"),
        "request": entries.get("request"),
        "fingerprint": None,  # `fingerprints` are Sentry's hashes, not the sender's words
    }
    event = _from_sdk(written)
    commit = text(mapping(mapping(raw.get("release")).get("lastCommit")).get("id"))
    if commit:
        event["contexts"] = {**mapping(event.get("contexts")), "release": {"commit": commit}}
    return event


def _message(logentry: object, message: object) -> dict[str, Any]:
    """`logentry` and `message` each come as text or as an object."""
    entry = mapping(logentry) or mapping(message)
    template = text(entry.get("message"))
    formatted = text(entry.get("formatted")) or text(message) or text(logentry)
    found = {"message": formatted or template}
    return {**found, "logentry": {"message": template, "params": entry.get("params")}} if template else found


def _release(value: object) -> str:
    return text(mapping(value).get("version")) or text(value)


def tags_of(value: object) -> list[list[str]]:
    return [[key, text(item)] for key, item in pairs(value)]


def _values(value: object) -> list[dict[str, Any]]:
    """A list that SDKs write as `{values: [...]}`, as the bare list, or as its only member."""
    inner = mapping(value).get("values")
    if inner is None and isinstance(value, Mapping) and value:
        inner = [value]
    found = items(inner) if inner is not None else items(value)
    return [dict(entry) for entry in found if isinstance(entry, Mapping)]


def exceptions_of(raw: Mapping[str, Any]) -> list[dict[str, Any]]:
    """An event's exceptions in the envelope's spelling."""
    if not any(map(raw.get, _STACKS)):
        return []
    found = _trim(_values(raw.get("exception")), _MAX_EXCEPTIONS)
    if found and not any(_frames(entry) for entry in found):
        _lend_frames(found[-1], raw)
    written = [_exception(entry) for entry in found]
    return written or _bare_stack(raw)


def _exception(entry: Mapping[str, Any]) -> dict[str, Any]:
    written = {
        "type": text(entry.get("type")),
        "value": text(entry.get("value")),
        "module": text(entry.get("module")),
        "mechanism": _mechanism(mapping(entry.get("mechanism"))),
        "stacktrace": {"frames": _frames(entry)},
    }
    return _without_empty(written)


def _mechanism(raw: Mapping[str, Any]) -> dict[str, Any]:
    names = ("type", "handled", "source", "exception_id", "parent_id", "is_exception_group")
    camel = ("type", "handled", "source", "exceptionId", "parentId", "isExceptionGroup")
    read = {name: raw.get(name, raw.get(other)) for name, other in zip(names, camel, strict=True)}
    return {name: value for name, value in read.items() if value is not None}


def _lend_frames(entry: dict[str, Any], raw: Mapping[str, Any]) -> None:
    """Native and older SDKs put the stack beside the exception: on the event or on the crashed thread."""
    frames = _frames({"stacktrace": raw.get("stacktrace")}) or _thread_frames(raw)
    if frames:
        entry["stacktrace"] = {"frames": frames}


def _thread_frames(raw: Mapping[str, Any]) -> list[dict[str, Any]]:
    threads = _values(raw.get("threads"))
    chosen = [t for t in threads if t.get("crashed")] or [t for t in threads if t.get("current")] or threads
    return next((frames for frames in map(_frames, chosen) if frames), [])


def _bare_stack(raw: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A message logged with a stack trace: a stack, but no exception."""
    frames = _frames({"stacktrace": raw.get("stacktrace")}) or _thread_frames(raw)
    return [{"type": "", "value": "", "stacktrace": {"frames": frames}}] if frames else []


def _frames(entry: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = items(mapping(entry.get("stacktrace")).get("frames"))
    return [_frame(frame) for frame in _trim(found, _MAX_FRAMES) if isinstance(frame, Mapping)]


def _frame(raw: Mapping[str, Any]) -> dict[str, Any]:
    written = {
        "filename": text(raw.get("filename")),
        "abs_path": text(raw.get("abs_path", raw.get("absPath"))),
        "module": text(raw.get("module")),
        "function": text(raw.get("function")),
        "package": text(raw.get("package")),
        "lineno": raw.get("lineno", raw.get("lineNo")),
        "colno": raw.get("colno", raw.get("colNo")),
        "in_app": raw.get("in_app", raw.get("inApp")),
        "vars": raw.get("vars"),
        "instruction_addr": text(raw.get("instruction_addr", raw.get("instructionAddr"))),
        **_context(raw),
    }
    return _without_empty(written)


def _context(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The source around the line; the Web API writes it as `[[number, text], ...]`."""
    if not isinstance(raw.get("context"), list | tuple):
        return {
            "context_line": text(raw.get("context_line")),
            "pre_context": _texts(raw.get("pre_context")),
            "post_context": _texts(raw.get("post_context")),
        }
    at = raw.get("lineno", raw.get("lineNo"))
    listed = [entry for entry in raw["context"] if isinstance(entry, list | tuple) and len(entry) == 2]
    lines = [(number, text(line)) for number, line in listed]
    here = next((index for index, (number, _) in enumerate(lines) if number == at), len(lines))
    return {
        "context_line": lines[here][1] if here < len(lines) else "",
        "pre_context": [line for _, line in lines[:here]],
        "post_context": [line for _, line in lines[here + 1 :]],
    }


def _texts(lines: object) -> list[str]:
    return [line if type(line) is str else text(line) for line in items(lines)]


def request_of(raw: Mapping[str, Any]) -> dict[str, Any]:
    written = {
        "url": text(raw.get("url")),
        "method": text(raw.get("method")),
        "query_string": raw.get("query_string", raw.get("query")),
        "headers": [[name, _header(value)] for name, value in pairs(raw.get("headers"))],
        "cookies": raw.get("cookies"),
        "data": raw.get("data"),
        "env": raw.get("env"),
    }
    return _without_empty(written)


def _header(value: object) -> str:
    return ", ".join(map(text, value)) if isinstance(value, list | tuple) else text(value)


def _trim(found: list[Any], limit: int) -> list[Any]:
    """The outermost and the innermost entries, as Sentry itself trims."""
    return found if len(found) <= limit else found[: limit // 2] + found[-(limit - limit // 2) :]


def _without_empty(written: dict[str, Any]) -> dict[str, Any]:
    return {
        key: value
        for key, value in written.items()
        if value or (value is not None and value not in ("", [], {}))
    }
