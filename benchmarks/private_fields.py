"""Learns which fields of somebody's record are private, and tells how far that holds for unread writers.

    python -m benchmarks.private_fields [--write]

Asked are the fields that no rule hides beside some that one does, as the sanitizer comes upon them: in
records (`corpora/sanitize/fields_N.jsonl`), whole events and the rounds' lines, with everything marked that
is to be hidden; and names of fields with a value each (`field_names_N.tsv`). Every list is judged by weights
learned without it. `--write` learns from all of them, into `triage/sanitize/rules/private_fields.txt`.

Needs scikit-learn, as little else does: `pip install scikit-learn`.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

import numpy as np

from benchmarks.corpora.sanitize import blind, captured, whole
from benchmarks.corpora.sanitize.events import Planted
from benchmarks.learned import written
from benchmarks.sanitize import SEED, share
from triage.sanitize import clean, clean_event, private_fields
from triage.sanitize.private_fields import TABLE, Field, of_name, of_value

try:
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression
except ImportError as error:
    raise SystemExit(
        "benchmarks.private_fields learns with scikit-learn: pip install scikit-learn"
    ) from error

_MOST = 12_000  # traits
_FEWEST = 2  # fields that have a trait
_STRENGTH = 0.5  # of what is learned against what is held back
_COVERED = 0.6  # of a value that is marked, for it to be private; of less, nothing is said
_OF_A_MARK = 0.3  # a value that is less of one stands there by chance
_DAMAGED = 0.02  # of the fields that are nobody's, which may be hidden


class Judged(Protocol):
    """A field or a cell."""

    @property
    def value(self) -> str: ...


J = TypeVar("J", bound=Judged)


@dataclass(frozen=True)
class Asked(Generic[J]):
    """`met`: whether the sanitizer came upon it, and not only might have."""

    writer: str
    field: J
    private: bool
    met: bool = True


class Recorder(Generic[J]):
    """Stands in for the judgement, and keeps what it is asked."""

    def __init__(self) -> None:
        self.fields: dict[J, None] = {}

    def __call__(self, field: J) -> bool:
        self.fields[field] = None
        return False

    def taken(self, writer: str, marked: Sequence[str]) -> Iterator[Asked[J]]:
        """What was asked since the last time, with what is right."""
        asked, self.fields = list(self.fields), {}
        for field in asked:
            part = max((covered(mark, field.value) for mark in marked), default=0.0)
            if part == 0.0 or part >= _COVERED:
                yield Asked(writer, field, part > 0.0)


def covered(mark: str, value: str) -> float:
    """Which part of a value a mark is; a value that is some words of a mark is private as a whole."""
    if len(mark) < 2 or len(value) < 2:
        return 0.0
    if value in mark:
        return float(len(value) > len(mark) * _OF_A_MARK)
    return len(mark) / len(value) if mark in value else 0.0


@contextmanager
def recorded(judge: Any) -> Iterator[Recorder[Any]]:
    """The sanitizer, asking a recorder in place of a module's `is_private`."""
    recorder, judgement = Recorder[Any](), judge.is_private
    try:
        judge.is_private = recorder
        yield recorder
    finally:
        judge.is_private = judgement


def material() -> Iterator[Asked[Field]]:
    rng = random.Random(SEED)
    with recorded(private_fields) as recorder:
        for number in whole.FIELDS:
            for one in whole.records(number):
                for sent in written_ways(one.event):
                    clean_event(sent)
                    yield from recorder.taken(f"fields {number}", one.secrets)
        for number in whole.LISTS:
            for one in whole.corpus(number):
                clean_event(one.event)
                yield from recorder.taken(f"whole {number}", one.secrets)
                yield from strangers(f"whole {number}", one)
        for one in captured.corpus(SEED):
            yield from strangers("captured", one)
        for number in whole.NAMES:
            yield from named(number)
        for writer, marked, _ in blind.persons():
            for text in marked:
                drawn = blind.drawn(text, rng)
                clean(drawn.replace("⟦", "").replace("⟧", ""))
                yield from recorder.taken(writer, blind.MARKED.findall(drawn))


def named(number: int) -> Iterator[Asked[Field]]:
    """Fields that stand for themselves, as if some beside them were hidden."""
    for name, value, private in whole.named(number):
        if not clean(f"{name}={value}").redactions:  # else a rule knows it
            yield Asked(f"names {number}", Field(name, value), private, met=False)


def strangers(writer: str, one: Planted) -> Iterator[Asked[Field]]:
    """The fields of an event that are nobody's, as if some beside them were hidden."""
    for name, value, outer in fields_in(one.event, ""):
        if not any(covered(secret, value) for secret in one.secrets):
            yield Asked(writer, Field(name, value, outer), False, met=False)


def fields_in(value: Any, outer: str) -> Iterator[tuple[str, str, str]]:
    """(name, text or number, name of the object) of every field in it."""
    if isinstance(value, list):
        for item in value:
            yield from fields_in(item, outer)
    elif isinstance(value, dict):
        for name, item in value.items():
            if isinstance(item, (str, int, float)) and not isinstance(item, bool):
                yield name, str(item).strip("'"), outer
            else:
                yield from fields_in(item, name)


def written_ways(record: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A record as an event may hold it."""
    plain = ", ".join(f"{name}={value!r}" for name, value in record.items())
    bare = ", ".join(
        f"{name}={value}" for name, value in record.items() if not isinstance(value, (dict, list))
    )
    yield {"extra": {"record": record}}
    yield {"message": json.dumps(record, ensure_ascii=False)}
    yield {"extra": {"record": f"Record({plain})"}}
    yield {"message": f"cannot save Record[{bare}]"}


def traits(field: Field) -> Iterator[str]:
    yield from of_name(field.name)
    yield from of_value(field)


class Table(Generic[J]):
    """Which fields have which traits."""

    def __init__(self, asked: Sequence[Asked[J]], traits: Callable[[J], Iterable[str]]) -> None:
        self.asked = asked
        rows = [list(traits(one.field)) for one in asked]
        known = CountVectorizer(analyzer=list, binary=True, min_df=_FEWEST, dtype=np.float32)
        self.rows = known.fit_transform(rows).tocsr()
        self.names: list[str] = known.get_feature_names_out().tolist()
        self.private = np.array([one.private for one in asked])
        self.writer = np.array([one.writer for one in asked])
        self.met = np.array([one.met for one in asked])

    def learned(self, chosen: Any) -> tuple[Any, float]:
        """The weight of each trait, of which the most telling are kept, and what is added."""
        rows, private = self.rows[chosen], self.private[chosen]
        first, _ = _fitted(rows, private)
        often = np.asarray(rows.sum(axis=0)).ravel()
        kept = np.argsort(-np.abs(first) * np.sqrt(often))[:_MOST]
        of = np.zeros(len(self.names))
        of[kept], bias = _fitted(rows[:, kept], private)
        return of.round(2), bias


def _fitted(rows: Any, private: Any) -> tuple[Any, float]:
    model = LogisticRegression(C=_STRENGTH, solver="liblinear", max_iter=200)
    model.fit(rows, private)
    return model.coef_[0], float(model.intercept_[0])


def judged(table: Table[Any]) -> Any:
    """The score of each field by weights that were learned without its writer's."""
    writers = sorted(set(table.writer))
    rounds = [writer for writer in writers if not writer.startswith(("fields", "names", "whole"))]
    found = np.full(len(table.asked), np.nan)
    for group in ([writer] for writer in writers if writer not in rounds):
        _judge(table, group, found)
    _judge(table, rounds, found)
    return found


def _judge(table: Table[Any], group: Sequence[str], found: Any) -> None:
    own = np.isin(table.writer, group)
    weights, bias = table.learned(~own)
    found[own] = table.rows[own] @ weights + bias


def limit_of(table: Table[Any], scores: Any, damaged: float) -> float:
    """Above which that part of the fields lies that may be damaged, of the worse of records and events."""
    nobodys = table.met & ~table.private
    return max(
        float(np.quantile(scores[nobodys & np.char.startswith(table.writer, kind)], 1 - damaged))
        for kind in ("fields", "whole")
    )


def figures(table: Table[Any], scores: Any, limit: float) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for writer in sorted(set(table.writer)):
        own = table.met & (table.writer == writer)
        told = scores[own] > limit
        private = table.private[own]
        if private.any() and not private.all():
            found[writer] = {"hidden": share(told[private]), "damaged": share(told[~private])}
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description="Learn which fields of a record are private.")
    learn(parser, Table(list(material()), traits), TABLE, _DAMAGED)


def learn(parser: argparse.ArgumentParser, table: Table[Any], path: Path, damaged: float) -> None:
    """Tells how far what is learned holds, and writes it to `path` where that is asked for.

    `damaged`: which part of what is nobody's may be hidden.
    """
    parser.add_argument("--write", action="store_true", help="write the weights that all lists teach")
    arguments = parser.parse_args()
    scores = judged(table)
    limit = limit_of(table, scores, damaged)
    told = figures(table, scores, limit)
    for writer, own in told.items():
        print(f"{writer}: {own['hidden']:.1%} of private fields, {own['damaged']:.2%} of others")
    if arguments.write:
        of, bias = table.learned(np.full(len(table.asked), True))
        weights = zip(table.names, of.tolist(), strict=True)
        path.write_text(written((limit - bias, 0.0), weights), encoding="utf-8")
    print(json.dumps({"fields": len(table.asked), "limit": limit, **told}))


if __name__ == "__main__":
    main()
