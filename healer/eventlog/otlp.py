"""OTLP/HTTP logs: bytes in, rows out, and the protocol's own answers. No I/O.

Source: opentelemetry.io, OTLP Specification 1.x (OTLP/HTTP, partial success) and the logs data model.
"""

from __future__ import annotations

import base64
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import orjson
from google.protobuf.message import DecodeError
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import (
    ExportLogsServiceRequest,
    ExportLogsServiceResponse,
)

from healer.eventlog import row as rows
from healer.eventlog.row import COLUMNS, Row

PROTOBUF, JSON = "application/x-protobuf", "application/json"
DEPTH = 16  # of nested attribute values

# Resource attributes that say nothing about one event and would be repeated in all of them.
_NOISE = ("telemetry.", "process.", "os.")

_Values = tuple[dict[str, Any], dict[str, Any]]  # (by column, other attributes)


class Refusal(Exception):
    """A whole request that cannot be used, with the HTTP status the protocol wants."""

    def __init__(self, status: int, reason: str) -> None:
        self.status, self.reason = status, reason
        super().__init__(reason)


class BadRecord(ValueError):
    """One record that cannot be used; the others of its request can."""


@dataclass(slots=True)
class Batch:
    """What one request brought. `rejected` records are named in the answer's partial success."""

    rows: list[Row] = field(default_factory=list)
    days: set[date] = field(default_factory=set)
    rejected: int = 0
    reason: str = ""

    def reject(self, reason: str, count: int = 1) -> None:
        self.rejected += count
        self.reason = self.reason or reason


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is taken. Times are nanoseconds since 1970; `wire` and `size` are bytes before and after inflating."""

    oldest: int
    newest: int
    wire: int = 8 << 20
    size: int = 32 << 20


def receive(body: bytes, content_type: str, content_encoding: str, bounds: Bounds) -> Batch:
    """Decode one export request.

    Raises Refusal: 400 malformed, 413 too large, 415 unknown encoding or type."""
    kind = media_type(content_type)
    return _decode(kind, inflate(body, content_encoding, bounds), bounds)


def media_type(content_type: str) -> str:
    kind = content_type.partition(";")[0].strip().lower()
    if kind not in (PROTOBUF, JSON):
        raise Refusal(415, f"content type must be {PROTOBUF} or {JSON}")
    return kind


def answer(kind: str, rejected: int = 0, reason: str = "") -> bytes:
    """The body of a 200. Full success has no `partial_success`, as the protocol says."""
    if kind == JSON:
        partial = {"rejectedLogRecords": str(rejected), "errorMessage": reason}
        return orjson.dumps({"partialSuccess": partial} if rejected else {})
    response = ExportLogsServiceResponse()
    if rejected:
        response.partial_success.rejected_log_records = rejected
        response.partial_success.error_message = reason
    return response.SerializeToString()


def failure(kind: str, reason: str, code: int = 3) -> bytes:
    """The body of a 4xx or 5xx: a google.rpc.Status. `code` is gRPC's; 3 is INVALID_ARGUMENT."""
    if kind == JSON:
        return orjson.dumps({"code": code, "message": reason})
    text = reason.encode()[:127]  # two fields and a one-byte length: not worth a dependency
    return bytes((0x08, code, 0x12, len(text))) + text


def inflate(body: bytes, encoding: str, bounds: Bounds) -> bytes:
    encoding = encoding.strip().lower()
    if len(body) > bounds.wire:
        raise Refusal(413, f"body is larger than {bounds.wire} bytes; send smaller batches")
    if encoding in ("", "identity"):
        return body
    if encoding not in ("gzip", "deflate"):
        raise Refusal(415, "content encoding must be gzip, deflate or identity")
    try:
        return _inflated(body, 31 if encoding == "gzip" else 15, bounds.size)
    except zlib.error as error:
        raise Refusal(400, f"body is no valid {encoding}") from error


def _inflated(body: bytes, window: int, most: int) -> bytes:
    out = bytearray()
    while body:  # a gzip file may have several members
        stream = zlib.decompressobj(window)
        out += stream.decompress(body, most - len(out) + 1)
        if len(out) > most:
            raise Refusal(413, f"body inflates to more than {most} bytes; send smaller batches")
        if not stream.eof:
            raise Refusal(400, "compressed body ends too early")
        body = stream.unused_data
    return bytes(out)


def _decode(kind: str, body: bytes, bounds: Bounds) -> Batch:
    batch = Batch()
    for record in _from_json(body, batch) if kind == JSON else _from_protobuf(body):
        _take(record, batch, bounds)
    return batch


@dataclass(slots=True)
class _Record:
    nanoseconds: int
    severity: tuple[int, str]
    body: Any
    ids: tuple[str | None, str | None]
    values: _Values


def _take(record: _Record | BadRecord, batch: Batch, bounds: Bounds) -> None:
    if isinstance(record, BadRecord):
        return batch.reject(str(record))
    when = record.nanoseconds or time.time_ns()
    if not bounds.oldest <= when < bounds.newest:
        return batch.reject("time is older than the retention, or in the future")
    batch.days.add(_day(when // 86_400_000_000_000))
    lifted, others = record.values
    message = record.body if isinstance(record.body, str) else _message(record.body, others)
    batch.rows.append(rows.make(when, record.severity, message, record.ids, lifted, others))
    return None


def _message(body: Any, attributes: dict[str, Any]) -> str:
    """A structured body's own message; the body itself is kept as an attribute."""
    if body is None:
        return str(attributes.get("exception.message") or attributes.get("event.name") or "")
    attributes["body"] = body
    if isinstance(body, dict):
        for key in ("message", "msg", "event"):
            if isinstance(body.get(key), str):
                return str(body[key])
    return orjson.dumps(body).decode()


def _day(number: int) -> date:
    return date.fromordinal(date(1970, 1, 1).toordinal() + number)


# -- protobuf ---------------------------------------------------------------------------------


def _from_protobuf(body: bytes) -> Iterator[_Record | BadRecord]:
    try:
        request = ExportLogsServiceRequest.FromString(body)
    except DecodeError as error:
        raise Refusal(400, "body is no ExportLogsServiceRequest") from error
    for resource in request.resource_logs:
        try:
            lifted, others = _resource(_values(resource.resource.attributes))
        except BadRecord as error:
            yield from [error] * sum(len(scope.log_records) for scope in resource.scope_logs)
            continue
        for scope in resource.scope_logs:
            shared = {**others, "otel.scope.name": scope.scope.name} if scope.scope.name else others
            for record in scope.log_records:
                yield _protobuf_record(record, lifted, shared)


def _protobuf_record(record: Any, lifted: dict[str, Any], others: dict[str, Any]) -> _Record | BadRecord:
    try:
        mine, rest = _values(record.attributes, lifted, others)
        if record.event_name:
            rest["event.name"] = record.event_name
        body = record.body.string_value or _value(record.body)
    except BadRecord as error:
        return error
    trace, span = record.trace_id, record.span_id
    return _Record(
        record.time_unix_nano or record.observed_time_unix_nano,
        (record.severity_number, record.severity_text),
        body,
        (
            trace.hex() if len(trace) == 16 and any(trace) else None,
            span.hex() if len(span) == 8 and any(span) else None,
        ),
        (mine, rest),
    )


def _values(pairs: Any, lifted: dict[str, Any] | None = None, others: dict[str, Any] | None = None) -> _Values:
    """Sort key/value pairs into columns and other attributes; a record's own win over its resource's."""
    mine: dict[str, Any] = {}
    rest = dict(others or ())
    for pair in pairs:
        value: Any = pair.value.string_value
        value = value if value and len(value) <= rows.STRING_CHARS else _value(pair.value)
        _sort(pair.key, value, mine, rest)
    return {**lifted, **mine} if lifted else mine, rest


def _sort(key: str, value: Any, lifted: dict[str, Any], others: dict[str, Any]) -> None:
    column = COLUMNS.get(key)
    if column is None:
        others[key] = value
    elif column[0] not in lifted and value not in (None, ""):
        name, factor = column
        lifted[name] = value * factor if factor and isinstance(value, int | float) else value


def _value(value: Any, depth: int = 0) -> Any:
    kind = value.WhichOneof("value")
    if kind is None:
        return None
    if depth > DEPTH:
        raise BadRecord(f"attribute nested deeper than {DEPTH}")
    if kind == "array_value":
        return [_value(item, depth + 1) for item in value.array_value.values]
    if kind == "kvlist_value":
        return {item.key: _value(item.value, depth + 1) for item in value.kvlist_value.values}
    if kind == "bytes_value":
        return base64.b64encode(value.bytes_value[: rows.STRING_CHARS]).decode()
    plain = getattr(value, kind)
    return plain[: rows.STRING_CHARS] + "…" if isinstance(plain, str) and len(plain) > rows.STRING_CHARS else plain


def _resource(values: _Values) -> _Values:
    lifted, others = values
    return lifted, {key: value for key, value in others.items() if not key.startswith(_NOISE)}


# -- JSON -------------------------------------------------------------------------------------


def _from_json(body: bytes, batch: Batch) -> Iterator[_Record | BadRecord]:
    try:
        request = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Refusal(400, "body is no valid JSON") from error
    if not isinstance(request, dict):
        raise Refusal(400, "body is no JSON object")
    for resource in _objects(request, "resourceLogs"):
        scopes = _objects(resource, "scopeLogs")
        try:
            lifted, others = _resource(_json_values(_object(resource, "resource"), "attributes"))
        except BadRecord as error:
            yield from [error] * sum(len(_many(scope, "logRecords")) for scope in scopes)
            continue
        for scope in scopes:
            name = _object(scope, "scope").get("name")
            shared = {**others, "otel.scope.name": name} if isinstance(name, str) and name else others
            for record in _many(scope, "logRecords"):
                yield _json_record(record, lifted, shared)


def _json_record(record: Any, lifted: dict[str, Any], others: dict[str, Any]) -> _Record | BadRecord:
    try:
        if not isinstance(record, dict):
            raise BadRecord("log record is no object")
        mine, rest = _json_values(record, "attributes", lifted, others)
        name = _field(record, "eventName")
        if isinstance(name, str) and name:
            rest["event.name"] = name
        body = _field(record, "body")
        return _Record(
            _integer(record, "timeUnixNano") or _integer(record, "observedTimeUnixNano"),
            (_integer(record, "severityNumber"), _text(record, "severityText")),
            None if body is None else _json_value(body),
            (rows.hexadecimal(_text(record, "traceId"), 32), rows.hexadecimal(_text(record, "spanId"), 16)),
            (mine, rest),
        )
    except BadRecord as error:
        return error


def _json_values(
    holder: dict[str, Any], name: str, lifted: dict[str, Any] | None = None, others: dict[str, Any] | None = None
) -> _Values:
    mine: dict[str, Any] = {}
    rest = dict(others or ())
    pairs = _field(holder, name)
    if pairs is not None and not isinstance(pairs, list):
        raise BadRecord(f"{name} is no list")
    for pair in pairs or ():
        if not isinstance(pair, dict) or not isinstance(pair.get("key"), str):
            raise BadRecord(f"{name} holds something else than key and value")
        _sort(pair["key"], _json_value(pair.get("value")), mine, rest)
    return {**(lifted or {}), **mine}, rest


def _json_value(value: Any, depth: int = 0) -> Any:
    if value is None or value == {}:
        return None
    if not isinstance(value, dict) or len(value) != 1:
        raise BadRecord("value is no AnyValue")
    if depth > DEPTH:
        raise BadRecord(f"attribute nested deeper than {DEPTH}")
    ((kind, inner),) = value.items()
    reader = _READERS.get(kind) or _READERS.get(_camel(kind))
    if reader is None:
        raise BadRecord(f"unknown kind of value: {kind[:40]}")
    return reader(inner, depth)


def _string(inner: Any, depth: int) -> str:
    if not isinstance(inner, str):
        raise BadRecord("stringValue is no string")
    return inner if len(inner) <= rows.STRING_CHARS else inner[: rows.STRING_CHARS] + "…"


def _boolean(inner: Any, depth: int) -> bool:
    if not isinstance(inner, bool):
        raise BadRecord("boolValue is no boolean")
    return inner


def _double(inner: Any, depth: int) -> float:
    try:
        return float(inner)
    except (TypeError, ValueError, OverflowError) as error:
        raise BadRecord("doubleValue is no number") from error


def _array(inner: Any, depth: int) -> list[Any]:
    values = inner.get("values", []) if isinstance(inner, dict) else None
    if not isinstance(values, list):
        raise BadRecord("arrayValue has no list of values")
    return [_json_value(item, depth + 1) for item in values]


def _kvlist(inner: Any, depth: int) -> dict[str, Any]:
    pairs = inner.get("values", []) if isinstance(inner, dict) else None
    if not isinstance(pairs, list) or not all(isinstance(p, dict) and isinstance(p.get("key"), str) for p in pairs):
        raise BadRecord("kvlistValue has no list of keys and values")
    return {pair["key"]: _json_value(pair.get("value"), depth + 1) for pair in pairs}


_READERS: dict[str, Callable[[Any, int], Any]] = {
    "stringValue": _string,
    "boolValue": _boolean,
    "intValue": lambda inner, depth: _whole(inner, "intValue"),
    "doubleValue": _double,
    "bytesValue": _string,
    "arrayValue": _array,
    "kvlistValue": _kvlist,
}


def _field(holder: dict[str, Any], name: str) -> Any:
    """A field by its JSON name, or by its protobuf name, which JSON readers must take too."""
    return holder[name] if name in holder else holder.get(_snake(name))


def _many(holder: dict[str, Any], name: str) -> list[Any]:
    value = _field(holder, name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise Refusal(400, f"{name} is no list")
    return value


def _objects(holder: dict[str, Any], name: str) -> list[dict[str, Any]]:
    values = _many(holder, name)
    if not all(isinstance(value, dict) for value in values):
        raise Refusal(400, f"{name} holds something else than objects")
    return values


def _object(holder: dict[str, Any], name: str) -> dict[str, Any]:
    value = _field(holder, name)
    if value is not None and not isinstance(value, dict):
        raise Refusal(400, f"{name} is no object")
    return value or {}


def _integer(record: dict[str, Any], name: str) -> int:
    value = _field(record, name)
    return 0 if value is None else _whole(value, name)


def _whole(value: Any, name: str) -> int:
    """64-bit integers come as decimal strings or as numbers."""
    if isinstance(value, str) and len(value) <= 20:
        try:
            value = int(value)
        except ValueError:
            value = None
    if isinstance(value, bool) or not isinstance(value, int) or not -(1 << 63) <= value < 1 << 64:
        raise BadRecord(f"{name} is no 64-bit integer")
    return value


def _text(record: dict[str, Any], name: str) -> str:
    value = _field(record, name)
    if value is not None and not isinstance(value, str):
        raise BadRecord(f"{name} is no string")
    return value or ""


def _snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name)


def _camel(name: str) -> str:
    head, *tail = name.split("_")
    return head + "".join(part.capitalize() for part in tail)
