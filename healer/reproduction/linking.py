"""The guess that objects of one class, as a node and the one before it, point to each other."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

from healer.reproduction.facts import Facts, Site, identity
from healer.reproduction.values import NONE, Guess, Made, Opaque, Value


def linked(sites: tuple[Site, ...], facts: Facts) -> Facts:
    """Facts, and that guess, through what the code reads."""
    copied = {k: dict(v) for k, v in facts.attributes.items()}
    more = replace(facts, attributes=copied, nested=dict(facts.nested))
    for site in sites:
        objects = [v for v in _in_order(site) if isinstance(v, Made | Opaque) and v.text and v.name]
        read = {a for v in objects for a in facts.used.get(identity(v), ())} | facts.used.get(
            repr(NONE), set()
        )
        for one, other in itertools.pairwise(objects):
            if one.name == other.name and one.text != other.text and not facts.of(one.text):
                known = more.attributes.setdefault(one.text, {})
                known.update({a: Guess(other) for a in sorted(read) if a not in known})
    return more


def _in_order(site: Site) -> Iterator[Value]:
    """Locals, the parameters first."""
    names = [p.name for p in site.function.parameters] if site.function else []
    yield from (site.values[n] for n in names if n in site.values)
    yield from (v for n, v in site.values.items() if n not in names)
