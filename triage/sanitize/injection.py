"""Signs that a text addresses a model, not a person. Detection feeds a risk score; it is never the wall."""

from __future__ import annotations

import codecs
import html
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate

from triage.sanitize.characters import tags_as_text
from triage.sanitize.digits import ForAnyDigits
from triage.sanitize.encoded import decoded, may_be_encoded
from triage.sanitize.placeholders import masked
from triage.sanitize.rule import Anchors, RuleBook, bytes_pattern, has_long_word
from triage.sanitize.rules.sign import fold_bytes
from triage.sanitize.rules.signs import SIGNS, SQUEEZED
from triage.sanitize.wording import may_have_sign, sign_of

_SIGNS = RuleBook(SIGNS, utf8=True)
_SIGN_ANCHORS = Anchors(_SIGNS.labels())
_SQUEEZED = RuleBook(SQUEEZED)
_SQUEEZED_ANCHORS = Anchors(_SQUEEZED.labels())
BETWEEN = "\n\x1e\n"  # of texts that are searched together; no visible text holds a control character
_DEPTH = 2  # encodings inside encodings
_LONGEST = 64 * 1024  # characters searched
_MOST = 8  # signs of a rule in a block of lines

_WEIGHTS = {
    "clear-wording": 0.85, "wording": 0.5, "spelt-apart": 0.7, "exfiltration": 0.8, "tool-call": 0.6,
    "agent-order": 0.6, "chat-template": 0.6, "encoded": 0.4, "hidden-text": 0.5,
}  # fmt: skip

_LOOKALIKES = str.maketrans(
    "авеёкмнорстухцԁһіјӏԛѕԝүзьпгοανρτυικεβγηωχμσɑɡɩıʟɴʀᴀʙᴄᴅᴇꜰɢʜɪᴊᴋᴍᴏᴘꜱᴛᴜᴠᴡʏᴢѵցոօսνƖ",
    "abeekmhopctyxudhijlqswy3bnroavptuikebynwxmsagiilnrabcdefghijkmopstuvwyzvgnouvl",
)
_LEET = bytes.maketrans(b"013457@$!|89+", b"oieastasilbgt")
_LEET_L = bytes.maketrans(b"013457@$!|89+", b"oleastaslibgt")
_APART = bytes_pattern(
    r"(?:[A-Za-z0-9@$!|](?:[ \t._*|~\-]|\xc2\xb7){1,3}){6,}[A-Za-z0-9@$!|]", captures=False
)
_SPLIT = bytes_pattern(r"(?:\b[a-z]{1,6}-[a-z]{1,8}\b[^-\n]{0,8}){3}", captures=False)
_LEET_WORDS = bytes_pattern(r"(?s)(?:[a-z][013457@$!|]{1,2}[a-z].*?){3}", captures=False)
_ESCAPED = bytes_pattern(r"\\u00[2-7][0-9a-f]", captures=False)
_ROT13 = (b"vafgehpgvba", b"vtaber", b"cebzcg", b"qvfertneq", b"flfgrz", b"frperg", b"qryrgr", b"qvfnoyr")
_MIRRORED = (b"snoitcurtsni", b"erongi", b"tpmorp", b"dragersid", b"terces", b"etelede", b"elbasid")


def signs(raw: str, shown: str) -> tuple[str, ...]:
    """The names of the signs in a text, sorted; empty for a harmless one.

    `raw` is the text as it came, in which invisible characters may spell a message; `shown` is without them.
    """
    found = set(_read(shown[:_LONGEST], _DEPTH)) if may_speak(shown) else set()
    if not raw.isascii() and (hidden := tags_as_text(raw)):
        found |= {"hidden-text", *_read(hidden, 0)}
    return tuple(sorted(found))


def signed(texts: Sequence[str]) -> set[int]:
    """Which of many ASCII texts have signs, or may have them where an encoding hides the place."""
    return _signed(texts, [index for index, text in enumerate(texts) if may_speak(text)])


def _signed(texts: Sequence[str], speaking: list[int]) -> set[int]:
    """Those of `speaking` that have signs. What one of them hides is looked for in ever fewer of them."""
    data = BETWEEN.join(texts[index] for index in speaking).encode()
    lowered = data.lower()
    if _spelt_apart(lowered) or _read_encoded(data, 1):
        middle = len(speaking) // 2
        return (
            _signed(texts, speaking[:middle]) | _signed(texts, speaking[middle:]) if middle else set(speaking)
        )
    starts = list(accumulate((len(texts[index]) + len(BETWEEN) for index in speaking), initial=0))
    formed = {
        bisect_right(starts, position) - 1
        for position, _ in _SIGN_ANCHORS.awake(lowered, _SIGN_ANCHORS.find(lowered), alone=False)
    }
    each = [texts[index].lower().encode() for index in speaking]
    return {
        index
        for at, (index, text) in enumerate(zip(speaking, each, strict=True))
        if (at in formed and _forms(_SIGNS, _SIGN_ANCHORS, text)) or sign_of(text) or _disguised(text)
    }


def may_speak(text: str) -> bool:
    """An order needs words, or an encoding of them; a path, a name or a number is neither."""
    if not text.isascii():
        return True
    return len(text) >= 12 and (
        " " in text
        or "_" in text
        or "(" in text
        or "\\" in text
        or "%" in text
        or "&" in text
        or text.count("+") > 3
        or has_long_word(text.encode())
    )


def may_have_signs(form: str) -> bool:
    """Whether an ASCII text may have signs of which `form` is left with zeros for all digits. True as well
    where an encoding, or letters spelt otherwise, would have to be read to tell."""
    if not may_speak(form):
        return False
    data = form.lower().encode()
    return (
        _rules_of_signs().may_match(data, _rules_of_signs().awake(data))
        or may_have_sign(data)
        or any(True for _ in (*_rewritten(data), *_respelt(data), *_APART.finditer(data)))
        or may_be_encoded(form.encode())
    )


@cache
def _rules_of_signs() -> ForAnyDigits:
    return ForAnyDigits(_SIGNS, _SIGNS.labels(), utf8=True)


def risk(flags: tuple[str, ...]) -> float:
    """0..1 for a set of signs: each adds its weight to what is left."""
    safe = 1.0
    for flag in flags:
        safe *= 1 - _WEIGHTS.get(flag, 0.3)
    return round(1 - safe, 3)


def _read(text: str, depth: int) -> set[str]:
    data = fold_bytes(text)
    found = _said(data) or _disguised(data) or _spelt_apart(data)
    if depth and not found and (inner := _read_encoded(text.encode("utf-8", "replace"), depth - 1)):
        return inner | {"encoded"}
    return found


def _said(data: bytes) -> set[str]:
    """The forms of a folded text, and how it is worded, of which what is hidden in it says nothing."""
    found = _forms(_SIGNS, _SIGN_ANCHORS, data)
    wording = sign_of(masked(data))
    return found | {wording} if wording else found


def _read_encoded(data: bytes, depth: int) -> set[str]:
    said = BETWEEN.join(dict.fromkeys(decoded(data)))
    return _read(said, depth) if said else set()


def _disguised(data: bytes) -> set[str]:
    """The signs of a text that is written otherwise."""
    return set().union(*map(_said, (*_rewritten(data), *_respelt(data))))


def _forms(book: RuleBook, anchors: Anchors, data: bytes) -> set[str]:
    awake = anchors.awake(data, anchors.find(data))
    spans = book.find(data, awake, most=_MOST, cut=False)[0] if awake else []
    return {span.kind for span in spans}


def _rewritten(data: bytes) -> Iterator[bytes]:
    """The text with look-alike letters, as a query, with its words joined again, and without escapes."""
    if not data.isascii():
        yield data.decode().translate(_LOOKALIKES).encode()
    if data.count(b"+") > 3:
        yield data.replace(b"+", b" ")
    if data.count(b"-") > 3 and _SPLIT.search(data):
        yield data.replace(b"-", b"")
    if b"&#" in data:
        yield html.unescape(data.decode()).lower().encode()
    if b"\\u00" in data:
        yield bytes(_ESCAPED.sub(lambda match: bytes((int(match.group()[4:], 16),)), data)).lower()


def _respelt(data: bytes) -> Iterator[bytes]:
    """The text with digits read as letters, turned round, or rotated."""
    if _LEET_WORDS.search(data):
        yield from {data.translate(table) for table in (_LEET, _LEET_L)}
    if any(word in data for word in _MIRRORED):
        yield data[::-1]
    if any(word in data for word in _ROT13):
        yield codecs.encode(data.decode(), "rot13").encode()


def _spelt_apart(data: bytes) -> set[str]:
    """Letters with something between each two of them."""
    found: set[str] = set()
    for match in _APART.finditer(data):
        letters = match.group().translate(None, b" \t._*|~-\xc2\xb7")
        for view in {letters, letters.translate(_LEET)}:
            found |= _forms(_SQUEEZED, _SQUEEZED_ANCHORS, view)
    return found
