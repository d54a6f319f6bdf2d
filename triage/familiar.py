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
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import count
from typing import Any, Protocol

import orjson

from triage.lenient import integer
from triage.mould import NUMBER, Mould, Slot
from triage.sanitize import alike, holes
from triage.sanitize.holes import Place, Refused
from triage.sanitize.known import has_plain_form, tells_nothing
from triage.sanitize.recent import Recent
from triage.sanitize.walk import DROPPED, Walk

_MOST_BYTES = 16 * 1024 * 1024  # of moulds, in each of two generations
_MOST_FORMS = 5_000
_MOST_ONCE = 50_000
_MOST_VALUES = 20_000
_LARGEST = 16 * 1024  # bytes of one part
_LONGEST = 300  # bytes of a value
_LARGEST_PATTERN = 4 * 1024  # bytes of a part
_MOST_PATTERNS = 2 * 1024 * 1024  # bytes of all such parts; a pattern takes ten times as much
_MOST_NEAR = 6  # patterns that are tried


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


class Part(Protocol):
    """Of one event, on its way to be clean JSON."""

    def collect(self, walk: Walk, texts: dict[str, None]) -> None:
        """What the walk will be asked about."""

    def written(self, walk: Walk) -> bytes:
        """Clean. Raises Odd."""


class Known:
    """A part of which all is known but some of what fills its holes."""

    __slots__ = ("_memory", "_missing", "_mould", "_values")

    def __init__(
        self, memory: Memory, mould: Mould, values: list[bytes | None], sent: Sequence[bytes]
    ) -> None:
        """`values`: of each slot, where that is known; `sent`: what was sent there."""
        self._memory, self._mould, self._values = memory, mould, values
        self._missing: list[tuple[int, Place, tuple[int, bytes], Any]] = []
        if None in values:
            self._look_closer(sent)

    @classmethod
    def of(cls, memory: Memory, mould: Mould, literals: Sequence[bytes]) -> Known:
        """`literals`: what was sent in all holes, texts with marks for what is escaped in them."""
        return cls(memory, mould, [None] * len(mould.slots), [literals[slot.at] for slot in mould.slots])

    def _look_closer(self, sent: Sequence[bytes]) -> None:
        remembered = self._memory.values
        for at, slot in enumerate(self._mould.slots):
            if self._values[at] is not None:
                continue
            literal = marked(sent[at]) if b"\\" in sent[at] else sent[at]
            asked = (slot.number, literal)
            value = remembered[asked] or (_as_it_is(slot.place, literal) if slot.plain else None)
            if value is None:
                self._missing.append((at, slot.place, asked, _read(slot.place, literal)))
            self._values[at] = value

    @property
    def told(self) -> Known | bytes:
        """What is written, where all is known."""
        return self if self._missing else self._mould.filled(self._values)  # type: ignore[arg-type]

    def is_settled(self) -> bool:
        """Whether all is known of it that its form might tell."""
        return not any(self._mould.slots[at].plain for at, *_ in self._missing)

    def kept(self, texts: Sequence[bytes]) -> set[int]:
        """Which of the part's texts are known to stay as they are."""
        found = zip(self._mould.slots, self._values, strict=True)
        return {
            slot.at for slot, value in found if slot.at < len(texts) and value == b'"%s"' % texts[slot.at]
        }

    def collect(self, walk: Walk, texts: dict[str, None]) -> None:
        for _, place, _, value in self._missing:
            asked = walk.asked(place.named(value), value)
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


def written(part: Part | bytes, walk: Walk) -> bytes:
    return part if isinstance(part, bytes) else part.written(walk)


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
        self._near: dict[Any, list[Mould]] = {}  # by what can be told of a part at once
        self._near_bytes = 0
        self._once = Recent[bytes, int](_MOST_ONCE)  # 1: met, 2: is nothing to remember
        self._places = Recent[Place, int](_MOST_FORMS)
        self._number = count(1)
        self.values = Recent[tuple[int, bytes], bytes](_MOST_VALUES)

    def part(self, kind: Kind, raw: bytes) -> Part | bytes:
        """`raw`: JSON without control characters. What is written of it, where all is known. Raises Odd."""
        if kind.make or len(raw) > _LARGEST:
            known = self._whole(kind, raw) if len(raw) <= _LARGEST else None
            return known.pieces[0] if known else New(kind, kind.shape(loaded(raw)))
        near = (kind.name, raw.count(b'"'), *kind.source)
        return self._fitted(near, raw) or self._taken_apart(kind, raw, near)

    def _fitted(self, near: Any, raw: bytes) -> Part | bytes | None:
        """Of what came often, in the order in which it came last."""
        moulds = self._near.get(near, [])
        for at, mould in enumerate(moulds):
            if fitted := mould.fitted(raw):
                if at:
                    moulds.insert(0, moulds.pop(at))
                values, sent = fitted
                return Known(self, mould, values, sent).told
        return None

    def _taken_apart(self, kind: Kind, raw: bytes, near: Any) -> Part | bytes:
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
        if mould is None:
            return New(kind, kind.shape(loaded(raw)))
        known = Known.of(self, mould, [*texts, *numbers])
        if mould.is_often_met(known.is_settled()) and len(raw) <= _LARGEST_PATTERN:
            form.fit(mould, raw, texts, known.kept(texts))
            self._keep_near(near, mould, len(raw))
        return known.told

    def _keep_near(self, near: Any, mould: Mould, size: int) -> None:
        self._near_bytes += size
        if self._near_bytes > _MOST_PATTERNS:
            self._near, self._near_bytes = {}, size
        moulds = self._near.setdefault(near, [])
        if mould not in moulds:
            moulds.insert(0, mould)
        del moulds[_MOST_NEAR:]

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
        before, named = walk.signs, place.named(value)
        shown = walk.person(named, value, 1) if place.person else walk.entry(named, value, 0, place.under)
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
    pieces = (marked(raw) if b"\\" in raw else raw).split(b'"')
    skeleton = b'"'.join(pieces[::2])
    numbers: list[bytes] = NUMBER.findall(skeleton)
    return NUMBER.sub(b"0", skeleton) if numbers else skeleton, pieces[1::2], numbers


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
        filled = list(texts)
        for at in self.open:
            filled[at] = f"{mark}{at:04}".encode() if texts[at] else b""
        number = iter(range(len(texts), holes.MOST))
        between = [
            NUMBER.sub(lambda _: f'"{mark}{next(number):04}"'.encode(), piece)
            for piece in marked(raw).split(b'"')[::2]
        ]
        pieces = [b"".join((piece, b'"', text, b'"')) for piece, text in zip(between, filled, strict=False)]
        written = b"".join((*pieces, between[-1]))
        return with_holes(loaded(_unmasked(written)), mark, len(texts))

    def fit(self, mould: Mould, raw: bytes, texts: Sequence[bytes], kept: Container[int]) -> None:
        """A part that fits, for the mould to tell others by. `kept`: as of `Known`."""
        mould.fit(marked(raw).split(b'"')[::2], [_unmasked(text) for text in texts], self.open, kept)


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


def marked(raw: bytes) -> bytes:
    """With marks for what is escaped, so that a quote ends a text."""
    return raw.replace(b"\\\\", b"\0").replace(b'\\"', b"\1")


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
    if has_plain_form(text) or (alike.told(text) == alike.SILENT and place.named(text) == place.key):
        return b'"%s"' % literal
    return None


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
