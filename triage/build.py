"""RawEvent -> Event: the only maker of an `Event`. Cleaning comes first; no odd value makes it raise."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from triage.arguments import FIELD, literals, with_arguments
from triage.familiar import Clean, Cleaners, Memory, Part, Reduced, reduce
from triage.incident import Event, ExceptionInfo, Frame, RawEvent, Request
from triage.lenient import integer, items, mapping, pairs, text
from triage.noun import Json
from triage.sanitize import Cleaned, Echoes, Placeholders, sanitize

_MAX_DEPTH = 24  # real events have at most ten
_REQUEST_ID = ("request_id", "request-id", "x-request-id", "requestid", "correlation_id", "x-correlation-id")
_OCCURRENCES = {  # by the thousands of Sentry's group type
    1: "performance", 2: "profile", 4: "cron", 5: "replay", 6: "feedback", 7: "uptime", 8: "metric",
}  # fmt: skip
_REPORTS = frozenset(("csp", "hpkp", "expectct", "expectstaple", "nel"))


def build_event(raw: RawEvent, *, salt: bytes = b"", memory: Memory | None = None) -> Event:
    """The clean event of `raw`. With one `salt` (secret, 32 bytes or less), the same secret has the same
    placeholder in every event; without, only for the life of the process. With a `memory`, the same event
    is built in less time where parts of it were met before."""
    cleaners = _cleaners(salt)
    payload = with_arguments(raw.payload)
    named = memory is not None and _is_id(_sent_id(payload))  # an id made of the content takes it all
    reduced = reduce(payload, cleaners, memory) if memory is not None and named else Reduced(payload)
    result = _sanitized(_bounded(reduced.payload), salt)
    if result.echoes is not None:
        reduced.mend(result.echoes)
    result = reduced.whole(result)
    cleaned = result.event
    read = _times(cleaned)
    return Event(
        event_id=_event_id(cleaned),
        platform=text(cleaned.get("platform")),
        level=text(cleaned.get("level")) or "error",
        category=_category(cleaned),
        message=_message(cleaned),
        template=text(mapping(cleaned.get("logentry")).get("message")),
        logger=text(cleaned.get("logger")),
        transaction=text(cleaned.get("transaction")),
        culprit=text(cleaned.get("culprit")),
        exceptions=tuple(
            _exception(entry, reduced) for entry in _dicts(mapping(cleaned.get("exception")).get("values"))
        ),
        request=_request(cleaned.get("request")),
        user=_json_object(cleaned.get("user")),
        release=text(cleaned.get("release")),
        dist=text(cleaned.get("dist")),
        environment=text(cleaned.get("environment")),
        server_name=text(cleaned.get("server_name")),
        sdk=reduced.sdk.made if reduced.sdk else _sdk(cleaned.get("sdk")),
        runtime=_runtime(mapping(cleaned.get("contexts"))),
        modules=reduced.modules.made if reduced.modules else _modules(cleaned.get("modules")),
        tags=tuple((name, text(value)) for name, value in pairs(cleaned.get("tags"))),
        contexts=_json_object(cleaned.get("contexts")),
        extra=_json_object(cleaned.get("extra")),
        breadcrumbs=reduced.made(items(mapping(cleaned.get("breadcrumbs")).get("values")), _json_object),
        fingerprint=tuple(text(part) for part in items(cleaned.get("fingerprint"))),
        trace_id=_trace(cleaned, "trace_id"),
        span_id=_trace(cleaned, "span_id"),
        request_id=_request_id(cleaned),
        issue_id=text(cleaned.get("issue_id")),
        issue_url=text(cleaned.get("web_url")) or text(cleaned.get("issue_url")),
        flags=result.flags,
        redactions=dict(result.redactions),
        risk=result.risk,
        **read,
    )


@lru_cache(maxsize=16)
def _cleaners(salt: bytes) -> Cleaners:
    """Each part at the place, and so at the depth, that it has in its event."""

    def part(name: str, depth: int, make: Callable[[Any], Any], *, listed: bool = False) -> Clean:
        def clean(raw: Any, echoes: Echoes | None = None) -> Part:
            result = _sanitized({name: _plain([raw] if listed else raw, depth)}, salt, echoes)
            return Part(make(result.event.get(name)), result.flags, result.redactions)

        return clean

    return Cleaners(
        frame=part("frames", _MAX_DEPTH - 4, lambda found: _frame(_dicts(found)[0]), listed=True),
        variables=part("vars", _MAX_DEPTH - 6, _json_object),
        crumb=part("values", _MAX_DEPTH - 1, lambda found: dict(_dicts(found)[0]), listed=True),
        modules=part("modules", _MAX_DEPTH, _modules),
        sdk=part("sdk", _MAX_DEPTH, _sdk),
        salt=salt,
    )


def _sanitized(payload: dict[str, Any], salt: bytes, echoes: Echoes | None = None) -> Cleaned:
    return sanitize(payload, placeholders=Placeholders(salt) if salt else None, echoes=echoes)


def _bounded(payload: Mapping[str, Any]) -> dict[str, Any]:
    """A copy in plain JSON that Python can walk and UTF-8 can hold, whatever was sent."""
    return {
        _text(name): value if _is_plain(value, _MAX_DEPTH) else _plain(value, _MAX_DEPTH)
        for name, value in payload.items()
    }


def _is_plain(value: object, depth: int) -> bool:
    """Whether `_plain` would return an equal value, which spares the copy."""
    return _are_plain((value,), depth)


def _are_plain(values: Iterable[Any], depth: int) -> bool:
    for value in values:
        if type(value) is str:
            plain = value.isascii()
        elif type(value) is dict:
            plain = depth > 0 and _are_names(value) and _are_plain(value.values(), depth - 1)
        elif type(value) is list:
            plain = depth > 0 and _are_plain(value, depth - 1)
        else:
            plain = value is None or type(value) is bool or _is_number(value)
        if not plain:
            return False
    return True


def _are_names(names: Iterable[object]) -> bool:
    return all(type(name) is str and name.isascii() for name in names)


def _is_number(value: object) -> bool:
    return type(value) in (int, float) and integer(value) is not None


def _plain(value: object, depth: int) -> Json:
    if isinstance(value, str):
        return _text(value)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return value if integer(value) is not None else text(value)
    if depth == 0:
        return "<too deep>"
    if isinstance(value, Mapping):
        return {_text(name): _plain(item, depth - 1) for name, item in value.items()}
    return [_plain(item, depth - 1) for item in items(value)]


def _text(value: object) -> str:
    """Without lone surrogates, which real SDKs send and UTF-8 cannot hold."""
    written = value if isinstance(value, str) else text(value)
    return written if written.isascii() else written.encode("utf-8", "replace").decode()


def _event_id(event: Mapping[str, Any]) -> str:
    """32 hex digits; derived from the content where the sender named none, or no valid one."""
    sent = _sent_id(event)
    if _is_id(sent):
        return sent
    return hashlib.sha256(repr(sorted(event.items(), key=lambda item: item[0])).encode()).hexdigest()[:32]


def _sent_id(event: Mapping[str, Any]) -> str:
    return text(event.get("event_id")).replace("-", "").lower()


def _is_id(sent: str) -> bool:
    return len(sent) == 32 and all(digit in "0123456789abcdef" for digit in sent)


def _times(event: Mapping[str, Any]) -> dict[str, Any]:
    """The time of the error, or of its arrival; the noun's own default where the sender told neither."""
    found = (_time(event.get(name)) for name in ("timestamp", "datetime", "received"))
    first = next((time for time in found if time is not None), None)
    return {"timestamp": first} if first else {}


def _time(value: object) -> datetime | None:
    """Seconds since 1970, or ISO 8601 (taken as UTC where it names no zone)."""
    try:
        if isinstance(value, int | float):
            return datetime.fromtimestamp(value, UTC)
        parsed = datetime.fromisoformat(text(value))
        return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return None


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


def _exception(raw: Mapping[str, Any], reduced: Reduced) -> ExceptionInfo:
    mechanism = mapping(raw.get("mechanism"))
    handled = mechanism.get("handled")
    module, name = _split_type(text(raw.get("module")), text(raw.get("type")))
    return ExceptionInfo(
        type=name,
        value=text(raw.get("value")),
        module=module,
        frames=reduced.made(
            items(mapping(raw.get("stacktrace")).get("frames")), lambda entry: _known_frame(entry, reduced)
        ),
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


def _frame(raw: Mapping[str, Any]) -> Frame:
    return Frame(
        filename=text(raw.get("filename")),
        abs_path=text(raw.get("abs_path")),
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


def _known_frame(raw: Mapping[str, Any], reduced: Reduced) -> Frame:
    """The frame; local variables are put into what is known of it without them."""
    known = reduced.around(raw)
    return known.model_copy(update={"vars": _json_object(reduced.variables(raw))}) if known else _frame(raw)


def _line_number(value: object) -> int | None:
    number = integer(value)
    return number if number is not None and 0 < number < 10_000_000 else None


def _request(value: object) -> Request | None:
    raw = mapping(value)
    if not raw:
        return None
    return Request(
        method=text(raw.get("method")),
        url=text(raw.get("url")),
        query=_query(raw.get("query_string")),
        headers=tuple((name, text(header)) for name, header in pairs(raw.get("headers"))),
        body=raw.get("data"),
    )


def _query(value: object) -> str:
    """A query string is text, an object or pairs; its parts are joined as they are."""
    return text(value) or "&".join(f"{name}={text(item)}" for name, item in pairs(value))


def _runtime(contexts: Mapping[str, Any]) -> str:
    return _named(contexts.get("runtime"), " ")


def _sdk(value: object) -> str:
    return _named(value, "/")


def _named(value: object, joint: str) -> str:
    found = (text(mapping(value).get(part)) for part in ("name", "version"))
    return joint.join(part for part in found if part)


def _trace(event: Mapping[str, Any], name: str) -> str:
    return text(mapping(mapping(event.get("contexts")).get("trace")).get(name)) or _tag(event, (name,))


def _request_id(event: Mapping[str, Any]) -> str:
    """Where teams put it: a header, a tag, extra data, or a field of any context."""
    headers = pairs(mapping(event.get("request")).get("headers"))
    contexts = [pairs(context) for context in mapping(event.get("contexts")).values()]
    places = [headers, pairs(event.get("tags")), pairs(event.get("extra")), *contexts]
    return next((found for found in (_pick(place, _REQUEST_ID) for place in places) if found), "")


def _tag(event: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return _pick(pairs(event.get("tags")), names)


def _pick(found: Iterable[tuple[str, Any]], names: tuple[str, ...]) -> str:
    return next((text(value) for name, value in found if name.lower() in names and text(value)), "")


def _dicts(value: object) -> list[Mapping[str, Any]]:
    return [entry for entry in items(value) if isinstance(entry, Mapping)]


def _modules(value: object) -> dict[str, str]:
    return {str(name): text(version) for name, version in mapping(value).items()}


def _json_object(value: object) -> dict[str, Json]:
    return dict(mapping(value))
