"""Whole events by several writers who had not read the rules: `whole_N.jsonl`, one event a line.

A line is {"event": …, "keep": […], "planted": […]}. In the event's texts ⟦…⟧ marks what must not survive, at every
place where it stands, and ‹…› is drawn as in `blind`; what ‹A24#1› draws is drawn once for the whole event.
`keep` is what debugging needs; `planted`, where present, are values that no mark fits around, as a number. A fact
that stands nowhere but in local variables of a frame outside the app is not asked for: those are dropped.
First figures, measured before the misses were read: `FIRST`.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.corpora.sanitize.blind import DRAWN, MARKED, draw, drawn
from benchmarks.corpora.sanitize.events import Planted
from triage.sanitize import is_foreign

HERE = Path(__file__).parent
LISTS = (
    1,
    2,
    3,
    4,
    5,
    6,
    7,
)  # Python; JavaScript, mobile, PHP and Ruby; Java, .NET, Go and more; of every kind since
FIELDS = (1, 2, 3)
NAMES = (1, 2, 3)
# What the rules of the day reached on each list when it was new: planted values hidden, facts kept.
FIRST = {
    1: (0.9159, 0.9924),
    2: (0.8859, 0.9637),
    3: (0.8130, 0.9800),
    4: (0.9889, 1.0),
    5: (0.7929, 0.9875),
    6: (0.9172, 0.9865),
    7: (0.9507, 0.9898),
}


def corpus(number: int, seed: int = 1) -> list[Planted]:
    return read(HERE / f"whole_{number}.jsonl", seed)


def records(number: int, seed: int = 1) -> list[Planted]:
    """Records of many programs, `fields_N.jsonl`, marked as events are. Each line is a record."""
    rng = random.Random(seed)
    lines = (HERE / f"fields_{number}.jsonl").read_text(encoding="utf-8").split("\n")
    return [_planted({"event": json.loads(line), "keep": []}, rng) for line in lines if line]


def named(number: int, seed: int = 1) -> Iterator[tuple[str, str, bool]]:
    """(name of a field, its value, whether that is private) of `field_names_N.tsv`."""
    rng = random.Random(seed)
    for line in (HERE / f"field_names_{number}.tsv").read_text(encoding="utf-8").split("\n"):
        name, _, value = line.partition("\t")
        if value:
            yield name, drawn(value, rng).strip("⟦⟧"), "⟦" in value


def read(path: Path, seed: int = 1) -> list[Planted]:
    """The events of a file, drawn anew for each `seed`."""
    rng = random.Random(seed)
    lines = path.read_text(encoding="utf-8").split("\n")
    return [_planted(json.loads(line), rng) for line in lines if line]


def _planted(line: dict[str, Any], rng: random.Random) -> Planted:
    known: dict[str, str] = {}
    found: dict[str, None] = {}

    def drawn_once(asked: str) -> str:
        what, _, name = asked.partition("#")
        return known.setdefault(asked, draw(rng, what)) if name else draw(rng, what)

    def shown(text: str) -> str:
        text = DRAWN.sub(lambda match: drawn_once(match[1]), text)
        found.update(dict.fromkeys(MARKED.findall(text)))
        return text.replace("⟦", "").replace("⟧", "")

    event = _texts(line["event"], shown)
    may_stay = json.dumps(_without_foreign(event), ensure_ascii=False)
    keep = [
        fact
        for fact in (_texts(fact, shown) for fact in line["keep"])
        if json.dumps(fact, ensure_ascii=False)[1:-1] in may_stay
    ]
    return Planted(event, (*found, *map(str, line.get("planted", ()))), tuple(keep))


def _without_foreign(value: Any) -> Any:
    """The same JSON without local variables of frames outside the app."""
    if isinstance(value, list):
        return [_without_foreign(item) for item in value]
    if isinstance(value, dict):
        return {
            key: _without_foreign(item)
            for key, item in value.items()
            if key != "vars" or not is_foreign(value)
        }
    return value


def _texts(value: Any, shown: Callable[[str], str]) -> Any:
    """The same JSON with `shown` of each text and key."""
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, list):
        return [_texts(item, shown) for item in value]
    if isinstance(value, dict):
        return {shown(key): _texts(item, shown) for key, item in value.items()}
    return value
