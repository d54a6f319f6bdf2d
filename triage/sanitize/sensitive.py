"""What tells of somebody's health, faith or family by its words, whatever the field is called that holds it.

`queixa`, `pap` and `note_rh` are names that no list has, but `sangramento no segundo trimestre` beside a name
is nobody's catalogue. Of what stands beside nothing of somebody, nothing is asked.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import re2

from triage.sanitize.placeholders import MASK
from triage.sanitize.rule import Span
from triage.sanitize.rules.sensitive import ELSEWHERE, STEMS, WORDS

KIND = "trait"
LONGEST = 160  # characters of a text that is hidden whole
_MOST = 100  # lines of a text in which something is hidden
_LONGEST_LINE = 4096  # bytes of one
_MOST_WORDS = 12  # of a phrase, around the word that tells
_LATIN = {
    code: base
    for code in range(0xC0, 0x250)
    if (base := unicodedata.normalize("NFD", chr(code))[0]).isascii()
} | str.maketrans("øæœßđłðþıħŋ", "oaosdldtihn")  # as many characters as before
_BEGUN = "|".join(sorted((stem.replace("_", " ") for stem in STEMS), key=len, reverse=True))
_MEASURED = r"\b[0-9]{1,5}(?:[.,][0-9]{1,3})? ?(?:[mµn]?mol/(?:mol|[lL])|[mµnp]?g/d[lL]|m?I?U/m?[lL]|mmHg)\b"
_TELLING = re2.compile(
    rf"(?i)\b(?:(?:{_BEGUN})|(?:{'|'.join(WORDS)})\b|[a-z]{{4,}}(?:itis|algia|algie|ectomy|ectomie|plegia)\b)|{'|'.join(ELSEWHERE)}|{_MEASURED}"
)
# `F10.2` of the classification of diseases, `M01AE01` of that of drugs.
_CODE = re2.compile(r"[A-TV-Z][0-9]{2}\.[0-9]{1,2}|[A-DGHJLMNPRSV][0-9]{2}[A-Z]{2}[0-9]{2}")
_EDGES = re2.compile(r"[:=;,\"'«»„“”()\[\]{}<>|\n→]|\x1a+|\. | - | – |\.{3}|…")


@lru_cache(maxsize=8192)
def tells(value: str) -> bool:
    """Whether a text of a few words is about somebody's health, faith or family."""
    if not 2 < len(value) <= LONGEST or value.isdigit() or "_" in value or "://" in value:
        return False
    return is_code(value) or _TELLING.search(value.translate(_LATIN)) is not None


def is_code(value: str) -> bool:
    return _CODE.fullmatch(value) is not None


def told(data: bytes) -> Iterator[Span]:
    """The phrases in `data` that tell so in a line in which something of somebody is hidden."""
    at = read = 0
    for line in data.split(b"\n"):
        if MASK in line and read < _MOST:
            read += 1
            text = line[:_LONGEST_LINE].decode("utf-8", "ignore")
            folded = text.translate(_LATIN)
            for found in _TELLING.finditer(folded):
                start, end = _phrase(folded, *found.span())
                first = at + len(text[:start].encode())
                yield Span(first, first + len(text[start:end].encode()), KIND)
        at += len(line) + 1


def _phrase(text: str, start: int, end: int) -> tuple[int, int]:
    """From sign to sign; of a sentence that goes on for long, the word alone."""
    low = max(0, start - LONGEST)
    left = low + max((edge.end() for edge in _EDGES.finditer(text[low:start])), default=0)
    after = text[end : end + LONGEST]
    edge = _EDGES.search(after)
    right = end + (edge.start() if edge else len(after))
    while text[left] == " ":
        left += 1
    right = left + len(text[left:right].rstrip())
    if len(text[left:right].split()) <= _MOST_WORDS:
        return left, right
    while end < len(text) and text[end].isalpha():
        end += 1
    return start, end
