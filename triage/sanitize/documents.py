"""JSON that stands in a text, judged as the object it says.

What an outer name tells of an inner one, and what the fields of one object say of each other, no grammar of
names and signs can see.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from triage.sanitize.beside import hidden_by, unquoted
from triage.sanitize.keys import kind_of_field
from triage.sanitize.objects import are_somebodys, fields_of, label_of, names_of, tells_inside
from triage.sanitize.parts import Parts
from triage.sanitize.placeholders import MASK
from triage.sanitize.policy import WHOLE
from triage.sanitize.rule import Span, bytes_pattern

_OPENING = bytes_pattern(r"\{\s{0,64}\"", captures=False)
_LONGEST = 16 * 1024  # bytes
_MOST = 8  # places where one may begin
_DEEPEST = 16
_MOST_VALUES = 500
_FEWEST = 99  # a number as short may be anything
_QUOTES = (b'"', b'\\"', b'\\\\\\"')  # of a string, and of one in a string
_DECODER = json.JSONDecoder(strict=False)


def opened(data: bytes) -> Iterator[int]:
    """Where an object may begin."""
    if b"{" in data:
        yield from (match.start() for match in _OPENING.finditer(data))


def documented(data: bytes) -> Iterator[Span]:
    """The values that the objects in `data` tell to hide, wherever they stand there as values."""
    text = data.decode("utf-8", "ignore") if len(data) <= _LONGEST else ""
    for document in _documents(text):
        document = _with_placeholders(document, 0)
        told = dict(islice(_told("", document, 0, None, company=False), _MOST_VALUES))
        told |= islice(_private("", document, 0, Parts()), _MOST_VALUES)
        for value, kind in told.items():
            yield from _places(data, value, kind)


def _may_be_one(value: str) -> bool:
    return "{" in value and '"' in value


def _documents(text: str) -> Iterator[Any]:
    at = 0
    for _ in range(_MOST):
        at = text.find("{", at)
        if at < 0:
            return
        try:
            document, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            at += 1
        else:
            yield document


def _told(
    name: str, value: Any, depth: int, under: str | None, *, company: bool
) -> Iterator[tuple[str, str]]:
    """(value, kind) of what the names in `value` tell. `under` is the kind that an outer name gave."""
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        yield from _of_an_object(name, value, depth, under, company=company)
    elif isinstance(value, list):
        company = company or are_somebodys(value)
        for item in value:
            yield from _told(name, item, depth + 1, under, company=company)
    elif isinstance(value, str) and _may_be_one(value):
        for document in _documents(value):
            yield from _told(name, document, depth + 1, under, company=company)
    elif isinstance(value, str):
        yield from _hidden(name, value, under)
    elif isinstance(value, int) and value > _FEWEST:
        yield from _hidden(name, str(value), under)


def _of_an_object(
    name: str, mapping: Mapping[str, Any], depth: int, under: str | None, *, company: bool
) -> Iterator[tuple[str, str]]:
    label = label_of(mapping)
    fields = fields_of(name, mapping, label, company=company and label != "")
    silent = under is None and names_of(mapping).silent and not tells_inside(name, tuple(mapping))
    for key, item in mapping.items():
        if isinstance(item, (dict, list)):
            kind = under or kind_of_field(key)
            yield from _told(key, item, depth + 1, kind if kind in WHOLE else None, company=company)
        elif not silent or (isinstance(item, str) and _may_be_one(item)):
            yield from _told(fields.naming(key, key, item), item, depth + 1, under, company=company)


def _private(name: str, value: Any, depth: int, parts: Parts) -> Iterator[tuple[str, str]]:
    """(value, kind) of what is likely private beside what is hidden."""
    if isinstance(value, list) and depth <= _DEEPEST:
        for item in value:
            yield from _private(name, item, depth + 1, parts)
    elif isinstance(value, dict) and depth <= _DEEPEST:
        yield from ((str(part[key]), kind) for part, key, kind in parts.private(name, value))
        for key, item in value.items():
            yield from _private(key, item, depth + 1, parts)


def _with_placeholders(value: Any, depth: int) -> Any:
    """The same JSON, as deep as it is read, with a placeholder for each text that is hidden whole."""
    if isinstance(value, str):
        return _HIDDEN if value and not value.strip(_MASKED) else value
    if depth > _DEEPEST:
        return None
    if isinstance(value, list):
        return [_with_placeholders(item, depth + 1) for item in value]
    if isinstance(value, dict):
        return {key: _with_placeholders(item, depth + 1) for key, item in value.items()}
    return value


_MASKED, _HIDDEN = MASK.decode(), "[name:000000]"


def _hidden(name: str, value: str, under: str | None) -> Iterator[tuple[str, str]]:
    kind = under or kind_of_field(name)
    if kind is not None:
        bare = unquoted(kind, value)[1]
        if hidden_by(kind, name, bare):
            yield bare, kind


def _places(data: bytes, value: str, kind: str) -> Iterator[Span]:
    """Where a value stands as one, however its letters are escaped."""
    for written in {json.dumps(value)[1:-1], json.dumps(value, ensure_ascii=False)[1:-1]}:
        form = written.encode("utf-8", "ignore")
        if not form.strip(MASK):
            continue
        at = -1
        while (at := data.find(form, at + 1)) >= 0:
            end = at + len(form)
            if _is_whole(data, at, end):
                yield Span(at, end, kind)


def _is_whole(data: bytes, start: int, end: int) -> bool:
    """In quotes, or a number between signs."""
    if any(data[start - len(quote) : start] == quote == data[end : end + len(quote)] for quote in _QUOTES):
        return True
    return data[start - 1 : start] in _BEFORE and data[end : end + 1] in _AFTER and data[start:end].isdigit()


_BEFORE = frozenset((b":", b" ", b"[", b","))
_AFTER = frozenset((b",", b"}", b"]", b" ", b"\n", b"\r"))
