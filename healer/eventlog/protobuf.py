"""OTLP's binary encoding: an ExportLogsServiceRequest as records."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from typing import Any

from google.protobuf.message import DecodeError
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, KeyValue
from opentelemetry.proto.logs.v1.logs_pb2 import LogRecord

from healer.eventlog.record import BadRecord, Malformed, Record, Values, lift, resource, shortened, too_deep
from healer.eventlog.row import COLUMNS, STRING_CHARS


def read(body: bytes) -> Iterator[Record | BadRecord]:
    """Raises Malformed before the first record."""
    try:
        request = ExportLogsServiceRequest.FromString(body)
    except DecodeError as error:
        raise Malformed("body is no ExportLogsServiceRequest") from error
    for sender in request.resource_logs:
        try:
            lifted, others = resource(_values(sender.resource.attributes, {}, {}))
        except BadRecord as error:
            yield from [error] * sum(len(scope.log_records) for scope in sender.scope_logs)
            continue
        for scope in sender.scope_logs:
            shared = {**others, "otel.scope.name": scope.scope.name} if scope.scope.name else others
            for record in scope.log_records:
                yield _record(record, lifted, shared)


def _record(record: LogRecord, lifted: dict[str, Any], others: dict[str, Any]) -> Record | BadRecord:
    try:
        mine, rest = _values(record.attributes, {}, others.copy())
        body = record.body.string_value or _value(record.body)
    except BadRecord as error:
        return error
    if record.event_name:
        rest["event.name"] = record.event_name
    trace, span = record.trace_id, record.span_id
    return Record(
        record.time_unix_nano or record.observed_time_unix_nano,
        (record.severity_number, record.severity_text),
        body,
        (
            trace.hex() if len(trace) == 16 and any(trace) else None,
            span.hex() if len(span) == 8 and any(span) else None,
        ),
        {**lifted, **mine},  # a record's own win over its resource's
        rest,
    )


def _values(pairs: Iterable[KeyValue], lifted: dict[str, Any], others: dict[str, Any]) -> Values:
    """Runs for every attribute of every event, so the common case, a short string, is written out."""
    for pair in pairs:
        key, any_value = pair.key, pair.value
        value: Any = any_value.string_value
        if not value or len(value) > STRING_CHARS:
            value = _value(any_value)
        column = COLUMNS.get(key)
        if column is None:
            others[key] = value
        else:
            lift(lifted, column, value)
    return lifted, others


def _value(value: AnyValue, depth: int = 0) -> Any:
    kind = value.WhichOneof("value")
    if kind is None:
        return None
    too_deep(depth)
    if kind == "array_value":
        return [_value(item, depth + 1) for item in value.array_value.values]
    if kind == "kvlist_value":
        return {item.key: _value(item.value, depth + 1) for item in value.kvlist_value.values}
    if kind == "bytes_value":
        return base64.b64encode(value.bytes_value[:STRING_CHARS]).decode()
    if kind == "string_value":
        return shortened(value.string_value)
    return getattr(value, kind)
