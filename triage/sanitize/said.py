"""Which piece of a sentence is the secret that it tells, by weights that were learned.

`Hasło zimno44Lato wygasło`, `パスワード「sakura88」`, `for the code, give it 204 881`: no sign stands
between the word for a secret and the secret, and no grammar of one language helps in the next. What a piece
is made of, how far it stands from such a word and what stands between and around them are weighed. The
weights come from sentences with every secret marked, and from others with the same words and none
(`benchmarks.said`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from ahocorasick_rs import BytesAhoCorasick

from triage.sanitize.characters import cases
from triage.sanitize.learned import read
from triage.sanitize.pieces import Piece, pieces
from triage.sanitize.placeholders import MASK
from triage.sanitize.private_fields import shapes
from triage.sanitize.rule import Span
from triage.sanitize.rules.secret_words import SECRET_WORDS

TABLE = Path(__file__).parent / "rules" / "said.txt"
_AROUND = 180  # bytes on both sides of a word for a secret, on its line
_MOST = 64  # parts of lines in a text that are weighed
_LONGEST = 80  # characters of a piece
_FAR = 7  # pieces, beyond which their number tells no more
_BETWEEN = 6  # pieces
_LETTERS = 24  # of a word that are told apart
_STEM = 4  # letters
_GRAM = 3
_WHOLE, _FIRST = 4, 5  # bytes of a word that must stand for itself, or begin one
_OF_A_PLACE = 6.0  # more than where a piece stands says for it
_MARGIN = 1.0  # less is asked of a piece beside one that is hidden

_KINDS = {
    variant.encode(): kind
    for kind, words in SECRET_WORDS.items()
    for word in words.split()
    for variant in cases(word.replace("·", " "))
}
WORDS = tuple(_KINDS)  # lower-case where they are ASCII
_FINDER = BytesAhoCorasick(list(WORDS))
_OF = tuple(_KINDS.values())


class Line(NamedTuple):
    """`start`: where it begins in the text, in bytes. `kinds`: what each piece is a word for, of those that
    secrets are hidden as, or ""."""

    start: int
    text: str
    pieces: Sequence[Piece]
    kinds: Sequence[str]


def said(data: bytes) -> Iterator[Span]:
    """The secrets that sentences of `data` tell."""
    for line in lines(data):
        yield from _secrets(line)


def lines(data: bytes) -> Iterator[Line]:
    """The parts of lines that hold words for secrets. Of one where something is hidden already, the secret
    was looked for together with it; what is left tells less."""
    words = [
        (start, end, _OF[index])
        for index, start, end in _FINDER.find_matches_as_indexes(data.lower(), overlapping=True)
        if _is_a_word(data, start, end)
    ]
    words.sort()
    at = 0
    for _ in range(_MOST):
        if at == len(words):
            return
        start, end = _around(data, words[at][0], words[at][1])
        inside = []
        while at < len(words) and words[at][0] < end:
            inside.append(words[at])
            at += 1
        if MASK not in data[start:end]:
            yield _line(data, start, end, inside)


def _is_a_word(data: bytes, start: int, end: int) -> bool:
    """Short ones are parts of too many others: `pin` of `pinned`, `code` of `decode`."""
    size = end - start
    if size > _FIRST or data[start] > 0xCF:
        return True
    return not _letter(data, start - 1) and (size > _WHOLE or not _letter(data, end))


def _letter(data: bytes, at: int) -> bool:
    letter = data[at : at + 1]
    return at >= 0 and (letter.isalpha() or letter > b"\x7f" or letter == b"_")


def _around(data: bytes, start: int, end: int) -> tuple[int, int]:
    """The line, or as much of it as is near."""
    first = max(data.rfind(b"\n", 0, start) + 1, start - _AROUND)
    last = data.find(b"\n", end)
    last = min(len(data) if last < 0 else last, end + _AROUND)
    while first < start and data[first] & 0xC0 == 0x80:
        first += 1
    while last > end and last < len(data) and data[last] & 0xC0 == 0x80:
        last -= 1
    return first, last


def _line(data: bytes, start: int, end: int, words: Sequence[tuple[int, int, str]]) -> Line:
    text = data[start:end].decode("utf-8", "replace")
    places = [
        (_characters(data, start, first), _characters(data, start, last), kind) for first, last, kind in words
    ]
    found = pieces(text, [place for place, _, _ in places])
    return Line(start, text, found, [_kind(piece, places) for piece in found])


def _characters(data: bytes, start: int, end: int) -> int:
    return len(data[start:end].decode("utf-8", "replace"))


def _kind(piece: Piece, words: Sequence[tuple[int, int, str]]) -> str:
    """Of the first word for a secret that stands in a piece, or that the piece is a part of."""
    return next((kind for start, end, kind in words if start < piece.end and piece.start < end), "")


def _secrets(line: Line) -> Iterator[Span]:
    """What is hidden of a line. Words that stand together are one secret where one of them clearly is."""
    least = _weights()[1]
    scores = [*scored(line), -math.inf]
    run: list[int] = []
    for at, score in enumerate(scores):
        if run and (score <= least - _MARGIN or not _goes_on(line.pieces[at])):
            if max(scores[place] for place in run) > least:
                yield _span(line, run[0], run[-1])
            run = []
        if score > least - _MARGIN:
            run.append(at)


def _goes_on(piece: Piece) -> bool:
    return not piece.quote and piece.before == " "


def _span(line: Line, first: int, last: int) -> Span:
    start, end = line.pieces[first].start, line.pieces[last].end
    if not line.text.isascii():
        start, end = len(line.text[:start].encode()), len(line.text[:end].encode())
    nearest = min((abs(at - first), kind) for at, kind in enumerate(line.kinds) if kind)
    return Span(line.start + start, line.start + end, nearest[1])


def scored(line: Line) -> list[float]:
    """Of each piece, what speaks for it to be a secret."""
    weigh, least = _weights()
    around = sum(weigh.get(trait, 0.0) for trait in of_line(line))
    scores: list[float] = []
    for at, piece in enumerate(line.pieces):
        score = around + _own(piece.text, piece.quote) if may_be_told(line, at) else -math.inf
        if score > least - _OF_A_PLACE:
            score += sum(weigh.get(trait, 0.0) for trait in of_place(line, at))
        scores.append(score)
    return scores


def may_be_told(line: Line, at: int) -> bool:
    """Whether a piece may be a secret and is not a word for one."""
    return not line.kinds[at] and 1 < len(line.pieces[at].text) <= _LONGEST


@lru_cache(maxsize=16384)
def _own(text: str, quote: str) -> float:
    table, _ = _weights()
    return sum(table.get(trait, 0.0) for trait in of_piece(text, quote))


def of_piece(text: str, quote: str) -> Iterator[str]:
    """What a piece is made of."""
    exact, rough = shapes(text)
    yield f"shape {exact}"
    yield f"rough {rough}"
    yield f"size {min(len(text), 24)}"
    yield f"quote {quote}"
    yield f"quoted {quote} {rough}"
    yield f"own {text.lower()[:_LETTERS]}"
    if not text.isascii():
        yield "foreign"
    yield from (f"sign {char}" for char in set(text) if not char.isalnum())
    yield f"begins {text[:2].lower()}"
    yield f"ends {text[-2:].lower()}"
    digits = sum(map(str.isdigit, text))
    yield f"digits {min(digits, 9)} {len(text) == digits}"
    if " " in text:
        yield f"blanks {min(text.count(' '), 6)}"
    letters = "".join(char for char in text.lower() if char.isalpha() or char == " ")[:_LETTERS]
    padded = f"^{letters}$"
    yield from {f"gram {padded[at : at + _GRAM]}" for at in range(len(padded) - _GRAM + 1)}


def of_line(line: Line) -> Iterator[str]:
    """What all pieces of a line share."""
    yield from {f"line {part}" for piece in line.pieces for part in _parts(piece.text)}
    yield f"long {min(len(line.pieces) // 3, 8)}"


def of_place(line: Line, at: int) -> Iterator[str]:
    """Where a piece stands: how far from words for secrets, and beside what."""
    piece = line.pieces[at]
    _, rough = shapes(piece.text)
    before = next((place for place in range(at - 1, -1, -1) if line.kinds[place]), -1)
    after = next((place for place in range(at + 1, len(line.pieces)) if line.kinds[place]), -1)
    if before >= 0:
        yield from _beside(line, "before", before, range(before + 1, at), rough)
    if after >= 0:
        yield from _beside(line, "after", after, range(at + 1, after), rough)
    yield f"between {before >= 0} {after >= 0}"
    left, right = _said(line, at - 1), _said(line, at + 1)
    joint, tail = (
        piece.before.strip(" ") or " " * bool(piece.before),
        piece.after.strip(" ") or " " * bool(piece.after),
    )
    yield f"joint {joint[-3:]}"
    yield f"tail {tail[:3]}"
    yield f"signs {joint[-3:]} {tail[:3]}"
    yield f"joint rough {joint[-3:]} {rough}"
    yield f"left {left}"
    yield f"right {right}"
    yield f"left2 {_said(line, at - 2)} {left}"
    yield f"right2 {right} {_said(line, at + 2)}"
    yield f"leftstem {left[:_STEM]}"
    yield f"rightstem {right[:_STEM]}"
    yield f"left rough {left} {rough}"
    yield f"right rough {right} {rough}"
    yield f"last {at == len(line.pieces) - 1} {rough}"


def _beside(line: Line, side: str, word: int, between: range, rough: str) -> Iterator[str]:
    kind, far = line.kinds[word], min(len(between), _FAR)
    yield f"{side} {kind} {far}"
    yield f"{side} {far} {rough}"
    yield f"{side} {kind} {rough}"
    yield f"{side} word {_compared(line.pieces[word].text)} {far}"
    for at in [*between][:_BETWEEN]:
        for part in _parts(line.pieces[at].text):
            yield f"{side} {part}"


def _said(line: Line, at: int) -> str:
    if not 0 <= at < len(line.pieces):
        return "^"
    return f"<{line.kinds[at]}>" if line.kinds[at] else _compared(line.pieces[at].text)


@lru_cache(maxsize=8192)
def _compared(text: str) -> str:
    """As words are told apart; of numbers, only that they are some."""
    if any(map(str.isdigit, text)):
        return "#" if all(not char.isalpha() for char in text) else "#a"
    return text.lower()[:_LETTERS]


@lru_cache(maxsize=8192)
def _parts(text: str) -> tuple[str, ...]:
    """Words of a piece; of a script without blanks, every two letters."""
    low = _compared(text)
    if low.isascii() or not _is_wide(low):
        return tuple(low.split(" "))
    return tuple({low[at : at + 2] for at in range(max(1, len(low) - 1))})


def _is_wide(text: str) -> bool:
    return any(char > "\u2fff" or "\u0e00" <= char <= "\u0eff" for char in text)


@cache
def _weights() -> tuple[Mapping[str, float], float]:
    (least, _), weights = read(TABLE)
    return weights, least
