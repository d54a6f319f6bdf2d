"""OTLP bodies as exporters, collectors and strangers send them."""

from __future__ import annotations

import base64
import contextlib
import gzip
import json
import re
import zlib
from datetime import UTC, date, datetime
from typing import Any

import pytest
from google.protobuf.json_format import MessageToDict
from google.rpc.status_pb2 import Status
from hypothesis import given
from hypothesis import strategies as st
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import (
    ExportLogsServiceRequest,
    ExportLogsServiceResponse,
)
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, ArrayValue, KeyValue, KeyValueList

from healer.eventlog import otlp, protojson, row
from healer.eventlog.otlp import JSON, PROTOBUF, Bounds, Refusal, receive

AT = datetime(2026, 3, 10, 12, 0, 0, 123456, tzinfo=UTC)
NANOSECONDS = round(AT.timestamp()) * 10**9 + 123_456_789
BOUNDS = Bounds(oldest=NANOSECONDS - 10**15, newest=NANOSECONDS + 10**15, wire=100_000, size=400_000)


def attribute(key: str, value: Any) -> KeyValue:
    return KeyValue(key=key, value=any_value(value))


def any_value(value: Any) -> AnyValue:
    if isinstance(value, bool):
        return AnyValue(bool_value=value)
    if isinstance(value, int):
        return AnyValue(int_value=value)
    if isinstance(value, float):
        return AnyValue(double_value=value)
    if isinstance(value, bytes):
        return AnyValue(bytes_value=value)
    if isinstance(value, list):
        return AnyValue(array_value=ArrayValue(values=[any_value(item) for item in value]))
    if isinstance(value, dict):
        pairs = [attribute(key, item) for key, item in value.items()]
        return AnyValue(kvlist_value=KeyValueList(values=pairs))
    return AnyValue(string_value=value)


RESOURCE = {
    "service.name": "checkout",
    "service.version": "shop@1.4.3",
    "deployment.environment.name": "production",
    "telemetry.sdk.name": "opentelemetry",
    "host.name": "node-7",
}


def request(
    attributes: dict[str, Any] | None = None, body: Any = "paid", **fields: Any
) -> ExportLogsServiceRequest:
    message = ExportLogsServiceRequest()
    resource = message.resource_logs.add()
    resource.resource.attributes.extend(attribute(key, value) for key, value in RESOURCE.items())
    scope = resource.scope_logs.add()
    scope.scope.name = "shop.cart"
    record = scope.log_records.add()
    fields = {"time_unix_nano": NANOSECONDS, "severity_number": 9, "severity_text": "INFO"} | fields
    for name, value in fields.items():
        setattr(record, name, value)
    if body is not None:
        record.body.CopyFrom(any_value(body))
    record.attributes.extend(attribute(key, value) for key, value in (attributes or {}).items())
    return message


def as_json(message: ExportLogsServiceRequest) -> bytes:
    """OTLP's JSON is protobuf's, except that ids are hex."""
    tree = MessageToDict(message, use_integers_for_enums=True)
    for resource in tree.get("resourceLogs", []):
        for scope in resource.get("scopeLogs", []):
            for record in scope.get("logRecords", []):
                for name in ("traceId", "spanId"):
                    if name in record:
                        record[name] = base64.b64decode(record[name]).hex()
    return json.dumps(tree).encode()


def one(message: ExportLogsServiceRequest) -> row.Row:
    """The row of a request, the same from both encodings."""
    from_protobuf = receive(message.SerializeToString(), PROTOBUF, "", BOUNDS)
    from_json = receive(as_json(message), JSON, "", BOUNDS)
    assert from_protobuf == from_json
    assert from_protobuf.rejected == 0
    (made,) = from_protobuf.rows
    return made


def test_a_record_becomes_a_row() -> None:
    attributes = {
        "http.request.id": "req-1",
        "user.id": "u7",
        "duration_ms": 12.5,
        "http.route": "/pay/{id}",
        "retry": 2,
        "ok": True,
        "tags": ["a", 1],
        "nested": {"deep": {"er": 1.5}},
        "raw": b"\x00\x01",
    }
    made = one(request(attributes, trace_id=bytes(range(16)), span_id=bytes(range(8))))
    assert made[:-1] == (
        "2026-03-10T12:00:00.123456Z",
        "info",
        "checkout",
        "paid",
        "req-1",
        "000102030405060708090a0b0c0d0e0f",
        "0001020304050607",
        "u7",
        "shop@1.4.3",
        "production",
        12.5,
    )
    assert json.loads(made.attributes) == {
        "http.route": "/pay/{id}",
        "retry": 2,
        "ok": True,
        "tags": ["a", 1],
        "nested": {"deep": {"er": 1.5}},
        "raw": "AAE=",
        "host.name": "node-7",
        "otel.scope.name": "shop.cart",
    }


@pytest.mark.parametrize(
    ("number", "text", "level"),
    [
        (1, "", "trace"),
        (8, "", "debug"),
        (9, "ERROR", "info"),
        (13, "", "warn"),
        (17, "", "error"),
        (20, "", "error"),
        (21, "", "fatal"),
        (24, "", "fatal"),
        (0, "WARNING", "warn"),
        (0, "Critical", "fatal"),
        (0, "whatever", "info"),
        (0, "", "info"),
    ],
)
def test_severity_becomes_a_level(number: int, text: str, level: str) -> None:
    assert one(request(severity_number=number, severity_text=text)).level == level


def test_an_exception_without_severity_is_an_error() -> None:
    made = one(request({"exception.type": "KeyError"}, body=None, severity_number=0, severity_text=""))
    assert made.level == "error"


@pytest.mark.parametrize(
    ("attributes", "column", "value"),
    [
        ({"http.request.header.x-request-id": ["r1", "r2"]}, "request_id", "r1"),
        ({"correlation_id": 17}, "request_id", "17"),
        ({"enduser.id": "u1"}, "user_id", "u1"),
        ({"user.id": ""}, "user_id", None),
        ({"service.name": "other"}, "service", "other"),
        ({"http.server.request.duration": 0.25}, "duration", 250.0),
        ({"event.duration": 2_000_000}, "duration", 2.0),
        ({"duration_ms": "soon"}, "duration", None),
        ({"duration_ms": -1}, "duration", None),
        ({"trace_id": "0AF7651916CD43DD8448EB211C80319C"}, "trace_id", "0af7651916cd43dd8448eb211c80319c"),
        ({"trace_id": "not hex"}, "trace_id", None),
        ({"user.id": "u" * 5000}, "user_id", "u" * row.ID_CHARS),
    ],
)
def test_attributes_become_columns(attributes: dict[str, Any], column: str, value: object) -> None:
    made = one(request(attributes))
    assert getattr(made, column) == value
    assert json.loads(made.attributes).keys() == {"host.name", "otel.scope.name"}


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"message": "from within", "n": 1}, "from within"),
        ({"n": 1}, '{"n":1}'),
        (["a", 2], '["a",2]'),
        (7, "7"),
        (None, ""),
    ],
)
def test_a_structured_body_keeps_its_structure(body: Any, message: str) -> None:
    made = one(request(body=body))
    assert made.message == message
    assert json.loads(made.attributes).get("body") == body


def test_ids_of_zeros_or_of_the_wrong_length_are_absent() -> None:
    made = one(request(trace_id=bytes(16), span_id=b"abc"))
    assert (made.trace_id, made.span_id) == (None, None)


def test_without_a_time_the_observed_time_and_else_now_is_taken() -> None:
    assert one(request(time_unix_nano=0, observed_time_unix_nano=NANOSECONDS)).time.startswith(
        "2026-03-10T12"
    )
    wide = Bounds(0, 1 << 63)
    batch = receive(request(time_unix_nano=0).SerializeToString(), PROTOBUF, "", wide)
    assert batch.rows[0].time[:4] == str(datetime.now(UTC).year)
    assert batch.days == {datetime.now(UTC).date()}


def test_an_event_name_is_kept() -> None:
    made = one(request(body=None, event_name="order.paid"))
    assert made.message == "order.paid"
    assert json.loads(made.attributes)["event.name"] == "order.paid"


def test_what_is_huge_is_cut_and_says_so() -> None:
    attributes = {f"k{n}": "x" * 20_000 for n in range(9)} | {"small": "kept"}
    batch = receive(
        request(attributes, body="m" * 50_000).SerializeToString(), PROTOBUF, "", Bounds(0, 1 << 63)
    )
    (made,) = batch.rows
    kept = json.loads(made.attributes)
    assert len(made.attributes) <= row.ATTRIBUTES_BYTES
    assert kept["small"] == "kept"
    assert kept["log.truncated"] is True
    assert len(made.message) <= row.MESSAGE_CHARS + 1


PLAIN = request().SerializeToString()


# -- what is refused --------------------------------------------------------------------------


def test_times_outside_the_retention_are_rejected_alone() -> None:
    message = request()
    records = message.resource_logs[0].scope_logs[0].log_records
    for offset in (-(10**15) - 1, 10**15):
        records.add(time_unix_nano=NANOSECONDS + offset)
    batch = receive(message.SerializeToString(), PROTOBUF, "", BOUNDS)
    assert (len(batch.rows), batch.rejected) == (1, 2)
    assert "retention" in batch.reason
    assert batch.days == {date(2026, 3, 10)}


@pytest.mark.parametrize(
    "record",
    [
        "text",
        {"timeUnixNano": "soon"},
        {"timeUnixNano": True},
        {"timeUnixNano": str(1 << 70)},
        {"severityNumber": "INFO"},
        {"traceId": 7},
        {"attributes": {}},
        {"attributes": [{"key": 7}]},
        {"attributes": [{"key": "a", "value": {"stringValue": 7}}]},
        {"attributes": [{"key": "a", "value": {"intValue": "x"}}]},
        {"attributes": [{"key": "a", "value": {"boolValue": "true"}}]},
        {"attributes": [{"key": "a", "value": {"doubleValue": []}}]},
        {"attributes": [{"key": "a", "value": {"arrayValue": []}}]},
        {"attributes": [{"key": "a", "value": {"stringValue": "x", "intValue": 1}}]},
        {"attributes": [{"key": "a", "value": {"colourValue": "x"}}]},
        {"body": "not wrapped"},
    ],
)
def test_one_bad_json_record_does_not_cost_the_others(record: Any) -> None:
    good = {"timeUnixNano": str(NANOSECONDS), "body": {"stringValue": "good"}}
    body = {"resourceLogs": [{"scopeLogs": [{"logRecords": [good, record, good]}]}]}
    batch = receive(json.dumps(body).encode(), JSON, "", BOUNDS)
    assert [made.message for made in batch.rows] == ["good", "good"]
    assert batch.rejected == 1
    assert batch.reason


def test_a_bad_resource_costs_its_own_records_only() -> None:
    records = {"scopeLogs": [{"logRecords": [{"timeUnixNano": NANOSECONDS}] * 2}]}
    body = {"resourceLogs": [{"resource": {"attributes": [7]}, **records}, records]}
    batch = receive(json.dumps(body).encode(), JSON, "", BOUNDS)
    assert (len(batch.rows), batch.rejected) == (2, 2)


def test_nesting_is_bounded_in_both_encodings() -> None:
    deep: Any = "x"
    for _ in range(30):
        deep = {"a": deep}
    message = request({"deep": deep})
    assert receive(message.SerializeToString(), PROTOBUF, "", BOUNDS).rejected == 1
    assert receive(as_json(message), JSON, "", BOUNDS).rejected == 1


def test_nesting_beyond_protobufs_own_bound_is_malformed() -> None:
    value = b""
    for tag in b"\x12\x0a\x32" * 100:  # AnyValue.kvlist_value, KeyValueList.values, KeyValue.value
        value = bytes([tag]) + _varint(len(value)) + value
    for tag in b"\x2a\x12\x12\x0a":  # LogRecord.body, log_records, scope_logs, resource_logs
        value = bytes([tag]) + _varint(len(value)) + value
    with pytest.raises(Refusal) as refusal:
        receive(value, PROTOBUF, "", BOUNDS)
    assert refusal.value.status == 400


def _varint(number: int) -> bytes:
    return bytes([number]) if number < 128 else bytes([number & 127 | 128]) + _varint(number >> 7)


def test_json_may_use_the_names_of_the_protobuf_fields() -> None:
    body = {
        "resource_logs": [
            {
                "scope_logs": [
                    {"log_records": [{"time_unix_nano": NANOSECONDS, "body": {"string_value": "snake"}}]},
                ]
            }
        ]
    }
    assert receive(json.dumps(body).encode(), JSON, "", BOUNDS).rows[0].message == "snake"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (PROTOBUF, b"\xff\xff\xff\xff"),
        (PROTOBUF, b"hello"),
        (PROTOBUF, request().SerializeToString()[:-3]),
        (JSON, b""),
        (JSON, b"{"),
        (JSON, b"[]"),
        (JSON, b'{"resourceLogs": 7}'),
        (JSON, b'{"resourceLogs": [7]}'),
        (JSON, b'{"resourceLogs": [{"scopeLogs": [{"logRecords": {}}]}]}'),
        (JSON, b'{"resourceLogs": [{"resource": [1]}]}'),
        (JSON, b"\xff\xfe"),
    ],
)
def test_a_malformed_body_is_400(kind: str, body: bytes) -> None:
    with pytest.raises(Refusal) as refusal:
        receive(body, kind, "", BOUNDS)
    assert refusal.value.status == 400


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(request().SerializeToString())),
        ("GZIP", gzip.compress(request().SerializeToString())),
        ("deflate", zlib.compress(request().SerializeToString())),
        ("identity", request().SerializeToString()),
        ("gzip", gzip.compress(PLAIN[:40], mtime=0) + gzip.compress(PLAIN[40:])),
    ],
)
def test_compressed_bodies(encoding: str, body: bytes) -> None:
    assert receive(body, "application/x-protobuf; charset=utf-8", encoding, BOUNDS).rows[0].message == "paid"


@pytest.mark.parametrize(
    ("kind", "encoding", "body", "status"),
    [
        ("text/plain", "", b"", 415),
        ("", "", b"", 415),
        (PROTOBUF, "br", b"", 415),
        (PROTOBUF, "gzip", b"not gzip", 400),
        (PROTOBUF, "gzip", gzip.compress(b"x" * 1000, mtime=0)[:-4], 400),
        (PROTOBUF, "gzip", b"", 400),
        (PROTOBUF, "gzip", gzip.compress(b"x", mtime=0) + b"tail", 400),
        (PROTOBUF, "", bytes(BOUNDS.wire + 1), 413),
        (PROTOBUF, "gzip", gzip.compress(bytes(BOUNDS.size + 1)), 413),
        (PROTOBUF, "gzip", gzip.compress(bytes(BOUNDS.size - 10)) + gzip.compress(bytes(20)), 413),
    ],
)
def test_what_cannot_be_read_has_its_status(kind: str, encoding: str, body: bytes, status: int) -> None:
    with pytest.raises(Refusal) as refusal:
        receive(body, kind, encoding, BOUNDS)
    assert refusal.value.status == status


@given(st.binary(max_size=300))
def test_no_bytes_break_the_binary_reader(body: bytes) -> None:
    _survives(body, PROTOBUF)


_FIELDS = (
    "resourceLogs scopeLogs logRecords resource attributes key value body values timeUnixNano traceId name"
)
_NAMES = st.sampled_from([*protojson._READERS, *re.findall(r"\w+", _FIELDS)])
_TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=4),
    max_leaves=20,
)


@given(_TREES)
def test_no_tree_breaks_the_json_reader(tree: Any) -> None:
    _survives(json.dumps(tree).encode(), JSON)
    records = [tree, {"attributes": [{"key": "a", "value": tree}]}]
    _survives(json.dumps({"resourceLogs": [{"scopeLogs": [{"logRecords": records}]}]}).encode(), JSON)


def _survives(body: bytes, kind: str) -> None:
    """Whatever it is, it is read, or refused as malformed."""
    with contextlib.suppress(Refusal):
        assert receive(body, kind, "", BOUNDS).rejected >= 0


# -- the protocol's answers -------------------------------------------------------------------


def test_full_success_is_an_empty_message() -> None:
    assert otlp.answer(PROTOBUF) == b""
    assert otlp.answer(JSON) == b"{}"


def test_partial_success_says_how_many_and_why() -> None:
    response = ExportLogsServiceResponse.FromString(otlp.answer(PROTOBUF, 3, "too old"))
    assert response.partial_success.rejected_log_records == 3
    assert response.partial_success.error_message == "too old"
    said = json.loads(otlp.answer(JSON, 3, "too old"))
    assert said == {"partialSuccess": {"rejectedLogRecords": "3", "errorMessage": "too old"}}


def test_a_failure_is_a_status_message() -> None:
    status = Status.FromString(otlp.failure(PROTOBUF, "no good", 3))
    assert (status.code, status.message) == (3, "no good")
    assert json.loads(otlp.failure(JSON, "no good", 3)) == {"code": 3, "message": "no good"}


def test_the_json_reader_has_no_state() -> None:
    body = as_json(request())
    assert list(protojson.read(body)) == list(protojson.read(body))
