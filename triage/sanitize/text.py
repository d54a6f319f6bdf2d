"""A text, cleaned: a list of small pure steps."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from triage.sanitize import sensitive
from triage.sanitize.arguments import SIGNS as ARGUMENTS
from triage.sanitize.arguments import argued
from triage.sanitize.assignments import assigned, telling
from triage.sanitize.characters import cases, visible
from triage.sanitize.columns import ANCHORS as COLUMNS
from triage.sanitize.columns import bound, columned
from triage.sanitize.company import accompanied
from triage.sanitize.documents import documented, opened
from triage.sanitize.encoded import codes, without_escapes, written
from triage.sanitize.fields import ANCHORS as FIELDS
from triage.sanitize.fields import named_elsewhere
from triage.sanitize.injection import BETWEEN, signed, signs
from triage.sanitize.keys import STEMS
from triage.sanitize.placeholders import MASK, Placeholders, is_placeholder, masked, unnamed
from triage.sanitize.recent import Recent
from triage.sanitize.rows import rowed
from triage.sanitize.rule import Anchors, RuleBook, Span
from triage.sanitize.rules.codes import CODES
from triage.sanitize.rules.forms import FORMS
from triage.sanitize.rules.labels import LABELS
from triage.sanitize.rules.messages import MESSAGES
from triage.sanitize.rules.naming import NAMING
from triage.sanitize.rules.national import NATIONAL
from triage.sanitize.rules.personal import PERSONAL
from triage.sanitize.rules.places import PLACES
from triage.sanitize.rules.records import RECORDS
from triage.sanitize.rules.roles import ROLES
from triage.sanitize.rules.scripts import SCRIPTS
from triage.sanitize.rules.speech import SPEECH
from triage.sanitize.rules.streets import STREETS
from triage.sanitize.rules.structures import STRUCTURES
from triage.sanitize.rules.vendors import VENDORS
from triage.sanitize.said import WORDS, said
from triage.sanitize.tables import tabled

MAX_TEXT = 256 * 1024  # characters
_READ = 4  # times as much as may be shown
_EDGE = 2048  # characters, at the end of what is read, in which a value may be cut in half
_ROUNDS = 4
_LAYERS = 2  # of encodings, one in the other
_MAX_ESCAPED = 32 * 1024  # bytes; in a longer text, only what the rules themselves know of escapes is read
_FEW = 1000  # findings; a text with more, and more than one in 256 bytes, is cut there
_CUT = "… [cut]"
_LONGEST_PLACEHOLDER = 60  # characters
_SHORT = 2000  # characters; a longer text is cleaned alone where anything was found in it


BOOK = RuleBook(
    (
        *STRUCTURES,
        *CODES,
        *VENDORS,
        *PERSONAL,
        *SPEECH,
        *PLACES,
        *NAMING,
        *ROLES,
        *SCRIPTS,
        *STREETS,
        *LABELS,
        *RECORDS,
        *NATIONAL,
        *MESSAGES,
        *FORMS,
    )
)
STEM = len(BOOK.rules)  # the label of a stem; below it, labels are rules
_COLUMNS = STEM + 1
_FIELDS = STEM + 2
_SAID = STEM + 3
LABELLED = (
    *((variant, label) for anchor, label in BOOK.labels() for variant in cases(anchor)),
    *((variant, STEM) for stem in STEMS for variant in cases(stem)),
    *((anchor, _COLUMNS) for anchor in COLUMNS),
    *((anchor, _FIELDS) for anchor in FIELDS),
    *((word.decode(), _SAID) for word in WORDS),
)
_ANCHORS = Anchors(LABELLED)
_STEM_LITERALS = _ANCHORS.standing_for(STEM)
_ONLY_STEMS = _ANCHORS.standing_only_for(STEM)


@dataclass(frozen=True, slots=True)
class Clean:
    """`flags` names signs of prompt injection only; `redactions` maps kind to count."""

    text: str
    flags: tuple[str, ...] = ()
    redactions: Mapping[str, int] = field(default_factory=dict)


def clean(text: str, *, placeholders: Placeholders | None = None, limit: int = MAX_TEXT) -> Clean:
    """`text` with secrets and personal data replaced, nothing invisible, at most `limit` characters. Of one
    that is many times longer, only what may show is read."""
    if not text:
        return Clean("")
    read = text[: _READ * limit + _EDGE]
    shown, counts = redact(read, placeholders or Placeholders(), limit)
    if len(read) < len(text) and not shown.endswith(_CUT):  # what is hidden is shorter: the end shows
        shown = _shortened(shown[:-_EDGE] + _CUT, limit)
    return Clean(shown, signs(read, shown), counts)


def together(texts: Sequence[str], names: Placeholders | None = None) -> dict[str, Clean]:
    """What `clean` makes of each of the ASCII `texts` that can be told in two passes over all of them:
    those that stay as they are, and those that are settled once what was found in them is hidden, together
    with what is then left of them, which stays as it is."""
    names = names or Placeholders()
    plain = [text for text in texts if text.isascii() and (text.isprintable() or visible(text) == text)]
    spans, suspect = _searched(plain)
    hidden = {
        text: _replaced(text.encode(), spans[index], names)
        for index, text in enumerate(plain)
        if index in spans and index not in suspect and len(text) < _SHORT
    }
    told = {
        text: Clean(text) for index, text in enumerate(plain) if index not in suspect and index not in spans
    }
    again = _unsettled([shown for shown, _ in hidden.values() if not is_placeholder(shown)])
    for text, (shown, counts) in hidden.items():
        if shown not in again:
            told[text] = Clean(shown, (), counts)
            told.setdefault(shown, Clean(shown))
    return told


_SETTLED = Recent[str, bool](5_000)


def _unsettled(texts: Sequence[str]) -> set[str]:
    """Those in which there is more to find. What they hide by now does not matter for that, so they are
    searched, and remembered, without it."""
    forms = {text: unnamed(text) for text in texts}
    new = sorted({form for form in forms.values() if not _SETTLED[form]})
    if new:
        spans, suspect = _searched(new)
        for index in set(range(len(new))).difference(suspect, spans):
            _SETTLED[new[index]] = True
    return {text for text, form in forms.items() if not _SETTLED[form]}


def _searched(texts: Sequence[str]) -> tuple[dict[int, list[Span]], set[int]]:
    """What to hide in each of many texts, by index, and which of them have to be looked at alone: those
    with signs of injection, and those with more findings than are relied on."""
    suspect = signed(texts)
    starts = list(accumulate((len(text) + len(BETWEEN) for text in texts), initial=0))
    data = masked(b"".join(_unfolded(text.encode()) + BETWEEN.encode() for text in texts))
    inside: dict[int, list[Span]] = {}
    for index, hits in _hits_in_each(data, starts).items():
        piece = data[starts[index] : starts[index + 1] - len(BETWEEN)]
        spans, reliable = _judged(piece, hits, _FEW + len(piece) // 256)
        if reliable < len(piece):
            suspect.add(index)
        elif spans:
            inside[index] = _without_ends(piece, spans)
    return inside, suspect


def _hits_in_each(data: bytes, starts: Sequence[int]) -> dict[int, _Hits]:
    """Where to look closer in each of the texts that begin at `starts`: one pass over all of them."""
    found: dict[int, _Hits] = {}

    def of(position: int) -> tuple[_Hits, int]:
        index = bisect_right(starts, position) - 1
        if index not in found:
            found[index] = _Hits(shaped=())
        return found[index], starts[index]

    hits = _anchored(data, alone=False)
    named = {bisect_right(starts, start) - 1 for start in telling(data, hits.stems)}
    for position, label in hits.awake:
        here, base = of(position)
        here.awake.append((position - base, label))
    for start, end in hits.stems:
        if bisect_right(starts, start) - 1 in named:
            here, base = of(start)
            here.stems.append((start - base, end - base))
    for position in hits.listed:
        here, base = of(position)
        here.listed.append(position - base)
    for position in hits.fielded:
        here, base = of(position)
        here.fielded.append(position - base)
    for position in hits.said:
        here, base = of(position)
        here.said.append(position - base)
    for index, rules in BOOK.shaped(data, starts).items():
        of(starts[index])[0].shaped = rules
    for start in codes(data):
        of(start)[0].layers = _LAYERS
    for start in opened(data):
        of(start)
    return found


def redact(text: str, names: Placeholders, limit: int) -> tuple[str, dict[str, int]]:
    counts: Counter[str] = Counter()
    shown = visible(text)
    for _ in range(_ROUNDS):
        left = _shortened(_hidden(shown, names, counts), limit)
        if left == shown:
            break
        shown = visible(left)  # what joined a letter that is hidden now, joins nothing
    else:
        shown = _cut_where_unsettled(shown, limit)
    return shown, dict(counts)


def _cut_where_unsettled(text: str, limit: int) -> str:
    """`text` up to what is found in it still: of values without anything between, each may show only when its
    neighbour is hidden, and a sender may join any number of them. What that does not settle is halved."""
    data, most = text.encode(), len(text.encode())
    while data and (spans := _found(_unfolded(masked(text.encode())), _FEW)[0]):
        data = data[: min(spans[0].start, most)]
        text, most = _shortened(data.decode("utf-8", "ignore") + _CUT, limit), len(data) // 2
    return text


def _hidden(text: str, names: Placeholders, counts: Counter[str]) -> str:
    data = text.encode()
    seen = _unfolded(masked(data))
    spans, reliable = _found(seen, _FEW + len(data) // 256)
    if not spans:
        return text
    kept = _without_ends(seen, [span for span in spans if span.start < reliable])
    shown, found = _replaced(data, kept, names, whole=reliable == len(data))
    counts.update(found)
    return shown


_LINES = ((b"\\r\\n", b"   \n"), (b"\\r", b" \n"), (b"\\n", b" \n"), (b"\\t", b" \t"))


def _unfolded(data: bytes) -> bytes:
    """The lines of a text that stands in a repr or in JSON, at the same places: there, names begin lines too.
    A single end of a line may be anything: `CORP\nadia`."""
    if b"\\" not in data or (data.count(b"\\n") + data.count(b"\\r") < 2 and not _is_row(data)):
        return data
    lines = data.replace(b"\\\\", b"\0\0")
    for escaped, meant in _LINES:
        lines = lines.replace(escaped, meant)
    lines = lines.replace(b"\0\0", b"\\\\")
    quoted = data[:1] in (b"'", b'"') and data[-1:] == data[:1] and b"\n" not in data
    return b" " + lines[1:-1] + b" " if quoted else lines


def _is_row(data: bytes) -> bool:
    """Names and one row of values."""
    names, _, row = data.partition(b"\\n")
    return any(row.count(sign) >= names.count(sign) > 1 for sign in _CELLS)


_CELLS = (b",", b";", b"|", b"\\t")


def _without_ends(data: bytes, spans: list[Span]) -> list[Span]:
    """`spans` without the ends of lines that `_unfolded` made at theirs."""
    if b" \n" not in data:
        return spans
    return [span if data[span.end - 1 : span.end] not in b" \n" else _trimmed(data, span) for span in spans]


def _trimmed(data: bytes, span: Span) -> Span:
    value = data[span.start : span.end]
    return span._replace(end=span.start + len(value.rstrip(b" \n")))


def _replaced(
    data: bytes, spans: Sequence[Span], names: Placeholders, *, whole: bool = True
) -> tuple[str, dict[str, int]]:
    """`data` with placeholders, and how many of each kind; cut after the last of them unless `whole`."""
    counts: Counter[str] = Counter()
    pieces: list[bytes] = []
    at = 0
    for start, end, kind in spans:
        counts[kind] += 1
        pieces += (data[at:start], names.name(kind, data[start:end]).encode())
        at = end
    rest = data[at:] if whole else _CUT.encode()
    return b"".join((*pieces, rest)).decode("utf-8", "ignore"), dict(counts)


@dataclass(slots=True)
class _Hits:
    """Where rules wake, where telling names may stand, where lists with names begin and where a value's name
    may stand apart from it and words for secrets in sentences; each in order.
    `shaped`: the rules without a literal that may match, None where that is still to be told."""

    awake: list[tuple[int, int]] = field(default_factory=list)
    stems: list[tuple[int, int]] = field(default_factory=list)
    listed: list[int] = field(default_factory=list)
    fielded: list[int] = field(default_factory=list)
    said: list[int] = field(default_factory=list)
    shaped: Collection[int] | None = None
    layers: int = 0  # of encodings that may stand there


def _found(data: bytes, most: int, layers: int = _LAYERS) -> tuple[list[Span], int]:
    """What to hide in `data`, in order and apart from each other, and up to where that is all of it."""
    hits = _anchored(data)
    hits.layers = layers
    return _judged(data, hits, most)


def _judged(data: bytes, hits: _Hits, most: int) -> tuple[list[Span], int]:
    if MASK in data and not data.strip(MASK + b" "):
        return [], len(data)
    spans, reliable = (
        BOOK.find(data, hits.awake, most, hits.shaped) if hits.awake or hits.shaped != () else ([], len(data))
    )
    for reader in _readers(data, hits, most):
        for count, value in enumerate(reader, 1):
            if value.start >= reliable:
                break
            spans.append(value)
            if count == most:
                reliable = value.end
    if hits.layers:
        spans += _encoded(data, most, hits.layers - 1)
        spans += _escaped(data, most, hits.layers - 1)
    return _apart(data, spans) if spans else spans, reliable


def _readers(data: bytes, hits: _Hits, most: int) -> Iterator[Iterator[Span]]:
    """Whatever takes a value's meaning from its name, where such names stand."""
    if hits.stems:
        yield assigned(data, hits.stems)
        if b"\n" in data:
            yield tabled(data, hits.stems)
    if hits.listed:
        yield columned(data)
        yield bound(data)
    if hits.fielded:
        yield named_elsewhere(data)
    if hits.said:
        yield said(data)
    if MASK in data:
        yield accompanied(data)
        yield rowed(data)
        yield sensitive.told(data)
    if any(sign in data for sign in ARGUMENTS):
        yield argued(data, most)
    if any(True for _ in opened(data)):
        yield documented(data)


def _anchored(data: bytes, *, alone: bool = True) -> _Hits:
    found = _ANCHORS.find(data.lower())
    hits = _Hits(stems=sorted((start, end) for index, start, end in found if index in _STEM_LITERALS))
    waking = [hit for hit in found if hit[0] not in _ONLY_STEMS]
    for start, label in _ANCHORS.awake(data, waking, alone=alone):
        if label < STEM:
            hits.awake.append((start, label))
        elif label == _COLUMNS:
            hits.listed.append(start)
        elif label == _FIELDS:
            hits.fielded.append(start)
        elif label == _SAID:
            hits.said.append(start)
    return hits


def _encoded(data: bytes, most: int, layers: int) -> Iterator[Span]:
    """Codes that say what is to be hidden, as a whole."""
    known: dict[str, bool] = {}
    for piece, told in written(data):
        if told not in known:
            known[told] = bool(_found(told.encode(), most, layers)[0])
        if known[told]:
            yield Span(piece.start, piece.end, "encoded")


def _escaped(data: bytes, most: int, layers: int) -> Iterator[Span]:
    """What is found where escapes are read as the letters they stand for."""
    plain = without_escapes(data) if len(data) <= _MAX_ESCAPED else None
    if plain is None:
        return
    for start, end, kind in _found(plain.text, most, layers)[0]:
        yield Span(plain.place(start), plain.place(end), kind)


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
    """Not cut inside a placeholder: the half of it would be taken for a value."""
    if len(text) <= limit:
        return text
    kept = text[: max(0, limit - len(_CUT))]
    opened = kept.rfind("[", -_LONGEST_PLACEHOLDER)
    if opened >= 0 and "]" not in kept[opened:] and is_placeholder(text[opened : text.find("]", opened) + 1]):
        kept = kept[:opened]
    return kept + _CUT[:limit]
