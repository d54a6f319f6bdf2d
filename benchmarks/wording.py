"""Learns how attempts at injection are worded, and tells how far that holds for writers it has not read.

    python -m benchmarks.wording [--write]

Every list is judged by weights learned without it. `--write` learns from all of them and writes
`triage/sanitize/rules/wordings.txt`. What is harmless comes from the lists, too, and from the documentation
of the interpreter and of whatever is installed, of which a tenth is kept to be judged.

Needs scikit-learn, as nothing else does: `pip install scikit-learn`.
"""

from __future__ import annotations

import argparse
import ast
import json
import random
import re
import sysconfig
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.corpora.sanitize import blind
from benchmarks.learned import written
from benchmarks.sanitize import SEED, lines, share
from triage.sanitize import clean
from triage.sanitize.placeholders import masked
from triage.sanitize.rules.sign import fold_bytes
from triage.sanitize.wording import BLANK, TABLE, parts, spread

try:
    from scipy.sparse import diags
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression
except ImportError as error:
    raise SystemExit("benchmarks.wording learns with scikit-learn: pip install scikit-learn") from error

_PARAGRAPHS = 14_000
_MOST = 20_000  # pieces
_PIECE = 4  # letters of a piece of a word
_FEWEST = 3  # texts that have a piece
_FOLDS = 5
_STRENGTH = 1.1  # of what is learned against what is held back
_ATTEMPTS, _DOCUMENTS = 2.0, 0.4  # how much a text of theirs counts
# Of what is harmless in the lists this share lies above what counts as an attempt, and as a clear one.
_ALARMS, _CLEAR = 0.003, 0.0015


@dataclass(frozen=True, slots=True)
class Text:
    writer: str
    attempt: bool
    data: str  # spread out, as it is weighed


@dataclass(frozen=True, slots=True)
class Weights:
    """`of` each piece of a table; what was not `kept` weighs nothing and counts for nothing."""

    of: Any
    kept: Any
    bias: float


def material() -> list[Text]:
    found = [
        *((("seen", True, text)) for text in lines("injection_seen")),
        *((("seen", False, text)) for name in ("benign", "harmless") for text in lines(f"{name}_seen")),
    ]
    for name, (attempts, benign) in blind.attempts().items():
        found += [(name, True, text) for text in attempts]
        found += [(name, False, text) for text in benign]
    found += [("harmless", False, text) for text in (*blind.harmless(), *private())]
    return [text for one in found for text in read(*one)]


def private() -> list[str]:
    """The texts whose secrets and personal data are to be hidden, without them."""
    samples = (blind.samples(number, kind) for number in blind.ROUNDS for kind in ("secrets", "pii"))
    return list(dict.fromkeys(clean(text).text for found in samples for _, text, _ in found))


def read(writer: str, attempt: bool, text: str) -> Iterator[Text]:
    for part in parts(spread(masked(fold_bytes(text)))):
        yield Text(writer, attempt, part.decode("utf-8", "ignore"))
        if attempt:
            return  # further on it may be harmless


def documentation() -> list[Text]:
    """Paragraphs of what is installed, the same ones each time as long as that is the same."""
    paths = sysconfig.get_paths()
    rng = random.Random(SEED)
    found: set[str] = set()
    for place in ("stdlib", "purelib"):
        for path in sorted(Path(paths[place]).rglob("*")):
            if path.suffix in (".md", ".rst", ".txt") or path.name == "METADATA":
                found.update(_paragraphs(path.read_text(encoding="utf-8", errors="ignore")[:300_000]))
            elif path.suffix == ".py" and rng.random() < 0.1:
                found.update(_said(path))
    chosen = rng.sample(sorted(found), min(_PARAGRAPHS, len(found)))
    return [text for paragraph in chosen for text in read("documentation", False, paragraph)]


def _said(path: Path) -> Iterator[str]:
    """The texts in a module."""
    try:
        tree = ast.parse(path.read_text(encoding="utf-8", errors="ignore"))
    except (SyntaxError, ValueError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from _paragraphs(node.value)


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in re.split(r"\n\s*\n", text):
        said = " ".join(paragraph.split())
        if 25 < len(said) < 600:
            yield said


def pieces(data: str) -> set[str]:
    """The words of a text that is spread out, its pairs of words, and pieces of its words, with blanks."""
    words = data.split()
    found = {f" {word} " for word in words}
    found.update(f" {first} {second} " for first, second in pairwise(words))
    for word in words:
        padded = f" {word} "
        found.update(padded[at : at + _PIECE] for at in range(len(padded) - _PIECE + 1))
    return {piece for piece in found if BLANK not in piece}


class Table:
    """Which texts have which pieces."""

    def __init__(self, texts: Sequence[Text]) -> None:
        known = CountVectorizer(analyzer=pieces, binary=True, min_df=_FEWEST, dtype=np.float32)
        self.rows = known.fit_transform(text.data for text in texts).tocsr()
        self.names: list[str] = known.get_feature_names_out().tolist()
        self.attempt = np.array([text.attempt for text in texts])
        self.writer = np.array([text.writer for text in texts])

    def learned(self, chosen: Any) -> Weights:
        """Of the pieces of the chosen texts, those that tell most, weighed among themselves."""
        rows, attempt = self.rows[chosen], self.attempt[chosen]
        counts = np.where(
            attempt, _ATTEMPTS, np.where(self.writer[chosen] == "documentation", _DOCUMENTS, 1.0)
        )
        often = np.asarray(rows.sum(axis=0)).ravel()
        rarity = np.log((1 + rows.shape[0]) / (1 + often)) + 1
        first, _ = _fitted(rows, rarity, attempt, counts)
        kept = np.argsort(-np.abs(first) * np.sqrt(often))[:_MOST]
        of = np.zeros(len(self.names))
        of[kept], bias = _fitted(rows[:, kept], rarity[kept], attempt, counts)
        return Weights(of.round(1), kept, bias)

    def scores(self, weights: Weights, chosen: Any) -> Any:
        """Of the chosen texts, above nothing where an attempt is likelier than not."""
        rows = self.rows[chosen][:, weights.kept]
        return _roots(rows) @ (rows @ weights.of[weights.kept]) + weights.bias


def _fitted(rows: Any, rarity: Any, attempt: Any, counts: Any) -> tuple[Any, float]:
    model = LogisticRegression(C=_STRENGTH, solver="liblinear", max_iter=300)
    model.fit(_roots(rows) @ rows.multiply(rarity).tocsr(), attempt, sample_weight=counts)
    return model.coef_[0] * rarity, float(model.intercept_[0])


def _roots(rows: Any) -> Any:
    """What many pieces say is divided by the root of their number."""
    return diags(1 / np.sqrt(np.maximum(np.asarray(rows.sum(axis=1)).ravel(), 1)))


def judged(table: Table) -> Any:
    """The score of each text by weights that were learned without its list; those of no list have none."""
    writers = sorted(set(table.writer) - {"seen", "harmless", "documentation"})
    found = np.full(len(table.writer), np.nan)
    for fold in range(_FOLDS):
        own = np.isin(table.writer, writers[fold::_FOLDS])
        found[own] = table.scores(table.learned(~own), own)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description="Learn how attempts at injection are worded.")
    parser.add_argument("--write", action="store_true", help="write the weights that all lists teach")
    asked = parser.parse_args()
    table = Table([*material(), *documentation()])
    scores = judged(table)
    listed = ~np.isnan(scores)
    measured = listed & np.char.startswith(table.writer, "list")  # the taught lists are harder
    harmless = np.sort(scores[measured & ~table.attempt])[::-1]
    rest, clear = (float(harmless[int(len(harmless) * part)]) for part in (_ALARMS, _CLEAR))
    figures = {str(writer): figure(table, scores, rest, writer) for writer in np.unique(table.writer[listed])}
    for writer, own in figures.items():
        print(f"{writer}: {own['flagged']:.1%} flagged, {own['false_alarms']:.1%} false alarms")
    weights = table.learned(np.full(len(scores), True))
    if asked.write:
        pieces = (name.replace(" ", BLANK) for name in table.names)
        least = (rest - weights.bias, clear - weights.bias)
        TABLE.write_text(written(least, zip(pieces, weights.of.tolist(), strict=True)), encoding="utf-8")
    every = {
        "flagged": share(scores[measured & table.attempt] > rest),
        "false_alarms": share(harmless > rest),
    }
    print(json.dumps({**every, "documentation_false_alarms": apart(table, rest), "lists": figures}))


def figure(table: Table, scores: Any, rest: float, writer: str) -> dict[str, float]:
    own = table.writer == writer
    return {
        "flagged": share(scores[own & table.attempt] > rest),
        "false_alarms": share(scores[own & ~table.attempt] > rest),
    }


def apart(table: Table, rest: float) -> float:
    """False alarms over a tenth of the documentation, by what all the rest teaches."""
    unread = (table.writer == "documentation") & (np.arange(len(table.writer)) % 10 == 0)
    return share(table.scores(table.learned(~unread), unread) > rest)


if __name__ == "__main__":
    main()
