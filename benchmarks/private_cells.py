"""Learns which cells of a row are private, and tells how far that holds for unread writers.

    python -m benchmarks.private_cells [--write]

Asked are the cells that no rule hides. A row is a record that lost the names of its fields: those of
`corpora/sanitize/fields_N.jsonl`, whole and in parts, the objects and lists of whole events, and the rounds'
lines. Every list is judged by weights learned without it. `--write` learns from all of them, into
`triage/sanitize/rules/private_cells.txt`.

Needs scikit-learn, as little else does: `pip install scikit-learn`.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from typing import Any

from benchmarks.corpora.sanitize import blind, captured, whole
from benchmarks.corpora.sanitize.events import Planted
from benchmarks.private_fields import Asked, Recorder, Table, covered, fields_in, learn, recorded
from benchmarks.sanitize import SEED
from triage.sanitize import clean, clean_event, private_cells
from triage.sanitize.private_cells import TABLE, Cell, of_row, of_value

_FEWEST = 3  # cells of a row
_PARTS = 3  # of a record, drawn
_DAMAGED = 0.04  # of the cells that are nobody's, which may be hidden: rows are few in an event
_NOBODYS = 2  # of the fields that are nobody's, one in as many


def material() -> Iterator[Asked[Cell]]:
    rng = random.Random(SEED)
    with recorded(private_cells) as recorder:
        for number in whole.FIELDS:
            for one in whole.records(number):
                yield from rows(f"fields {number}", recorder, one.event, one.secrets, rng)
        for number in whole.LISTS:
            for one in whole.corpus(number):
                clean_event(one.event)
                yield from recorder.taken(f"whole {number}", one.secrets)
                for record in objects(one.event):
                    yield from rows(f"whole {number}", recorder, record, one.secrets, rng)
                yield from strangers(f"whole {number}", one, rng)
        for one in captured.corpus(SEED):
            yield from strangers("captured", one, rng)
        for writer, marked, _ in blind.persons():
            for text in marked:
                drawn = blind.drawn(text, rng)
                clean(drawn.replace("⟦", "").replace("⟧", ""))
                yield from recorder.taken(writer, blind.MARKED.findall(drawn))


def rows(
    writer: str, recorder: Recorder[Cell], record: dict[str, Any], marked: Sequence[str], rng: random.Random
) -> Iterator[Asked[Cell]]:
    """A record as the rows that may be made of it."""
    values = [value for value in record.values() if isinstance(value, (str, int, float))]
    if len(values) < _FEWEST:
        return
    parts = [values] + [_some(values, rng) for _ in range(_PARTS)]
    for part in parts:
        for event in written_ways([str(value).strip("'") for value in part]):
            clean_event(event)
            yield from recorder.taken(writer, marked)


def _some(values: Sequence[Any], rng: random.Random) -> list[Any]:
    count = rng.randint(_FEWEST, len(values))
    return [values[at] for at in sorted(rng.sample(range(len(values)), count))]


def written_ways(row: list[str]) -> Iterator[dict[str, Any]]:
    """A row as an event may hold it."""
    yield {"extra": {"row": row}}
    yield {"message": f"cannot save {tuple(row)!r}"}
    yield {"message": f"cannot read '{';'.join(row)}'"}


def objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from objects(item)


def strangers(writer: str, one: Planted, rng: random.Random) -> Iterator[Asked[Cell]]:
    """Some of what an event holds that is nobody's, as if it stood beside what is hidden."""
    for _, value, _ in fields_in(one.event, ""):
        if rng.randrange(_NOBODYS) == 0 and not any(covered(secret, value) for secret in one.secrets):
            told = rng.choice((("hidden",), ("name",), ("email",), ("name", "phone"), ("name", "birth-date")))
            yield Asked(writer, Cell(value, frozenset(told), len(told)), False, met=False)


def traits(cell: Cell) -> Iterator[str]:
    yield from of_value(cell.value)
    yield from of_row(cell)


def main() -> None:
    parser = argparse.ArgumentParser(description="Learn which cells of a row are private.")
    learn(parser, Table(list(material()), traits), TABLE, _DAMAGED)


if __name__ == "__main__":
    main()
