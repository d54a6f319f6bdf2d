"""`min(x)`, `x[0]`, `x[-2]`, `x.pop()` on a sequence that is too short: leave as the contract says."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.guards import guard
from healer.agents.rules.sequences import short_sequences
from healer.agents.rules.site import Site


def ideas(site: Site) -> Iterator[Idea]:
    for subject, needed in short_sequences(site):
        if isinstance(subject, (cst.GeneratorExp, cst.ListComp)):
            continue
        condition = "not {}" if needed == 1 else f"len({{}}) < {needed}"
        what = "is empty" if needed == 1 else f"has fewer than {needed} items"
        yield from guard(site, subject, condition, what)


TEMPLATE = Template(
    "empty_guard",
    frozenset({Kind.INDEX, Kind.EMPTY_SEQUENCE, Kind.EMPTY_POP, Kind.TOO_FEW_VALUES}),
    -0.8,
    ideas,
)
