"""Values beside a telling name: `password=…`, `"apiKey": "…"`, `X-Token: …`, `token%3D…`, `('secret', '…')`.

One grammar serves JSON, Python reprs, query strings, forms, cookies, headers, environment files and
connection strings, at any depth of escaping, because all of them write name, separator, value.
"""

from __future__ import annotations

from collections.abc import Iterator

from triage.sanitize.keys import kind_of_key
from triage.sanitize.placeholders import PLACEHOLDER
from triage.sanitize.rule import Span, bytes_pattern

_NAME = bytes_pattern(
    r"([A-Za-z_\x80-\xff][A-Za-z0-9_.\-\x80-\xff]*(?:\[[A-Za-z0-9_\-]*\])*)"
    r"((?:\\*[\"'`]|&quot;|&#34;|&#39;|%22|%27|%5D)?\]?"
    r"(?:[ \t]*(?:=>|:=|==?|:)|%3A|%3D|\\u003d|&#61;|[\"'][ \t]*,)(?:[ \t\r\n]|%20|\+|\\[ntr])*)"
)
_OPEN = bytes_pattern(r"[bruBRU]?(\\*[\"'`]|&quot;|&#34;|&#39;|%22|%27)", captures=True)
_QUOTED = {
    b'"': bytes_pattern(r"(?s)(?:[^\"\\]|\\.)*", captures=False),
    b"'": bytes_pattern(r"(?s)(?:[^'\\]|\\.)*", captures=False),
    b"`": bytes_pattern(r"[^`]*", captures=False),
}
_BARE = bytes_pattern(r"(?:[^\s\"'&;,<>(){}\[\]|\\`%]|%[0-9A-Fa-f]{2}|[,(){}\[\]<>|%][^\s\"'&;,<>(){}\[\]|\\`=]|\\[/+])+", captures=False)
_EXCUSED = frozenset(
    b"none null nil true false undefined nan str string int bool bytes object required invalid missing expired "
    b"incorrect wrong empty optional any self no yes not is must cannot was has redacted filtered hidden masked unknown "
    b"unset failed error ok ko denied rejected revoked mismatch valid found disabled enabled default type the a an".split()
)
_MASKS = (b"[filtered", b"[redacted", b"[masked", b"<redacted", b"***", b"xxx", b"${", b"{{", b"%(", b"$(", b"<", b"...", b"\xe2\x80\xa2")


def assigned(data: bytes) -> Iterator[Span]:
    """The values in `data` whose name says that they are secret or personal."""
    at, size = 0, len(data)
    while at < size:
        match = _NAME.search(data, at)
        if match is None:
            return
        kind = kind_of_key(match.group(1).decode("utf-8", "replace"))
        start, end = match.end(), match.end()
        if kind is not None:
            start, end, quoted = _value(data, match.end())
            if start < end and _worth_hiding(kind, data[start:end], quoted, match.group(2)):
                yield Span(start, end, kind)
        at = max(end, match.end(), at + 1)


def _value(data: bytes, at: int) -> tuple[int, int, bool]:
    opening = _OPEN.match(data, at)
    if opening is None:
        bare = _BARE.match(data, at)
        return (at, bare.end() if bare else at, False)
    quote = opening.group(1)
    start = opening.end()
    pattern = _QUOTED.get(quote)
    if pattern is not None:
        return start, pattern.match(data, start).end(), True
    end = data.find(quote, start)
    return start, end if end >= 0 else len(data), True


def _worth_hiding(kind: str, value: bytes, quoted: bool, separator: bytes) -> bool:
    low = value.lower()
    if PLACEHOLDER.match(value) or low in _EXCUSED or low.startswith(_MASKS) or len(value) < 2:
        return False
    if quoted:
        return True
    if value.isalpha():
        return kind == "password" and separator.strip() == b"=" and len(value) >= 6
    if any(48 <= byte <= 57 for byte in value):
        return not (value.isdigit() and kind in ("token", "session", "credential", "key", "secret") and len(value) < 8)
    return kind == "password" and b"." not in value and b"_" not in value
