"""OTLP/HTTP logs: bytes in, rows out, and the protocol's own answers. No I/O.

Source: opentelemetry.io, OTLP Specification 1.x (OTLP/HTTP, partial success) and the logs data model.
"""

from __future__ import annotations

import hashlib
import time
import zlib
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

import orjson
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceResponse

from healer.eventlog import protobuf, protojson, row
from healer.eventlog.record import BadRecord, Malformed, Record
from healer.eventlog.row import Row

PROTOBUF, JSON = "application/x-protobuf", "application/json"
_READERS = {PROTOBUF: protobuf.read, JSON: protojson.read}
_DAY = 86_400_000_000_000  # nanoseconds
_WINDOWS = {"gzip": 31, "deflate": 15}  # zlib's way to name the two formats


class Refusal(Exception):
    """A whole request that is not taken, with the HTTP status that says so."""

    def __init__(self, status: int, reason: str) -> None:
        self.status, self.reason = status, reason
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is taken: times as nanoseconds since 1970, sizes as bytes before and after inflating."""

    oldest: int
    newest: int
    wire: int = 8 << 20
    size: int = 32 << 20


@dataclass(slots=True)
class Batch:
    """What one request brought. `rejected` records are named in the answer's partial success."""

    rows: list[Row] = field(default_factory=list)
    days: set[date] = field(default_factory=set)  # UTC
    rejected: int = 0
    reason: str = ""  # of the first rejected record
    # Of content and sender; empty where a record has no time of its own: the same may have happened twice.
    digest: bytes = field(default=b"", compare=False)

    def reject(self, reason: str, count: int = 1) -> None:
        self.rejected += count
        self.reason = self.reason or reason


def receive(body: bytes, content_type: str, content_encoding: str, bounds: Bounds, sender: str = "") -> Batch:
    """Decode one export request.

    Raises Refusal: 400 malformed, 413 too large, 415 unknown encoding or type."""
    read = _READERS[media_type(content_type)]
    content = inflate(body, content_encoding, bounds)
    batch = Batch(digest=_digest(content, sender))
    try:
        for record in read(content):
            if isinstance(record, BadRecord):
                batch.reject(str(record))
            else:
                _take(record, batch, bounds)
    except Malformed as error:
        raise Refusal(400, str(error)) from error
    return batch


def media_type(content_type: str) -> str:
    kind = content_type.partition(";")[0].strip().lower()
    if kind not in _READERS:
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


def failure(kind: str, reason: str, code: int) -> bytes:
    """The body of a 4xx or 5xx: a google.rpc.Status. `code` is gRPC's."""
    if kind == JSON:
        return orjson.dumps({"code": code, "message": reason})
    text = reason.encode()[:127]  # two fields and a one-byte length: not worth a dependency
    return bytes((0x08, code, 0x12, len(text))) + text


def inflate(body: bytes, encoding: str, bounds: Bounds) -> bytes:
    """The body as it was before compression. Raises Refusal."""
    encoding = encoding.strip().lower()
    if len(body) > bounds.wire:
        raise Refusal(413, f"body is larger than {bounds.wire} bytes; send smaller batches")
    if encoding in ("", "identity"):
        return body
    if encoding not in _WINDOWS:
        raise Refusal(415, "content encoding must be gzip, deflate or identity")
    try:
        return _inflated(body, _WINDOWS[encoding], bounds.size)
    except zlib.error as error:
        raise Refusal(400, f"body is no valid {encoding}") from error


def _inflated(body: bytes, window: int, most: int) -> bytes:
    out = bytearray()
    while True:  # a gzip file may have several members
        stream = zlib.decompressobj(window)
        out += stream.decompress(body, most - len(out) + 1)
        if len(out) > most:
            raise Refusal(413, f"body inflates to more than {most} bytes; send smaller batches")
        if not stream.eof:
            raise Refusal(400, "compressed body ends too early")
        body = stream.unused_data
        if not body:
            return bytes(out)


def _digest(content: bytes, sender: str) -> bytes:
    """Of what was sent before it was compressed: compressed again, it differs in gzip's time of writing."""
    return hashlib.blake2b(content, digest_size=16, key=sender.encode()[:64]).digest()


def _take(record: Record, batch: Batch, bounds: Bounds) -> None:
    when = record.nanoseconds
    if not when:
        when, batch.digest = time.time_ns(), b""
    if not bounds.oldest <= when < bounds.newest:
        batch.reject("time is older than the retention, or in the future")
        return
    batch.days.add(_day(when // _DAY))
    message = record.body if isinstance(record.body, str) else _message(record.body, record.attributes)
    batch.rows.append(row.make(when, record.severity, message, record.ids, record.lifted, record.attributes))


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


@lru_cache(maxsize=256)
def _day(number: int) -> date:
    """The day so many days after 1970-01-01."""
    return date.fromordinal(date(1970, 1, 1).toordinal() + number)
