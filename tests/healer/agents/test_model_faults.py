"""What a provider can do to a run: each fault ends in a repair, or in a refusal that says what it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from benchmarks.agent_case import FIX, LINE, answer
from benchmarks.model_wires import Say
from healer.budget import Budget, Limits
from healer.prices import PriceTable
from healer.protocols import Abstained
from healer.spending import Allowance, MemoryLedger

WIRES = ["anthropic", "openai-chat", "openai-responses"]
EDIT = ("edit", {"path": "shop/prices.py", "old": LINE, "new": FIX})
DONE = ("finish", answer())


def repair(fault: Say) -> list[Say]:
    """A read, the fault at the second turn, then the end."""
    read = Say(calls=[("read_file", {"path": "shop/prices.py"})])
    return [read, fault, Say(calls=[DONE])]


@pytest.mark.parametrize("wire", WIRES)
@pytest.mark.parametrize(
    "fault", ["status 429", "status 529", "status 500", "status 503", "cut", "ends", "overloaded"]
)
def test_what_passes_is_tried_again_and_paid_once(stage: Callable[..., Any], wire: str, fault: str) -> None:
    play = stage(repair(Say(calls=[EDIT], fault=fault, times=2, retry_after="1")))
    patch = play.agent(wire).propose(play.brief, play.bench)
    assert set(patch.files) == {"shop/prices.py"}
    assert len(play.server.seen) == 5
    begun = patch.cost.calls - 3  # streams that broke off after the provider had counted its input
    assert begun in {0, 2}
    assert begun == 0 or fault in {"cut", "ends", "overloaded"}


@pytest.mark.parametrize("wire", WIRES)
@pytest.mark.parametrize(
    ("fault", "code", "requests"),
    [
        ("status 401", "model_auth", 2),
        ("status 404", "model_not_found", 2),
        ("overflow", "model_context_overflow", 2),
        ("refusal", "model_refusal", 2),
        ("empty", "model_empty", 2),
        ("status 529", "model_overloaded", 5),
        ("overloaded", "model_", 5),
        ("cut", "model_", 5),
        ("ends", "model_c", 5),
    ],
)
def test_what_stays_fails_closed(
    stage: Callable[..., Any], wire: str, fault: str, code: str, requests: int
) -> None:
    play = stage(repair(Say(calls=[EDIT], fault=fault)))
    with pytest.raises(Abstained) as no:
        play.agent(wire).propose(play.brief, play.bench)
    assert no.value.code.startswith(code)
    assert len(play.server.seen) == requests
    assert no.value.cost.calls >= 1
    assert no.value.cost.dollars > 0


@pytest.mark.parametrize("stream", [True, False])
@pytest.mark.parametrize("wire", WIRES)
def test_a_provider_that_does_not_answer_in_time_fails_closed(
    stage: Callable[..., Any], wire: str, stream: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was sent is booked: it was counted, whether the answer came or not."""
    monkeypatch.setattr("healer.models.line.TRIES", 1)
    monkeypatch.setattr("benchmarks.model_server.SLOW", 1.0)
    play = stage([Say(calls=[DONE], fault="slow")])
    agent = play.agent(wire, stream=stream)
    agent.endpoint = agent.endpoint.model_copy(update={"seconds": 0.3})
    with pytest.raises(Abstained) as no:
        agent.propose(play.brief, play.bench)
    assert no.value.code == "model_timeout"
    assert no.value.cost.dollars > 0
    assert play.ledger.today().calls == 1


@pytest.mark.parametrize("wire", WIRES)
def test_arguments_that_are_no_json_are_not_acted_on(stage: Callable[..., Any], wire: str) -> None:
    play = stage(repair(Say(calls=[EDIT], raw='{"path": "shop/prices.py", "old": "x", "new": ')))
    with pytest.raises(Abstained):
        play.agent(wire).propose(play.brief, play.bench)
    assert play.sessions[0].overlay == {}


@pytest.mark.parametrize("stream", [True, False])
@pytest.mark.parametrize("wire", WIRES)
def test_a_call_cut_by_the_token_limit_is_not_acted_on(
    stage: Callable[..., Any], wire: str, stream: bool
) -> None:
    play = stage([Say(calls=[EDIT], fault="length"), Say(calls=[("finish", answer(outcome="gave_up"))])])
    with pytest.raises(Abstained) as no:
        play.agent(wire, stream=stream).propose(play.brief, play.bench)
    assert no.value.code == "gave_up"
    assert play.sessions[0].overlay == {}


@pytest.mark.parametrize("wire", WIRES)
def test_text_without_a_call_is_answered_twice_then_ends(stage: Callable[..., Any], wire: str) -> None:
    play = stage([Say(text="Please merge this.")])
    with pytest.raises(Abstained) as no:
        play.agent(wire).propose(play.brief, play.bench)
    assert no.value.code == "no_answer"
    assert len(play.server.seen) == 3


@pytest.mark.parametrize("wire", WIRES)
def test_a_provider_without_usage_is_still_charged(stage: Callable[..., Any], wire: str) -> None:
    play = stage([Say(calls=[("finish", answer(outcome="gave_up"))], fault="no_usage")])
    with pytest.raises(Abstained) as no:
        play.agent(wire).propose(play.brief, play.bench)
    assert no.value.cost.dollars > 0
    assert no.value.cost.input_tokens > 1000


def test_an_unknown_model_costs_the_worst_case(stage: Callable[..., Any]) -> None:
    bills = []
    for model in ("scripted", "somebody-elses-model"):
        play = stage(
            [Say(calls=[("finish", answer(outcome="gave_up"))])], limits=Limits(run=Allowance(dollars=3.0))
        )
        with pytest.raises(Abstained) as no:
            play.agent(model=model).propose(play.brief, play.bench)
        bills.append(no.value.cost.dollars)
    assert bills[1] > 5 * bills[0]


def test_a_model_without_a_price_is_not_asked(stage: Callable[..., Any]) -> None:
    play = stage([Say(calls=[DONE])])
    agent = play.agent(model="somebody-elses-model")
    agent.budget = lambda incident: Budget(Limits(), PriceTable(()), MemoryLedger(), "shop")
    with pytest.raises(Abstained, match=r"budget\.price") as no:
        agent.propose(play.brief, play.bench)
    assert no.value.code == "unpriced"
    assert play.server.seen == []


def test_an_endless_loop_trips_a_breaker(stage: Callable[..., Any]) -> None:
    play = stage([Say(calls=[("read_file", {"path": "shop/prices.py"})])])
    with pytest.raises(Abstained) as no:
        play.agent().propose(play.brief, play.bench)
    assert no.value.code == "loop"
    assert len(play.server.seen) == 3


def test_failing_calls_in_a_row_trip_a_breaker(stage: Callable[..., Any]) -> None:
    play = stage(lambda turn, body: Say(calls=[("read_file", {"path": f"nowhere/{turn}.py"})]))
    with pytest.raises(Abstained) as no:
        play.agent().propose(play.brief, play.bench)
    assert no.value.code == "storm"


def test_calls_that_bring_nothing_new_trip_a_breaker(stage: Callable[..., Any]) -> None:
    """Never the same call three times, and none of them fails."""
    play = stage(
        lambda turn, body: Say(calls=[("list_files", {"glob": f"shop/{'*' * (1 + turn // 2 % 7)}.py"})])
    )
    with pytest.raises(Abstained) as no:
        play.agent().propose(play.brief, play.bench)
    assert no.value.code in {"stall", "loop"}
    assert len(play.server.seen) < 20


def test_a_provider_that_fails_now_and_then_is_bounded_by_the_run(stage: Callable[..., Any]) -> None:
    """Each request is tried a few times, and each that worked is one of the run's."""
    looks = [
        Say(calls=[("read_file", {"path": "shop/prices.py", "start": n + 1, "lines": 1})]) for n in range(9)
    ]
    flaky = [replace(look, fault="status 529", times=2) for look in looks]
    play = stage(flaky, limits=Limits(run=Allowance(calls=4)))
    with pytest.raises(Abstained) as no:
        play.agent().propose(play.brief, play.bench)
    assert no.value.code == "budget"
    assert len(play.server.seen) == 4 * 3
    assert no.value.cost.calls == 4


def test_many_calls_at_once_are_bounded(stage: Callable[..., Any]) -> None:
    crowd = [("read_file", {"path": "shop/prices.py", "start": n + 1, "lines": 1}) for n in range(200)]
    play = stage([Say(calls=crowd[:9] * 20), Say(calls=[("finish", answer(outcome="gave_up"))])])
    with pytest.raises(Abstained):
        play.agent().propose(play.brief, play.bench)
    assert len(play.decisions) <= 1 + 2 * 12


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(run=Allowance(dollars=0.001)), "budget"),
        (Limits(run=Allowance(tokens=5000)), "budget"),
        (Limits(run=Allowance(calls=3)), "budget"),
        (Limits(run=Allowance(), project_day=Allowance(calls=3)), "budget"),
        (Limits(run=Allowance(), day=Allowance(dollars=0.15)), "budget"),
        (Limits(run=Allowance(seconds=0.0)), "budget_seconds"),
        (Limits(run=Allowance(), tool_calls=4), "budget_tools"),
        (Limits(run=Allowance(), tools={"read_file": 2}), "budget_tools"),
    ],
)
def test_every_limit_stops_a_run_before_it_is_passed(
    stage: Callable[..., Any], limits: Limits, code: str
) -> None:
    play = stage(
        lambda turn, body: Say(
            calls=[("read_file", {"path": "shop/prices.py", "start": turn + 1, "lines": 1})]
        ),
        limits=limits,
    )
    with pytest.raises(Abstained) as no:
        play.agent().propose(play.brief, play.bench)
    assert no.value.code == code
    for limit in (limits.run, limits.project_day, limits.day):
        spent = play.sessions[0].budget.spent
        assert not limit.model_copy(update={"seconds": None}).exceeded(spent)


def test_a_days_limit_holds_over_runs(stage: Callable[..., Any]) -> None:
    play = stage(
        [Say(calls=[("finish", answer(outcome="gave_up"))])],
        limits=Limits(project_day=Allowance(calls=2)),
    )
    codes = []
    for _ in range(3):
        with pytest.raises(Abstained) as no:
            play.agent().propose(play.brief, play.bench)
        codes.append(no.value.code)
    assert codes == ["gave_up", "gave_up", "budget"]
    assert len(play.server.seen) == 2


def test_a_provider_that_is_down_is_left_alone(stage: Callable[..., Any]) -> None:
    play = stage([Say(fault="status 503")])
    codes = []
    for _ in range(4):
        with pytest.raises(Abstained) as no:
            play.agent().propose(play.brief, play.bench)
        codes.append(no.value.code)
    assert codes == ["model_overloaded"] * 3 + ["provider_down"]
    assert len(play.server.seen) == 12


def test_the_prefix_is_the_same_bytes_and_is_cached(stage: Callable[..., Any]) -> None:
    play = stage(repair(Say(calls=[EDIT])))
    play.agent().propose(play.brief, play.bench)
    again = stage(repair(Say(calls=[EDIT])))
    again.agent().propose(again.brief, again.bench)
    requests = [*play.server.seen, *again.server.seen]
    assert len({str(r["tools"]) for r in requests}) == 1
    assert len({str(r["system"]) for r in requests}) == 1
    assert all("cache_control" in body for body in play.server.bodies)
    assert {r["max_tokens"] for r in requests} == {8192}
