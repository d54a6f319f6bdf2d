"""The agent as a whole, over programs of our own, with their own driver as the reproduction."""

from __future__ import annotations

import pytest

from benchmarks.slips import Slip, TrustedBench, crash, load, reproduction, right
from healer.agents.rules import RulesAgent
from healer.case import Patch, Scope
from healer.errors import Refused
from healer.protocols import Brief


@pytest.fixture(scope="module")
def slips() -> dict[str, Slip]:
    return {slip.id: slip for slip in load("learning")}


def propose(slip: Slip, **changes: object) -> Patch:
    made = reproduction(slip, crash(slip)).model_copy(update=changes)
    return RulesAgent().propose(Brief(reproduction=made), TrustedBench(slip.files))


def test_a_clear_case_is_proposed_with_its_reasons(slips: dict[str, Slip]) -> None:
    slip = slips["feeds-latest_empty"]
    patch = propose(slip)
    assert right(slip, patch.files)
    assert patch.agent == "rules"
    assert patch.confidence > 0.6
    assert any("docstring" in reason for reason in patch.rationale)
    assert patch.diff.startswith("diff --git a/feeds/model.py b/feeds/model.py")


def test_rivals_without_evidence_make_it_abstain_with_hints(slips: dict[str, Slip]) -> None:
    with pytest.raises(Refused, match="1\\. ") as refused:
        propose(slips["feeds-fetched_unset"])
    assert refused.value.code == "ambiguous"


def test_without_reproduction_there_is_no_proposal(slips: dict[str, Slip]) -> None:
    with pytest.raises(Refused) as refused:
        propose(slips["feeds-latest_empty"], reproduced=False)
    assert refused.value.code == "no_reproduction"


def test_a_denied_file_is_left_alone(slips: dict[str, Slip]) -> None:
    slip = slips["feeds-latest_empty"]
    diagnosis = reproduction(slip, crash(slip)).diagnosis.model_copy(
        update={"scope": Scope(allow=("*",), deny=("feeds/*",))}
    )
    with pytest.raises(Refused) as refused:
        propose(slip, diagnosis=diagnosis)
    assert refused.value.code == "no_template"


def test_a_second_try_is_refused(slips: dict[str, Slip]) -> None:
    slip = slips["feeds-latest_empty"]
    brief = Brief(reproduction=reproduction(slip, crash(slip)), hint="the suite broke")
    with pytest.raises(Refused) as refused:
        RulesAgent().propose(brief, TrustedBench(slip.files))
    assert refused.value.code == "second_try"
