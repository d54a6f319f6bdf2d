"""Parts that the events of an application share, remembered once clean: frames, modules, breadcrumbs.

A storm repeats itself, and cleaning the same stack ten thousand times finds the same ten thousand times.
What is remembered is what cleaning returned for exactly those bytes under exactly that salt, so the memory
changes the time an event takes and nothing else. It holds digests of what was sent, never the text, begins
with a part's second coming, and when it is full, forgets what was not met since it was full the last time.
A part in which something was hidden is cleaned with its event each time, since the rest of the event may say
it again; a known part that says what the rest hides is cleaned once more (`Reduced.mend`).
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from typing import Any, Protocol

import orjson

from triage.sanitize import Cleaned, Echoes, is_foreign
from triage.sanitize.injection import risk
from triage.sanitize.recent import Recent

_MOST_PARTS = 10_000  # in each of two generations
_MOST_BYTES = 8 * 1024 * 1024  # as sent; nouns take a few times as much
_MOST_ONCE = 50_000
_LARGEST = 16 * 1024  # bytes of one part
_MOST_ENTRIES = 300  # of a list; one that is longer is cut as a whole
_MARKS = 100  # parts of one event; a mark has two digits at most, which no rule takes for a value
_AROUND = "_around"  # in a frame's place: the mark of what is around its local variables
_ONLY_JSON = (
    orjson.OPT_PASSTHROUGH_SUBCLASS | orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS
)


@dataclass(frozen=True, slots=True)
class Part:
    """`made`: what the event is built with, in place of what was sent."""

    made: Any
    flags: tuple[str, ...] = ()
    redactions: Mapping[str, int] = field(default_factory=dict)


class Clean(Protocol):
    def __call__(self, raw: Any, echoes: Echoes | None = None) -> Part: ...


@dataclass(frozen=True, slots=True)
class Cleaners:
    """How a part of each kind is cleaned, by itself as it would be in its event."""

    frame: Clean
    variables: Clean
    crumb: Clean
    modules: Clean
    sdk: Clean
    salt: bytes


class Memory:
    """Bounded, for one process. Threads may share it: at worst they clean a part twice."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(16)
        self._parts: dict[bytes, tuple[Part | None, int]] = {}  # with its bytes; None: is to be cleaned
        self._older = self._parts
        self._bytes = 0
        self._once = Recent[bytes, bool](_MOST_ONCE)

    def part(self, kind: bytes, raw: Any, salt: bytes, clean: Callable[[Any], Part]) -> Part | None:
        """None where it was not met before, has something to hide, or is nothing to remember."""
        try:
            written = orjson.dumps(raw, option=_ONLY_JSON)
        except (TypeError, RecursionError):  # more than JSON: a lone surrogate, 100 digits
            return None
        if len(written) > _LARGEST or b"null" in written:  # NaN is written like that, and is not the same
            return None
        name = blake2b(written, digest_size=16, key=self._key, salt=kind, person=_person(salt)).digest()
        found = self._parts.get(name)
        if found is None:
            found = self._older.get(name)
            if found is None:
                if not self._again(name):
                    return None
                part = clean(raw)
                found = (None, 0) if part.redactions else (part, len(written))
            self._remember(name, found)
        return found[0]

    def _remember(self, name: bytes, found: tuple[Part | None, int]) -> None:
        if len(self._parts) >= _MOST_PARTS or self._bytes > _MOST_BYTES:
            self._older, self._parts, self._bytes = self._parts, {}, 0
        self._parts[name] = found
        self._bytes += found[1]

    def _again(self, name: bytes) -> bool:
        if self._once[name]:
            return True
        self._once[name] = True
        return False


@lru_cache(maxsize=16)
def _person(salt: bytes) -> bytes:
    return blake2b(salt, digest_size=16).digest()


@dataclass(slots=True)
class Reduced:
    """An event's payload in which a mark stands for each part that is known."""

    payload: Mapping[str, Any]
    known: list[Part] = field(default_factory=list)
    sent: list[tuple[Any, Clean]] = field(default_factory=list)  # of each that is known
    modules: Part | None = None
    sdk: Part | None = None

    def mark(self, part: Part | None, raw: Any, clean: Clean, otherwise: Any) -> Any:
        if part is None or len(self.known) >= _MARKS:
            return otherwise
        self.known.append(part)
        self.sent.append((raw, clean))
        return len(self.known) - 1

    def mend(self, echoes: Echoes) -> None:
        """Hides in the known parts what the rest of the event hides."""
        if not self.sent or not echoes.stand_in(orjson.dumps([raw for raw, _ in self.sent])):
            return
        for number, (raw, clean) in enumerate(self.sent):
            if echoes.stand_in(orjson.dumps(raw)):
                self.known[number] = clean(raw, echoes)

    def made(self, entries: Sequence[Any], make: Callable[[Mapping[str, Any]], Any]) -> tuple[Any, ...]:
        """What stands behind each mark, and what `make` makes of each cleaned object."""
        marks = range(len(self.known))
        return tuple(
            make(entry) if isinstance(entry, Mapping) else self.known[entry].made
            for entry in entries
            if isinstance(entry, Mapping) or (type(entry) is int and entry in marks)
        )

    def around(self, entry: Mapping[str, Any]) -> Any:
        """What is known of a frame without its local variables; None where nothing is."""
        return self._made(entry.get(_AROUND)) if self.known else None

    def variables(self, entry: Mapping[str, Any]) -> Any:
        """Those of a frame of which the rest is known: its own, or what their mark stands for."""
        sent = entry.get("vars")
        return sent if isinstance(sent, Mapping) else self._made(sent)

    def _made(self, mark: Any) -> Any:
        return self.known[mark].made if type(mark) is int and mark in range(len(self.known)) else None

    def whole(self, rest: Cleaned) -> Cleaned:
        """`rest` with the signs and counts of the parts that were known."""
        parts = [*self.known, *filter(None, (self.modules, self.sdk))]
        signs = [part for part in parts if part.flags or part.redactions]
        if not signs:
            return rest
        flags = sorted(set(rest.flags).union(*(part.flags for part in signs)))
        redactions = Counter(rest.redactions)
        for part in signs:
            redactions.update(part.redactions)
        return Cleaned(rest.event, tuple(flags), dict(redactions), risk(tuple(flags)))


def reduce(payload: Mapping[str, Any], cleaners: Cleaners, memory: Memory) -> Reduced:
    """The payload, in the envelope's spelling, without what `memory` knows."""
    reduced = Reduced(payload)
    changed = dict(payload)
    look = _Look(reduced, cleaners, memory)
    if isinstance(payload.get("sdk"), dict):
        reduced.sdk = memory.part(b"sdk", payload["sdk"], cleaners.salt, cleaners.sdk)
        if reduced.sdk is not None:
            del changed["sdk"]
    if "exception" in payload:
        changed["exception"] = _within(payload["exception"], look.exception)
    if "breadcrumbs" in payload:
        changed["breadcrumbs"] = _within(payload["breadcrumbs"], look.crumb)
    if isinstance(payload.get("modules"), dict):
        reduced.modules = memory.part(b"modules", payload["modules"], cleaners.salt, cleaners.modules)
        if reduced.modules is not None:
            del changed["modules"]
    reduced.payload = changed
    return reduced


def _within(listed: Any, change: Callable[[Mapping[str, Any]], Any], name: str = "values") -> Any:
    """`{name: [...]}` with its objects changed, and only those: a number that was sent is no mark."""
    values = listed.get(name) if isinstance(listed, Mapping) else None
    if not isinstance(values, list | tuple):
        return listed
    objects = [entry for entry in values if isinstance(entry, Mapping)]
    return {**listed, name: objects if len(values) > _MOST_ENTRIES else list(map(change, objects))}


@dataclass(slots=True)
class _Look:
    reduced: Reduced
    cleaners: Cleaners
    memory: Memory

    def exception(self, raw: Mapping[str, Any]) -> Any:
        return (
            {**raw, "stacktrace": _within(raw["stacktrace"], self.frame, "frames")}
            if "stacktrace" in raw
            else raw
        )

    def frame(self, raw: Mapping[str, Any]) -> Any:
        """A library's local variables are dropped, the application's differ from event to event: what is
        around them is known without them, and in a storm they are known, too."""
        variables = raw.get("vars")
        if _AROUND in raw or not variables:
            return self.known_frame(raw, raw) if _AROUND not in raw else _without(raw, _AROUND)
        bare = _without(raw, "vars")
        if is_foreign(raw):
            return self.known_frame(bare, bare)
        around = self.known_frame(bare, None) if isinstance(variables, Mapping) else None
        if around is None:
            return raw
        part = self.memory.part(b"vars", variables, self.cleaners.salt, self.cleaners.variables)
        marked = self.reduced.mark(part, variables, self.cleaners.variables, variables)
        return {_AROUND: around, "vars": marked}

    def known_frame(self, raw: Mapping[str, Any], otherwise: Any) -> Any:
        part = self.memory.part(b"frame", raw, self.cleaners.salt, self.cleaners.frame)
        return self.reduced.mark(part, raw, self.cleaners.frame, otherwise)

    def crumb(self, raw: Mapping[str, Any]) -> Any:
        """Each has a time of its own, and is known without it."""
        time = raw.get("timestamp")
        if not _is_time(time):
            return raw
        timeless = _without(raw, "timestamp")
        part = self.memory.part(b"crumb", timeless, self.cleaners.salt, self.cleaners.crumb)
        if part is None:
            return raw

        clean = self.cleaners.crumb

        def timed(raw: Any, echoes: Echoes | None = None) -> Part:  # holds no `self`: that would be a circle
            found = part if echoes is None else clean(raw, echoes)
            return Part({**found.made, "timestamp": time}, found.flags, found.redactions)

        return self.reduced.mark(timed(timeless), timeless, timed, raw)


def _without(raw: Mapping[str, Any], name: str) -> dict[str, Any]:
    rest = dict(raw)
    rest.pop(name, None)
    return rest


def _is_time(value: object) -> bool:
    """A time as SDKs and Sentry write it, which no rule takes for anything else."""
    if isinstance(value, float):
        return 1e9 < value < 4e9
    if not isinstance(value, str) or not 19 <= len(value) <= 32 or value[10] != "T" or value[4] != "-":
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True
