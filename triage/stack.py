"""The exceptions of an event as one part of it, known but for their messages and local variables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from triage.arguments import FIELD, first_called, given, literals, with_arguments
from triage.build import exception_info
from triage.familiar import Kind, Known, Memory, Odd, Part, dumped, loaded, with_holes
from triage.familiar import written as of
from triage.grouping import group
from triage.incident import Event, ExceptionInfo
from triage.lenient import items, mapping
from triage.mould import Mould
from triage.plain import MAX_DEPTH, plain
from triage.sanitize import holes, is_foreign
from triage.sanitize.holes import Refused
from triage.sanitize.locals import telling_lines
from triage.sanitize.walk import Walk
from triage.sentry.apart import cut_exceptions
from triage.sentry.shapes import exceptions_of

_MOST_FRAMES = 100
_DEPTH = MAX_DEPTH - 6  # of a frame's members
_VARIABLES = Kind("vars", lambda sent: plain(sent, _DEPTH))
_VARS_HERE, _VALUE_HERE = b"\1", b"\2"  # stand in no JSON


@dataclass(frozen=True, slots=True)
class Cut:
    """Exceptions as sent. `around` is without what was cut out of it."""

    around: bytes
    variables: tuple[bytes, ...]
    values: tuple[bytes, ...]

    def marked(self, mark: str) -> bytes:
        """JSON with numbered marks for what was cut out, values last."""
        number = iter(range(len(self.variables) + len(self.values)))
        written = self.around
        for here in (_VARS_HERE, _VALUE_HERE):
            pieces = written.split(here)
            marks = [b'"%s%04d"' % (mark.encode(), next(number)) for _ in pieces[1:]]
            written = b"".join(x for pair in zip(pieces, [*marks, b""], strict=True) for x in pair)
        return written


def cut(raw: bytes) -> Cut | None:
    """None where it is not as SDKs write it."""
    found = cut_exceptions(raw)
    if found is None or len(found[0]) > _MOST_FRAMES:
        return None
    without = _cut_out(raw, b'"vars"', [one for one in found[0] if one], b"{}", _VARS_HERE)
    if without is None:
        return None
    spoken = _cut_out(without[0], b'"value"', found[1], b'""', _VALUE_HERE) or (without[0], ())
    return Cut(spoken[0], without[1], spoken[1])


def _cut_out(
    raw: bytes, name: bytes, values: Sequence[bytes], ends: bytes, mark: bytes
) -> tuple[bytes, tuple[bytes, ...]] | None:
    """Without the values of members of this name that begin and end so and are not empty; None where it
    cannot be told which is which."""
    if raw.count(name) != len(values):
        return None
    pieces: list[bytes] = []
    out: list[bytes] = []
    at = 0
    for value in values:
        start = raw.index(name, at) + len(name)
        colon = b": " if raw.startswith(b": ", start) else b":"
        if not raw.startswith(colon + value, start):
            return None
        start += len(colon)
        pieces.append(raw[at:start])
        if value[:1] == ends[:1] and value[1:2] != ends[1:]:
            pieces.append(mark)
            out.append(value)
        else:
            pieces.append(value)
        at = start + len(value)
    return b"".join((*pieces, raw[at:])), tuple(out)


@dataclass(frozen=True, slots=True)
class Call:
    """Of the application's first frame: which variables its caller has, and the caller without them."""

    variables: int
    caller: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Layout:
    """What is known of a stack: clean JSON, and what stands between its pieces, as (name, number). `searched`
    is all that was cleaned, `outline` the exceptions without what stands between, `spoken` the number of the
    value of each."""

    around: bytes
    pieces: tuple[bytes, ...]
    stands: tuple[tuple[str, int], ...]
    searched: bytes
    outline: tuple[ExceptionInfo, ...]
    spoken: tuple[int | None, ...]
    said: Mapping[int, Mould]  # of each value
    calls: tuple[Call, ...]
    kinds: Mapping[int, Kind]  # of the variables of each frame
    grouped: dict[tuple[str, str], str] = field(default_factory=dict)  # (platform, category) -> fingerprint


@dataclass(frozen=True, slots=True)
class Exceptions:
    """The exceptions as JSON of an event, all that was cleaned for them, and what they are without local
    variables and arguments. `layout`: theirs, where it is known."""

    json: bytes
    searched: bytes
    outline: tuple[ExceptionInfo, ...]
    layout: Layout | None = None

    def fingerprint(self, event: Event) -> str:
        """Of the event they belong to. Where its stack tells, each event of the layout has the same."""
        key = (event.platform, event.category)
        known = self.layout.grouped.get(key) if self.layout and not event.fingerprint else None
        if known:
            return known
        found = group(event)
        if self.layout and found.basis in ("stack", "native"):
            self.layout.grouped[key] = found.fingerprint
        return found.fingerprint


class Stack:
    """Of one event. Raises Odd."""

    def __init__(self, memory: Memory, raw: bytes, platform: str) -> None:
        found = cut(raw)
        layout = _layout(memory, found, platform) if found else None
        self._stack = _New(raw, platform) if layout is None or found is None else _Met(memory, layout, found)

    def collect(self, walk: Walk, texts: dict[str, None]) -> None:
        self._stack.collect(walk, texts)

    def written(self, walk: Walk) -> Exceptions:
        return self._stack.written(walk)


class _New:
    def __init__(self, raw: bytes, platform: str) -> None:
        sent = {"platform": platform, "exception": {"values": exceptions_of({"exception": loaded(raw)})}}
        self._tree = plain(with_arguments(sent)["exception"], MAX_DEPTH)

    def collect(self, walk: Walk, texts: dict[str, None]) -> None:
        walk.collect({"exception": self._tree}, 0, texts)

    def written(self, walk: Walk) -> Exceptions:
        cleaned = walk.field("exception", self._tree, 1)
        searched = dumped(cleaned)
        errors = tuple(exception_info(entry) for entry in items(cleaned["values"]) if isinstance(entry, dict))
        return Exceptions(_joined(errors), searched, errors)


class _Met:
    def __init__(self, memory: Memory, layout: Layout, found: Cut) -> None:
        self._layout = layout
        self._parts: list[Part | bytes] = []
        for name, number in layout.stands:
            if name == "vars":
                self._parts.append(memory.part(layout.kinds[number], found.variables[number]))
            elif name == "value":
                self._parts.append(Known.of(memory, layout.said[number], [found.values[number][1:-1]]).told)
            else:
                self._parts.append(_Arguments(memory, layout, number, found))

    def collect(self, walk: Walk, texts: dict[str, None]) -> None:
        for part in self._parts:
            if not isinstance(part, bytes):
                part.collect(walk, texts)

    def written(self, walk: Walk) -> Exceptions:
        layout = self._layout
        pieces, searched, said = [layout.pieces[0]], [layout.searched], {}
        for (name, number), part, piece in zip(layout.stands, self._parts, layout.pieces[1:], strict=True):
            value = of(part, walk)
            searched.append(value)
            if name == "value":
                said[number] = value
            else:
                value = part.kept if isinstance(part, _Arguments) else value
                value = b',"%s":%s' % (name.encode(), value) if value else b""
            if value in (b',"vars":{}', b'""'):
                raise Odd  # an empty member is left out
            pieces += (value, piece)
        outline = tuple(
            error if number is None else error.model_copy(update={"value": loaded(said[number])})
            for error, number in zip(layout.outline, layout.spoken, strict=True)
        )
        return Exceptions(b"".join(pieces), b"\n".join(searched), outline, layout)


class _Arguments:
    """What the application's first frame was called with."""

    def __init__(self, memory: Memory, layout: Layout, number: int, found: Cut) -> None:
        call = layout.calls[number]
        sent = found.variables[call.variables]
        self._memory, self._key = memory, ("arguments", layout.around, number, sent)
        known = memory.known(self._key)
        self._tree: Any = None if known else plain(given({**call.caller, "vars": loaded(sent)}), _DEPTH)
        self.kept: bytes = known[0] if known else b""
        self._searched: bytes = known[1] if known else b""

    def collect(self, walk: Walk, texts: dict[str, None]) -> None:
        if self._tree:
            walk.collect({FIELD: self._tree}, 0, texts)

    def written(self, walk: Walk) -> bytes:
        if self._tree:
            before = walk.signs
            cleaned = walk.field(FIELD, self._tree, 1)
            self._searched = dumped(cleaned)
            made = literals(cleaned)
            self.kept = dumped(made) if made else b""
            if walk.signs == before and self._memory.again(self._key[1], self._key[3]):
                size = len(self._key[3]) + len(self._searched) + len(self.kept)
                self._memory.remember(self._key, (self.kept, self._searched), size)
        return self._searched


def _layout(memory: Memory, found: Cut, platform: str) -> Layout | None:
    key = ("stack", platform, found.around)
    layout: Layout | None = memory.known(key)
    if layout is None and (digest := memory.again(platform.encode(), found.around)):
        try:
            layout = _learnt(memory, found, platform)
        except (Refused, Odd):
            memory.refuse(digest)
            return None
        memory.remember(key, layout, 4 * len(found.around))
    return layout


def _learnt(memory: Memory, found: Cut, platform: str) -> Layout:
    """Raises Refused, Odd."""
    mark, variables = memory.mark, len(found.variables)
    tree = with_holes(loaded(found.marked(mark)), mark, holes.MOST)
    errors = exceptions_of({"exception": tree})
    calls = list(_calls(errors, platform))
    for number, (frame, _) in enumerate(calls):
        frame[FIELD] = holes.text_hole(mark, variables + len(found.values) + number)
    for error in errors:
        for frame in _frames(error):
            if is_foreign(frame):
                frame.pop("vars", None)
    surveyed = holes.survey("exception", plain({"values": errors}, MAX_DEPTH), mark, stacks=True)
    cleaned = loaded(surveyed.written)["values"]
    marks = [mapping(error).get("value") for error in cleaned]
    holed = [int(str(m).removeprefix(mark)) if _is_mark(m, mark) else None for m in marks]
    pieces, stands = _cast([_marked(error, mark) for error in cleaned], mark, variables, len(found.values))
    return Layout(
        found.around,
        pieces,
        stands,
        surveyed.written,
        tuple(map(exception_info, cleaned)),
        tuple(None if number is None else number - variables for number in holed),
        {
            number - variables: Mould((b"", b""), (memory.slot(0, place),), (0,))
            for number, place in surveyed.places.items()
            if variables <= number < variables + len(found.values)
        },
        tuple(call for _, call in calls),
        {
            frame["vars"].number: replace(_VARIABLES, source=telling_lines(frame))
            for error in errors
            for frame in _frames(error)
            if isinstance(frame.get("vars"), holes.TextHole)
        },
    )


def _frames(error: Mapping[str, Any]) -> list[dict[str, Any]]:
    return items(mapping(error.get("stacktrace")).get("frames"))


def _calls(errors: Sequence[Mapping[str, Any]], platform: str) -> Iterator[tuple[dict[str, Any], Call]]:
    """Each first frame of the application that was called with something."""
    for error in errors if platform in ("", "python") else ():
        frames = _frames(error)
        first = first_called(frames)
        caller = frames[first - 1] if first else {}
        hole = caller.get("vars")
        if isinstance(hole, holes.TextHole):
            bare = {name: value for name, value in caller.items() if name != "vars"}
            yield frames[first], Call(hole.number, bare)


def _marked(cleaned: Mapping[str, Any], mark: str) -> ExceptionInfo:
    """With members that hold nothing but the marks of what is to stand there."""
    error = exception_info(cleaned)
    frames = [
        frame.model_copy(
            update={name: {sent[name]: 0} for name in ("vars", FIELD) if _is_mark(sent.get(name), mark)}
        )
        for frame, sent in zip(error.frames, _frames(cleaned), strict=True)
    ]
    return error.model_copy(update={"frames": tuple(frames)})


def _is_mark(value: object, mark: str) -> bool:
    return isinstance(value, str) and value.startswith(mark)


def _cast(
    errors: Sequence[ExceptionInfo], mark: str, variables: int, values: int
) -> tuple[tuple[bytes, ...], tuple[tuple[str, int], ...]]:
    """Pieces of the JSON of all, and what stands between them. Raises Refused."""
    written = _joined(errors)
    found = re.split(
        f',"(?:vars|arguments)":\\{{"{mark}([0-9]{{4}})":0\\}}|"{mark}([0-9]{{4}})"'.encode(), written
    )
    stands = []
    for here, value in zip(found[1::3], found[2::3], strict=True):
        number = int(here or value)
        if number < variables:
            stands.append(("vars", number))
        elif number < variables + values:
            stands.append(("value", number - variables))
        else:
            stands.append(("arguments", number - variables - values))
        if (here is None) != (stands[-1][0] == "value"):
            raise Refused
    return tuple(found[::3]), tuple(stands)


def _joined(errors: Sequence[ExceptionInfo]) -> bytes:
    return b"[%s]" % b",".join(error.model_dump_json(exclude_defaults=True).encode() for error in errors)
