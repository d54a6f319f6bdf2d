"""Learns what names a person, and tells how far that holds for writers it has not read.

    python -m benchmarks.persons [--write]

Every list is judged by weights learned without it. `--write` learns from all of them and writes
`triage/sanitize/rules/persons.txt`. Some names are drawn anew from those of many languages, so that what
stands around a name teaches more than the name.

Needs scikit-learn, as little else does: `pip install scikit-learn`.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.corpora.sanitize import blind
from benchmarks.learned import written
from benchmarks.sanitize import SEED, lines, share
from triage.sanitize.persons import RUN, TABLE, is_inside_a_word, place, run_of, surroundings, traits
from triage.sanitize.rule import Found, bytes_pattern
from triage.sanitize.rules.given_names import GIVEN_NAMES
from triage.sanitize.rules.surnames import RARER_SURNAMES, SURNAMES

try:
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression
except ImportError as error:
    raise SystemExit("benchmarks.persons learns with scikit-learn: pip install scikit-learn") from error

_MOST = 14_000  # traits
_FEWEST = 2  # words that have a trait
_STRENGTH = 0.5  # of what is learned against what is held back
_FOLDS = 4
_DRAWN = 2  # times that a text is read again with other names
# This share of the rounds' harmless lines may be damaged by words beside others, and as much by single ones;
# of the lines that were written to mislead, this one, and a tenth of it by single words.
_DAMAGED, _MISLED = 0.0006, 0.1
_RUN = bytes_pattern(RUN, captures=False)
_GIVEN = sorted(name.decode().title() for name in GIVEN_NAMES)
_FAMILY = sorted(name.title() for name in (SURNAMES | RARER_SURNAMES))


@dataclass(frozen=True, slots=True)
class Text:
    """`names` and `others` are the places of what is to be hidden, in bytes."""

    writer: str
    data: bytes
    names: tuple[tuple[int, int], ...] = ()
    others: tuple[tuple[int, int], ...] = ()
    drawn: bool = False

    @property
    def holds(self) -> tuple[tuple[int, int], ...]:
        """What is to be hidden."""
        return self.names + self.others


@dataclass(frozen=True, slots=True)
class Word:
    text: int
    start: int
    end: int
    single: bool
    name: bool


def material() -> list[Text]:
    rng = random.Random(SEED)
    found = [Text("seen", text.encode()) for name in ("benign", "harmless") for text in lines(f"{name}_seen")]
    for writer, marked, harmless in blind.persons():
        found += [Text(writer, text.encode()) for text in harmless]
        for text in marked:
            found.append(read(writer, blind.drawn(text, rng)))
            found += [
                read(writer, with_other_names(blind.drawn(text, rng), rng), drawn=True) for _ in range(_DRAWN)
            ]
    return [*found, *dict.fromkeys(one for text in found for one in bare(text))]


def bare(text: Text) -> Iterator[Text]:
    """Its names, and what else is written with capitals, as values that stand for themselves."""
    for first, last in text.names:
        yield Text(text.writer, text.data[first:last], ((0, last - first),), drawn=True)
    for match in _RUN.finditer(text.data):
        start, end = match.span()
        if b" " in match[0] and not any(start < last and first < end for first, last in text.holds):
            yield Text(text.writer, match[0], drawn=True)


def read(writer: str, marked: str, *, drawn: bool = False) -> Text:
    """A text with ⟦…⟧ around what is to be hidden. What has digits or a mailbox is no name."""
    names: list[tuple[int, int]] = []
    others: list[tuple[int, int]] = []
    pieces: list[bytes] = []
    for piece in marked.replace("⟧", "⟦").split("⟦"):
        pieces.append(piece.encode())
        if len(pieces) % 2 == 0:
            end = sum(map(len, pieces))
            of_name = not any(char.isdigit() or char == "@" for char in piece)
            (names if of_name else others).append((end - len(pieces[-1]), end))
    return Text(writer, b"".join(pieces), tuple(names), tuple(others), drawn)


def with_other_names(marked: str, rng: random.Random) -> str:
    pieces = marked.replace("⟧", "⟦").split("⟦")
    for at in range(1, len(pieces), 2):
        words = pieces[at].split(" ")
        if all(word.isalpha() and word.isascii() and word.istitle() for word in words) and len(words) < 4:
            pieces[at] = " ".join([*(rng.choice(_GIVEN) for _ in words[:-1]), rng.choice(_FAMILY)])
    return "".join(f"⟦{piece}⟧" if at % 2 else piece for at, piece in enumerate(pieces))


class Table:
    """Which words of which texts have which traits."""

    def __init__(self, texts: Sequence[Text]) -> None:
        self.texts = texts
        self.words: list[Word] = []
        rows: list[list[str]] = []
        for number, text in enumerate(texts):
            for word, found in words(number, text):
                self.words.append(word)
                rows.append(found)
        known = CountVectorizer(analyzer=list, binary=True, min_df=_FEWEST, dtype=np.float32)
        self.rows = known.fit_transform(rows).tocsr()
        self.names: list[str] = known.get_feature_names_out().tolist()
        self.name = np.array([word.name for word in self.words])
        self.writer = np.array([texts[word.text].writer for word in self.words])
        self.drawn = np.array([texts[word.text].drawn for word in self.words])

    def learned(self, chosen: Any) -> tuple[Any, float]:
        """The weight of each trait, of which the most telling are kept, and what is added."""
        rows, name = self.rows[chosen], self.name[chosen]
        counts = np.where(self.drawn[chosen], 1.0 / _DRAWN, 1.0)
        first, _ = _fitted(rows, name, counts)
        often = np.asarray(rows.sum(axis=0)).ravel()
        kept = np.argsort(-np.abs(first) * np.sqrt(often))[:_MOST]
        of = np.zeros(len(self.names))
        of[kept], bias = _fitted(rows[:, kept], name, counts)
        return of.round(2), bias


def words(number: int, text: Text) -> Iterator[tuple[Word, list[str]]]:
    for match in _RUN.finditer(text.data):
        found = Found(text.data, *match.span())
        if is_inside_a_word(found):
            continue
        spans, run = run_of(found)
        around = list(surroundings(run))
        for at, (start, end) in enumerate(spans):
            if any(start < last and first < end for first, last in text.others):
                continue
            name = any(first <= start and end <= last for first, last in text.names)
            found_here = (*traits(run.words[at]), *around, *place(run.words, at))
            word = Word(number, start, end, len(spans) == 1, name)
            yield word, [f"{kind} {trait}" for kind, trait in found_here]


def _fitted(rows: Any, name: Any, counts: Any) -> tuple[Any, float]:
    model = LogisticRegression(C=_STRENGTH, solver="liblinear", max_iter=100)
    model.fit(rows, name, sample_weight=counts)
    return model.coef_[0], float(model.intercept_[0])


def judged(table: Table) -> Any:
    """The score of each word by weights that were learned without its writer's texts."""
    writers = sorted(set(table.writer) - {"seen"})
    harder = [writer for writer in writers if writer.startswith("people")]
    rest = [writer for writer in writers if writer not in harder]
    groups = [rest[fold::_FOLDS] for fold in range(_FOLDS)] + [[writer] for writer in harder]
    found = np.full(len(table.words), np.nan)
    for group in groups:
        own = np.isin(table.writer, group)
        weights, bias = table.learned(~own)
        found[own] = table.rows[own] @ weights + bias
    return found


@dataclass(frozen=True, slots=True)
class Limits:
    """Above which a word is a name, beside others and alone."""

    beside: float
    single: float

    def __call__(self, word: Word) -> float:
        return self.single if word.single else self.beside


def figures(table: Table, scores: Any, limits: Limits, writers: Sequence[str]) -> dict[str, float]:
    """Names of which a word is told, and lines without any that hold such a word."""
    told: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for word, score in zip(table.words, scores, strict=True):
        if score > limits(word):
            told[word.text].append((word.start, word.end))
    texts = [(n, text) for n, text in enumerate(table.texts) if text.writer in writers and not text.drawn]
    names = [
        any(start < last and first < end for start, end in told[n])
        for n, text in texts
        for first, last in text.names
    ]
    damaged = [bool(told[n]) for n, text in texts if not text.holds]
    return {"names": share(names) if names else 1.0, "damaged": share(damaged) if damaged else 0.0}


def limits_of(table: Table, scores: Any) -> Limits:
    """By what is harmless in the lists, each judged without its own writer's."""
    return Limits(
        max(_limit(table, scores, "list", _DAMAGED, False), _limit(table, scores, "people", _MISLED, False)),
        max(
            _limit(table, scores, "list", _DAMAGED, True), _limit(table, scores, "people", _MISLED / 10, True)
        ),
    )


def _limit(table: Table, scores: Any, writers: str, part: float, single: bool) -> float:
    """Above which such a part of some writers' harmless lines holds a word beside others, or a single one."""
    harmless = [text.writer.startswith(writers) and not (text.holds or text.drawn) for text in table.texts]
    most: dict[int, float] = {}
    for word, score in zip(table.words, scores, strict=True):
        if harmless[word.text] and word.single is single:
            most[word.text] = max(most.get(word.text, score), score)
    return float(sorted(most.values(), reverse=True)[int(sum(harmless) * part)])


def main() -> None:
    parser = argparse.ArgumentParser(description="Learn what names a person.")
    parser.add_argument("--write", action="store_true", help="write the weights that all lists teach")
    parser.add_argument("--without", nargs="*", default=[], metavar="LIST", help="but for these lists")
    asked = parser.parse_args()
    table = Table(material())
    scores = judged(table)
    limits = limits_of(table, scores)
    writers = sorted(set(table.writer) - {"seen"})
    rounds = [writer for writer in writers if writer.startswith("list")]
    groups = {"lists": rounds, **{writer: [writer] for writer in writers if writer not in rounds}}
    told = {name: figures(table, scores, limits, own) for name, own in groups.items()}
    for name, own in told.items():
        print(f"{name}: {own['names']:.1%} of names, {own['damaged']:.2%} of harmless lines")
    if asked.write:
        of, bias = table.learned(~np.isin(table.writer, asked.without))
        least = (limits.beside - bias, limits.single - bias)
        TABLE.write_text(written(least, zip(table.names, of.tolist(), strict=True)), encoding="utf-8")
    print(json.dumps({"words": len(table.words), "beside": limits.beside, "single": limits.single, **told}))


if __name__ == "__main__":
    main()
