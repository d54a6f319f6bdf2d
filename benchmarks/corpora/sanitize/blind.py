"""Lists written without a look at the rules, one round after the other, each measured once before its misses were read.

A line is a text; ⟦…⟧ marks what must not survive, ‹…› is drawn at run time so that no file here holds a secret:
`‹A36›` is 36 letters and digits (see `ALPHABETS`), `‹uuid›`, `‹jwt›`, `‹lines›` and `‹basic:…›` say what they are.
␊ is a line end. First figures, measured blind: `FIRST`.
"""

from __future__ import annotations

import base64
import json
import random
import re
import string
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
ROUNDS = (*range(1, 17), *range(19, 25))
# What the rules of the day reached on each round's list when it was new: secrets hidden, PII hidden.
FIRST = {
    1: (0.9412, 0.7837),
    2: (0.8636, 0.8520),
    3: (0.8973, 0.8791),
    4: (0.9213, 0.9196),
    5: (0.9609, 0.8356),
    6: (0.9657, 0.9086),
    7: (0.9115, 0.6378),
    8: (0.9539, 0.8894),
    9: (0.9835, 0.8734),
    10: (0.9685, 0.9455),
    11: (0.9917, 0.925),
    12: (0.9606, 0.9216),
    13: (0.9958, 0.9798),
    14: (0.9916, 0.9812),
    15: (1.0, 0.9791),
    16: (0.9921, 0.972),
    19: (0.9725, 0.9430),
    20: (0.9889, 0.9217),
    21: (0.9596, 0.9660),
    22: (0.9894, 0.9515),
    23: (0.9676, 0.9490),
    24: (0.9918, 0.9621),
}
# Likewise for attempts at injection: flagged, and false alarms over the harmless lines beside them.
FIRST_INJECTION = {
    1: (0.7692, 0.0),
    2: (0.66, 0.1111),
    5: (0.6709, 0.0526),
    6: (0.7654, 0.029),
    7: (0.7195, 0.0993),
    8: (0.7882, 0.0191),
    9: (0.7073, 0.0199),
    10: (0.8415, 0.0274),
    11: (0.8167, 0.02),
    12: (0.8194, 0.02),
    13: (0.7901, 0.0267),
    14: (0.7955, 0.0112),
    15: (0.9, 0.0201),
    16: (0.7912, 0.0234),
    17: (0.7326, 0.0128),
    18: (0.7458, 0.0163),
    19: (0.8857, 0.06),
    20: (0.8143, 0.14),
    21: (0.7222, 0.0049),
    22: (0.825, 0.009),
    23: (0.825, 0.0136),
    24: (0.9, 0.0),
}
# Lists that were written to be learned from, and never measured.
TAUGHT = tuple(range(1, 8))
# Of secrets that sentences tell, and of the same words without any; what the rules hid before the weights were
# learned, and what weights hid that were learned without the list: 11 to 32 %, 58 to 79 %.
SAID = tuple(range(1, 9))
PEOPLE = (1, 2, 3)  # likewise, of names and of what only looks so
# The share of each round's harmless lines that was damaged.
FIRST_DAMAGED = {
    5: 0.0091,
    6: 0.0087,
    7: 0.0158,
    8: 0.0,
    9: 0.0163,
    10: 0.006,
    11: 0.01,
    12: 0.0086,
    13: 0.0,
    14: 0.0033,
    15: 0.004,
    16: 0.0016,
    17: 0.0,
    18: 0.0027,
    19: 0.005,
    20: 0.0275,
    21: 0.0056,
    22: 0.0036,
    23: 0.0073,
    24: 0.0062,
}
_ALNUM = string.ascii_letters + string.digits
ALPHABETS = {
    "A": _ALNUM,
    "B": string.ascii_uppercase + "234567",
    "H": "0123456789ABCDEF",
    "L": string.ascii_lowercase + string.digits,
    "U": string.ascii_uppercase + string.digits,
    "a": string.ascii_lowercase,
    "b": _ALNUM + "+/",
    "bc": _ALNUM + "./",
    "bech": "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L",
    "d": string.digits,
    "e": "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz",
    "h": "0123456789abcdef",
    "w": _ALNUM + "-_",
}
DRAWN = re.compile("‹([^›]+)›")
MARKED = re.compile("⟦(.*?)⟧", re.DOTALL)


def samples(number: int, kind: str, seed: int = 1) -> list[tuple[str, str, str]]:
    """(kind, text, value) for every marked value of a round's list; `kind` is "secrets" or "pii"."""
    rng = random.Random(seed)
    found: list[tuple[str, str, str]] = []
    for line in _lines(f"blind_{number}_{kind}.txt"):
        marked = DRAWN.sub(lambda match: draw(rng, match[1]), line)
        text = marked.replace("⟦", "").replace("⟧", "")
        found += ((kind, text, value) for value in MARKED.findall(marked))
    return found


def harmless() -> list[str]:
    return [line for number in (1, 2, *FIRST_DAMAGED) for line in _lines(f"blind_{number}_harmless.txt")]


def injection(number: int) -> tuple[list[str], list[str]]:
    """A round's attempts, and harmless lines that look like them."""
    return _lines(f"blind_{number}_injection.txt"), _lines(f"blind_{number}_benign.txt")


def attempts() -> dict[str, tuple[list[str], list[str]]]:
    """Every list of attempts, and the harmless lines beside them, by the list's name."""
    rounds = {f"list {number}": injection(number) for number in FIRST_INJECTION}
    taught = {
        f"taught {number}": (_lines(f"taught_{number}_injection.txt"), _lines(f"taught_{number}_benign.txt"))
        for number in TAUGHT
    }
    return rounds | taught


def persons() -> Iterator[tuple[str, list[str], list[str]]]:
    """(writer, texts in which all names are marked, harmless texts) of every list."""
    for number in sorted({*ROUNDS, *FIRST_DAMAGED, *FIRST_INJECTION}):
        marked = _raw(f"blind_{number}_pii.txt")
        harmless = (f"blind_{number}_{kind}.txt" for kind in ("harmless", "benign"))
        yield f"list {number}", marked, [line for name in harmless for line in _raw(name)]
    for number in TAUGHT:
        yield f"taught {number}", [], _lines(f"taught_{number}_benign.txt")
    for number in PEOPLE:
        yield f"people {number}", _raw(f"people_{number}_names.txt"), _raw(f"people_{number}_lookalikes.txt")


def told() -> Iterator[tuple[str, list[str]]]:
    """(writer, texts in which all secrets are marked) of every list."""
    for number in SAID:
        yield (
            f"said {number}",
            [*_raw(f"said_{number}_secrets.txt"), *_lines(f"said_{number}_harmless.txt")],
        )
    for number in sorted({*ROUNDS, *FIRST_DAMAGED, *FIRST_INJECTION}):
        names = (f"blind_{number}_{kind}.txt" for kind in ("secrets", "harmless", "benign"))
        yield f"list {number}", [line for name in names for line in _raw(name)]
    for number in TAUGHT:
        yield f"taught {number}", _lines(f"taught_{number}_benign.txt")


def drawn(text: str, rng: random.Random) -> str:
    """With everything drawn that is to be drawn; what is marked stays so."""
    return DRAWN.sub(lambda match: draw(rng, match[1]), text)


def _raw(name: str) -> list[str]:
    return _lines(name) if (HERE / name).exists() else []


def _lines(name: str) -> list[str]:
    text = (HERE / name).read_text(encoding="utf-8")
    return [line.replace("␊", "\n") for line in text.split("\n") if line]


def _run(rng: random.Random, alphabet: str, size: int) -> str:
    return "".join(rng.choice(alphabet) for _ in range(size))


def draw(rng: random.Random, asked: str) -> str:
    name, _, rest = asked.partition(":")
    if rest and name in ("basic", "b64"):
        return base64.b64encode(rest.encode()).decode()
    if asked == "uuid":
        return "-".join(_run(rng, ALPHABETS["h"], size) for size in (8, 4, 4, 4, 12))
    if asked == "jwt":
        parts = ({"alg": "RS256", "typ": "JWT"}, {"sub": _run(rng, string.digits, 8), "iat": 1_516_239_022})
        coded = (base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts)
        return ".".join((*coded, _run(rng, ALPHABETS["w"], 43)))
    if asked == "lines":
        return "\n".join(_run(rng, ALPHABETS["b"], 64) for _ in range(4))
    letters = asked.rstrip(string.digits)
    return _run(rng, ALPHABETS[letters], int(asked[len(letters) :]))
