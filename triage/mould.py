"""Clean JSON with holes, and how a part that was sent is told to fit it: in one match, once it came often."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from triage.sanitize import alike
from triage.sanitize.holes import Place
from triage.sanitize.known import FORMS, NUMBERS

# Comings after which to look for a part by its pattern costs less than to take it apart: by then most of what
# stays as it is is known, and in which of it no digit matters, at the latest after MANY.
_OFTEN, _MANY = 10, 250
NUMBER = re.compile(rb"-?[0-9][0-9.eE+\-]*")  # of JSON's structure, without its texts
# Every hole is two groups: what stays as it is, or else whatever is there.
_DIGIT = re.compile("[0-9]")
_NUMBER = r"(%s-?[0-9][0-9.eE+\-]*+)"
_TEXT = r'"(?!")(%s[^"\\]*+(?:\\.[^"\\]*+)*+)"'


@dataclass(frozen=True, slots=True)
class Slot:
    """Which of a part's texts and numbers is to be cleaned, and how; equal places have equal numbers.
    `plain`: nothing but its form tells what it is."""

    at: int
    place: Place
    number: int
    plain: bool


class Mould:
    """Clean JSON, but for the slots that stand between its pieces, in this order."""

    __slots__ = ("_met", "_open", "_pattern", "_settled", "order", "pieces", "slots")

    def __init__(
        self, pieces: Sequence[bytes], slots: Sequence[Slot] = (), order: Sequence[int] = ()
    ) -> None:
        self.pieces, self.slots, self.order = pieces, slots, order
        self._met = 0
        self._pattern: Any = None
        self._settled: tuple[int, ...] = ()
        self._open: tuple[int, ...] = ()

    def filled(self, values: Sequence[bytes]) -> bytes:
        if not self.order:
            return self.pieces[0]
        written = [b""] * (2 * len(self.order) + 1)
        written[::2] = self.pieces
        written[1::2] = [values[slot] for slot in self.order]
        return b"".join(written)

    def is_often_met(self, known: bool) -> bool:
        """Whether it is time to tell what fits by a pattern. `known`: all of a part that came."""
        self._met += 1
        return self._met >= (_OFTEN if known else _MANY)

    def fit(
        self, structure: Sequence[bytes], texts: Sequence[bytes], open_: Sequence[int], kept: Container[int]
    ) -> None:
        """Learns by what to tell the parts that fit. `structure`: what stands between the texts of one of
        them, `texts`: as they are written, `open_`: those of the texts that are holes, `kept`: those that
        are known to stay as they are."""
        if self._pattern is not None:
            return
        made = _Pattern({slot.at: slot for slot in self.slots}, len(texts))
        for at, between in enumerate(structure):
            made.add_structure(between)
            if at in open_ and texts[at]:
                made.add_text(at, texts[at] if at in kept else b"")
            elif at < len(texts):
                made.add(b'"%s"' % texts[at])
        self._settled = tuple(made.groups[slot.at] for slot in self.slots)
        self._open = tuple(group + 1 for group in self._settled)
        self._pattern = re.compile("".join(made.pieces).encode("latin-1"), re.DOTALL)

    def fitted(self, raw: bytes) -> tuple[list[bytes | None], list[bytes]] | None:
        """For each slot what fills it, where its form alone tells that it stays as it is, and what was sent
        there otherwise; None where the part does not fit."""
        match = self._pattern.fullmatch(raw)
        if match is None:
            return None
        groups = match.groups()
        return [groups[at] for at in self._settled], [groups[at] for at in self._open]


class _Pattern:
    """Matches in linear time: nothing that it repeats can begin what follows."""

    def __init__(self, slots: Mapping[int, Slot], texts: int) -> None:
        self._slots, self._number = slots, texts
        self.pieces: list[str] = []
        self.groups: dict[int, int] = {}

    def add(self, literal: bytes) -> None:
        self.pieces.append(_escaped(literal))

    def add_structure(self, between: bytes) -> None:
        first, *rest = NUMBER.split(between)
        self.add(first)
        for literal in rest:
            slot = self._slots.get(self._number)
            self._add_hole(slot, rf"{NUMBERS}(?![0-9.eE+\-])" if slot and slot.plain else "(?!)", _NUMBER)
            self.add(literal)
            self._number += 1

    def add_text(self, at: int, kept: bytes) -> None:
        """`kept`: what stays as it is there, or nothing."""
        slot = self._slots.get(at)
        plain = slot is not None and slot.plain
        settled = [_like(kept) if slot and plain and not slot.place.login else _escaped(kept)] if kept else []
        settled += [FORMS] if plain else []
        self._add_hole(slot, f'"(?:{"|".join(settled)})"' if settled else "(?!)", _TEXT)

    def _add_hole(self, slot: Slot | None, settled: str, other: str) -> None:
        if slot is None:  # nothing of it is kept
            self.pieces.append(other % ("?:",))
        else:
            self.groups[slot.at] = 2 * len(self.groups)
            # Atomic: both ways end at the same place, and of many holes each would be tried in both.
            self.pieces.append(f"(?>({settled})|{other % ('',)})")


def _like(kept: bytes) -> str:
    """What stays as `kept` does: where no digit matters, whatever the digits are."""
    escaped = _escaped(kept)
    silent = b"\\" not in kept and kept.isascii() and alike.told(kept.decode()) == alike.SILENT
    return _DIGIT.sub("[0-9]", escaped) if silent else escaped


def _escaped(literal: bytes) -> str:
    return re.escape(literal.decode("latin-1"))
