"""Values whose names tell only beside something else of somebody: a town, a street, a name in few letters.

`"city": "Broken Arrow"` alone is a place; in an object, a row or a form where a name, a telephone or a date
of birth is hidden, it is where somebody lives. A text is read so once something in it is hidden.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from triage.sanitize import private_fields
from triage.sanitize.beside import hidden_by
from triage.sanitize.keys import in_company, kind_of_key
from triage.sanitize.placeholders import MASK
from triage.sanitize.rule import Span, bytes_pattern

# Beside which a town, a street without a number or a name in few letters is somebody's, too.
SOMEBODYS = frozenset(
    ("email", "passport", "national-id", "birth-date", "licence", "health", "name", "phone", "address")
)
PARTS = (None, "address", "person")  # as which their names may be taken alone
_NEAR = 160  # bytes
_MOST_ASKED = 200  # fields of a text
_NAME = r"([A-Za-z\x80-\xff][A-Za-z0-9_.\-\x80-\xff]{0,40})"
_APART = r"(?:^|[^A-Za-z0-9_.@/\x80-\xff])"  # no host with its port
_SIGN = r"(?:\s?(?:=>|:|=)\s{0,2}|;s:[0-9]{1,6}:)"
_FORMS = tuple(
    bytes_pattern(form)
    for form in (
        rf"{_APART}{_NAME}\\*[\"']?\]?{_SIGN}(?:Some\(|Optional\(|<<)?[bu]?\\*[\"']([^\"'\n\x1a<>{{}}=]{{2,80}})[\"'\\]",
        rf"<(?:[A-Za-z0-9]{{1,12}}:)?{_NAME}>([^\n\x1a<>{{}}=]{{2,80}})</",
        rf"{_APART}{_NAME}\]?{_SIGN}([^\s\"'\n\x1a<>{{}}\[\](),;|&=:][^\"'\n\x1a<>{{}}\[\](),;|&=:]{{1,60}})"
        r"(?:[,;|&)\]}\r\n]| [A-Za-z_]\w{0,40}:|$)",
    )
)
_BARE = _FORMS[-1]


class Column(NamedTuple):
    """What the values under a name are, and the name that tells it."""

    kind: str
    told: str

    def is_told(self, value: bytes) -> bool:
        """Whether the name alone hides a value, wherever that stands."""
        return self.kind in _TOLD_ALONE and hidden_by(self.kind, self.told, value.decode("utf-8", "ignore"))


_TOLD_ALONE = ("address", "name")  # of which the words beside a value tell the most


def columns_of(names: Sequence[str]) -> list[Column | None]:
    """What each of the names of a row's values tells in the company of the others."""
    kinds = [kind_of_key(name) for name in names]
    accompanied = is_somebodys(kinds)
    columns: list[Column | None] = []
    for name, kind in zip(names, kinds, strict=True):
        told = in_company(name) if accompanied and kind in PARTS else None
        kind = kind_of_key(told) if told else kind
        columns.append(Column(kind, told or name) if kind else None)
    return columns


def is_somebodys(kinds: Collection[str | None]) -> bool:
    return not SOMEBODYS.isdisjoint(kinds)


def accompanied(data: bytes) -> Iterator[Span]:
    """The values in `data` that a name tells, or seems to tell, beside what is hidden already."""
    asked = 0  # of the learned weights
    for form in _FORMS:
        at = 0
        while match := form.search(data, at):
            start, end = match.span(2)
            at = end
            before, after = _around(data, match.start(1), end)
            if MASK not in before and MASK not in after:
                continue
            name, value = _text(match.group(1)), _text(data[start:end])
            told = in_company(name)
            if told is not None:
                kind = kind_of_key(told)
                if kind and hidden_by(kind, told, value):
                    yield Span(start, end, kind)
                    continue
            if form is _BARE and b" " in data[start:end] and data[start - 1 : start] == b" ":
                continue  # a sentence
            in_line = MASK in before.rpartition(b"\n")[2] or MASK in after.partition(b"\n")[0]
            if in_line and asked < _MOST_ASKED and not _OF_SETTINGS.search(before):
                asked += 1
                if private_fields.is_private(private_fields.Field(name, value)):
                    yield Span(start, end, private_fields.KIND)


# `PayConfig(mchid='…', apiv3_key=…)` is nobody's.
_OF_SETTINGS = bytes_pattern(
    r"(?i:config(?:uration)?|settings|options|client|connection|session|credentials)\s?[({][^()]*$",
    captures=False,
)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "ignore")


def _around(data: bytes, start: int, end: int) -> tuple[bytes, bytes]:
    """What stands beside a field in the same object, with no blank line between."""
    before = data[max(0, start - _NEAR) : start].rpartition(b"\n\n")[2]
    after = data[end : end + _NEAR].partition(b"\n\n")[0]
    return before.rpartition(b"}")[2], after.partition(b"{")[0].partition(b"}")[0]
