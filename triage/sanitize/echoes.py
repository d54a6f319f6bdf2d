"""What a name or a form hides in one place of an event, hidden wherever else it stands there.

`user.name` tells that "Henrike Vogelsang" is a person; a message, a breadcrumb or a parameter of a statement
that says the same tells nothing. Values that could as well be a word of the application stay.
"""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping
from functools import cached_property
from itertools import islice
from typing import Any
from urllib.parse import quote, quote_plus

import orjson
from ahocorasick_rs import AhoCorasick, MatchKind

from triage.sanitize.characters import visible
from triage.sanitize.encoded import cores, from_code
from triage.sanitize.joined import Joined
from triage.sanitize.people import is_common, is_given, is_joined_login, is_login
from triage.sanitize.placeholders import PLACEHOLDER, Placeholders, masked
from triage.sanitize.rule import bytes_pattern

_MOST = 300  # values of one event
_LONGEST = 4096  # characters
_PHRASE = 12  # characters; of several words, no application says it of anything else
_LONGEST_NAME = 80  # characters
_RUNS = bytes(byte if chr(byte).isalnum() and byte < 128 else 0x20 for byte in range(256))
BY_FORM = frozenset(("email", "mac", "card", "iban"))  # found in any text
_SHORTEST_CODE = 15  # bytes
_CODED = bytes_pattern(rf"[A-Za-z0-9+/_\-]{{{_SHORTEST_CODE},}}={{0,2}}", captures=False)
_IN_CODE = bytes(
    byte if (chr(byte).isalnum() and byte < 128) or byte in b"+/_-=" else 0x20 for byte in range(256)
)
_MOST_CODES = 2000  # runs of an event
_FEW = 20  # values
_LONG = 19  # characters of what is the same wherever it stands
_CODE_LIKE = 11  # the same, of capitals among digits
_TRIES = 8  # places where a value may end
_SEPARATED = str.maketrans("", "", " -./()")
_MARK = re.compile(PLACEHOLDER)  # bounded, and as linear as RE2
_SHORTEST_NATIONAL = 8  # digits
_DIALLED = 10  # digits, before which a country's code may stand
# Calling codes of one digit and of two; all others have three.
_CALLING = frozenset(
    """1 7 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66
    81 82 84 86 90 91 92 93 94 95 98""".split()
)
_NAMES = frozenset(("name", "person", "user"))
_OF_PEOPLE = frozenset(("name", "person"))
_WORDS = frozenset(("trait", "geo", "answer", "pin", "generated", "device"))  # often words or a few digits
_PAPERS = frozenset(("licence", "passport", "national-id", "iban", "account"))
_IDS = frozenset(("id", "event_id", "trace_id", "span_id", "parent_span_id", "issue_id"))
_SOFTWARE = frozenset(("modules", "packages", "sdk", "debug_meta", "grouping_config", "_meta"))
_CODE = frozenset(
    """filename abs_path absPath function raw_function module package platform level logger type category
    release dist environment server_name culprit transaction version method lineno""".split()
)  # where a word is a name of code


class Echoes:
    """Values, by the kind as which they were hidden."""

    def __init__(self, names: Placeholders, hidden: Mapping[str, str], texts: Mapping[str, str]) -> None:
        """`hidden`: value -> kind. `texts`: text -> what cleaning left of it."""
        self._names, self._hidden, self._texts = names, hidden, texts

    def stand_in(self, written: bytes) -> bool:
        """Whether one of them may be in an event, or a part of one, that is written as JSON."""
        if not self._values:
            return False
        return (
            any(
                orjson.dumps(form)[1:-1] in written
                for value, kind in self._met(written)
                for form, _ in self._forms(value, kind)
            )
            or any(self._encoded(written))
            or self._joined_in(written) is not None
        )

    def hide(self, cleaned: dict[str, Any]) -> tuple[dict[str, Any], dict[str, int]]:
        """The cleaned event with placeholders for them, and how many of each kind."""
        forms: dict[str, tuple[str, str]] = {}
        written = _written(cleaned)
        for value, kind in self._met(written):
            forms.update(
                (form, (kind, self._names.name(kind, said))) for form, said in self._forms(value, kind)
            )
        for code in self._encoded(written):
            forms[code] = ("encoded", self._names.name("encoded", code))
        joined = self._joined_in(written)
        if not forms and joined is None:
            return cleaned, {}
        hiding = _Hiding(forms, joined, self._names)
        return hiding.object(cleaned), dict(hiding.counts)

    def _met(self, written: bytes) -> list[tuple[str, str]]:
        """Those of which a piece that every way of writing them keeps is there."""
        lowered = written.lower()
        return [
            (value, kind)
            for value, kind, pieces in self._values
            if any(piece in lowered for piece in pieces) and _is_rare(value, kind)
        ]

    def _encoded(self, written: bytes) -> Iterator[str]:
        """The runs of base64 or hex that say one of them."""
        if not self._may_be_encoded(written):
            return
        found = list(_codes(written))
        met = self._met(b"\n".join(said for _, said in found))
        values = [value.encode("utf-8", "replace") for value, _ in met]
        for run, said in found if values else ():
            if any(value in said for value in values):
                yield run.decode()

    def _may_be_encoded(self, written: bytes) -> bool:
        """Of few values each is encoded, which takes less than to decode all that may be a code."""
        if len(self._values) > _FEW:
            return True
        values = (value.encode("utf-8", "replace") for value, *_ in self._values)
        return any(core in written for value in values for core in cores(value))

    @cached_property
    def _values(self) -> list[tuple[str, str, list[bytes]]]:
        found = dict(self._hidden)
        for text, shown in self._texts.items():
            for kind, value in _between(text, shown, self._names):
                if kind not in BY_FORM:
                    found.setdefault(value, kind)
            if len(found) > _MOST:
                break
        return [(value, kind, _pieces(value, kind)) for value, kind in found.items()]

    def _joined_in(self, written: bytes) -> Joined | None:
        """The names of people, where they may stand there as files, keys and logins write them."""
        names = [
            value for value, kind, _ in self._values if kind in _OF_PEOPLE and len(value) <= _LONGEST_NAME
        ]
        joined = Joined(names) if names else None
        return joined if joined and joined.may_be_in(written) else None

    def _forms(self, value: str, kind: str) -> Iterator[tuple[str, str]]:
        """Each way of writing a value, or a word of a name, with what is hidden then."""
        yield from ((form, value) for form in _ways(value, kind))
        yield from ((word, word) for word in _words_of_name(value, kind, self._hidden))


class _Hiding:
    def __init__(
        self, forms: Mapping[str, tuple[str, str]], joined: Joined | None, names: Placeholders
    ) -> None:
        """`forms`: what to hide -> its kind and its placeholder. `joined`: names that may stand there so."""
        self._told = list(forms.values())
        self._joined, self._names = joined, names
        self._search = AhoCorasick(list(forms), matchkind=MatchKind.LeftmostLongest)
        self.counts: Counter[str] = Counter()

    def object(self, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        return {
            self.text(name): value if name in _SOFTWARE or name in _IDS else self.value(value, name in _CODE)
            for name, value in cleaned.items()
        }

    def value(self, value: Any, code: bool) -> Any:
        if isinstance(value, str):
            return self.text(value, code)
        if isinstance(value, dict):
            return self.object(value)
        if isinstance(value, list):
            return [self.value(item, code) for item in value]
        if type(value) is int and abs(value) > 99_999:
            written = str(value)
            shown = self.text(written)
            return value if shown == written else shown
        return value

    def text(self, text: str, code: bool = False) -> str:
        if self._joined is not None and not code:
            text = self._without(text, self._joined)
        pieces: list[str] = []
        at = 0
        for index, start, end in self._found(text, code):
            kind, placeholder = self._told[index]
            self.counts[kind] += 1
            pieces += (text[at:start], placeholder)
            at = end
        return "".join((*pieces, text[at:])) if pieces else text

    def _without(self, text: str, joined: Joined) -> str:
        pieces: list[str] = []
        at = 0
        for start, end in joined.places(_without_placeholders(text)):
            self.counts["name"] += 1
            pieces += (text[at:start], self._names.name("name", text[start:end]))
            at = end
        return "".join((*pieces, text[at:])) if pieces else text

    def _found(self, text: str, code: bool) -> Iterator[tuple[int, int, int]]:
        shown = _without_placeholders(text)
        for index, start, end in self._search.find_matches_as_indexes(shown):
            if _stands_apart(text, start, end) and not (code and _names_code(text, start, end)):
                yield index, start, end


def _without_placeholders(text: str) -> str:
    return masked(text.encode()).decode() if "[" in text else text


def _codes(written: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The first runs that are a text in base64 or hex, each with that text; all of them are read once."""
    for run in islice(_runs(written), _MOST_CODES):
        if said := from_code(run):
            yield run, said.encode()


def _runs(written: bytes) -> Iterator[bytes]:
    """What `_CODED` matches, which takes long to look through an event of words."""
    for word in written.translate(_IN_CODE).split():
        if len(word) >= _SHORTEST_CODE:
            yield from (match.group() for match in _CODED.finditer(word)) if b"=" in word else (word,)


def _pieces(value: str, kind: str) -> list[bytes]:
    """The longest run of letters and digits, which no encoding changes; of a name, each of its words."""
    runs = value.lower().encode("utf-8", "replace").translate(_RUNS).split()
    if kind in _NAMES:
        return [run for run in runs if len(run) > 2] or [b""]
    return [max(runs, key=len, default=b"")]


def _between(text: str, shown: str, names: Placeholders) -> Iterator[tuple[str, str]]:
    """(kind, value) of what stood where `shown` has placeholders, each proved by its digest."""
    text = text if text.isascii() and text.isprintable() else visible(text)
    marks = list(_MARK.finditer(shown))
    ends = [*(mark.start() for mark in marks), len(shown)]
    at = ends[0]
    for mark, end in zip(marks, ends[1:], strict=True):
        kind = mark.group()[1:-1].rpartition(":")[0].removeprefix("secret:")
        follows = shown[mark.end() : end]
        value = next((v for v in _up_to(text, at, follows) if names.name(kind, v) == mark.group()), None)
        if value is None:
            return
        yield kind, value
        at += len(value) + len(follows)


def _up_to(text: str, at: int, follows: str) -> Iterator[str]:
    if not follows:
        yield text[at:]
        return
    end = at
    for _ in range(_TRIES):
        end = text.find(follows, end + 1)
        if not 0 <= end <= at + _LONGEST:
            return
        yield text[at:end]


def _is_rare(value: str, kind: str) -> bool:
    """Whether the application would hardly write `value` for anything else."""
    size = len(value)
    if not 2 < size <= _LONGEST or _holds_mark(value):
        return False
    if kind in _WORDS:
        return kind == "trait" and size >= _PHRASE and " " in value
    numerals = sum(map(str.isdecimal, value))
    if numerals == sum(map(str.isalnum, value)):
        return numerals > 5
    if not numerals and value.replace("_", "").replace("-", "").isalpha():
        return _is_rare_word(value, kind)
    if kind == "address":
        return numerals > 0 and size > 8
    least = 6 if kind == "password" or not value.isalnum() else 8
    return size >= least or not value.isascii()


def _holds_mark(value: str) -> bool:
    """A placeholder, or half a character, which nothing that is cleaned can hold."""
    try:
        data = value.encode()
    except UnicodeEncodeError:
        return True
    return masked(data) != data


def _is_rare_word(value: str, kind: str) -> bool:
    if kind in ("password", "secret", "token", "key", "credential", "session", "cookie"):
        return len(value) > 15 or (len(value) > 7 and not value.islower() and not value.isupper())
    if kind not in _NAMES:
        return False
    return not value.isascii() or _is_name(value) or is_login(value.encode()) or is_joined_login(value)


def _is_name(word: str) -> bool:
    return len(word) > 3 and word[0].isupper() and word[1:].islower() and not is_common(word)


def _words_of_name(value: str, kind: str, named: Container[str]) -> list[str]:
    """First and last name, which stand alone, too: of a field's value, or where the first is a known one."""
    words = value.split()
    if kind not in _NAMES or not 1 < len(words) < 5 or is_common(words[-1]):
        return []
    if value not in named and not is_given(words[0].encode()):
        return []
    return [word for word in words if word.isalpha() and _is_name(word)]


def _ways(value: str, kind: str) -> list[str]:
    """As it may be written: escaped, encoded, and without what groups its digits or words."""
    ways = [value]
    if not value.isalnum() or not value.isascii():
        escaped = json.dumps(value)[1:-1]
        ways += [escaped, json.dumps(value, ensure_ascii=False)[1:-1], json.dumps(escaped)[1:-1]]
        ways += [quote(value, safe=""), quote_plus(value), quote(value), html.escape(value)]
        plain = value.translate(_SEPARATED)
        ways += [plain] if _is_number(plain, kind) else []
        ways += _national(plain) if kind == "phone" else []
    if kind in _NAMES and " " in value:
        ways += [value.upper(), value.lower(), *([] if value.isascii() else [value.replace(" ", "")])]
    return list(dict.fromkeys(ways))


def _national(plain: str) -> list[str]:
    """A number as it is dialled in its own country, with a zero before it or without."""
    if not plain.startswith(("+", "00")):
        return []
    called = plain.removeprefix("+").removeprefix("00")
    size = next((size for size in (1, 2) if called[:size] in _CALLING), 3)
    own = called[size:].removeprefix("0")
    return [own, f"0{own}"] if own.isdecimal() and len(own) >= _SHORTEST_NATIONAL else []


def _is_number(plain: str, kind: str) -> bool:
    """Without what groups it: of nine digits or more, or that of a plate or a paper."""
    numerals = sum(map(str.isdecimal, plain))
    return numerals > 8 or (kind in _PAPERS and plain.isalnum() and numerals > 2 and len(plain) > 5)


def _names_code(text: str, start: int, end: int) -> bool:
    """A word, or what a release begins with: an application logs in by its own name, as `shop-api@2.4.0`."""
    return text[start:end].isalpha() or (start == 0 and text[end : end + 1] == "@")


def _stands_apart(text: str, start: int, end: int) -> bool:
    """Not inside a longer word or number; scripts without spaces have no such edges."""
    before, after = text[max(0, start - 3) : start], text[end : end + 1]
    if before[-2:-1] == "-" and not before[:-2].isalnum():  # -p of a command
        before = ""
    if end - start > _LONG and " " not in text[start:end]:
        return True
    if end - start > _CODE_LIKE and _is_code_like(text[start:end]):
        return True
    if end - start > _CODE_LIKE and text[start:end].isdecimal():
        return not text[start - 1 : start].isdecimal() and not after.isdecimal()
    if _joined(text[end - 1], after):
        return False
    if end - start >= _DIALLED and text[start:end].isdecimal() and before.isdecimal():
        return not text[max(0, start - 4) : start].isdecimal()
    return not _joined(text[start], before[-1:]) or before[-2:-1] == "\\" or before[:1] == "%"


def _is_code_like(value: str) -> bool:
    """`RSSMRA85T10A562S`: capitals among digits, some of each."""
    letters = sum(map(str.isalpha, value))
    return value.isalnum() and value.isascii() and value == value.upper() and 2 < letters < len(value) - 2


def _joined(edge: str, beside: str) -> bool:
    return edge.isalnum() and beside.isalnum() and max(edge, beside) < "\u0e00"


def _written(cleaned: Any) -> bytes:
    try:
        return orjson.dumps(cleaned)
    except TypeError:  # a number of many digits
        return json.dumps(cleaned, ensure_ascii=False).encode()
