"""One idea for a fix, and the shape of the templates that have them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import Edit


@dataclass(frozen=True)
class Idea:
    """What a template returns. Edits belong to the site's file unless `path` says otherwise."""

    edits: tuple[Edit, ...]
    change: str  # in words: what the change does
    behaviour: str  # what the program then does on the failing input; rivals are those that differ here
    bonus: float = 0.0  # log-odds, beside the template's prior
    reasons: tuple[str, ...] = ()
    path: str = ""
    reserve: float = 0.0  # what is open about its form


@dataclass(frozen=True)
class Template:
    """A fix pattern. `prior` is what its writer takes for the log-odds that its idea is right, given that
    tests pass with it; `weights.json` corrects it by what was seen.

    `hint` templates hide a failure instead of mending it: they never propose by themselves."""

    name: str
    kinds: frozenset[Kind]
    prior: float
    ideas: Callable[[Site], Iterable[Idea]]
    hint: bool = False
    outer: bool = False  # also tried on frames above the innermost


@dataclass(frozen=True)
class Candidate:
    template: Template
    site: Site = field(repr=False)
    idea: Idea
    path: str
    before: str = field(repr=False)
    after: str = field(repr=False)
    doubts: tuple[str, ...] = ()  # by name
    distance: int = 0  # functions between the crash and the site
    weight: float = 0.0  # log-odds that this is the right fix, against it being none of those seen
    observed: str = ""  # what the failing call came to in its trial, where that tells behaviours apart

    @property
    def behaviour(self) -> str:
        """What was seen, else what its template says."""
        return self.observed or self.idea.behaviour
