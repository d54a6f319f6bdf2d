"""A line of text in pieces, as a reader takes it: words, numbers that stand in groups, and what is quoted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

_CLOSES = {
    '"': '"', "'": "'", "`": "`", "“": "”", "„": "“”", "”": "”", "‘": "’", "‚": "‘’",
    "«": "»", "»": "«", "‹": "›", "「": "」", "『": "』", "《": "》", "〈": "〉", "【": "】", "<": ">",
}  # fmt: skip
_LONGEST_QUOTED = 80  # characters
_ENDS = ".,;:!?…)(]}{[*'\"`“”„‘’«»‹›「」『』《》〈〉【】<>|،؛؟。、，：；！？（）।။៖՝՛–—-=>/\\"
_MAY_END = "!?*"  # a secret of several kinds of signs, and a sentence


class Piece(NamedTuple):
    """A word, a number or what stands in quotes, with the signs on both sides and its place in the line."""

    text: str
    start: int
    end: int
    before: str
    after: str
    quote: str = ""


def pieces(line: str, opened: Sequence[int] = ()) -> list[Piece]:
    """In order and apart. A number in groups is one, `482 913`, and so is what is quoted, unless one of the
    places `opened` is in it."""
    joined = _joined(line, list(_found(line, opened)))
    edges = [0, *(end for _, end, _ in joined)]
    starts = [*(start for start, _, _ in joined), len(line)]
    return [
        Piece(line[start:end], start, end, line[edges[n] : start], line[end : starts[n + 1]], quote)
        for n, (start, end, quote) in enumerate(joined)
    ]


def _found(line: str, opened: Sequence[int]) -> Iterator[tuple[int, int, str]]:
    """Where pieces stand, and in which quotes."""
    at = 0
    if _CLOSES.keys().isdisjoint(line):
        for word in line.split():
            at = line.index(word, at)
            yield from ((start, end, "") for start, end in _words(line, at, at + len(word)))
            at += len(word)
        return
    while at < len(line):
        quoted = _quoted(line, at)
        if quoted and not any(at < place < quoted for place in opened):
            yield at + 1, quoted, line[at]
            at = quoted + 1
            continue
        end = at
        while end < len(line) and not line[end].isspace() and (end == at or not _quoted(line, end)):
            end += 1
        yield from ((start, stop, "") for start, stop in _words(line, at, end))
        at = max(end, at + 1)


def _quoted(line: str, at: int) -> int:
    """Where what is quoted from `at` on ends, or 0."""
    closing = _CLOSES.get(line[at])
    if closing is None or (at and line[at - 1].isalnum() and line[at - 1].isascii()):
        return 0
    for end in range(at + 2, min(len(line), at + _LONGEST_QUOTED)):
        if line[end] in closing:
            later = line[end + 1 : end + 2]
            return 0 if later.isalnum() and later.isascii() else end
    return 0


def _words(line: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What stands between blanks, without signs at its ends; a script that needs no blanks begins anew."""
    at = start
    for stop in (*_turns(line, start, end), end):
        first, last = at, stop
        while first < last and line[first] in _ENDS:
            first += 1
        while first < last and line[last - 1] in _ENDS and not _is_of_it(line, first, last):
            last -= 1
        if first < last:
            yield first, last
        at = stop


def _is_of_it(line: str, first: int, last: int) -> bool:
    """`Soleil2019!` is whole, `wrong!` is a word."""
    return line[last - 1] in _MAY_END and any(map(str.isdigit, line[first:last]))


def _turns(line: str, start: int, end: int) -> Iterator[int]:
    """Where a script without blanks meets another, or a sign of its own stands."""
    if line[start:end].isascii():
        return
    for at in range(start + 1, end):
        if _script(line[at - 1]) != _script(line[at]):
            yield at


@lru_cache(maxsize=4096)
def _script(char: str) -> str:
    """Whether of a script that needs no blanks between words, a sign of one, or of any other."""
    if char < "\u0e00":
        return "sign" if char in ",;()" else ""
    if "\u0e00" <= char <= "\u0eff":
        return "thai"
    if "\u1780" <= char <= "\u17ff" or "\u1000" <= char <= "\u109f":
        return "khmer"
    if "\u3000" <= char <= "\u303f" or "\uff00" <= char <= "\uffef":
        return "sign"
    if "\u3040" <= char <= "\u30ff":
        return "kana"
    if "\u3400" <= char <= "\u9fff":
        return "han"
    return "hangul" if "\uac00" <= char <= "\ud7af" else ""


def _joined(line: str, found: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """With one piece for the groups of a number."""
    joined: list[tuple[int, int, str]] = []
    for start, end, quote in found:
        if joined and not quote and _is_group(line[start:end]):
            first, last, kind = joined[-1]
            if (
                not kind
                and line[last:start] in (" ", " - ", "\xa0")
                and _is_group(line[first:last].split(" ")[-1])
            ):
                joined[-1] = (first, end, "")
                continue
        joined.append((start, end, quote))
    return joined


def _is_group(text: str) -> bool:
    return len(text) <= 4 and text.isdigit()
