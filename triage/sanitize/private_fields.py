"""Which fields of a record are somebody's, told by weights that were learned.

`huisnummer`, `nyitókód` and `ridicskyPrukaz` are names that no list has; but where other fields of the same
record are hidden already, what a field's name is made of and how its value is written tell whether it is one
more of them. The weights come from records with every private field marked (`benchmarks.private_fields`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from triage.sanitize.keys import holds_a_person, kind_of_key, words_of
from triage.sanitize.learned import read
from triage.sanitize.people import is_given, is_surname
from triage.sanitize.persons import weight
from triage.sanitize.rule import bytes_pattern

TABLE = Path(__file__).parent / "rules" / "private_fields.txt"
KIND = "private"
SHORTEST, LONGEST = 2, 48  # characters of a value
_LONGEST_NAME = 40  # characters of a name that are told apart
_PIECES = (3, 4)  # letters
_YEAR = bytes_pattern(r"\b(?:19|20)[0-9]{2}\b", captures=False)
_RUN = 4  # letters of one kind, beyond which their number tells no more

# Of a name that says what an application made, and when.
_OF_THINGS = frozenset(
    ("id", "ids", "uid", "uuid", "created", "updated", "modified", "config", "version", "project")
)


class Field(NamedTuple):
    """A field that no rule hides, of a record `outer` in which others are hidden."""

    name: str
    value: str
    outer: str = ""


def is_private(field: Field) -> bool:
    """Whether it is likelier private than not."""
    weights, least = _weights()
    if not SHORTEST <= len(field.value) <= LONGEST or "[" in field.value:
        return False
    if not _OF_THINGS.isdisjoint(words_of(field.name)):
        return False
    score = _of_name(field.name) + sum(weights.get(trait, 0.0) for trait in of_value(field))
    return score > least


@lru_cache(maxsize=16384)
def _of_name(name: str) -> float:
    weights, _ = _weights()
    return sum(weights.get(trait, 0.0) for trait in of_name(name))


def of_name(name: str) -> Iterator[str]:
    """What a field's name is made of."""
    words = words_of(name)
    last = words[-1] if words else ""
    yield f"last {last[:_LONGEST_NAME]}"
    yield from (f"word {word[:_LONGEST_NAME]}" for word in set(words))
    joined = "".join(words)[-_LONGEST_NAME:]
    yield f"size {min(len(joined), 12)}"
    yield from {f"kind {kind}" for word in words if (kind := kind_of_key(word))}
    if any(holds_a_person(word) for word in words if kind_of_key(word) is None):
        yield "holder"
    padded = f"^{joined}$"
    for size in _PIECES if joined.isascii() else (2, *_PIECES):
        yield from {f"piece {padded[at : at + size]}" for at in range(len(padded) - size + 1)}


def of_value(field: Field) -> Iterator[str]:
    """How its value is written, where it stands, and both together with the last word of its name."""
    exact, rough = shapes(field.value)
    words = words_of(field.name)
    last = words[-1][:_LONGEST_NAME] if words else ""
    yield f"shape {exact}"
    yield f"rough {rough}"
    yield f"both {last} {rough}"
    yield f"length {min(len(field.value) // 2, 16)}"
    yield f"digits {min(sum(map(str.isdigit, field.value)), 16)}"
    yield from (f"outer {word[:_LONGEST_NAME]}" for word in set(words_of(field.outer)[-2:]))
    yield from (f"mark {mark}" for mark in marks(field.value))


@lru_cache(maxsize=8192)
def shapes(value: str) -> tuple[str, str]:
    """How a text is written: `DK 4827 FBG` is `A2 04 A3`, roughly `A 0 A`."""
    exact: list[str] = []
    rough: list[str] = []
    for kind, size in _runs(value[:LONGEST]):
        most = 20 if kind == "0" else _RUN
        exact.append(f"{kind}{min(size, most)}" if kind in "Aa0字" else kind)
        rough.append(kind)
    return "".join(exact), "".join(rough)


def _runs(text: str) -> Iterator[tuple[str, int]]:
    kind, size = "", 0
    for char in text:
        found = _kind(char)
        if found == kind:
            size += 1
            continue
        if kind:
            yield kind, size
        kind, size = found, 1
    if kind:
        yield kind, size


def _kind(char: str) -> str:
    if char.isdigit():
        return "0"
    if char.islower():
        return "a"
    if char.isupper():
        return "A"
    return "字" if char.isalpha() else char


def marks(value: str) -> Iterator[str]:
    words = value.encode("utf-8", "replace").split()
    if year := _YEAR.search(value.encode("utf-8", "replace")):
        yield f"year {int(year.group()) // 10}"
    word = max(value.split(), key=len, default="")
    if word[:1].isalpha() and not word[:1].islower():
        yield f"person {max(-3, min(3, round(weight(word))))}"
    if any(map(is_given, words)):
        yield "given"
    if any(map(is_surname, words)):
        yield "surname"
    if len(words) > 1:
        yield "words"
    if not value.isascii():
        yield "foreign"
    if value.isdigit() and len(set(value)) < 3:
        yield "plain number"


@cache
def _weights() -> tuple[Mapping[str, float], float]:
    (least, _), weights = read(TABLE)
    return weights, least
