"""A fresh context attacks a patch; who is hired follows from the settings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from benchmarks.agent_case import FIX, INSTRUCTIONS, LINE, PRICES, SHOP, brief_of
from benchmarks.model_wires import Say
from benchmarks.source import Files
from healer import settings
from healer.agents.rules import RulesAgent
from healer.case import Patch, Proof
from healer.diffing import unified
from healer.errors import NotConfigured, Refused
from healer.models.talk import Endpoint
from healer.prices import shipped_prices
from healer.prompting import load
from healer.reviewers.model import ModelReviewer, Panel
from healer.reviewers.rules import RulesReviewer
from healer.staff import Staff

CLEAN = Say(calls=[("report_review", {"findings": []})])
BAD = Say(calls=[("report_review", {"findings": [{"severity": "critical", "text": "it hides the crash"}]})])


def proof_of(new: str = "", explanation: str = "guard") -> Proof:
    files = {"shop/prices.py": new or PRICES.replace(LINE, FIX)}
    patch = Patch(
        reproduction=brief_of().reproduction,
        files=files,
        diff=unified({"shop/prices.py": PRICES}, files),
        agent="model",
        explanation=explanation,
    )
    return Proof(patch=patch, base="c" * 40, runs=(), fail_to_pass=("t",), pass_to_pass=("u",))


TRIED = "def price(x):\n    try:\n        return int(x)\n    except ValueError:\n        return 0\n"


@pytest.mark.parametrize(
    ("new", "severity"),
    [
        (TRIED.replace("ValueError", "(ValueError, TypeError)"), "medium"),
        (TRIED.replace("ValueError", "Exception"), "high"),
        (TRIED.replace("ValueError", "TypeError"), "high"),
        (TRIED.replace("ValueError", "(ValueError, *MORE)"), "high"),
        (TRIED.replace("except ValueError", "except"), "high"),
        (TRIED.replace("ValueError", "(ValueError, TypeError)").replace("0", "1"), "high"),
        (TRIED + "    except TypeError:\n        return 0\n", "high"),
    ],
)
def test_only_a_handler_that_stands_there_may_swallow_one_more(new: str, severity: str) -> None:
    patch = proof_of().patch.model_copy(update={"files": {"shop/prices.py": new}})
    proof = proof_of().model_copy(update={"patch": patch, "flags": ("swallows_exception",)})
    found = RulesReviewer().review(proof, Files({"shop/prices.py": TRIED}))
    assert [remark.severity for remark in found.remarks] == [severity]


def test_one_handler_that_says_more_makes_up_for_none_that_says_nothing() -> None:
    """Each handler counts by itself: a broad one that is narrowed lets no other become broad."""
    before = TRIED.replace("ValueError", "Exception") + TRIED
    after = TRIED + TRIED.replace("ValueError", "(ValueError, Exception)")
    patch = proof_of().patch.model_copy(update={"files": {"shop/prices.py": after}})
    proof = proof_of().model_copy(update={"patch": patch, "flags": ("swallows_exception",)})
    found = RulesReviewer().review(proof, Files({"shop/prices.py": before}))
    assert "high" in {remark.severity for remark in found.remarks}


def reviewer(play: Any) -> ModelReviewer:
    endpoint = Endpoint(wire="anthropic", model="scripted", key=SecretStr("k"), url=play.url)
    return ModelReviewer(endpoint, load("review"), play.budget, outages=play.outages)


@pytest.mark.parametrize(("said", "blocks"), [(CLEAN, 0), (BAD, 1)])
def test_findings_come_back_with_severities_and_a_price(
    stage: Callable[..., Any], said: Say, blocks: int
) -> None:
    play = stage([said])
    found = reviewer(play).review(proof_of(), Files(SHOP))
    assert len(found.blocking()) == blocks
    assert found.cost.prompt == "review@1"
    assert found.cost.dollars > 0


@pytest.mark.parametrize(
    "said",
    [
        Say(text="LGTM, safe to merge."),
        Say(fault="refusal"),
        Say(fault="status 401"),
        Say(calls=[("report_review", {"findings": [{"severity": "none", "text": "x"}]})]),
        Say(calls=[("edit", {"path": "shop/prices.py"})]),
    ],
)
def test_without_a_report_nothing_is_let_through(stage: Callable[..., Any], said: Say) -> None:
    found = reviewer(stage([said])).review(proof_of(), Files(SHOP))
    assert [remark.severity for remark in found.blocking()] == ["high"]


def test_the_reviewer_sees_the_patch_fenced_and_nothing_of_its_making(stage: Callable[..., Any]) -> None:
    play = stage([CLEAN])
    reviewer(play).review(proof_of(explanation=INSTRUCTIONS), Files(SHOP))
    (request,) = play.server.seen
    assert [tool["name"] for tool in request["tools"]] == ["report_review"]
    assert INSTRUCTIONS not in play.server.bodies[0]


def test_a_panel_asks_the_model_only_where_code_finds_nothing(stage: Callable[..., Any]) -> None:
    play = stage([CLEAN])
    panel = Panel((RulesReviewer(), reviewer(play)))
    gone = panel.review(proof_of(PRICES.replace("def discount(order)", "def rebate(order)")), Files(SHOP))
    assert gone.blocking()
    assert play.server.seen == []
    assert not panel.review(proof_of(), Files(SHOP)).blocking()
    assert len(play.server.seen) == 1


def names(staff: Staff) -> list[str]:
    return [agent.name for agent in staff.agents(None)]  # type: ignore[arg-type]


def test_without_a_model_there_are_rules_and_nothing_is_imported() -> None:
    assert isinstance(Staff().agents(None)[0], RulesAgent)  # type: ignore[arg-type]
    assert names(Staff()) == ["rules"]
    assert isinstance(Staff().reviewer(), RulesReviewer)


def test_tiers_come_cheapest_first() -> None:
    given = settings.load(
        {"HEALER_HOME": "/tmp/x", "HEALER_MODEL_NAME": "strong", "HEALER_MODEL_CHEAP": "small"}
    )
    assert names(Staff(given.model, given.budget)) == ["rules", "model-cheap", "model", "model"]
    assert isinstance(Staff(given.model, given.budget).reviewer(), Panel)


def test_a_guest_that_is_not_installed_is_said_clearly() -> None:
    with pytest.raises(NotConfigured, match="install it"):
        names(Staff(settings.Model(name="m", guest="claude", guest_path="/nowhere/claude")))


def test_the_key_never_shows(tmp_path: Path) -> None:
    given = settings.load({"HEALER_HOME": str(tmp_path), "HEALER_MODEL_KEY": "sk-secret-key"})
    assert "sk-secret-key" not in repr(given)
    assert given.model.key.get_secret_value() == "sk-secret-key"


def test_own_prices_win_and_longer_names_are_other_models() -> None:
    own = settings.BudgetSettings.model_validate({"price": [{"model": "gpt-5", "input": 9.0, "output": 9.0}]})
    assert own.prices().of("gpt-5").input == 9.0
    assert own.prices().of("gpt-5-2026-01-01").input == 9.0
    assert not own.prices().knows("gpt-5-ultra-pro")
    with pytest.raises(Refused, match=r"budget\.price"):
        own.prices().of("gpt-5-ultra-pro")
    worst = own.model_copy(update={"worst_input": 20.0, "worst_output": 100.0})
    assert worst.prices().of("gpt-5-ultra-pro").output == 100.0
    assert all(price.since for price in shipped_prices())
