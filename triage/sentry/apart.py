"""An event's members as they were sent, cut apart without being parsed.

Most of an event was sent before: a stack, breadcrumbs, versions. What is told by its bytes need not be
parsed. Whatever is not the usual is left to the parser."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
import orjson

from triage.sentry.shapes import KEPT

LARGEST = 64 * 1024  # bytes of a body; the walk's bound on a whole event is out of reach then
PARTS = ("exception", "breadcrumbs", "request", "user", "contexts", "extra", "tags", "modules", "sdk")
_LISTS = ("exception", "breadcrumbs")
_UNUSUAL = ("threads", "stacktrace", "entries")
_NAMES = dict.fromkeys((*KEPT, "logentry", "message", "release", *PARTS, *_UNUSUAL))
_NONE = msgspec.Raw(b"")

_Event: Any = msgspec.defstruct("_Event", [(name, msgspec.Raw, _NONE) for name in _NAMES])


class _Data(msgspec.Struct):
    event: _Event | None = None
    error: _Event | None = None
    issue_alert: msgspec.Raw = _NONE
    triggered_rule: msgspec.Raw = _NONE


class _Hook(msgspec.Struct):
    data: _Data
    action: msgspec.Raw = _NONE
    actor: msgspec.Raw = _NONE
    installation: msgspec.Raw = _NONE


class _Frame(msgspec.Struct):
    vars: msgspec.Raw = _NONE


class _Frames(msgspec.Struct):
    frames: list[_Frame] = []


class _Error(msgspec.Struct):
    value: msgspec.Raw = _NONE
    stacktrace: _Frames | None = None


class _Errors(msgspec.Struct):
    values: list[_Error]


class _Listed(msgspec.Struct):
    values: list[msgspec.Raw]


_ERRORS = msgspec.json.Decoder(_Errors)
_LISTED = msgspec.json.Decoder(_Listed)
_LIST = msgspec.json.Decoder(list[msgspec.Raw])
_HOOK = msgspec.json.Decoder(_Hook)
_EVENT = msgspec.json.Decoder(_Event)


def cut_hook(body: bytes) -> tuple[dict[str, Any], dict[str, bytes]] | None:
    """The hook, parsed but for the large members of its event, and those, as sent; None where it is not as
    hooks with an event are."""
    if len(body) > LARGEST:
        return None
    try:
        hook = _HOOK.decode(body)
        data = hook.data
        name = "error" if data.event is None else "event"
        if (data.event is None) == (data.error is None):
            return None
        head, apart = _cut(getattr(data, name))
        around = _parsed(data, ("issue_alert", "triggered_rule"))
        return {**_parsed(hook, ("action", "actor", "installation")), "data": {**around, name: head}}, apart
    except (msgspec.MsgspecError, _Unusual, ValueError):
        return None


def cut_event(body: bytes) -> tuple[dict[str, Any], dict[str, bytes]] | None:
    """As `cut_hook`, of an event alone."""
    if len(body) > LARGEST:
        return None
    try:
        return _cut(_EVENT.decode(body))
    except (msgspec.MsgspecError, _Unusual, ValueError):
        return None


def cut_exceptions(raw: bytes) -> tuple[list[bytes | None], list[bytes]] | None:
    """The variables of each frame, None where it has none, and the values of exceptions, in order."""
    try:
        errors = _ERRORS.decode(raw).values
    except msgspec.MsgspecError:
        return None
    frames = [frame for error in errors if error.stacktrace for frame in error.stacktrace.frames]
    values = [bytes(error.value) for error in errors]
    return [bytes(frame.vars) or None for frame in frames], [value for value in values if value]


def cut_list(raw: bytes) -> list[bytes] | None:
    """What stands in a list, or in `{"values": [...]}`."""
    try:
        return list(map(bytes, _LISTED.decode(raw).values if raw[:1] == b"{" else _LIST.decode(raw)))
    except msgspec.MsgspecError:
        return None


class _Unusual(Exception):
    """To be parsed as a whole."""


def _cut(event: Any) -> tuple[dict[str, Any], dict[str, bytes]]:
    members = {
        name: bytes(raw)
        for name, raw in zip(_NAMES, msgspec.structs.astuple(event), strict=True)
        if raw is not _NONE
    }
    if any(members.get(name, b"null") != b"null" for name in _UNUSUAL):
        raise _Unusual
    apart = {name: members.pop(name) for name in PARTS if _holds_something(name, members.get(name, b""))}
    if any(len(members.get(name, b"")) > len(b"null") for name in _LISTS):
        raise _Unusual
    head = _loaded(members)
    if not head.get("event_id"):  # then all of it tells one from another
        raise _Unusual
    return head, apart


def _holds_something(name: str, raw: bytes) -> bool:
    begins = raw[:1] == b"{" or (raw[:1] == b"[" and name in (*_LISTS, "tags"))
    return begins and raw[1:2] not in (b"}", b"]", b" ", b"\n", b"\t", b"\r")


def _parsed(found: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return _loaded({name: bytes(raw) for name in names if (raw := getattr(found, name)) is not _NONE})


def _loaded(members: Mapping[str, bytes]) -> dict[str, Any]:
    return dict(zip(members, orjson.loads(b"[%s]" % b",".join(members.values())), strict=True))
