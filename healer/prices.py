"""What a request costs: the provider's usage times a dated price. Prices are data, in `prices.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib import resources

import re2

from healer.errors import Refused
from triage.noun import Noun

_DATED = re2.compile(r"(?:[-@]\d{8}|-\d{4}-\d{2}-\d{2}|-latest)?")
MILLION = 1_000_000
CHARS_PER_TOKEN = 3  # of code, roughly; for what no provider has counted


class Usage(Noun):
    """Of one request, as the provider counted it. `input` holds the cached parts as well, `output` the
    reasoning."""

    input: int = 0
    output: int = 0
    cache_read: int = 0
    cache_write: int = 0
    estimated: bool = False  # the provider said nothing; counted from bytes


class Price(Noun):
    """Dollars per million tokens, valid since a date."""

    model: str  # its name, without a date
    since: str = ""  # ISO date
    input: float
    output: float
    cache_read: float | None = None  # None: as input
    cache_write: float | None = None

    def dollars(self, usage: Usage) -> float:
        read = self.input if self.cache_read is None else self.cache_read
        write = self.input if self.cache_write is None else self.cache_write
        plain = max(0, usage.input - usage.cache_read - usage.cache_write)
        parts = plain * self.input + usage.cache_read * read + usage.cache_write * write
        return (parts + usage.output * self.output) / MILLION

    def most(self, tokens: int, output: int) -> float:
        """The dearest that so many tokens of input and output can come to."""
        dearest = max(self.input, self.cache_read or 0.0, self.cache_write or 0.0)
        return (tokens * dearest + output * self.output) / MILLION


@dataclass(frozen=True)
class PriceTable:
    """The newest price of a model's exact name: a longer name (`-pro`) is often the dearer model.

    What is not listed costs `worst`; without a `worst` it is not used."""

    prices: tuple[Price, ...]
    worst: Price | None = None

    def of(self, model: str, today: str = "") -> Price:
        """Raises Refused("unpriced")."""
        name, day = model.rpartition("/")[2], today or datetime.now(UTC).date().isoformat()
        known = sorted((p for p in self.prices if _is(name, p.model)), key=lambda p: p.since)
        come = [p for p in known if p.since <= day]
        if price := next(iter([*come[-1:], *known[:1]]), self.worst):
            return price
        raise Refused(
            "unpriced",
            f"{model} has no known price, so no limit in dollars could hold: give it as [[budget.price]] in "
            "healer.toml (0 for a server of your own), or set worst_input and worst_output of [budget]",
        )

    def knows(self, model: str) -> bool:
        return any(_is(model.rpartition("/")[2], price.model) for price in self.prices)


def _is(name: str, model: str) -> bool:
    tail = name.removeprefix(model)
    return name.startswith(model) and _DATED.fullmatch(tail) is not None


@cache
def shipped_prices() -> tuple[Price, ...]:
    """`healer/prices.toml`."""
    text = (resources.files("healer") / "prices.toml").read_text(encoding="utf-8")
    return tuple(Price.model_validate(row) for row in tomllib.loads(text)["price"])
