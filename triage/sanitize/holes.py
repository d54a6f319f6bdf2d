"""A part of an event with holes where texts and numbers stood, cleaned once for all that may fill them.

What the walk makes of a text depends on its own name and on what kind of thing the names around it tell, as
long as nothing else asks about it: a pair's first is the name of its second, a template is read with the
values beside it. `survey` walks a part whose texts and numbers are holes, notes how each would be cleaned,
and refuses where something else did ask. Then the part can be cleaned anew by cleaning what fills the holes.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import orjson

from triage.sanitize.foresight import MAX_STRING
from triage.sanitize.keys import kind_of_field
from triage.sanitize.objects import LABELS, LOGIN, SYSTEMS, VALUES, fields_of, is_account
from triage.sanitize.placeholders import Placeholders
from triage.sanitize.policy import USER_KEPT
from triage.sanitize.positional import may_fill
from triage.sanitize.walk import Walk

MOST = 10_000  # holes of one part
_FIRST_NUMBER = MOST * (10**8 + secrets.randbelow(9 * 10**8))  # of those that stand for a number's hole


class Refused(Exception):
    """Something asked about what is to fill a hole."""


class Place(NamedTuple):
    """All that the walk knows of a text or number when it cleans it."""

    key: str
    under: str | None = None
    person: bool = False
    number: bool = False
    login: bool = False  # where a person's login may stand, which is then judged as one

    def named(self, value: Any) -> str:
        """The name by which `value` is judged there."""
        return LOGIN if self.login and is_account(value) else self.key


def is_plain(place: Place) -> bool:
    """Whether a text or number there is judged by its form alone."""
    kept = not place.person or place.key in USER_KEPT
    return kept and place.under is None and kind_of_field(place.key) is None


class TextHole(str):
    number: int


class NumberHole(int):
    number: int


_HOLES = (TextHole, NumberHole)


@dataclass(frozen=True, slots=True)
class Surveyed:
    """`written`: the clean part as JSON, in which `marks(index)` stands, quoted, for what fills a hole."""

    written: bytes
    places: Mapping[int, Place]


def text_hole(mark: str, index: int) -> TextHole:
    hole = TextHole(f"{mark}{index:04}")
    hole.number = index
    return hole


def number_hole(index: int) -> NumberHole:
    hole = NumberHole(_FIRST_NUMBER + index)
    hole.number = index
    return hole


def survey(
    name: str, part: Any, mark: str, *, stacks: bool = False, frame: Mapping[str, Any] | None = None
) -> Surveyed:
    """The clean `part`, which stands under `name`, and how to clean what fills its holes. Raises Refused
    where that is not all there is to it, or where the part itself has something to hide or to flag.
    `stacks`: it is made of frames, of which no hole tells whose they are. `frame`: whose source says what the
    part is called elsewhere."""
    walk = _Survey(Placeholders(), mark=mark, stacks=stacks)
    walk.enter(frame or {}, part)
    walk.learn({name: part})
    cleaned = walk.field(name, part, 1)
    if walk.signs or walk.refused:
        raise Refused
    _check(orjson.dumps(part), mark, walk.places)
    return Surveyed(orjson.dumps(cleaned), walk.places)


def _check(sent: bytes, mark: str, places: Mapping[int, Place]) -> None:
    """Each hole that is still there was met as a whole, and once."""
    texts, numbers = sent.count(mark.encode()), sent.count(str(_FIRST_NUMBER // MOST).encode())
    met = sum(place.number for place in places.values())
    if texts != len(places) - met or numbers != met:
        raise Refused


@dataclass(slots=True)
class _Survey(Walk):
    mark: str = ""
    stacks: bool = False
    places: dict[int, Place] = field(default_factory=dict)
    logins: set[int] = field(default_factory=set)  # holes
    refused: bool = False

    def collect(self, value: Any, depth: int, texts: dict[str, None]) -> None:
        if not isinstance(value, _HOLES):
            Walk.collect(self, value, depth, texts)

    def value(self, key: str, value: Any, depth: int, under: str | None) -> Any:
        if isinstance(value, _HOLES):
            return self.visit(value, Place(key, under, number=isinstance(value, NumberHole)))
        return Walk.value(self, key, value, depth, under)

    def person(self, key: str, value: Any, depth: int) -> Any:
        if isinstance(value, _HOLES):
            return self.visit(value, Place(key, None, True, isinstance(value, NumberHole)))
        return Walk.person(self, key, value, depth)

    def visit(self, hole: TextHole | NumberHole, place: Place) -> str:
        self.refused |= hole.number in self.places
        self.places[hole.number] = place._replace(login=hole.number in self.logins)
        return f"{self.mark}{hole.number:04}"

    def mapping(self, name: str, mapping: dict[Any, Any], depth: int, under: str | None) -> dict[str, Any]:
        self.refused |= "vars" in mapping and not self.stacks  # whether it is a frame's is asked of texts
        self.refused |= may_fill(mapping) or self.names_itself(name, mapping)
        return Walk.mapping(self, name, mapping, depth, under)

    def names_itself(self, name: str, mapping: dict[Any, Any]) -> bool:
        """Whether what fills a hole tells how to take another, or what it is itself."""
        holes = [key for key, item in mapping.items() if isinstance(item, _HOLES)]
        if not VALUES.isdisjoint(mapping) and not {*LABELS, *SYSTEMS}.isdisjoint(holes):
            return True
        fields = fields_of(name, mapping)
        self.logins |= {mapping[key].number for key in holes if fields.may_hold_login(key)}
        return any(map(fields.asks, holes))

    def text(self, text: str, limit: int = MAX_STRING) -> str:
        self.refused |= self.mark in text
        return Walk.text(self, text, limit)
