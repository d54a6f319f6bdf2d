"""Values whose name a message says in another place: `Duplicate entry '…' for key 'users.phone'`, pydantic's
`input_value='…'` under the line of the field, `invalid value '…' for field "ssn"`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from triage.sanitize.keys import kind_of_key
from triage.sanitize.rule import Span, bytes_pattern
from triage.sanitize.values import Quoted

_NOUN = r"(?:key|column|field|attribute|param(?:eter)?|property|header|option|setting|argument|arg|variable|env(?:ironment)? variable|constraint|index|input|cookie|claim)"
# Each with a group for the value and one for the name, in whichever order the message has them.
_FORMS: tuple[tuple[Any, int, int], ...] = tuple(
    (bytes_pattern(form), *((1, 2) if form.index("P<value>") < form.index("P<name>") else (2, 1)))
    for form in (
        rf"[\"'](?P<value>[^\"'\n]{{2,200}})[\"'][^\"'\n]{{0,40}}? (?:for|in|of|as|on) (?:the |a )?(?:[a-z]+ )?{_NOUN}[: ] ?[\"'`]?(?P<name>[A-Za-z0-9_.\[\]\-\x80-\xff]{{1,64}})",
        rf"{_NOUN} [\"'`]?(?P<name>[A-Za-z0-9_.\[\]\-\x80-\xff]{{1,64}})[\"'`]?[:,]?(?: [a-z]+){{0,5}}? ?(?:value|got|was|is|to|received|provided|given|from|contains?|:|=)[ :=]{{1,3}}[bru]?[\"'](?P<value>[^\"'\n]{{2,200}})[\"']",
        r"(?m)^[ \t>|]*(?P<name>[A-Za-z_\x80-\xff][A-Za-z0-9_.\[\]\-\x80-\xff]{0,64})[ \t]*\n[^\n]{0,400}?input_value=[bru]?[\"'](?P<value>[^\"'\n]{2,200})[\"']",
        r"(?m)^[ \t>|]*(?P<name>[A-Za-z_\x80-\xff][A-Za-z0-9_.\[\]\-\x80-\xff]{0,64})[ \t]*\n[^\n]{0,400}?input_value=(?P<value>[0-9][0-9.\-]{4,30})\b",
        r"'loc': [(\[](?P<name>[^()\[\]\n]{2,100}?),?[)\]][^\n]{0,400}?'input': '(?P<value>[^'\n]{2,200})'",
        r"\"loc\": ?\[(?P<name>[^\[\]\n]{2,100}?)\][^\n]{0,400}?\"input\": ?\"(?P<value>[^\"\n]{2,200})\"",
        r"(?i)\"(?:field|param|parameter|property|path|key|attribute|column|pointer|argument)\" ?: ?\"(?P<name>[A-Za-z0-9_./\[\]\-\x80-\xff]{1,64})\"[^{}\n]{0,200}?\"(?:rejected_?value|value|input|received|given|got|actual|invalid_?value|provided)\" ?: ?\"?(?P<value>[^\"\n,}]{2,200})",
        r"\"(?:received|input|value|given)\" ?: ?\"(?P<value>[^\"\n]{2,200})\"[^{}\n]{0,120}?\"(?:path|loc|field)\" ?: ?\[(?P<name>[^\[\]\n]{2,100})\]",
        r"(?i)[\"'](?:name|key|field|label|id|code|system|type|kind|campo|champ|feld|veld|pole|alan)[\"'] ?: ?[\"'](?P<name>[A-Za-z0-9_.:/ \-\x80-\xff]{1,64})[\"'], ?[\"'](?:val(?:ue)?|valor|valeur|wert|waarde|wartosc|deger|actual)[\"'] ?: ?[bu]?[\"']?(?P<value>[^\"',{}\[\]\n]{2,200})",
        r"[\"'](?P<value>[^\"'\n]{2,200})[\"'] \((?:column|field|param(?:eter)?|key|attribute|input)[ :=] ?[\"']?(?P<name>[A-Za-z0-9_.\-\x80-\xff]{1,64})",
        r"\bname=[\"'](?P<name>[A-Za-z0-9_.\-\x80-\xff]{1,64})[\"'], ?value=[\"'](?P<value>[^\"'\n]{2,400})[\"']",
        r"(?i)\bpath: ?\[ ?[\"'](?P<name>[A-Za-z0-9_.\-\x80-\xff]{1,64})[\"'] ?\][^{}\n]{0,160}?\b(?:received|input|value): ?[\"'](?P<value>[^\"'\n]{2,200})[\"']",
        r"(?i)\b(?:raw|value|got|input)=[\"'](?P<value>[^\"'\n]{2,200})[\"'][,;]? (?:field|column|param|key)=[\"']?(?P<name>[A-Za-z0-9_.\-\x80-\xff]{1,64})",
        r"(?i)\bcolumn [\"'](?P<name>[A-Za-z0-9_.\-\x80-\xff]{1,64})[\"']\. Truncated value: [\"'](?P<value>[^\"'\n]{2,200})[\"']",
        r"(?i)(?:constraint|index) [\"'](?P<name>[A-Za-z0-9_.\-\x80-\xff]{1,64})[\"'][^\n]{0,120}?duplicate key value is \((?P<value>[^()\n]{2,200})\)",
        r"(?i)on field [\"'](?P<name>[A-Za-z0-9_.\[\]\-\x80-\xff]{1,64})[\"']: rejected value \[(?P<value>[^\[\]\n]{2,200})\]",
        r"(?i)\((?P<name>[A-Za-z0-9_.\-\x80-\xff]{1,64})(?: (?:ASC|DESC|NULLS (?:FIRST|LAST)))*\) VALUES ?\( ?(?:/\*[^*\n]{0,20}\*/ )?'(?P<value>[^'\n]{2,200})'",
        r"(?i)column values ?\((?P<name>[A-Za-z0-9_.\-\x80-\xff]{1,64}): ?'(?P<value>[^'\n]{2,200})'",
        r"from String \"(?P<value>[^\"\n]{2,200})\"[^\[]{0,400}(?s:.){0,400}?\[\"(?P<name>[A-Za-z0-9_.\-\x80-\xff]{1,64})\"\]\)",
        rf"[\"'](?P<name>[A-Za-z0-9_.\-\x80-\xff]{{1,64}})[\"'] (?:{_NOUN} )?(?:has |had |contains |is |was )?(?:an? )?(?:[a-z]+ )?(?:value|set to|equal to|is|was|got)[ :=]{{1,2}}[\"'](?P<value>[^\"'\n]{{2,200}})[\"']",
    )
)  # fmt: skip
ANCHORS = (
    '"value":', "'value':", '"value" :', '"valor":', '"valeur":', '"wert":', '"waarde":', '"wartosc":', '"deger":',
    "input_value=", "path: [", "' (column", "' (field", '" (field', '" (column', "' (param", "', value='", "' field=", "' column=", "' param=", "rejectedvalue", "rejected_value", '"received"', '"given"', '"actual"', "invalid_value", "invalidvalue", '"provided"',"'input': '", '"input": "', '"input":"', "for key", "for column", "for field", "for attribute", "for parameter", "for param ", "for property", "for header", "for setting",
    "for argument", "for variable", "in column", "in field", "of field", "for option", "field '", 'field "', "column '", 'column "', "parameter '", 'parameter "', "key '", 'key "', "attribute '",
    'from string "', "truncated value", "duplicate key value is", "rejected value", "nulls first", "column values", "property '", "argument '", "variable '", "header '", "option '", "' value '", "' was '", '" was "', "' is '", "set to '", 'set to "', "has value", "had value",
)  # fmt: skip
_AFFIXES = frozenset("uq uk ux idx ix key unique index un uniq constraint uindex pkey users user".split())


def named_elsewhere(data: bytes) -> Iterator[Span]:
    values = Quoted(data)
    for form, value, name in _FORMS:
        for match in form.finditer(data):
            start, end = match.span(value)
            first, last = match.span(name)
            kind = _kind(data[first:last])
            if kind and values.is_hidden(kind, start, end):
                yield Span(start, end, kind)


@lru_cache(maxsize=2048)
def _kind(name: bytes) -> str | None:
    """Of a field, or of an index over it: `users.users_email_unique`, `uq_phone`."""
    text = name.decode("utf-8", "ignore").replace("'", " ").replace('"', " ").strip(" ,].[")
    text = text.rpartition(".")[2] if "." in text else text
    kind = kind_of_key(text)
    if kind is None:
        words = [
            word
            for word in text.replace("-", "_").split("_")
            if word.lower() not in _AFFIXES and not word.isdigit()
        ]
        kind = kind_of_key("_".join(words)) if words else None
    return "name" if kind == "person" else kind
