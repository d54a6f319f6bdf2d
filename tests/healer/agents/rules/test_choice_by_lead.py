"""Which survivor is chosen, and how sure the choice is."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

from healer.agents.rules.belief import belief
from healer.agents.rules.candidate import Candidate
from healer.agents.rules.ranking import choose, likely


def survivor(weight: float, behaviour: str) -> Candidate:
    return cast(
        Candidate,
        SimpleNamespace(weight=weight, behaviour=behaviour, template=SimpleNamespace(hint=False)),
    )


def test_many_weak_rivals_do_not_outvote_a_clear_leader() -> None:
    rivals = [survivor(-1.0, str(number)) for number in range(9)]
    choice = choose([survivor(1.4, "leader"), *rivals])
    assert choice is not None
    assert choice.clear


def test_a_near_rival_makes_the_choice_unclear() -> None:
    choice = choose([survivor(1.0, "return 0"), survivor(0.9, "return None")])
    assert choice is not None
    assert not choice.clear


def test_candidates_that_do_the_same_are_no_rivals() -> None:
    choice = choose([survivor(1.5, "return 0"), survivor(1.4, "return 0")])
    assert choice is not None
    assert (choice.clear, choice.rivals) == (True, ())


def test_what_nothing_speaks_for_is_not_chosen_for_want_of_rivals() -> None:
    choice = choose([survivor(-0.2, "return 0")])
    assert choice is not None
    assert not choice.clear


def test_a_lead_counts_only_so_far() -> None:
    alone = likely(0.0, [], 0.0)
    assert likely(0.0, [-1.0], 0.0) < likely(0.0, [-9.0], 0.0) < alone == 0.5


def test_an_error_that_the_leader_refines_is_no_rival() -> None:
    class Family:
        def derives(self, name: str, base: str) -> bool:
            return (name, base) == ("BadDate", "BadText")

    leader, near, far = (survivor(1.2, f"raise {name}") for name in ("BadDate", "BadText", "OtherError"))
    leader.__dict__["site"] = SimpleNamespace(repository=Family())
    choice = choose([leader, near])
    assert choice is not None
    assert (choice.confidence, choice.rivals) == (likely(1.2, [], belief().none), (near,))
    choice = choose([leader, far])
    assert choice is not None
    assert choice.confidence == likely(1.2, [1.2], belief().none)
