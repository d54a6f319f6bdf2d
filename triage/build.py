"""RawEvent -> Event: the only maker of an `Event`. Cleaning comes first; no odd value makes it raise."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson

from triage.arguments import FIELD, literals, with_arguments
from triage.deep import slimmed
from triage.incident import Event, ExceptionInfo, Frame, RawEvent, Request
from triage.lenient import integer, items, mapping, moment, pairs, text
from triage.noun import Json
from triage.plain import bounded
from triage.sanitize import Cleaned, Placeholders, sanitize

_REQUEST_ID = ("request_id", "request-id", "x-request-id", "requestid", "correlation_id", "x-correlation-id")
_OCCURRENCES = {  # by the thousands of Sentry's group type
    1: "performance", 2: "profile", 4: "cron", 5: "replay", 6: "feedback", 7: "uptime", 8: "metric",
}  # fmt: skip
_MAX_AHEAD = timedelta(minutes=1)  # of a sender's clock, as Sentry's own relay has it
_REPORTS = frozenset(("csp", "hpkp", "expectct", "expectstaple", "nel"))


def build_event(raw: RawEvent, *, salt: bytes = b"") -> Event:
    """The clean event of `raw`. With one `salt` (secret, 32 bytes or less), the same secret has the same
    placeholder in every event; without, only for the life of the process."""
    names = Placeholders(salt) if salt else None
    result = sanitize(bounded(with_arguments(slimmed(raw.payload))), placeholders=names)
    event = result.event
    errors = tuple(exception_info(entry) for entry in _dicts(mapping(event.get("exception")).get("values")))
    crumbs = tuple(map(_json_object, _dicts(mapping(event.get("breadcrumbs")).get("values"))))
    return event_of(result, errors, crumbs)


def event_of(
    result: Cleaned, errors: tuple[ExceptionInfo, ...], breadcrumbs: tuple[dict[str, Json], ...]
) -> Event:
    """The event of a clean payload, with its exceptions and breadcrumbs."""
    found: dict[str, Any] = {name: _json_object(result.event.get(name)) for name in ("contexts", "extra")}
    found["modules"] = modules_of(result.event.get("modules"))
    return Event(**_told(result), exceptions=errors, breadcrumbs=breadcrumbs, **found)


def outline_of(result: Cleaned, errors: tuple[ExceptionInfo, ...]) -> tuple[Event, bytes]:
    """The same without contexts, extra data and modules, and the same as JSON, without its exceptions. Not
    checked once more: what is told of a clean payload is of the right types."""
    told = _told(result)
    written = {name: value for name, value in told.items() if value != _EMPTY.get(name)}
    if told["request"]:
        written["request"] = {
            name: value for name, value in told["request"].items() if value not in ("", (), None)
        }
        told["request"] = Request(**told["request"])
    event = _OUTLINE.model_copy(update={"timestamp": datetime.now(UTC), **told, "exceptions": errors})
    written["timestamp"] = event.timestamp
    return event, orjson.dumps(written, option=orjson.OPT_UTC_Z)


_EMPTY = {name: field.get_default(call_default_factory=True) for name, field in Event.model_fields.items()}


def _told(result: Cleaned) -> dict[str, Any]:
    """Most of an event's fields, of a clean payload."""
    cleaned = result.event
    get = cleaned.get
    contexts, entry = mapping(get("contexts")), mapping(get("logentry"))
    trace, tags = mapping(contexts.get("trace")), tuple([(n, text(value)) for n, value in pairs(get("tags"))])
    request = _request(get("request"))
    told: dict[str, Any] = {name: text(get(name)) for name in _TEXTS}
    told |= {
        "event_id": _event_id(cleaned),
        "level": _level(told["level"]),
        "category": _category(cleaned),
        "message": _message(cleaned),
        "template": text(entry.get("message")),
        "request": request,
        "user": _json_object(get("user")),
        "sdk": sdk_of(get("sdk")),
        "runtime": _named(contexts.get("runtime"), " "),
        "tags": tags,
        "fingerprint": tuple(map(text, items(get("fingerprint")))),
        "trace_id": text(trace.get("trace_id")) or _pick(tags, ("trace_id",)),
        "span_id": text(trace.get("span_id")) or _pick(tags, ("span_id",)),
        "request_id": _request_id(cleaned, request["headers"] if request else (), tags),
        "issue_url": text(get("web_url")) or text(get("issue_url")),
        "flags": result.flags,
        "redactions": dict(result.redactions),
        "risk": result.risk,
        **_times(cleaned),
    }
    return told


_TEXTS = (
    "platform", "level", "logger", "transaction", "culprit", "release", "dist", "environment", "server_name",
    "issue_id",
)  # fmt: skip


def _event_id(event: Mapping[str, Any]) -> str:
    """32 hex digits; derived from the content where the sender named none, or no valid one."""
    sent = sent_id(event)
    if is_id(sent):
        return sent
    return hashlib.sha256(repr(sorted(event.items(), key=lambda item: item[0])).encode()).hexdigest()[:32]


def sent_id(event: Mapping[str, Any]) -> str:
    return text(event.get("event_id")).replace("-", "").lower()


def is_id(sent: str) -> bool:
    return len(sent) == 32 and not sent.strip("0123456789abcdef")


def _times(event: Mapping[str, Any]) -> dict[str, Any]:
    """The time of the error, or of its arrival; the noun's own default, which is now, where the sender told
    neither. One that has not come yet is of a wrong clock: no later event would look newer."""
    latest = datetime.now(UTC) + _MAX_AHEAD
    found = (moment(event.get(name)) for name in ("timestamp", "datetime", "received"))
    first = next((time for time in found if time is not None and time <= latest), None)
    return {"timestamp": first} if first else {}


def _category(event: Mapping[str, Any]) -> str:
    """Sentry's issue category, as far as the event itself tells it."""
    kind, occurrence = text(event.get("type")), mapping(event.get("occurrence"))
    if occurrence:
        return _OCCURRENCES.get((integer(occurrence.get("type")) or 0) // 1000, "other")
    if kind == "transaction":
        return "performance"
    if kind in _REPORTS:
        return "security_report"
    if "feedback" in mapping(event.get("contexts")) or kind == "feedback":
        return "feedback"
    return "error"


def _message(event: Mapping[str, Any]) -> str:
    """The message as a person reads it, with its parameters filled in where the SDK left them out."""
    entry = mapping(event.get("logentry"))
    message, template = text(event.get("message")), text(entry.get("message"))
    if message == template and "%" in template:
        return _filled(template, entry.get("params"))
    return message or template or text(mapping(event.get("occurrence")).get("issueTitle"))


def _filled(template: str, params: object) -> str:
    parts = template.split("%s")
    values = [text(value) for value in items(params)]
    if len(values) != len(parts) - 1 or len(template) > 8192:
        return template
    return "".join(part + value for part, value in zip(parts, [*values, ""], strict=True))


def exception_info(raw: Mapping[str, Any]) -> ExceptionInfo:
    """Of a clean exception."""
    mechanism = mapping(raw.get("mechanism"))
    handled = mechanism.get("handled")
    module, name = _split_type(text(raw.get("module")), text(raw.get("type")))
    return ExceptionInfo(
        type=name,
        value=text(raw.get("value")),
        module=module,
        frames=tuple(map(_frame, _dicts(mapping(raw.get("stacktrace")).get("frames")))),
        handled=handled if isinstance(handled, bool) else None,
        mechanism=text(mechanism.get("type")),
        exception_id=integer(mechanism.get("exception_id")),
        parent_id=integer(mechanism.get("parent_id")),
        is_group=mechanism.get("is_exception_group") is True,
        source=text(mechanism.get("source")),
    )


def _split_type(module: str, name: str) -> tuple[str, str]:
    """`billing.errors.Declined` is module and type in one, as some loggers write it."""
    if module or not all(part.isidentifier() for part in name.split(".")):
        return module, name
    before, _, last = name.rpartition(".")
    return before, last


# Relay reads them so.
_LEVELS = {
    "log": "info", "warn": "warning", "critical": "fatal", "sample": "debug",
    "10": "debug", "20": "info", "30": "warning", "40": "error", "50": "fatal",
}  # fmt: skip


def _level(told: str) -> str:
    """One of Sentry's five; also as other loggers name or number them. What says nothing is an error."""
    name = told.lower()
    return _LEVELS.get(name, name if name in _LEVELS.values() else "error")


def _frame(raw: Mapping[str, Any]) -> Frame:
    return Frame(
        filename=text(raw.get("filename")),
        abs_path=text(raw.get("abs_path")) or text(raw.get("package")),  # native code's file is its library
        module=text(raw.get("module")),
        function=text(raw.get("function")),
        lineno=_line_number(raw.get("lineno")),
        in_app=raw.get("in_app") is True,
        context_line=text(raw.get("context_line")),
        pre_context=tuple(map(text, items(raw.get("pre_context")))),
        post_context=tuple(map(text, items(raw.get("post_context")))),
        vars=_json_object(raw.get("vars")),
        arguments=literals(raw.get(FIELD)),
    )


def _line_number(value: object) -> int | None:
    number = integer(value)
    return number if number is not None and 0 < number < 10_000_000 else None


def _request(value: object) -> dict[str, Any] | None:
    """The fields of a `Request`."""
    raw = mapping(value)
    if not raw:
        return None
    return {
        "method": text(raw.get("method")),
        "url": text(raw.get("url")),
        "query": _query(raw.get("query_string")),
        "headers": tuple([(name, text(header)) for name, header in pairs(raw.get("headers"))]),
        "body": raw.get("data"),
    }


def _query(value: object) -> str:
    """A query string is text, an object or pairs; its parts are joined as they are."""
    return text(value) or "&".join(f"{name}={text(item)}" for name, item in pairs(value))


def sdk_of(value: object) -> str:
    """Name and version, of the clean SDK, or of what was made of it before."""
    return text(value) or _named(value, "/")


def _named(value: object, joint: str) -> str:
    found = (text(mapping(value).get(part)) for part in ("name", "version"))
    return joint.join(part for part in found if part)


def _request_id(
    event: Mapping[str, Any], headers: Iterable[tuple[str, str]], tags: Iterable[tuple[str, str]]
) -> str:
    """Where teams put it: a header, a tag, extra data, or a field of any context."""
    contexts = mapping(event.get("contexts")).values()
    places = (pairs(place) for place in (event.get("extra"), *contexts))
    return next(
        (found for found in (_pick(place, _REQUEST_ID) for place in (headers, tags, *places)) if found), ""
    )


def _pick(found: Iterable[tuple[str, Any]], names: tuple[str, ...]) -> str:
    return next((told for name, value in found if name.lower() in names and (told := text(value))), "")


def _dicts(value: object) -> list[Mapping[str, Any]]:
    return [entry for entry in items(value) if isinstance(entry, Mapping)]


def modules_of(value: object) -> dict[str, str]:
    """Names and versions, of the clean modules."""
    return {str(name): text(version) for name, version in mapping(value).items()}


def _json_object(value: object) -> dict[str, Json]:
    return dict(mapping(value))


_OUTLINE = event_of(Cleaned({}), (), ())
