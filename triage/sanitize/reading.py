"""What stands beside a name, as far as it is its value: in quotes, in brackets, or up to what ends it."""

from __future__ import annotations

from typing import Any

from triage.sanitize.keys import kind_of_key
from triage.sanitize.people import FULL
from triage.sanitize.rule import bytes_pattern
from triage.sanitize.rules.speech import DATE
from triage.sanitize.value import Value

_MAX_BARE = 4096
_MAX_NAMED = 160
SHORT_KINDS = frozenset(
    (
        "person",
        "user",
        "name",
        "phone",
        "pin",
        "geo",
        "ip",
        "email",
        "device",
        "trait",
        "birth-date",
        "card",
        "generated",
    )
)
QUOTE = (
    r"(?:\\{0,40}[\"'`]|\\{0,8}&(?:amp;){0,2}(?:quot|apos|#34|#39|#x22|#x27);"
    r"|(?:%(?:25){0,2}5[Cc]){0,7}%(?:25){0,2}2[27]|%26(?:quot|apos|%23x27|%23x22|%2339|%2334)%3B)"
)
_WRAPPED = bytes_pattern(
    r"(?:[A-Za-z_]{0,20}Secret[A-Za-z_]{0,12}|Password|Sensitive|Some|Just|Ok|Optional|bytes|str|String|ByteString)\([bru]?([\"'])"
)
# The bytes of a key, as a list of numbers.
_LISTED = bytes_pattern(r"(?:<<|\[)(-?[0-9]{1,3}(?:, ?-?[0-9]{1,3}){7,})(?:>>|\])")
_BINARY = frozenset(("key", "secret", "token", "password", "generated"))
_OPEN = bytes_pattern(rf"[bruBRU]?({QUOTE})")
_PAIRED = {
    opening.encode(): closing.encode()
    for opening, closing in ("«»", "»«", "“”", "„“", "‘’", "‚‘", "‹›", "「」", "『』", "《》", "【】")
}
_QUOTED = {
    b'"': bytes_pattern(r"(?s)(?:[^\"\\]|\\.)*", captures=False),
    b"'": bytes_pattern(r"(?s)(?:[^'\\]|\\.)*", captures=False),
    b"`": bytes_pattern(r"[^`]*", captures=False),
}
# A bare value ends at white space, a quote, `&` and `;`; at `,` and brackets only where syntax follows.
_BARE = bytes_pattern(
    r"(?:[^\s\"'&;,<>(){}\[\]|\\`%]|%(?:[013-9A-Fa-f][0-9A-Fa-f]|2[013-5789A-Fa-f])|%[^0-9A-Fa-f\s\"'&]"
    r"|[,(){}\[\]<>|][^\s\"'&;,<>(){}\[\]|\\`=:A-Za-z_]|\\[/+])+",
    captures=False,
)
_OPENS = frozenset(bytes((byte,)) for byte in b"\"'`bruBRUN\\&%")
FULL_NAME = bytes_pattern(FULL, captures=False)
_TYPED = bytes_pattern(r"[A-Za-z_][A-Za-z0-9_.\[\]<>|?, ]{0,40}[ \t]*=[ \t]*[bru]?[\"'`]", captures=False)
STATED = {
    kind: bytes_pattern(form + r"\b", captures=False)
    for kind, form in {
        "phone": r"\+?\(?[0-9][0-9 ()./\-]{5,18}[0-9]",
        "national-id": r"[A-Za-z]{0,6}[ \-]?[0-9][0-9A-Z .\-/]{3,22}[0-9A-Za-z]",
        "passport": r"[A-Z]{0,3}[0-9][0-9A-Z]{5,12}",
        "card": r"[0-9](?:[ \-]?[0-9]){11,18}",
        "account": r"[0-9][0-9 \-]{5,20}[0-9]",
        "birth-date": DATE,
        "geo": r"-?[0-9]{1,3}\.[0-9]{3,}",
        "pin": r"[0-9]{3,4}",
        "health": r"[A-Z]{0,4}-?[0-9][0-9A-Z\-]{4,16}[0-9]",
        "address": r"(?:[0-9]{5}(?:-[0-9]{4})?|[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}"
        r"|[A-Z][0-9][A-Z] ?[0-9][A-Z][0-9]|[0-9]{4} ?[A-Z]{2}|[0-9]{2}-[0-9]{3}|[0-9]{4})",
    }.items()
}
_LINE = bytes_pattern(r"(?:[^\r\n\"'\\<>]|\\x[0-9a-f]{2}|\\u[0-9a-f]{4})+", captures=False)
OPENED = frozenset((b"[", b"{", b"("))
# `"address": [{"text": "…`
_NESTED = bytes_pattern(
    rf"[\[{{(\s]{{1,6}}{QUOTE}?(?:text|value|val|formatted|raw|number|display|full|line|unstructured|given|family){QUOTE}?\s{{0,4}}[:=]\s{{0,4}}\[?",
    captures=False,
)
# `[street] => Main Road 4 [phone] => …`, as PHP prints an array
_OF_PHP = bytes_pattern(r"([^\[\]\r\n]*?[^\[\]\s])(?: +\)| *\[|\r?\n|$)")
# `{Name:Anna Berg Street:Main Road 4}`, `map[name:Anna Berg street:Main Road 4]`
_IN_GO = bytes_pattern(r"(?:\{|map\[|:\[?)[^{}\n]*\w$", captures=False)
_OF_GO = bytes_pattern(r"([^{}\[\]\"'\n:]*?[^{}\[\]\"'\s:,;])(?: [A-Za-z_]\w{0,40}:|[}\]])")
_NAMED = frozenset(("name", "person", "address"))
_TO_LINE_END = frozenset(("cookie", "address", "name", "answer"))


def read(data: bytes, at: int, kind: str, style: str, name_end: int) -> Value | None:
    separator = data[name_end:at]
    wrapped = _WRAPPED.match(data, at) if data.find(b"(", at + 1, at + 36) >= 0 else None
    if wrapped is not None:
        return Value(
            kind, data, wrapped.end(), _closing(data, wrapped.end(), wrapped.group(1)), separator, style
        )
    if kind in _BINARY and (listed := _LISTED.match(data, at)):
        return Value(kind, data, listed.start(1), listed.end(1), separator, style)
    if data[at : at + 3] == b'<<"':
        at += 2  # a binary of Erlang
    first = data[at : at + 1]
    if first in _QUOTED:
        return Value(kind, data, at + 1, _closing(data, at + 1, first), separator, style, quoted=True)
    closer = _PAIRED.get(data[at : at + 3]) or _PAIRED.get(data[at : at + 2])
    if closer:
        start, end = _between(data, at, closer)
        return Value(kind, data, start, end, separator, style, quoted=True)
    opening = _OPEN.match(data, at) if first in _OPENS else None
    if opening is not None:
        start, end = opening.end(), _closing(data, opening.end(), opening.group(1))
        return Value(kind, data, start, end, separator, style, quoted=True)
    if first in OPENED and (inner := _NESTED.match(data, at)):
        return read(data, inner.end(), kind, style, name_end)
    if first == b"[" and kind in ("name", "address") and data[at + 1 : at + 2] in _OPENS:
        return read(data, at + 1, kind, style, name_end)
    if first in OPENED and kind not in ("address", "name", "ip") and style != "xml":
        return _bracketed(data, at, kind, separator, style)
    if kind in STATED.keys() | _NAMED and (form := _printed_as(data, name_end, separator)):
        printed = form.match(data, at, min(len(data), at + _MAX_NAMED))
        if printed is not None:
            return Value(kind, data, at, printed.end(1), separator, style)
    if kind == "person" and (named := FULL_NAME.match(data, at, min(len(data), at + _MAX_NAMED))):
        return Value(kind, data, at, named.end(), separator, style, quoted=False)
    typed = _TYPED.match(data, at) if first.isalpha() and b":" in separator else None
    if typed is not None:
        return Value(
            kind,
            data,
            typed.end(),
            _closing(data, typed.end(), data[typed.end() - 1 : typed.end()]),
            b"=",
            style,
        )
    if style == "labelled" and b"\n" in separator:
        separator = b":"  # in a part of a form, nothing follows
    to_line_end = kind in _TO_LINE_END or data[name_end - 6 : name_end].lower() == b"phrase"
    pattern = _LINE if (to_line_end and b":" in separator) or kind == "cookie" or style == "xml" else _BARE
    most = _MAX_NAMED if kind in SHORT_KINDS else _MAX_BARE
    bare = pattern.match(data, at, min(len(data), at + most))
    if bare is None or _is_assignment(data[at : bare.end()], separator):
        return None
    end = bare.end()
    if pattern is _LINE and kind != "cookie":
        end = at + len(_before_next_name(data[at:end]))
    elif (
        kind in STATED
        and style in ("assign", "labelled")
        and (number := STATED[kind].match(data, at, min(len(data), at + 48)))
    ):
        end = max(end, number.end())
    if style == "beside":
        end = at + len(data[at:end].rstrip(b".:,;)"))
    return Value(kind, data, at, end, separator, style, quoted=False)


def _printed_as(data: bytes, name_end: int, separator: bytes) -> Any:
    """How a value ends that is printed without quotes, where a language prints all of an object in a line."""
    if data[name_end : name_end + 1] == b"]" and b"=>" in separator:
        return _OF_PHP
    if separator != b":" or _IN_GO.search(data[max(0, name_end - _MAX_NAMED) : name_end]) is None:
        return None
    return _OF_GO


def _between(data: bytes, at: int, closer: bytes) -> tuple[int, int]:
    """Inside a pair of quotes that differ, as in « … », without the spaces that French puts there."""
    start = at + len(closer)
    while data[start : start + 1] == b" " or data[start : start + 2] == b"\xc2\xa0":
        start += 1 if data[start : start + 1] == b" " else 2
    end = data.find(closer, start, start + _MAX_BARE)
    end = len(data) if end < 0 else end
    return start, start + len(data[start:end].rstrip(b" \xc2\xa0"))


def _before_next_name(line: bytes) -> bytes:
    """`José apellidos: García` is one name and the label of another."""
    label = min((place for place in (line.find(b":"), line.find(b"=")) if place >= 0), default=-1)
    last = max(line.rfind(sign, 0, label) for sign in (b" ", b",", b";", b"|")) if label > 0 else -1
    return line[:last].rstrip(b" ,;|") if last >= 0 else line


def _is_assignment(value: bytes, separator: bytes) -> bool:
    """`pw: password=…`: the inner name tells more."""
    name, equals, _ = value.partition(b"=")
    if value.endswith(b":") and not equals:
        name, equals = value[:-1], b":"
    if b"," in separator and value.endswith(b"=") and name.replace(b"_", b"").isalpha():
        return True  # `"invalid_token", error_description="…"`
    return (
        bool(equals) and separator[-1:].isspace() and kind_of_key(name.decode("utf-8", "ignore")) is not None
    )


def _closing(data: bytes, start: int, quote: bytes) -> int:
    pattern = _QUOTED.get(quote)
    if pattern is not None:
        end = data.find(quote, start)
        if end < 0 or data.find(b"\\", start, end) >= 0:
            end = int(pattern.match(data, start).end())
        line_end = data.find(b"\n", start, end)
        return line_end if line_end >= 0 and _closes(data, start - 1) else end
    end = data.find(quote, start)
    return end if end >= 0 else len(data)


def _closes(data: bytes, at: int) -> bool:
    """Whether the quote at `at` ends what another one opened before it in the line."""
    low = max(0, at - _MAX_BARE)
    line = data[max(low, data.rfind(b"\n", low, at) + 1) : at]
    return (line.count(data[at : at + 1]) - line.count(b"\\" + data[at : at + 1])) % 2 == 1


def _bracketed(data: bytes, at: int, kind: str, separator: bytes, style: str) -> Value | None:
    """The first string of a list of values; the rest of the list follows under the same name."""
    inner = at + 1
    opening = _OPEN.match(data, inner)
    if data[at : at + 1] == b"{":
        end = data.find(b"}", inner, inner + _MAX_BARE)
        told = kind == "cookie" and opening is not None and end > 0
        return Value(kind, data, inner, end, separator, style, quoted=True) if told else None
    if opening is None:
        return None
    end = data.find(b"]" if data[at : at + 1] == b"[" else b")", opening.end(), opening.end() + _MAX_BARE)
    if end < 0:
        end = _closing(data, opening.end(), opening.group(1))
    return Value(kind, data, inner, end, separator, style, quoted=True)
