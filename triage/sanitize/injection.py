"""Signs that a text addresses a model rather than a person. Detection feeds a risk score; it is never the wall."""

from __future__ import annotations

import base64
import binascii
import codecs
import html
from collections.abc import Iterator
from urllib.parse import unquote

from triage.sanitize.characters import tags_as_text
from triage.sanitize.rule import Anchors, RuleBook, bytes_pattern
from triage.sanitize.rules.signs import SIGNS, SQUEEZED, fold

_SIGNS = RuleBook(SIGNS)
_SIGN_ANCHORS = Anchors(_SIGNS.labels())
_SQUEEZED = RuleBook(SQUEEZED)
_SQUEEZED_ANCHORS = Anchors(_SQUEEZED.labels())
_DEPTH = 2  # encodings inside encodings
_LONGEST = 64 * 1024  # characters searched

ANCHORS: tuple[str, ...] = tuple(dict.fromkeys(anchor for rule in SIGNS for anchor in rule.anchors if anchor.isascii()))

_WEIGHTS = {
    "override": 0.7, "prompt-leak": 0.6, "exfiltration": 0.8, "tool-call": 0.6, "agent-order": 0.6,
    "chat-template": 0.6, "fake-system": 0.6, "role-play": 0.5, "encoded": 0.4, "hidden-text": 0.5,
}  # fmt: skip

_LOOKALIKES = str.maketrans(
    "авеёкмнорстухцԁһіјӏԛѕԝүзьпгοανρτυικεβγηωχμσɑɡɩıʟɴʀᴀʙᴄᴅᴇꜰɢʜɪᴊᴋᴍᴏᴘꜱᴛᴜᴠᴡʏᴢѵցոօսνƖ",
    "abeekmhopctyxudhijlqswy3bnroavptuikebynwxmsagiilnrabcdefghijkmopstuvwyzvgnouvl",
)
_LEET = str.maketrans("013457@$!|89+€", "oieastasilbgte")
_LEET_L = str.maketrans("013457@$!|89+€", "oleastaslibgte")
_APART = bytes_pattern(r"(?:[A-Za-z0-9@$!|](?:[ \t._*|~\-]|\xc2\xb7){1,3}){6,}[A-Za-z0-9@$!|]", captures=False)
_BASE64 = bytes_pattern(r"[A-Za-z0-9+/_\-]{20,}={0,2}", captures=False)
_HEX = bytes_pattern(r"(?:(?:\\x|0x|%)?[0-9A-Fa-f]{2}[ ,:]?){12,}", captures=False)
_BITS = bytes_pattern(r"(?:[01]{8} ?){8,}", captures=False)
_ESCAPES = bytes_pattern(r"\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}", captures=False)
_ROT13 = (b"vafgehpgvba", b"vtaber", b"cebzcg", b"qvfertneq", b"flfgrz", b"frperg", b"qryrgr", b"qvfnoyr")
_MIRRORED = (b"snoitcurtsni", b"erongi", b"tpmorp", b"dragersid", b"terces", b"etelede", b"elbasid")


def signs(raw: str, shown: str) -> tuple[str, ...]:
    """The names of the signs in a text, sorted; empty for a harmless one.

    `raw` is the text as it came, in which invisible characters may spell a message; `shown` is without them.
    """
    found = set(_read(shown[:_LONGEST], _DEPTH))
    if not raw.isascii() and (hidden := tags_as_text(raw)):
        found |= {"hidden-text", *_read(hidden, 0)}
    return tuple(sorted(found))


def risk(flags: tuple[str, ...]) -> float:
    """0..1 for a set of signs: each adds its weight to what is left."""
    safe = 1.0
    for flag in flags:
        safe *= 1 - _WEIGHTS.get(flag, 0.3)
    return round(1 - safe, 3)


def _read(text: str, depth: int) -> set[str]:
    folded = fold(text)
    data = folded.encode()
    found = _matches(_SIGNS, _SIGN_ANCHORS, data)
    if found:
        return found
    for view in _respelt(text, folded, data):
        if view != folded:
            found |= _matches(_SIGNS, _SIGN_ANCHORS, view.encode("utf-8", "replace"))
    found |= _apart(data)
    if depth and not found:
        for decoded in _decoded(text):
            if inner := _read(decoded, depth - 1):
                return inner | {"encoded"}
    return found


def _matches(book: RuleBook, anchors: Anchors, data: bytes) -> set[str]:
    awake = sorted((start, label) for index, start, _ in anchors.find(data) for label in anchors.labels(index))
    return {span.kind for span in book.find(data, awake, most=1)} if awake else set()


def _respelt(text: str, folded: str, data: bytes) -> Iterator[str]:
    """The text with look-alike letters and digits read as letters, turned round, or rotated."""
    if not folded.isascii():
        yield folded.translate(_LOOKALIKES)
    if any(char in folded for char in "013457@$!|89+€"):
        yield folded.translate(_LEET)
        yield folded.translate(_LEET_L)
    if any(word in data for word in _MIRRORED):
        yield folded[::-1]
    if any(word in data for word in _ROT13):
        yield codecs.encode(folded, "rot13")


def _apart(data: bytes) -> set[str]:
    found: set[str] = set()
    for match in _APART.finditer(data):
        letters = bytes(byte for byte in match.group() if byte not in b" \t._*|~-\xc2\xb7").decode("ascii", "ignore")
        for view in {letters, letters.translate(_LEET)}:
            found |= _matches(_SQUEEZED, _SQUEEZED_ANCHORS, view.encode())
    return found


def _decoded(text: str) -> Iterator[str]:
    """What the encodings in a text say, where it reads as text."""
    data = text.encode("utf-8", "replace")
    if b"%" in data and (plain := unquote(text)) != text:
        yield plain
    if b"&" in data and (plain := html.unescape(text)) != text:
        yield plain
    if b"\\u" in data or b"\\x" in data:
        yield _ESCAPES.sub(_unescaped, data).decode("utf-8", "replace")
    pieces = [_legible(_from_base64(match.group())) for match in _BASE64.finditer(data)]
    pieces += [_legible(_from_hex(match.group())) for match in _HEX.finditer(data)]
    pieces += [_legible(_from_bits(match.group())) for match in _BITS.finditer(data)]
    yield from (piece for piece in pieces if piece)


def _unescaped(match: object) -> bytes:
    text: bytes = match.group()  # type: ignore[attr-defined]
    return chr(int(text[2:], 16)).encode("utf-8", "ignore") if not text.lower().startswith(b"\\ud") else b""


def _from_base64(piece: bytes) -> bytes:
    body = piece.rstrip(b"=").replace(b"-", b"+").replace(b"_", b"/")
    try:
        return base64.b64decode(body + b"=" * (-len(body) % 4))
    except (binascii.Error, ValueError):
        return b""


def _from_hex(piece: bytes) -> bytes:
    try:
        return bytes.fromhex(bytes(b for b in piece.replace(b"0x", b"") if chr(b) in "0123456789abcdefABCDEF").decode())
    except ValueError:
        return b""


def _from_bits(piece: bytes) -> bytes:
    bits = piece.replace(b" ", b"")
    return bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits) - 7, 8))


def _legible(data: bytes) -> str:
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return ""
    return text if len(text) >= 8 and text.replace("\n", " ").replace("\t", " ").isprintable() else ""
