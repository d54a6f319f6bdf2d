"""A text, cleaned: a list of small pure steps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from triage.sanitize.assignments import assigned
from triage.sanitize.characters import visible
from triage.sanitize.injection import signs
from triage.sanitize.placeholders import PLACEHOLDER, Placeholders
from triage.sanitize.rule import RuleBook, Span
from triage.sanitize.rules.personal import PERSONAL
from triage.sanitize.rules.structures import STRUCTURES
from triage.sanitize.rules.vendors import VENDORS

MAX_TEXT = 256 * 1024  # characters
_ROUNDS = 4
_CUT = "… [cut]"
_BOOK = RuleBook((*STRUCTURES, *VENDORS, *PERSONAL))


@dataclass(frozen=True, slots=True)
class Clean:
    """`flags` names signs of prompt injection only; `redactions` maps kind to count."""

    text: str
    flags: tuple[str, ...] = ()
    redactions: Mapping[str, int] = field(default_factory=dict)


def clean(text: str, *, placeholders: Placeholders | None = None, limit: int = MAX_TEXT) -> Clean:
    """`text` with secrets and personal data replaced, invisible characters gone, at most `limit` characters."""
    shown, counts = redact(text, placeholders or Placeholders(), limit)
    return Clean(shown, signs(text, shown), counts)


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
    spans = _apart(data, [*_BOOK.find(data), *assigned(data)])
    if not spans:
        return text
    pieces: list[bytes] = []
    at = 0
    for start, end, kind in spans:
        counts[kind] += 1
        pieces += (data[at:start], names.name(kind, data[start:end]).encode())
        at = end
    return b"".join((*pieces, data[at:])).decode("utf-8", "ignore")


def _apart(data: bytes, spans: list[Span]) -> list[Span]:
    """Overlapping spans become one, named by the rule of the first rank; placeholders are left alone."""
    if not spans:
        return []
    taken = [match.span() for match in PLACEHOLDER.finditer(data)] if b"[" in data else []
    merged: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if any(start <= span.start and span.end <= end for start, end in taken):
            continue
        if merged and span.start < merged[-1].end:
            last = merged[-1]
            merged[-1] = Span(last.start, max(last.end, span.end), last.kind)
        else:
            merged.append(span)
    return merged


def _shortened(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    return text[: max(0, limit - len(_CUT))] + _CUT[:limit]
