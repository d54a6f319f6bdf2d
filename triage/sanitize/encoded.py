"""What the encodings inside a text say, where that reads as text: URL, HTML, escapes, base64, hex, bits."""

from __future__ import annotations

import base64
import binascii
import html
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from triage.sanitize.rule import Found, bytes_pattern, has_long_word

_BASE64 = bytes_pattern(r"[A-Za-z0-9+/_\-]{20,}={0,2}", captures=False)
_PERCENT = bytes_pattern(r"(?:[A-Za-z0-9_.~+\-]{0,40}%[0-9A-Fa-f]{2}){4,}[A-Za-z0-9_.~+\-]*", captures=False)
_ENTITIES = bytes_pattern(
    r"(?:[A-Za-z ]{0,12}&(?:#[0-9]{2,6}|#[xX][0-9A-Fa-f]{2,5}|[A-Za-z]{2,8});){5,}[A-Za-z ]*", captures=False
)
_ESCAPED = bytes_pattern(
    r"(?:[A-Za-z ]{0,12}\\(?:u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2})){5,}[A-Za-z ]*", captures=False
)
_HEX = bytes_pattern(r"(?:(?:\\x|0x|%)?[0-9A-Fa-f]{2}[ ,:]?){12,}", captures=False)
_BITS = bytes_pattern(r"(?:[01]{8} ?){8,}", captures=False)
_HEX_DIGITS = b"0123456789abcdef"
_NOT_HEX = bytes(set(range(256)) - set(b"0123456789abcdefABCDEF"))
_URL_SAFE = bytes.maketrans(b"+/", b"-_")
_ESCAPES = bytes_pattern(r"\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}", captures=False)


_WRAPPED = bytes_pattern(
    r"(?:[A-Za-z0-9+/]{64}(?:[A-Za-z0-9+/]{12})?\r?\n)+[A-Za-z0-9+/]{1,76}={0,2}", captures=False
)  # as MIME and PEM break their lines
_HEX_RUN = bytes_pattern(r"(?:0?x)?((?:[0-9A-Fa-f]{2}){10,})")
_PRINTED = r"(?:[2-6][0-9A-Fa-f]|7[0-9A-Ea-e])"
# Of a letter beyond ASCII.
_WIDE = (
    r"(?:00[A-Fa-f][0-9A-Fa-f]|0[1-9A-Fa-f][0-9A-Fa-f]{2}"
    r"|[1-9A-CE-Fa-ce-f][0-9A-Fa-f]{3}|[Dd][0-7][0-9A-Fa-f]{2})"
)
# The bytes of one, as a repr of bytes has them.
_UTF8 = r"\\{1,8}x[C-Fc-f][0-9A-Fa-f](?:\\{1,8}x[89ABab][0-9A-Fa-f]){1,3}"
_LETTER = bytes_pattern(
    rf"%(?:25){{0,3}}({_PRINTED}|0[9AaDd]|[89A-Fa-f][0-9A-Fa-f])"
    rf"|&(?:amp;){{0,3}}(lt|gt|quot|apos|#(?:3[2-9]|[4-9][0-9]|1[01][0-9]|12[0-6])|#[xX]{_PRINTED});"
    rf"|\\{{1,8}}(?:u00|x)({_PRINTED})"
    r"|\\{1,8}([nrt])"
    r"|(?:\\{1,8}(?:x1[bB]|u001[bB]|033)\[|%(?:25){0,3}1[bB]%(?:25){0,3}5[bB])[0-9;]{0,12}(m)"  # a colour
    rf"|\\{{1,8}}u({_WIDE})"
    rf"|({_UTF8})"
)
_TELLING_LETTER = bytes_pattern(
    rf"%(?:25){{0,3}}(?:{_PRINTED}|[C-Fc-f][0-9A-Fa-f])|&(?:amp;){{0,3}}(?:lt|gt|quot|apos|#[xX]?[0-9A-Fa-f]{{2,3}});"
    rf"|\\(?:u00|x){_PRINTED}|\\[nrt][A-Z0-9+]|\\(?:x1[bB]|u001[bB]|033)\["
    rf"|\\u{_WIDE}|{_UTF8}",
    captures=False,
)
# Words of a form's field: `q=14+rue+des+Lilas`.
_WORDS = r"[A-Za-z0-9.,'%\-\x80-\xff]{1,30}"
_FORM = bytes_pattern(rf"={_WORDS}(?:\+{_WORDS}){{1,12}}", captures=False)
_BLANKS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"m": b" "}

_LAID_OUT = dict.fromkeys(map(ord, "\n\r\t\x1b"))  # in texts, too

_SPELT = 5
_REFERENCES = bytes_pattern(
    r"(?:&#(?:[0-9]{2,5}|[xX][0-9A-Fa-f]{2,4});[A-Za-z0-9.@_\-]{0,2}){6,}", captures=False
)
_ESCAPE_RUN = bytes_pattern(
    r"(?:\\(?:u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2})[A-Za-z0-9.@_\-]{0,2}){6,}", captures=False
)


def decoded(data: bytes) -> Iterator[str]:
    """The texts encoded in `data`, each once."""
    if b"%" in data:
        yield from (
            unquote(piece.group().decode("utf-8", "replace").replace("+", " "))
            for piece in _PERCENT.finditer(data)
        )
    if b"&" in data:
        yield from (
            html.unescape(piece.group().decode("utf-8", "replace")) for piece in _ENTITIES.finditer(data)
        )
    if b"\\" in data:
        yield from (
            _ESCAPES.sub(_unescaped, piece.group()).decode("utf-8", "replace")
            for piece in _ESCAPED.finditer(data)
        )
    yield from (text for _, text in from_runs(data))
    for pattern, decode in ((_HEX, _from_hex), (_BITS, _from_bits)):
        for piece in pattern.finditer(data):
            if text := _legible(decode(piece.group())):
                yield text


def may_be_encoded(data: bytes) -> bool:
    """Whether `decoded` reads anything in `data`, legible or not; zeros stand for any digit."""
    patterns = (_PERCENT, _ENTITIES, _ESCAPED, _HEX, _BITS)
    return has_long_word(data) or any(pattern.search(data) for pattern in patterns)


def from_runs(data: bytes) -> Iterator[tuple[Found, str]]:
    """Every piece of base64, base64url or hex that holds text, also where base64 is broken into lines."""
    if not has_long_word(data):
        return
    for piece in _WRAPPED.finditer(data) if b"\n" in data else ():
        if text := _legible(_from_base64(b"".join(piece.group().split()))):
            yield Found(data, piece.start(), piece.end()), text
    for piece in _BASE64.finditer(data):
        start, end = piece.span()
        if data[start - 1 : start] == b"\\" and data[start : start + 1] in (b"n", b"r", b"t"):
            start += 1
        if text := from_code(data[start:end]):
            yield Found(data, start, end), text


def written(data: bytes) -> Iterator[tuple[Found, str]]:
    """As `from_runs`, and every piece of text that is spelt in character references or escapes."""
    yield from from_runs(data)
    if _may_spell(data):
        for pattern, decode in ((_REFERENCES, _referred), (_ESCAPE_RUN, _escaped)):
            for piece in pattern.finditer(data):
                yield Found(data, piece.start(), piece.end()), decode(piece.group())


@dataclass(frozen=True, slots=True)
class Plain:
    """A text with letters for its escapes of them, and where each byte of it was written."""

    text: bytes
    _after: list[int] = field(repr=False)  # in the text, what follows each letter
    _shifts: list[int] = field(repr=False)  # from there to the place as written

    def place(self, at: int) -> int:
        """Where the byte at `at` begins as written; for the end of a span, where that ends."""
        index = bisect_right(self._after, at)
        return at + self._shifts[index - 1] if index else at


def without_escapes(data: bytes) -> Plain | None:
    """`data` as URLs, HTML and strings of code mean it, where one of its letters is escaped, however
    often: `%253Cpin%253E`, `&amp;lt;pin&amp;gt;`, `\\u003cpin\\u003e`. None where none of them is."""
    joined = b"+" in data and _FORM.search(data) is not None
    if not joined and (not _may_be_escaped(data) or _TELLING_LETTER.search(data) is None):
        return None
    if joined:
        data = _FORM.sub(lambda match: match.group().replace(b"+", b" "), data)
    pieces: list[bytes] = []
    after: list[int] = []
    shifts: list[int] = []
    at = size = 0
    for match in _LETTER.finditer(data):
        start, end = match.span()
        letter = _letter(match)
        pieces += (data[at:start], letter)
        size += start - at + len(letter)
        after.append(size)
        shifts.append(end - size)
        at = end
    return Plain(b"".join((*pieces, data[at:])), after, shifts)


def _may_be_escaped(data: bytes) -> bool:
    return b"%" in data or b"&" in data or b"\\" in data


def _letter(match: Any) -> bytes:
    percent, named, code, blank, colour, wide, several = match.groups()
    if several:
        return bytes.fromhex(several.translate(None, b"\\x").decode())
    if wide:
        return chr(int(wide, 16)).encode()
    if blank or colour:
        return _BLANKS[blank or colour]
    if named:
        return html.unescape(f"&{named.decode()};").encode()
    return bytes((int(percent or code, 16),))


def _may_spell(data: bytes) -> bool:
    return any(data.count(sign) > _SPELT for sign in (b"&#", b"\\u00", b"\\x"))


def _referred(run: bytes) -> str:
    return html.unescape(run.decode("utf-8", "replace"))


def _escaped(run: bytes) -> str:
    if b"\\u" not in run:  # which takes a tenth of the time
        return run.decode("unicode_escape").encode("latin-1").decode("utf-8", "replace")
    return unescaped(run).decode("utf-8", "replace")


def from_code(run: bytes) -> str:
    """The text that a whole run is, in base64 or hex; empty where it is none."""
    digits = _HEX_RUN.fullmatch(run)
    if digits:
        return _legible(bytes.fromhex(digits.group(1).decode()))
    return "" if run.islower() or run.isupper() else _legible(_from_base64(run))


def cores(value: bytes) -> Iterator[bytes]:
    """One of these stands in every code, as `from_code` reads them, of a text that has `value` in it: a code
    groups letters by three, and the first may be any of a group."""
    yield binascii.hexlify(value)
    for first in range(3):
        whole = value[first : len(value) - (len(value) - first) % 3]
        core = binascii.b2a_base64(whole, newline=False)
        yield core
        if b"+" in core or b"/" in core:
            yield core.translate(_URL_SAFE)


def unescaped(value: bytes) -> bytes:
    """`value` without the escapes of letters that JSON has: `Wr\\u00f3bel`."""
    return bytes(_ESCAPES.sub(_unescaped, value))


def codes(data: bytes) -> Iterator[int]:
    """Where runs begin that are long enough to hold an encoded text, and where a letter is escaped."""
    if has_long_word(data):
        yield from (piece.start() for piece in _BASE64.finditer(data))
    if _may_be_escaped(data):
        yield from (piece.start() for piece in _TELLING_LETTER.finditer(data))
    if b"+" in data:
        yield from (piece.start() for piece in _FORM.finditer(data))
    if _may_spell(data):
        for pattern in (_REFERENCES, _ESCAPE_RUN):
            yield from (piece.start() for piece in pattern.finditer(data))


def _unescaped(match: Any) -> bytes:
    text: bytes = match.group()
    if text[1:2] == b"x":
        return bytes((int(text[2:], 16),))
    return b"" if text[2:3] in b"dD" else chr(int(text[2:], 16)).encode()


def _from_base64(piece: bytes) -> bytes:
    body = piece.rstrip(b"=").replace(b"-", b"+").replace(b"_", b"/")
    try:
        return base64.b64decode(body + b"=" * (-len(body) % 4))
    except (binascii.Error, ValueError):
        return b""


def _from_hex(piece: bytes) -> bytes:
    try:
        return bytes.fromhex(piece.replace(b"0x", b"").translate(None, _NOT_HEX).decode())
    except ValueError:
        return b""


def _from_bits(piece: bytes) -> bytes:
    bits = piece.replace(b" ", b"")
    return bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits) - 7, 8))


def _legible(data: bytes) -> str:
    try:
        text = data.decode().replace("\0", "\n")  # SASL parts a user from his password so
    except UnicodeDecodeError:
        return ""
    return text if len(text) >= 8 and text.translate(_LAID_OUT).isprintable() else ""
