"""An event as the record keeps it: clean JSON, most of which need not be made anew in a storm."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from triage.build import is_id, modules_of, outline_of, sdk_of, sent_id
from triage.familiar import Kind, Memory, Odd, dumped, loaded
from triage.familiar import written as of
from triage.grouping import fingerprint
from triage.incident import Event, RawEvent
from triage.lenient import mapping, text
from triage.plain import MAX_DEPTH, bounded, plain
from triage.sanitize import Cleaned, Echoes, Placeholders
from triage.sanitize.injection import risk
from triage.sanitize.walk import Walk
from triage.sentry.apart import cut_list
from triage.sentry.shapes import request_of, tags_of
from triage.stack import Stack

R = TypeVar("R")

_MOST_CRUMBS = 300
_ONLY_IN_BODY = ("contexts", "extra", "modules")


def _plain(value: Any) -> Any:
    return plain(value, MAX_DEPTH)


_KINDS = {
    "request": Kind("request", lambda sent: _plain(request_of(mapping(sent)))),
    "user": Kind("user", _plain),
    "contexts": Kind("contexts", _plain),
    "extra": Kind("extra", _plain),
    "tags": Kind("tags", lambda sent: _plain(tags_of(sent))),
    "sdk": Kind("sdk", _plain, make=sdk_of),
    "modules": Kind("modules", _plain, make=modules_of),
}
_HEAD = Kind("", lambda sent: sent)
_EMPTY = ("exception", "breadcrumbs")  # in what was parsed: they stand apart
_CRUMB = Kind("values", lambda sent: plain(sent, MAX_DEPTH - 2))


@dataclass(frozen=True, slots=True)
class Written:
    """`body`: the event, its own JSON. `event`: the same, but that local variables, arguments, breadcrumbs,
    contexts, extra data and modules may be only in the body."""

    event: Event
    body: bytes
    fingerprint: str


def write_event(raw: RawEvent, *, salt: bytes, memory: Memory) -> Written | None:
    """As `build_event`, of an event whose large members were not parsed; None where they have to be."""
    return write_events([raw], salt=salt, memory=memory)[0]


def write_events(
    raws: Sequence[RawEvent],
    *,
    salt: bytes,
    memory: Memory,
    failed: Callable[[Exception], None] = lambda error: None,
) -> list[Written | None]:
    """As `write_event`, of each. What there is to be cleaned in all of them is looked through at once.
    `failed` is told of errors that are ours: they cost time, not the event, and would go unnoticed."""
    names = Placeholders(salt) if salt else Placeholders()
    attempt = _Attempt(failed)
    begun = [attempt(_Writing, raw, names, memory) for raw in raws]
    texts: dict[str, None] = {}
    for one in begun:
        attempt(_Writing.collect, one, texts)
    walk = Walk(names)
    walk.foresee(texts)
    return [attempt(_Writing.written, one, walk) for one in begun]


@dataclass(frozen=True, slots=True)
class _Attempt:
    """A short cut that fails is one that was not there."""

    failed: Callable[[Exception], None]

    def __call__(self, step: Callable[..., R], first: Any, *rest: Any) -> R | None:
        try:
            return None if first is None else step(first, *rest)
        except Odd:
            return None
        except Exception as error:
            self.failed(error)
            return None


def written(event: Event) -> Written:
    return Written(event, event.model_dump_json(exclude_defaults=True).encode(), fingerprint(event))


class _Writing:
    """Raises Odd."""

    def __init__(self, raw: RawEvent, names: Placeholders, memory: Memory) -> None:
        apart = raw.apart
        if not apart or not is_id(sent_id(raw.payload)):  # else an id is made of all of it
            raise Odd
        head = {name: value for name, value in raw.payload.items() if name not in _EMPTY}
        self._head = memory.part(_HEAD, dumped(bounded(head)))
        self._parts = {name: memory.part(kind, apart[name]) for name, kind in _KINDS.items() if name in apart}
        self._crumbs = [memory.part(_CRUMB, one) for one in _crumbs(apart.get("breadcrumbs", b""))]
        platform = text(raw.payload.get("platform"))
        self._stack = Stack(memory, apart["exception"], platform) if "exception" in apart else None
        self._walk = Walk(names)

    def collect(self, texts: dict[str, None]) -> None:
        """What the walk will be asked about."""
        for part in (self._head, *self._parts.values(), *self._crumbs):
            if not isinstance(part, bytes):
                part.collect(self._walk, texts)
        if self._stack:
            self._stack.collect(self._walk, texts)

    def written(self, foreseen: Walk) -> Written:
        """`foreseen`: a walk that was told of all there is to ask."""
        walk = self._walk
        walk.seen, walk.plain = dict(foreseen.seen), foreseen.plain
        head = of(self._head, walk)
        parts = {name: of(part, walk) for name, part in self._parts.items()}
        crumbs = [of(part, walk) for part in self._crumbs]
        stack = self._stack.written(walk) if self._stack else None
        searched = [head, *parts.values(), *crumbs, stack.searched if stack else b""]
        if Echoes(walk.names, walk.hidden, walk.texts).stand_in(b"\n".join(searched)):
            raise Odd
        small = loaded(_object({name: one for name, one in parts.items() if name != "modules"}))
        told = loaded(head)
        if not is_id(sent_id(told)):  # it was hidden, and again one is made of all of it
            raise Odd
        flags = tuple(sorted(walk.flags))
        cleaned = Cleaned({**told, **small}, flags, dict(walk.redactions), risk(flags))
        event, outline = outline_of(cleaned, stack.outline if stack else ())
        large: dict[str, bytes] = {name: parts[name] for name in _ONLY_IN_BODY if name in parts}
        large |= {"exceptions": stack.json} if stack else {}
        large |= {"breadcrumbs": b"[%s]" % b",".join(crumbs)} if crumbs else {}
        more = {name: one for name, one in large.items() if len(one) > len(b"{}")}
        body = b"%s,%s" % (outline[:-1], _object(more)[1:]) if more else outline
        return Written(event, body, stack.fingerprint(event) if stack else fingerprint(event))


def _object(members: dict[str, bytes]) -> bytes:
    return b"{%s}" % b",".join(b'"%s":%s' % (name.encode(), one) for name, one in members.items())


def _crumbs(raw: bytes) -> list[bytes]:
    """Raises Odd."""
    if not raw:
        return []
    crumbs = cut_list(raw)
    if crumbs is None or len(crumbs) > _MOST_CRUMBS or any(one[:1] != b"{" for one in crumbs):
        raise Odd
    return crumbs
