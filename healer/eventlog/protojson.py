"""OTLP's JSON encoding: lowerCamelCase names, ids in hex, 64-bit integers as decimal strings."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import orjson

from healer.eventlog.record import BadRecord, Malformed, Record, Values, resource, shortened, sort, too_deep
from healer.eventlog.row import hexadecimal

_Object: TypeAlias = dict[str, Any]


def read(body: bytes) -> Iterator[Record | BadRecord]:
    """Raises Malformed, at any point: what came before is to be dropped."""
    try:
        request = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Malformed("body is no valid JSON") from error
    if not isinstance(request, dict):
        raise Malformed("body is no JSON object")
    for sender in _objects(request, "resourceLogs"):
        yield from _sender(sender)


def _sender(sender: _Object) -> Iterator[Record | BadRecord]:
    scopes = _objects(sender, "scopeLogs")
    try:
        lifted, others = resource(_values(_object(sender, "resource"), {}, {}))
    except BadRecord as error:
        yield from [error] * sum(len(_list(scope, "logRecords")) for scope in scopes)
        return
    for scope in scopes:
        name = _object(scope, "scope").get("name")
        shared = {**others, "otel.scope.name": name} if isinstance(name, str) and name else others
        for record in _list(scope, "logRecords"):
            yield _record(record, lifted, shared)


def _record(record: Any, lifted: _Object, others: _Object) -> Record | BadRecord:
    try:
        if not isinstance(record, dict):
            raise BadRecord("log record is no object")
        mine, rest = _values(record, {}, others.copy())
        if name := _text(record, "eventName"):
            rest["event.name"] = name
        return Record(
            _integer(record, "timeUnixNano") or _integer(record, "observedTimeUnixNano"),
            (_integer(record, "severityNumber"), _text(record, "severityText")),
            _value(_field(record, "body"), 0),
            (hexadecimal(_text(record, "traceId"), 32), hexadecimal(_text(record, "spanId"), 16)),
            {**lifted, **mine},  # a record's own win over its resource's
            rest,
        )
    except BadRecord as error:
        return error


def _values(holder: _Object, lifted: _Object, others: _Object) -> Values:
    for key, value in _pairs(_field(holder, "attributes"), "attributes"):
        sort(key, _value(value, 0), lifted, others)
    return lifted, others


def _pairs(pairs: Any, name: str) -> Iterator[tuple[str, Any]]:
    if pairs is not None and not isinstance(pairs, list):
        raise BadRecord(f"{name} is no list")
    for pair in pairs or ():
        if not isinstance(pair, dict) or not isinstance(pair.get("key"), str):
            raise BadRecord(f"{name} holds something else than key and value")
        yield pair["key"], pair.get("value")


def _value(value: Any, depth: int) -> Any:
    if value is None or value == {}:
        return None
    if not isinstance(value, dict) or len(value) != 1:
        raise BadRecord("value is no AnyValue")
    too_deep(depth)
    ((kind, inner),) = value.items()
    reader = _READERS.get(kind) or _READERS.get(_camel(kind))
    if reader is None:
        raise BadRecord("unknown kind of value")
    return reader(inner, depth)


def _string(inner: Any, depth: int) -> str:
    if not isinstance(inner, str):
        raise BadRecord("value is no string")
    return shortened(inner)


def _boolean(inner: Any, depth: int) -> bool:
    if not isinstance(inner, bool):
        raise BadRecord("boolValue is no boolean")
    return inner


def _double(inner: Any, depth: int) -> float | None:
    """Numbers, or the strings "NaN", "Infinity" and "-Infinity", which JSON columns cannot hold."""
    if isinstance(inner, bool) or not isinstance(inner, int | float | str):
        raise BadRecord("doubleValue is no number")
    try:
        number = float(inner)
    except (ValueError, OverflowError) as error:
        raise BadRecord("doubleValue is no number") from error
    return number if math.isfinite(number) else None


def _array(inner: Any, depth: int) -> list[Any]:
    values = _field(inner, "values") if isinstance(inner, dict) else 0
    if values is not None and not isinstance(values, list):
        raise BadRecord("arrayValue has no list of values")
    return [_value(item, depth + 1) for item in values or ()]


def _kvlist(inner: Any, depth: int) -> _Object:
    values = _field(inner, "values") if isinstance(inner, dict) else 0
    return {key: _value(value, depth + 1) for key, value in _pairs(values, "kvlistValue")}


def _whole(inner: Any, depth: int) -> int:
    if isinstance(inner, str) and len(inner) <= 20:
        try:
            inner = int(inner)
        except ValueError:
            inner = None
    if isinstance(inner, bool) or not isinstance(inner, int) or not -(1 << 63) <= inner < 1 << 64:
        raise BadRecord("value is no 64-bit integer")
    return inner


_READERS: dict[str, Callable[[Any, int], Any]] = {
    "stringValue": _string,
    "boolValue": _boolean,
    "intValue": _whole,
    "doubleValue": _double,
    "bytesValue": _string,
    "arrayValue": _array,
    "kvlistValue": _kvlist,
}


def _field(holder: _Object, name: str) -> Any:
    """A field by its JSON name, or by its protobuf name, which readers of protobuf's JSON take too."""
    return holder[name] if name in holder else holder.get(_snake(name))


def _list(holder: _Object, name: str) -> list[Any]:
    value = _field(holder, name)
    if value is not None and not isinstance(value, list):
        raise Malformed(f"{name} is no list")
    return value or []


def _objects(holder: _Object, name: str) -> list[_Object]:
    values = _list(holder, name)
    if not all(isinstance(value, dict) for value in values):
        raise Malformed(f"{name} holds something else than objects")
    return values


def _object(holder: _Object, name: str) -> _Object:
    value = _field(holder, name)
    if value is not None and not isinstance(value, dict):
        raise Malformed(f"{name} is no object")
    return value or {}


def _integer(record: _Object, name: str) -> int:
    value = _field(record, name)
    return 0 if value is None else _whole(value, 0)


def _text(record: _Object, name: str) -> str:
    value = _field(record, name)
    if value is not None and not isinstance(value, str):
        raise BadRecord(f"{name} is no string")
    return value or ""


def _snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name)


def _camel(name: str) -> str:
    head, *tail = name.split("_")
    return head + "".join(part.capitalize() for part in tail)
