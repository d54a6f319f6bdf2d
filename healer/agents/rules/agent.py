"""The zero-token agent: read the crash, collect ideas, try them, and propose one or abstain."""

from __future__ import annotations

from collections.abc import Sequence

from healer.agents.rules.belief import belief
from healer.agents.rules.candidate import Candidate
from healer.agents.rules.ideas import candidates, sites
from healer.agents.rules.ranking import Choice, alone, choose
from healer.agents.rules.trials import Trials
from healer.agents.rules.words import alternatives, explanation, hints, rationale
from healer.case import Diagnosis, Patch, Reproduction
from healer.diffing import changed_lines, unified
from healer.errors import Refused
from healer.protocols import Bench, Brief

MAX_TRIALS = 14
MAX_PER_TEMPLATE = 3
BATCH = 4
SUITE_MARGIN = 2.5  # log-odds; rivals further behind need no suite run


class RulesAgent:
    """Proposes the one candidate that the code itself speaks for, or raises Refused with its ranked ideas.

    Holds no model, network, shell or secret. Refusal codes: no_reproduction, second_try, no_template,
    no_fix, breaks_suite, ambiguous."""

    name = "rules"

    def propose(self, brief: Brief, bench: Bench) -> Patch:
        reproduction = brief.reproduction
        if not reproduction.reproduced:
            raise Refused("no_reproduction", "The crash was not reproduced, so no candidate can be judged.")
        if brief.hint:
            raise Refused("second_try", "Templates have one proposal per crash, and it was not enough.")
        ideas = collect(reproduction.diagnosis, bench)
        trials = Trials(reproduction, bench)
        survivors = tried(bounded(ideas), trials)
        if not survivors:
            raise Refused("no_fix", "No template's candidate stops the crash." + hints(ideas))
        choice = settle(survivors, trials)
        if choice is None:
            raise Refused("breaks_suite", "Every candidate breaks a test." + hints(survivors))
        if not choice.clear:
            raise Refused("ambiguous", _why_not(choice) + hints((choice.best, *choice.rivals)))
        return patch(reproduction, choice)


def collect(diagnosis: Diagnosis, bench: Bench) -> list[Candidate]:
    """Ranked candidates inside the scope. Raises Refused where there are none."""
    found = sites(diagnosis, bench.source(diagnosis.target))
    ideas = [c for c in candidates(found, diagnosis.scope) if _fits(c, diagnosis)]
    if not ideas:
        raised = diagnosis.incident.event.raised
        what = raised.type if raised else "this event"
        raise Refused("no_template", f"No template answers {what} at this place.")
    return ideas


def _fits(candidate: Candidate, diagnosis: Diagnosis) -> bool:
    diff = unified({candidate.path: candidate.before}, {candidate.path: candidate.after})
    return changed_lines(diff) <= diagnosis.scope.max_lines


def bounded(ideas: Sequence[Candidate]) -> list[Candidate]:
    """The best few, not too many of one template."""
    kept: list[Candidate] = []
    for candidate in ideas:
        same = sum(k.template is candidate.template for k in kept)
        if same < MAX_PER_TEMPLATE and len(kept) < MAX_TRIALS:
            kept.append(candidate)
    return kept


def tried(ideas: Sequence[Candidate], trials: Trials) -> list[Candidate]:
    """The survivors, best first. Ends as soon as no untried rival could make the choice unclear."""
    survivors: list[Candidate] = []
    for start in range(0, len(ideas), BATCH):
        survivors += trials.survivors(ideas[start : start + BATCH])
        choice = choose([*survivors, *ideas[start + BATCH :]])
        if choice is not None and choice.clear and choice.best in survivors:
            break
    return survivors


def settle(survivors: Sequence[Candidate], trials: Trials) -> Choice | None:
    """Run the suite with the leader and its close rivals until the leader stands."""
    left, held = list(survivors), set[int]()
    while (choice := choose(left)) is not None:
        if alone(choice.best) < belief().threshold:
            return choice  # the suite cannot make it clear
        close = [r for r in choice.rivals if choice.best.weight - r.weight < SUITE_MARGIN]
        unknown = [c for c in (choice.best, *close[:2]) if id(c) not in held]
        if not unknown:
            return choice
        for candidate in unknown:
            if trials.keeps_suite(candidate):
                held.add(id(candidate))
            else:
                left = [c for c in left if c is not candidate]
    return None


def patch(reproduction: Reproduction, choice: Choice) -> Patch:
    best = choice.best
    return Patch(
        reproduction=reproduction,
        files={best.path: best.after},
        diff=unified({best.path: best.before}, {best.path: best.after}),
        agent=RulesAgent.name,
        template=best.template.name,
        explanation=explanation(best),
        rationale=rationale(choice),
        confidence=round(choice.confidence, 3),
        alternatives=alternatives(choice.rivals),
    )


def _why_not(choice: Choice) -> str:
    if choice.best.template.hint:
        return "The only candidates left hide the failure instead of mending it."
    if not choice.rivals:
        return f"One candidate passes, but little speaks for it (confidence {choice.confidence:.2f})."
    return (
        f"{len(choice.rivals) + 1} candidates pass and behave differently; "
        f"the best has confidence {choice.confidence:.2f}."
    )
