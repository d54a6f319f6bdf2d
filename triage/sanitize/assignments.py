"""Values beside a telling name: `password=…`, `"apiKey": "…"`, `X-Token: …`, `token%3D…`, `('secret', '…')`.

One grammar serves JSON, Python reprs, query strings, forms, cookies, headers, XML, environment files and
connection strings, at any depth of escaping, because all of them write name, separator, value.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from triage.sanitize.keys import in_company, kind_of_key
from triage.sanitize.nearby import drawn_near
from triage.sanitize.reading import FULL_NAME, OPENED, QUOTE, SHORT_KINDS, STATED, read
from triage.sanitize.rule import Span, bytes_pattern
from triage.sanitize.value import Value
from triage.sanitize.values import worth_hiding

_NAME_BYTES = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-") | frozenset(
    range(0x80, 0x100)
)
_EDGES = bytes(0x61 if byte in _NAME_BYTES else 0x20 if byte == 0x20 else 0 for byte in range(256))
_MAX_NAME = 64  # bytes
_AROUND = _MAX_NAME + 8  # bytes on both sides of a stem, in which its name ends
_MAX_SIGN = 512  # bytes; whatever joins a name and its value is shorter
_BRACKETS = ("「".encode(), "『".encode())
_WIDE_SIGNS = ("：".encode(), "→".encode(), *_BRACKETS)

_BLANK = r"(?:[ \t\r\n]|%(?:25){0,2}20|%0[AaDd]|\+|\\{1,8}[ntr]|&nbsp;){0,40}"
_ASSIGN = bytes_pattern(
    rf"(?:\]|%5D|\[[0-9]{{1,4}}\])?{QUOTE}?\]?[ \t]*"
    rf"(?:=>|->|:=|={{1,3}}|:|\xe2\x86\x92|\xe2\x87\x92|;s:[0-9]{{1,6}}:|\xef\xbc\x9a|%(?:25){{0,2}}3[AaDd]|\\u003d|&#61;|\\{{1,2}}x00|\\{{1,2}}u0000){_BLANK}(?:string\([0-9]{{1,6}}\) )?",
    captures=False,
)
_COLUMN = bytes_pattern(
    r"[\"'`]?[A-Za-z_]\w{0,60}[\"'`]\.[\"'`]"
)  # a table's name in quotes, and its column's
_PAIR = bytes_pattern(rf"{QUOTE}[ \t]*,{_BLANK}", captures=False)
_SPOKEN = bytes_pattern(
    r"(?:[ \t]*(?:は|为|為|是|：)[ \t「『\"]*|[\"'`]?[ \t]+(?:value |currently |now |set )?(?:is|was|are|ist|lautet|est|es|é|è|son|to|jest|has value|:)[ \t]*[:=]?[ \t]+)",
    captures=False,
)
# `senha do certificado = …`, `Passwort für db-2: …`
_OF = bytes_pattern(
    r" (?:do|da|de|del|della|di|du|des|der|of|for|für|fuer|fur|till|til|voor|van|dla|для|от|к|на) (?:[\w.\-]{1,24} ){0,2}?[\w.\-]{1,24}(?: ?(?:=|:)[ \t]*| [\"'])",
    captures=False,
)
_CELL = bytes_pattern(r"[ \t]*\|[ \t]*", captures=False)
_SQL = bytes_pattern(r"[ \t]+(?:['\"]|\xc2[\xab\xbb]|\xe2\x80[\x9c\x9e\x98\xb9])", captures=False)
_BESIDE = bytes_pattern(r"[ \t][A-Za-z0-9/+_.\-]{16}", captures=False)
_FLAG = bytes_pattern(r"[ \t]+", captures=False)
_SAID_OF = bytes_pattern(
    r"(?:\[[0-9]{1,4}\])?[ \t](?:\\*[\"'`]|\xc2\xab|\xe2\x80[\x9c\x9e\xb9])", captures=False
)
# `name="password" value="…"`, `- name: DB_PASSWORD⏎ value: …`, `cs1Label=password cs1=…`
_LABELLED = bytes_pattern(
    r"(?i)(?:[\"'][ \r]{0,3}\n[ \r]{0,3}\n|[\"']\s{0,4}\{[^{}]{0,80}?\b(?:default|value)\s{0,16}=\s{0,16}|</(?:key|name)>\s{0,20}<[a-z]{1,16}>|[\"']?[,;\s]{1,24}(?:(?:type|id|class|hidden|required|autocomplete|source|secure)=?[\"']?[a-z0-9_\-]{0,24}[\"']?\s{1,16}){0,4}"
    r"[\"']?(?:value|content|val|cs[1-6]|cn[1-3]|default)[\"']?\s{0,16}[:=]\s{0,16})",
    captures=False,
)
_CALLED = bytes_pattern(r"\(\s*[NbBu]?[\"']", captures=False)
_LABEL_ENDS = frozenset(bytes((byte,)) for byte in b"\"', \t\r\n<;")
_SPEAKS = frozenset(
    bytes((byte,)) for byte in b"iwaelsjt: \x80\xa8\xaf\x81\xb8\x82\xbc\x98\xc3\xe3\xe4\xe6\xe7\xef"
)
_WITHIN = frozenset(("chosen", "generated"))  # kinds of names that only hold a telling one
_SAID = frozenset(("password", "secret", "key", "token"))
# `Telefon '04921 883170' is not valid`
_QUOTED_ALONE = frozenset(
    (
        "name",
        "phone",
        "national-id",
        "account",
        "birth-date",
        "passport",
        "licence",
        "health",
        "card",
        "address",
    )
)
# What is drawn at random in the same line as one of these is likely it: `CSRF token mismatch: expected 7PN5…`.
_NEARBY = frozenset(("password", "secret", "key", "token", "credential", "session", "generated"))
_NEAR = 72  # bytes
_RUN = bytes_pattern(r"[A-Za-z0-9_+/=\-]{20,}", captures=False)
_ELEMENT = bytes_pattern(r"[\"'](?: [^<>\n]{0,100})?>", captures=False)
_XML = bytes_pattern(r"(?: [^<>\n]{0,100})?>(?:<!\[CDATA\[)?", captures=False)

_JOINS = frozenset(bytes((byte,)) for byte in b"\"'`[]:=- \t\n\r%\\&>;(<,|\xe2\xef\xe3\xe4\xe6\xe7")
# A number after its name, with no sign between: `SSN 078051120`, `zip code 90210`, `CVV 4321`.
_LEAD = bytes_pattern(
    r"[ \t]*(?:(?i:(?:no|nr|num|number|is|was|card|code|id|iva)\b)[.:]?[ \t]*|n\xc2[\xb0\xba][ \t]*|#[ \t]?){0,2}[\"'(\[]?",
    captures=False,
)
_LEADS = frozenset((b" ", b"(", b"["))
_POSTAL = (b"zip", b"post", b"plz", b"cep")
_CHECKS = (b"cv", b"cs", b"security")
# `name` may stand for the name of the next value, and what follows `addr` to the end of the line has names
_WEAK = frozenset(("person", "user", "generated", "address", "name"))


def assigned(data: bytes, stems: Sequence[tuple[int, int]]) -> Iterator[Span]:
    """The values in `data` whose name tells that they are secret or personal.

    `stems` are the (start, end) of the literals of `keys.STEMS` in `data`, in order.
    """
    edges = data.translate(_EDGES)
    names: dict[tuple[int, int, bytes], int] = {}  # where a name ends that tells nothing, else 0
    known: dict[tuple[int, int, bytes], tuple[int, Span | None]] = {}
    done = 0
    for start, end in stems:
        if start < done:
            continue
        left = start - _AROUND if start > _AROUND else 0
        name = (start - left, end - start, data[left : end + _AROUND])
        told = names.get(name)
        if told is None:
            right = _right(data, edges, end)
            told = names[name] = right - start if kind_of_key(_name(data, edges, start, right)) is None else 0
        if told:
            done = start + told
            continue
        window = (start - left, end - start, data[left : end + _MAX_SIGN])
        seen = known.get(window)
        if seen is None:
            after, found = _judged(data, edges, start, end)
            if after < end + _MAX_SIGN - _MAX_NAME:
                known[window] = (
                    after - start,
                    found and Span(found.start - start, found.end - start, found.kind),
                )
        else:
            after, found = start + seen[0], seen[1]
            if found is not None:
                found = Span(found.start + start, found.end + start, found.kind)
        done = max(done, after)
        if found is not None:
            yield found


def telling(data: bytes, stems: Sequence[tuple[int, int]]) -> Iterator[int]:
    """Where those of `stems` stand that belong to a telling name; without any, nothing is assigned."""
    return (start for start, name in named(data, stems) if kind_of_key(name) is not None)


def named(data: bytes, stems: Sequence[tuple[int, int]]) -> Iterator[tuple[int, str]]:
    """The names to which `stems` belong, and where the stem of each stands."""
    edges = data.translate(_EDGES)
    done = 0
    for start, end in stems:
        if start >= done:
            done = _right(data, edges, end)
            yield start, _name(data, edges, start, done)


def _judged(data: bytes, edges: bytes, start: int, end: int) -> tuple[int, Span | None]:
    """Up to where the name at `start`, and what it names, has been read; and the span to hide, if any."""
    right = _right(data, edges, end)
    kind = kind_of_key(_name(data, edges, start, right))
    if kind is None or _in_resource(data, start) or _is_user(data, start, right):
        return right, None
    value = _value_after(data, edges, start, right, kind)
    hidden = value is not None and worth_hiding(value)
    if not hidden and kind in _NEARBY and (near := _near(data, right, kind)):
        return near.end, near
    if value is None:
        return right, None
    opened = not hidden and value.value[:1] in (b"<", *OPENED)
    if hidden or not (
        opened or value.kind in _WEAK or value.style in ("beside", "spoken", "labelled", "pair")
    ):
        right = max(right, value.end)
    return right, Span(value.start, value.end, value.kind) if hidden else None


def _in_resource(data: bytes, start: int) -> bool:
    """`arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db` names where a secret lies."""
    return data[start - 1 : start] == b":" and b"arn:" in data[max(0, start - _AROUND) : start].split()[-1]


def _is_user(data: bytes, start: int, right: int) -> bool:
    """`https://x-access-token:…@github.com/…` has a user there, and the host behind the password."""
    lead = data[max(0, start - _AROUND) : start]
    if data[right : right + 1] != b":" or _SCHEME.fullmatch(lead.rpartition(b"://")[2]) is None:
        return False
    return b"://" in lead and _PASSWORD.match(data, right + 1) is not None


_SCHEME = bytes_pattern(r"[^\s/?#\"'<>,;@:]*", captures=False)
_PASSWORD = bytes_pattern(r"[^\s/?#\"'<>@]{1,256}@[A-Za-z0-9]", captures=False)


def _near(data: bytes, right: int, kind: str) -> Span | None:
    """The next long run of letters and digits in the line, if it was drawn at random and has no name of its own."""
    last = data.find(b"\n", right, right + _NEAR)
    last = min(right + _NEAR, len(data)) if last < 0 else last
    for run in _RUN.finditer(data, right, min(len(data), last + _MAX_SIGN)):
        start, end = run.span()
        if start >= last:
            return None
        start += data[start:end].rstrip(b"=").rfind(b"=") + 1
        if drawn_near(data, right, start, end, kind):
            return Span(start, end, kind)
    return None


def _right(data: bytes, edges: bytes, end: int) -> int:
    stop = min(len(edges), end + _MAX_NAME)
    for edge in (b" ", b"\0"):
        found = edges.find(edge, end, stop)
        stop = found if found >= 0 else stop
    for sign in _WIDE_SIGNS:
        found = data.find(sign, end, stop)
        stop = found if found >= 0 else stop
    if data[stop : stop + 3].lower() == b" id" and not data[stop + 3 : stop + 4].isalnum():
        stop += 3
    elif (
        data[stop : stop + 1] == b" "
        and data[stop + 1 : stop + 2].isdigit()
        and data[stop + 2 : stop + 3] in (b":", b"=")
    ):
        stop += 2  # unseal key 1: …
    return stop - 1 if data[stop - 1 : stop] in (b".", b"-") else stop


def _name(data: bytes, edges: bytes, start: int, right: int) -> str:
    """The name that ends at `right`, with the words before it: "date of birth" counts as one."""
    left = max(edges.rfind(b"\0", max(0, start - _MAX_NAME), start) + 1, start - _MAX_NAME, 0)
    if left and data[left - 1 : left] == b"%" and right - left > 2:
        while data[left : left + 2] == b"25":
            left += 2
        left += 2  # of the escape: %22password%22, %2522password%2522
    return data[left:right].decode("utf-8", "ignore")


def _value_after(data: bytes, edges: bytes, start: int, right: int, kind: str) -> Value | None:
    if data[right : right + 2] == b". " and data[right - 2 : right].lower() in (b"nr", b"no"):
        right += 1
    if data[right : right + 1] not in _JOINS:
        return None
    left = _left(edges, start)
    spaced = data[right : right + 1] == b" " and data[right + 1 : right + 2].isalnum()
    match = None if spaced else _ASSIGN.match(data, right)
    if spaced and kind in _SAID and (match := _OF.match(data, right)):
        return read(data, match.end(), kind, "spoken", right)
    style = "assign"
    if match is not None and data[right : right + 1] == b"[" and kind in _WITHIN:
        return None  # `PASSWORD_HASHERS[0] = …`
    if match is None:
        lead = data[max(0, left - 2) : left]
        if lead[-1:] in (b"<", b":") and (match := _XML.match(data, right)):
            if data[match.end() : match.end() + 2] == b": " or data[left - 3 : left - 1] in (b"?P", b"(?"):
                return None  # `at <.Values.auth.password>: nil pointer`, `(?P<token>[a-f]+)`
            style = "xml"
        elif lead[-1:] in (b"'", b'"', b"`") and (match := _PAIR.match(data, right)):
            style = "pair"
        elif data[left : left + 1] == b"-" and (match := _FLAG.match(data, right)):
            style = "flag"
        elif kind in _SAID and not spaced and (match := _SQL.match(data, right)):
            return read(data, _start_of_quote(data, right), kind, "sql", right)
        elif (
            (not spaced or data[right + 1] in b"vcdthVC")
            and data[right : right + 1] in _LABEL_ENDS
            and (match := _LABELLED.match(data, right))
        ):
            style = "labelled"
        elif (
            kind in _QUOTED_ALONE
            and _SAID_OF.match(data, right)
            and not in_company(_name(data, edges, start, right).rpartition(" ")[2])
        ):
            return read(data, _start_of_quote(data, right), kind, "said", right)
        elif kind in _SAID and data[right : right + 1] == b"(" and (match := _CALLED.match(data, right)):
            return read(data, match.end() - 1, kind, "call", right)
        elif data[left - 2 : left - 1] == b"=" and (match := _ELEMENT.match(data, right)):
            style = "xml"
        elif kind in _SAID and data[right : right + 3] in _BRACKETS and data[right + 3 : right + 4].isascii():
            return read(data, right, kind, "spoken", right)
        elif data[right + 1 : right + 2] in _SPEAKS and (match := _SPOKEN.match(data, right)):
            style = "spoken"
        elif (
            kind in _SAID and data[right + 1 : right + 2].isalnum() and (match := _BESIDE.match(data, right))
        ):
            return read(data, right + 1, kind, "beside", right)
        elif kind in _SAID and (match := _CELL.match(data, right)):
            style = "spoken"
        elif (
            kind == "name"
            and spaced
            and data[right - 1] > 127
            and (match := FULL_NAME.match(data, right + 1))
        ):
            return Value(kind, data, right + 1, match.end(), b": ", "assign", quoted=True)
        elif kind in STATED and data[right : right + 1] in _LEADS:
            return _stated(data, left, right, kind)
        else:
            return None
    if style == "pair" and _is_call(data, left):
        style = "call"
    if style == "pair" and (data[right : right + 1] == b"`" or _COLUMN.match(data, match.end())):
        return None  # SQL: "user"."password", "user"."email", and a list of `columns`
    value = read(data, match.end(), kind, style, right)
    if style == "pair" and value is not None and _ASSIGN.match(data, value.end):
        return None  # `"grant_type": "password", "client_secret": …`
    if style == "xml" and kind in SHORT_KINDS and value is not None and _is_usage(value):
        return None
    return value


def _start_of_quote(data: bytes, name_end: int) -> int:
    """Where the first thing after a name begins that is no blank, behind an index in brackets."""
    at = data.find(b"]", name_end) + 1 if data[name_end : name_end + 1] == b"[" else name_end
    return at + len(data[at : at + _MAX_SIGN]) - len(data[at : at + _MAX_SIGN].lstrip(b" \t"))


def _is_usage(value: Value) -> bool:
    """`--as <name>   Use <name> as …`: no element."""
    after = value.data[value.end : value.end + 2]
    return value.value[:1] == b" " or (after[:1] == b"<" and after != b"</")


def _stated(data: bytes, left: int, right: int, kind: str) -> Value | None:
    name = data[max(0, left - 12) : right].lower()
    if (kind == "address" and not any(word in name for word in _POSTAL)) or (
        kind == "pin" and not any(word in name for word in _CHECKS)
    ):
        return None
    lead = _LEAD.match(data, right)
    number = lead and STATED[kind].match(data, lead.end(), min(len(data), lead.end() + 48))
    return Value(kind, data, lead.end(), number.end(), b" ", "number", quoted=False) if number else None


def _left(edges: bytes, start: int) -> int:
    low = max(0, start - _MAX_NAME)
    return max(edges.rfind(b"\0", low, start), edges.rfind(b" ", low, start), low - 1) + 1


def _is_call(data: bytes, left: int) -> bool:
    """`get("password", "default")` may be code; `("password", "…")` and `[b"password", b"…"]` are data."""
    lead = data[max(0, left - 4) : left].rstrip(b"bru'\"`")
    return lead[-1:] == b"(" and (lead[-2:-1].isalnum() or lead[-2:-1] in (b"_", b")"))
