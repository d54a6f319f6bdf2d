"""A text, cleaned: a list of small pure steps."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain, islice

from triage.sanitize.assignments import assigned
from triage.sanitize.characters import visible
from triage.sanitize.columns import ANCHORS as COLUMNS
from triage.sanitize.columns import columned
from triage.sanitize.encoded import from_base64
from triage.sanitize.injection import sign_spans, signs
from triage.sanitize.keys import STEMS
from triage.sanitize.placeholders import MASK, Placeholders, masked
from triage.sanitize.rule import Anchors, RuleBook, Span
from triage.sanitize.rules.personal import PERSONAL
from triage.sanitize.rules.speech import SPEECH
from triage.sanitize.rules.structures import STRUCTURES
from triage.sanitize.rules.vendors import VENDORS

MAX_TEXT = 256 * 1024  # characters
_ROUNDS = 4
_FEW = 2000  # findings; a text with more of one kind, and more than one in 256 bytes, is cut there
_BETWEEN = "\n\x1e\n"  # no cleaned text holds a control character
_CUT = "… [cut]"


def _cases(stem: str) -> set[str]:
    """Bytes are lower-cased as ASCII, so every other script needs its capitals spelt out."""
    return {stem} if stem.isascii() else {stem, stem.capitalize(), stem.upper()}


_BOOK = RuleBook((*STRUCTURES, *VENDORS, *PERSONAL, *SPEECH))
_STEM = len(_BOOK.rules)  # the label of a stem; below it, labels are rules
_COLUMNS = _STEM + 1
_ANCHORS = Anchors([
    *((variant, label) for anchor, label in _BOOK.labels() for variant in _cases(anchor)),
    *((variant, _STEM) for stem in STEMS for variant in _cases(stem)),
    *((anchor, _COLUMNS) for anchor in COLUMNS),
])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Clean:
    """`flags` names signs of prompt injection only; `redactions` maps kind to count."""

    text: str
    flags: tuple[str, ...] = ()
    redactions: Mapping[str, int] = field(default_factory=dict)


def clean(text: str, *, placeholders: Placeholders | None = None, limit: int = MAX_TEXT) -> Clean:
    """`text` with secrets and personal data replaced, nothing invisible, at most `limit` characters."""
    shown, counts = redact(text, placeholders or Placeholders(), limit)
    return Clean(shown, signs(text, shown), counts)


def harmless(texts: Sequence[str]) -> list[str]:
    """Those of the ASCII `texts` that cleaning would return as they are, told in one pass over all."""
    plain = [text for text in texts if text.isascii() and visible(text) == text]
    data = _BETWEEN.join(plain).encode()
    signed = sign_spans(data)
    if signed is None:
        return []
    spans, _ = _found(masked(data), len(data) + 1)
    starts = list(accumulate((len(text) + len(_BETWEEN) for text in plain), initial=0))
    suspect: set[int] = set()
    for start, end in chain(signed, ((span.start, span.end) for span in spans)):
        suspect.update(range(bisect_right(starts, start) - 1, bisect_left(starts, end)))
    return [text for index, text in enumerate(plain) if index not in suspect]


def redact(text: str, names: Placeholders, limit: int) -> tuple[str, dict[str, int]]:
    counts: Counter[str] = Counter()
    shown = visible(text)
    for _ in range(_ROUNDS):
        before = shown
        shown = _shortened(_hidden(shown, names, counts), limit)
        if shown == before:
            break
    return shown, dict(counts)


def _hidden(text: str, names: Placeholders, counts: Counter[str]) -> str:
    data = text.encode()
    spans, reliable = _found(masked(data), _FEW + len(data) // 256)
    if not spans:
        return text
    pieces: list[bytes] = []
    at = 0
    for start, end, kind in spans:
        if start >= reliable:
            break
        counts[kind] += 1
        pieces += (data[at:start], names.name(kind, data[start:end]).encode())
        at = end
    rest = data[at:] if reliable == len(data) else _CUT.encode()
    return b"".join((*pieces, rest)).decode("utf-8", "ignore")


def _found(data: bytes, most: int, depth: int = 1) -> tuple[list[Span], int]:
    """What to hide in `data`, in order and apart from each other, and up to where that is all of it."""
    if MASK in data and not data.strip(MASK + b" "):
        return [], len(data)
    awake: list[tuple[int, int]] = []
    stems: list[tuple[int, int]] = []
    listed = False
    for index, start, end in _ANCHORS.find(data.lower()):
        for label in _ANCHORS.labels(index):
            if label == _STEM:
                stems.append((start, end))
            elif label == _COLUMNS:
                listed = True
            else:
                awake.append((start, label))
    awake.sort()
    stems.sort()
    spans, reliable = _BOOK.find(data, awake, most)
    values = list(islice(assigned(data, stems), most))
    if len(values) == most:
        reliable = min(reliable, values[-1].end)
    spans += values
    if listed:
        spans += islice(columned(data), most)
    if depth:
        spans += (
            Span(piece.start, piece.end, "encoded")
            for piece, said in from_base64(data)
            if _found(said.encode(), most, 0)[0]
        )
    return _apart(data, spans) if spans else spans, reliable


def _apart(data: bytes, spans: list[Span]) -> list[Span]:
    """Overlapping spans become one, named by the first of them; none cuts a placeholder or is only one."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if merged and span.start < merged[-1].end:
            last = merged[-1]
            merged[-1] = Span(last.start, max(last.end, span.end), last.kind)
        else:
            merged.append(span)
    if MASK not in data:
        return merged
    return [_around_masks(data, span) for span in merged if data[span.start : span.end].strip(MASK + b" ")]


def _around_masks(data: bytes, span: Span) -> Span:
    start, end, size = span.start, span.end, len(data)
    if data[start : start + 1] == MASK:
        while start and data[start - 1 : start] == MASK:
            start -= 1
    if data[end - 1 : end] == MASK:
        while end < size and data[end : end + 1] == MASK:
            end += 1
    return Span(start, end, span.kind)


def _shortened(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    return text[: max(0, limit - len(_CUT))] + _CUT[:limit]
