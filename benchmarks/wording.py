"""Learns how attempts at injection are worded, and tells how far that holds for writers it has not read.

    python -m benchmarks.wording [--write]

Every blind list is judged by weights learned from all the other lists. `--write` learns from all of them and
writes `triage/sanitize/rules/wordings.py`. What is harmless comes from the lists, too, and from the
documentation of the interpreter and of whatever is installed, of which a tenth is kept to be judged.
"""

from __future__ import annotations

import argparse
import ast
import json
import math
import random
import re
import sysconfig
from collections import defaultdict
from collections.abc import Collection, Container, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpora.sanitize import blind
from benchmarks.sanitize import SEED, lines, share
from triage.sanitize.rules.sign import fold_bytes
from triage.sanitize.wording import phrases, windows, words_of

TARGET = Path(__file__).parents[1] / "triage" / "sanitize" / "rules" / "wordings.py"
_PARAGRAPHS = 14_000
_FROM = 3  # lists that have to know a phrase
_MOST = 1500  # phrases
_ROUNDS = 80
_RATE, _DECAY = 0.5, 3.0
_MARGIN = 0.5  # on the side of what is harmless
# Of addresses and fields that writers of lists made up.
_MADE_UP = frozenset(
    b"http https www com net org example evil attacker collect breadcrumb bio display".split()
)
_HEAD = '''"""How attempts are worded. Made by `python -m benchmarks.wording --write`, not by hand.

Each line has a weight and the words, pairs, or pairs with a word between that have it. A text in which they
add up to more than `AT_REST` is worded like an attempt.
"""

AT_REST = {rest}
WORDINGS = """
{lines}
"""
'''


@dataclass(frozen=True, slots=True)
class Text:
    writer: str
    attempt: bool
    phrases: frozenset[bytes]


@dataclass(frozen=True, slots=True)
class Weights:
    of: dict[bytes, float]
    bias: float

    def score(self, text: Text) -> float:
        return self.bias + sum(self.of.get(phrase, 0.0) for phrase in text.phrases)


def read(writer: str, attempt: bool, text: str) -> Iterator[Text]:
    for part in windows(words_of(fold_bytes(text))):
        yield Text(writer, attempt, frozenset(phrases(part)))
        if attempt:
            return  # further on it may be harmless


def material() -> list[Text]:
    found = [
        *((("seen", True, text)) for text in lines("injection_seen")),
        *((("seen", False, text)) for name in ("benign", "harmless") for text in lines(f"{name}_seen")),
    ]
    for number in blind.FIRST_INJECTION:
        attempts, benign = blind.injection(number)
        found += [(str(number), True, text) for text in attempts]
        found += [(str(number), False, text) for text in benign]
    found += [("harmless", False, text) for text in blind.harmless()]
    return [text for one in found for text in read(*one)]


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


def learned(texts: Sequence[Text], most: int = _MOST) -> Weights:
    """Of the phrases that several writers of attempts know, those that tell most."""
    known: dict[bytes, set[str]] = defaultdict(set)
    ordinary = {word for text in texts if not text.attempt for word in text.phrases if b" " not in word}
    for text in texts:
        for phrase in text.phrases if text.attempt else ():
            known[phrase].add(text.writer)
    candidates = {
        phrase
        for phrase, writers in known.items()
        if len(writers) >= _FROM and all(_is_telling(word, ordinary) for word in _words_in(phrase))
    }
    first = fitted(texts, candidates)
    strongest = sorted(first.of, key=lambda phrase: (-abs(first.of[phrase]), phrase))[:most]
    return fitted(texts, set(strongest))


def _words_in(phrase: bytes) -> list[bytes]:
    return phrase.replace(b" _ ", b" ").replace(b" .. ", b" ").split()


def _is_telling(word: bytes, ordinary: Container[bytes]) -> bool:
    """What no ordinary text says is a piece of a disguise, or as rare as its writer's fancy."""
    return word in ordinary and word not in _MADE_UP and not word.endswith(b"error") and len(word) > 1


def fitted(texts: Sequence[Text], of: Collection[bytes]) -> Weights:
    """Logistic regression: steps shrink with what they have moved, and large weights are held back."""
    index = {phrase: at for at, phrase in enumerate(sorted(of))}
    rows = [([index[phrase] for phrase in text.phrases if phrase in index], text.attempt) for text in texts]
    weights, moved = [0.0] * len(index), [1e-8] * len(index)
    bias, bias_moved = -3.0, 1e-8
    for _ in range(_ROUNDS):
        gradient = [_DECAY * weight for weight in weights]
        bias_gradient = 0.0
        for row, attempt in rows:
            wrong = (
                1 / (1 + math.exp(-max(-30.0, min(30.0, bias + sum(weights[at] for at in row))))) - attempt
            )
            bias_gradient += wrong
            for at in row:
                gradient[at] += wrong
        for at, slope in enumerate(gradient):
            moved[at] += slope * slope
            weights[at] -= _RATE * slope / math.sqrt(moved[at])
        bias_moved += bias_gradient**2
        bias -= _RATE * bias_gradient / math.sqrt(bias_moved)
    return Weights({phrase: round(weights[at], 1) for phrase, at in index.items()}, bias)


def judged(texts: Sequence[Text], writer: str) -> dict[str, float]:
    """How the attempts and the harmless texts of one writer fare by what all others taught."""
    weights = learned([text for text in texts if text.writer != writer])
    own = [text for text in texts if text.writer == writer]
    return {
        "flagged": share(weights.score(text) > _MARGIN for text in own if text.attempt),
        "false_alarms": share(weights.score(text) > _MARGIN for text in own if not text.attempt),
    }


def written(weights: Weights) -> str:
    by_weight: dict[float, list[str]] = defaultdict(list)
    for phrase, weight in weights.of.items():
        if weight:
            by_weight[weight].append(phrase.decode())
    found: list[str] = []
    for weight in sorted(by_weight, reverse=True):
        line = ""
        for said in sorted(by_weight[weight]):
            if line and len(line) + len(said) > 106:
                found.append(line)
                line = ""
            line = f"{line}|{said}" if line else f"{weight} {said}"
        found.append(line)
    return _HEAD.format(rest=round(_MARGIN - weights.bias, 2), lines="\n".join(found))


def main() -> None:
    parser = argparse.ArgumentParser(description="Learn how attempts at injection are worded.")
    parser.add_argument("--write", action="store_true", help="write the weights that all lists teach")
    parser.add_argument("--lists", default=",".join(map(str, blind.FIRST_INJECTION)), help="to judge")
    asked = parser.parse_args()
    documents = documentation()
    kept = len(documents) // 10
    texts = [*material(), *documents[kept:]]
    figures = {writer: judged(texts, writer) for writer in asked.lists.split(",") if writer}
    for writer, figure in figures.items():
        print(f"list {writer:>2}: {figure['flagged']:.1%} flagged, {figure['false_alarms']:.1%} false alarms")
    weights = learned(texts)
    if asked.write:
        TARGET.write_text(written(weights), encoding="utf-8")
    alarms = share(weights.score(text) > _MARGIN for text in documents[:kept])
    print(json.dumps({"lists": figures, "documentation_false_alarms": alarms, "phrases": len(weights.of)}))


if __name__ == "__main__":
    main()
