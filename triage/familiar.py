"""Parts that the events of an application share, remembered once clean, with holes where they differ.

A storm repeats itself: the same stack, the same breadcrumbs, with other numbers in them. A part is told by
its bytes without the texts and numbers that its members hold; what cleaning made of the rest is remembered,
and only what fills the holes is cleaned, or remembered as well. So the memory changes the time an event takes
and nothing else: another part with the same bytes around its holes is the same JSON with other leaves, and
`triage.sanitize.holes` sees to it that leaves are cleaned by themselves. It begins with a part's second
coming, never holds anything in which something was hidden, and when it is full, forgets what was not met
since it was full the last time.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import count
from typing import Any, Protocol

import orjson

from triage.lenient import integer
from triage.sanitize import alike, holes
from triage.sanitize.event import DROPPED, Walk
from triage.sanitize.holes import Place, Refused
from triage.sanitize.known import has_plain_form, tells_nothing
from triage.sanitize.recent import Recent

_MOST_BYTES = 16 * 1024 * 1024  # of moulds, in each of two generations
_MOST_FORMS = 5_000
_MOST_ONCE = 50_000
_MOST_VALUES = 20_000
_LARGEST = 16 * 1024  # bytes of one part
_LONGEST = 300  # bytes of a value
_NUMBER = re.compile(rb"-?[0-9][0-9.eE+\-]*")  # of JSON's structure, without its texts


class Odd(Exception):
    """An event has to be cleaned as a whole."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Of a part: the name under which it stands, and what becomes of its JSON before it is cleaned. One that
    comes again as a whole has no holes, and is remembered as what is made of it in the end. `source` are the
    lines of the frame whose variables it has."""

    name: str
    shape: Callable[[Any], Any]
    make: Callable[[Any], Any] | None = None
    source: tuple[str, ...] = ()

    @property
    def frame(self) -> dict[str, Any]:
        return {"pre_context": list(self.source)}


@dataclass(frozen=True, slots=True)
class Slot:
    """Which of a part's texts and numbers is to be cleaned, and how; equal places have equal numbers.
    `plain`: nothing but its form tells what it is."""

    at: int
    place: Place
    number: int
    plain: bool


class Mould:
    """Clean JSON, but for the slots that stand between its pieces, in this order."""

    __slots__ = ("ats", "numbers", "order", "pieces", "slots")

    def __init__(
        self, pieces: Sequence[bytes], slots: Sequence[Slot] = (), order: Sequence[int] = ()
    ) -> None:
        self.pieces, self.slots, self.order = pieces, slots, order
        self.numbers = [slot.number for slot in slots]
        self.ats = [slot.at for slot in slots]

    def filled(self, values: Sequence[bytes]) -> bytes:
        if not self.order:
            return self.pieces[0]
        written = [b""] * (2 * len(self.order) + 1)
        written[::2] = self.pieces
        written[1::2] = [values[slot] for slot in self.order]
        return b"".join(written)


class Part(Protocol):
    """Of one event, on its way to be clean JSON."""

    def collect(self, walk: Walk, texts: dict[str, None]) -> None:
        """What the walk will be asked about."""

    def written(self, walk: Walk) -> bytes:
        """Clean. Raises Odd."""


class Known:
    """A part of which all is known but some of what fills its holes."""

    __slots__ = ("_memory", "_missing", "_mould", "_values")

    def __init__(self, memory: Memory, mould: Mould, literals: Sequence[bytes]) -> None:
        self._memory, self._mould = memory, mould
        self._missing: list[tuple[int, Place, tuple[int, bytes], Any]] = []
        asked = list(zip(mould.numbers, [literals[at] for at in mould.ats], strict=True))
        self._values: list[bytes | None] = list(map(memory.values.get, asked))
        if None in self._values:
            self._look_closer(asked)

    def _look_closer(self, asked: Sequence[tuple[int, bytes]]) -> None:
        for at, slot in enumerate(self._mould.slots):
            if self._values[at] is not None:
                continue
            one = asked[at]
            value = (_as_it_is(slot.place, one[1]) if slot.plain else None) or self._memory.values[one]
            if value is None:
                self._missing.append((at, slot.place, one, _read(slot.place, one[1])))
            self._values[at] = value

    def collect(self, walk: Walk, texts: dict[str, None]) -> None:
        for _, place, _, value in self._missing:
            asked = walk.asked(place.key, value)
            if asked is not None:
                walk.collect(asked, 0, texts)

    def written(self, walk: Walk) -> bytes:
        values = self._values
        for at, place, asked, value in self._missing:
            values[at] = self._memory.cleaned(walk, place, asked, value)
        return self._mould.filled(values)  # type: ignore[arg-type]  # none is missing now


@dataclass(frozen=True, slots=True)
class New:
    """A part that was not met before."""

    kind: Kind
    tree: Any

    def collect(self, walk: Walk, texts: dict[str, None]) -> None:
        walk.collect({self.kind.name: self.tree}, 0, texts)

    def written(self, walk: Walk) -> bytes:
        walk.enter(self.kind.frame, self.tree)
        cleaned = walk.field(self.kind.name, self.tree, 1)
        return dumped(self.kind.make(cleaned) if self.kind.make else cleaned)


class Memory:
    """Bounded, for one process. Threads may share it: at worst they clean a part twice."""

    def __init__(self) -> None:
        self.mark = f"hole{secrets.token_hex(8)}n"
        self._key = secrets.token_bytes(16)
        self._cut = re.compile(f'"{self.mark}([0-9]{{4}})"'.encode())
        self._forms = Recent[bytes, Form](_MOST_FORMS)
        self._known: dict[Any, tuple[Any, int]] = {}  # with bytes
        self._older = self._known
        self._bytes = 0
        self._once = Recent[bytes, int](_MOST_ONCE)  # 1: met, 2: is nothing to remember
        self._places = Recent[Place, int](_MOST_FORMS)
        self._number = count(1)
        self.values = Recent[tuple[int, bytes], bytes](_MOST_VALUES)

    def part(self, kind: Kind, raw: bytes) -> Part:
        """`raw`: JSON without control characters. Raises Odd."""
        if kind.make or len(raw) > _LARGEST:
            known = self._whole(kind, raw) if len(raw) <= _LARGEST else None
            return Known(self, known, ()) if known else New(kind, kind.shape(loaded(raw)))
        skeleton, texts, numbers = taken_apart(raw)
        form = self._forms[skeleton]
        if form is None:
            form = self._forms[skeleton] = Form.of(skeleton)
        key = (kind.name, skeleton, *form.told(texts), kind.source)
        mould = self.known(key)
        if mould is None:
            digest = self.again(kind.name.encode(), skeleton, key[2], repr(key[3:]).encode())
            if digest:
                mould = self._learnt(kind, key, digest, lambda: form.punched(raw, texts, self.mark))
        return Known(self, mould, [*texts, *numbers]) if mould else New(kind, kind.shape(loaded(raw)))

    def _whole(self, kind: Kind, raw: bytes) -> Mould | None:
        key = (kind.name, raw)
        mould: Mould | None = self.known(key)
        if mould is None and (digest := self.again(kind.name.encode(), raw)):
            mould = self._learnt(kind, key, digest, lambda: loaded(raw))
        return mould

    def _learnt(self, kind: Kind, key: Any, digest: bytes, tree: Callable[[], Any]) -> Mould | None:
        try:
            surveyed = holes.survey(kind.name, kind.shape(tree()), self.mark, frame=kind.frame)
            made = kind.make and kind.make(loaded(surveyed.written))
            mould = Mould([dumped(made)]) if kind.make else self.cast(surveyed)
        except Refused:
            self.refuse(digest)
            return None
        self.remember(key, mould, 2 * sum(map(len, mould.pieces)) + 200 * len(mould.slots))
        return mould

    def known(self, key: Any) -> Any:
        """What is remembered under it, or None."""
        found = self._known.get(key)
        if found is None:
            found = self._older.get(key)
            if found is None:
                return None
            self.remember(key, *found)
        return found[0]

    def remember(self, key: Any, found: Any, size: int) -> None:
        """`size`: about how many bytes it takes."""
        if self._bytes > _MOST_BYTES:
            self._older, self._known, self._bytes = self._known, {}, 0
        self._known[key] = found, size
        self._bytes += 500 + size

    def again(self, *told: bytes) -> bytes | None:
        """Its digest, where something was met before and may be worth remembering."""
        digest = blake2b(b"\0".join(told), digest_size=16, key=self._key).digest()
        met = self._once[digest]
        if met is None:
            self._once[digest] = 1
        return digest if met == 1 else None

    def refuse(self, digest: bytes) -> None:
        self._once[digest] = 2

    def cleaned(self, walk: Walk, place: Place, asked: tuple[int, bytes], value: Any) -> bytes:
        """What fills a hole, clean; remembered where nothing was hidden in it."""
        before = walk.signs
        shown = (
            walk.person(place.key, value, 1) if place.person else walk.field(place.key, value, 1, place.under)
        )
        written = dumped(shown)
        if walk.signs == before and len(written) <= _LONGEST and len(asked[1]) <= _LONGEST:
            self.values[asked] = written
        return written

    def cast(self, surveyed: holes.Surveyed) -> Mould:
        pieces = self._cut.split(surveyed.written)
        slots = [self.slot(at, place) for at, place in surveyed.places.items()]
        of_hole = {slot.at: number for number, slot in enumerate(slots)}
        return Mould(pieces[::2], slots, [of_hole[int(at)] for at in pieces[1::2]])

    def slot(self, at: int, place: Place) -> Slot:
        number = self._places[place]
        if number is None:
            number = self._places[place] = next(self._number)
        return Slot(at, place, number, holes.is_plain(place))


def taken_apart(raw: bytes) -> tuple[bytes, list[bytes], list[bytes]]:
    """The structure of valid JSON with "" for each text and 0 for each number, the texts with marks for what
    is escaped in them, and the numbers."""
    masked = raw.replace(b"\\\\", b"\0").replace(b'\\"', b"\1") if b"\\" in raw else raw
    pieces = masked.split(b'"')
    skeleton = b'"'.join(pieces[::2])
    numbers: list[bytes] = _NUMBER.findall(skeleton)
    return _NUMBER.sub(b"0", skeleton) if numbers else skeleton, pieces[1::2], numbers


@dataclass(frozen=True, slots=True)
class Form:
    """`open`: the texts that members of objects or seconds of pairs hold; `rest`: all others."""

    open: tuple[int, ...]
    rest: tuple[int, ...]

    @classmethod
    def of(cls, skeleton: bytes) -> Form:
        between = [piece.strip() for piece in skeleton.split(b'"')]
        texts = range(len(between) - 1)
        open_ = tuple(at for at in texts if between[at].endswith(b":") or _is_second(between, at))
        return cls(open_, tuple(sorted(set(texts).difference(open_))))

    def told(self, texts: Sequence[bytes]) -> tuple[bytes, tuple[int, ...]]:
        """What the texts tell apart: all that are no holes, and where a hole is empty."""
        empty = tuple([at for at in self.open if not texts[at]]) if b"" in texts else ()
        return b'"'.join([texts[at] for at in self.rest]), empty

    def punched(self, raw: bytes, texts: Sequence[bytes], mark: str) -> Any:
        """The part with holes. Raises Odd."""
        masked = raw.replace(b"\\\\", b"\0").replace(b'\\"', b"\1")
        filled = list(texts)
        for at in self.open:
            filled[at] = f"{mark}{at:04}".encode() if texts[at] else b""
        number = iter(range(len(texts), holes.MOST))
        between = [
            _NUMBER.sub(lambda _: f'"{mark}{next(number):04}"'.encode(), piece)
            for piece in masked.split(b'"')[::2]
        ]
        pieces = [b"".join((piece, b'"', text, b'"')) for piece, text in zip(between, filled, strict=False)]
        written = b"".join((*pieces, between[-1]))
        return with_holes(loaded(_unmasked(written)), mark, len(texts))


def _is_second(between: Sequence[bytes], at: int) -> bool:
    """Whether a text is the second of two in a list, as tags and headers are written."""
    return (
        at > 0 and between[at] == b"," and between[at - 1].endswith(b"[") and between[at + 1].startswith(b"]")
    )


def with_holes(value: Any, mark: str, texts: int) -> Any:
    if isinstance(value, str):
        if not value.startswith(mark):
            return value
        index = int(value.removeprefix(mark))
        return holes.text_hole(mark, index) if index < texts else holes.number_hole(index)
    if isinstance(value, dict):
        return {name: with_holes(item, mark, texts) for name, item in value.items()}
    if isinstance(value, list):
        return [with_holes(item, mark, texts) for item in value]
    return value


def _unmasked(masked: bytes) -> bytes:
    return masked.replace(b"\1", b'\\"').replace(b"\0", b"\\\\")


def _as_it_is(place: Place, literal: bytes) -> bytes | None:
    """What cleaning leaves as it is wherever a form tells all there is."""
    if place.number:
        value = loaded(literal)
        return orjson.dumps(value) if tells_nothing(value) else None
    if not literal.isascii() or b"\\" in literal:
        return None
    text = literal.decode()
    return b'"%s"' % literal if has_plain_form(text) or alike.told(text) == alike.SILENT else None


def _read(place: Place, literal: bytes) -> Any:
    value = loaded(literal if place.number else b'"' + _unmasked(literal) + b'"')
    if place.number and integer(value) is None:  # is taken for a text
        raise Odd
    return value


def loaded(raw: bytes) -> Any:
    try:
        return orjson.loads(raw)
    except ValueError:  # bad UTF-8, half a character, a number beyond all numbers
        raise Odd from None


def dumped(shown: Any) -> bytes:
    if shown is DROPPED:
        raise Odd
    try:
        return orjson.dumps(shown)
    except TypeError:  # a number of many digits
        raise Odd from None
