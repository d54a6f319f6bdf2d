"""What a template says of the values beside it: `"login failed for user %s"` and `["wessel"]`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

import re2

from triage.sanitize.company import columns_of
from triage.sanitize.rule import bytes_pattern

_TEMPLATES = ("message", "query", "sql", "statement", "template", "description", "msg", "format")
VALUES = frozenset(
    (
        "params",
        "parameters",
        "args",
        "bindings",
        "binds",
        "values",
        "db_params",
        "db.params",
        "sql_params",
        "query_params",
    )
)
_MARK = re2.compile(
    r"%(?:\([A-Za-z0-9_.]{1,60}\))?[-0-9.]{0,8}[sdrif]|\{[A-Za-z0-9_]{0,60}\}|\?|\$[0-9]{1,3}"
)
_NAMED = bytes_pattern(
    r"(?:([A-Za-z_\x80-\xff][A-Za-z0-9_.\-\x80-\xff]{0,40})"
    r"[\"'`\]]?(?: ?[:=] ?| (?:<>|!=|<=|>=|<|>|like) )[\"']?)?"
    rf"(?:{_MARK.pattern})"
)
_STATEMENT = re2.compile(r"(?i)\b(?:select|insert|update|delete|where|values)\b")
_LONGEST = 4096  # characters of a template
_MOST = 100  # values


def filled(mapping: Mapping[Any, Any]) -> Iterator[str]:
    """Each template of an object with the values that stand beside it, or in its `data`, in their places."""
    data = mapping.get("data")
    for place in (mapping, data if isinstance(data, dict) else {}):
        for name in VALUES.intersection(place):
            for template in _templates(mapping, place):
                if text := _filled(template, place[name]):
                    yield text


def named_by_template(mapping: Mapping[Any, Any]) -> dict[str, list[str]]:
    """For each field whose texts fill a template beside it, by which names they are judged: `shopper=%s`."""
    found: dict[str, list[str]] = {}
    for field in VALUES.intersection(mapping):
        values = mapping[field]
        if not isinstance(values, list | tuple) or not 0 < len(values) <= _MOST:
            continue
        for template in _templates(mapping):
            marks = islice(_NAMED.finditer(template.encode("utf-8", "replace")), _MOST)
            names = [(mark.group(1) or b"").decode("utf-8", "ignore") for mark in marks]
            if len(names) == len(values) and any(names):
                columns = columns_of(names)
                found[field] = [column.told if column else field for column in columns]
    return found


def may_fill(mapping: Mapping[Any, Any]) -> bool:
    """Whether an object of these names may hold a template and values for it."""
    data = mapping.get("data")
    places = (mapping, data if isinstance(data, dict) else {})
    named = any(name in place for place in places for name in _TEMPLATES)
    return named and not all(VALUES.isdisjoint(place) for place in places)


def _templates(*places: Mapping[Any, Any]) -> Iterator[str]:
    for place in places:
        for name in _TEMPLATES:
            template = place.get(name)
            if isinstance(template, str) and len(template) <= _LONGEST and _MARK.search(template):
                yield template


def _filled(template: str, values: Any) -> str:
    if not isinstance(values, list | tuple) or len(values) > _MOST:
        return ""
    quote = "'" if _STATEMENT.search(template) else ""
    texts = iter(
        [f"{quote}{value}{quote}" if isinstance(value, str) else str(value)[:_LONGEST] for value in values]
    )
    pieces: list[str] = []
    at = 0
    for mark, text in zip(islice(_MARK.finditer(template), _MOST), texts, strict=False):
        pieces += (template[at : mark.start()], text)
        at = mark.end()
    return "".join((*pieces, template[at:])) if pieces else ""
