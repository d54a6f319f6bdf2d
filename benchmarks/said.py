"""Learns which piece of a sentence is a secret, and tells how far that holds for unread writers.

    python -m benchmarks.said [--write]

Asked are the pieces of lines with words for secrets: of `corpora/sanitize/said_N_secrets.txt`, where every
secret is marked, of `said_N_harmless.txt`, which has the same words and no secret, and of the rounds' lines.
Every list is judged by weights learned without it. `--write` learns from all of them, into
`triage/sanitize/rules/said.txt`.

Needs scikit-learn, as little else does: `pip install scikit-learn`.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.corpora.sanitize import blind
from benchmarks.learned import written
from benchmarks.sanitize import SEED, share
from triage.sanitize.said import TABLE, lines, may_be_told, of_line, of_piece, of_place

try:
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression
except ImportError as error:
    raise SystemExit("benchmarks.said learns with scikit-learn: pip install scikit-learn") from error

_MOST = 15_000  # traits
_FEWEST = 2  # pieces that have a trait
_STRENGTH = 1.0  # of what is learned against what is held back
_FOLDS = 4  # of the rounds
_DAMAGED = 0.03  # of the lines that have the same words and no secret, which may be damaged
_DAMAGED_ELSEWHERE = 0.005  # of the rounds' harmless lines with such words


@dataclass(frozen=True, slots=True)
class Asked:
    """A piece of a line. `secret`: whether a mark covers most of it. `text`: the number of its text."""

    writer: str
    text: int
    traits: tuple[str, ...]
    secret: bool


def material(given: Iterable[tuple[str, list[str]]]) -> Iterator[Asked]:
    rng = random.Random(SEED)
    texts = ((writer, text) for writer, own in given for text in own)
    for number, (writer, text) in enumerate(texts):
        drawn = blind.drawn(text, rng)
        marks = list(_marks(drawn))
        data = drawn.replace("⟦", "").replace("⟧", "").encode()
        for line in lines(data):
            shared = tuple(of_line(line))
            base = len(data[: line.start].decode())
            for at, piece in enumerate(line.pieces):
                if may_be_told(line, at):
                    own = (*shared, *of_piece(piece.text, piece.quote), *of_place(line, at))
                    covered = _covered(base + piece.start, base + piece.end, marks)
                    if covered == 0.0 or covered > 0.6:
                        yield Asked(writer, number, own, covered > 0.0)


def _marks(text: str) -> Iterator[tuple[int, int]]:
    """Where marked values stand in the text without marks."""
    for number, found in enumerate(blind.MARKED.finditer(text)):
        start = found.start() - 2 * number
        yield start, start + len(found[1])


def _covered(start: int, end: int, marks: Sequence[tuple[int, int]]) -> float:
    inside = sum(max(0, min(end, last) - max(start, first)) for first, last in marks)
    return inside / (end - start)


class Table:
    """Which pieces have which traits."""

    def __init__(self, asked: Sequence[Asked]) -> None:
        known = CountVectorizer(analyzer=list, binary=True, min_df=_FEWEST, dtype=np.float32)
        self.rows = known.fit_transform([one.traits for one in asked]).tocsr()
        self.names: list[str] = known.get_feature_names_out().tolist()
        self.secret = np.array([one.secret for one in asked])
        self.writer = np.array([one.writer for one in asked])
        self.text = np.array([one.text for one in asked])

    def learned(self, chosen: Any) -> tuple[Any, float]:
        rows, secret = self.rows[chosen], self.secret[chosen]
        first, _ = _fitted(rows, secret)
        often = np.asarray(rows.sum(axis=0)).ravel()
        kept = np.argsort(-np.abs(first) * np.sqrt(often))[:_MOST]
        of = np.zeros(len(self.names))
        of[kept], bias = _fitted(rows[:, kept], secret)
        return of.round(2), bias


def _fitted(rows: Any, secret: Any) -> tuple[Any, float]:
    model = LogisticRegression(C=_STRENGTH, solver="liblinear", max_iter=200)
    model.fit(rows, secret)
    return model.coef_[0], float(model.intercept_[0])


def judged(table: Table) -> Any:
    """The score of each piece by weights that were learned without its writer's."""
    writers = sorted(set(table.writer))
    rounds = [writer for writer in writers if not writer.startswith("said")]
    found = np.full(len(table.secret), np.nan)
    for group in (
        *([writer] for writer in writers if writer not in rounds),
        *(rounds[n::_FOLDS] for n in range(_FOLDS)),
    ):
        own = np.isin(table.writer, group)
        weights, bias = table.learned(~own)
        found[own] = table.rows[own] @ weights + bias
    return found


def highest(table: Table, scores: Any, kind: str) -> Any:
    """Of each text of such writers that holds no secret, the score of its most telling piece."""
    own = np.char.startswith(table.writer, kind)
    telling = set(table.text[table.secret])
    of: dict[int, float] = {}
    for text, score in zip(table.text[own].tolist(), scores[own].tolist(), strict=True):
        if text not in telling:
            of[text] = max(of.get(text, -np.inf), score)
    return np.array(list(of.values()))


def limit_of(table: Table, scores: Any) -> float:
    """Above which no more lies than may be damaged."""
    return max(
        float(np.quantile(highest(table, scores, "said"), 1 - _DAMAGED)),
        float(np.quantile(highest(table, scores, "list"), 1 - _DAMAGED_ELSEWHERE)),
    )


def figures(table: Table, scores: Any, limit: float) -> dict[str, dict[str, float]]:
    found = {}
    for writer in sorted(set(table.writer[table.secret])):
        secret = table.secret & (table.writer == writer)
        damaged = highest(table, scores, writer) > limit
        found[writer] = {"hidden": share(scores[secret] > limit), "damaged": share(damaged)}
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description="Learn which piece of a sentence is a secret.")
    parser.add_argument("--write", action="store_true", help="write the weights that all lists teach")
    table = Table(list(material(blind.told())))
    scores = judged(table)
    limit = limit_of(table, scores)
    told = figures(table, scores, limit)
    for writer, own in told.items():
        print(f"{writer}: {own['hidden']:.1%} of secrets' pieces, {own['damaged']:.2%} of harmless lines")
    if parser.parse_args().write:
        of, bias = table.learned(np.full(len(table.secret), True))
        TABLE.write_text(
            written((limit - bias, 0.0), zip(table.names, of.tolist(), strict=True)), encoding="utf-8"
        )
    print(json.dumps({"pieces": len(table.secret), "limit": limit, **told}))


if __name__ == "__main__":
    main()
