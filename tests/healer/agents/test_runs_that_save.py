"""Past a soft limit a run goes on with the cheaper model, a smaller context and fewer questions."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from benchmarks.agent_case import FIX, LINE, SHOP, RecordingBench, answer
from benchmarks.model_wires import Say
from benchmarks.source import Files
from healer.budget import Limits
from healer.models.talk import Offer
from healer.protocols import Abstained
from healer.spending import Allowance

WIRES = ["anthropic", "openai-chat", "openai-responses"]
ANY: dict[str, Any] = {"type": "object", "properties": {"path": {"type": "string"}}}
LONG = "".join(f"def step_{n}(order):\n    return order['value'] * {n}\n\n\n" for n in range(400))
EDIT = ("edit", {"path": "shop/prices.py", "old": LINE, "new": FIX})


def big(play: Any) -> Any:
    play.bench = RecordingBench(Files(SHOP | {f"shop/part_{n}.py": LONG for n in range(30)}))
    return play


def read(number: int) -> Say:
    return Say(calls=[("read_file", {"path": f"shop/part_{number}.py", "lines": 400})])


def cheaper(agent: Any) -> Any:
    agent.cheaper = agent.endpoint.model_copy(update={"model": "scripted-small"})
    return agent


LOOKS = [*(read(n) for n in range(8)), Say(calls=[("questions", {})])]
REPAIR = [*LOOKS, Say(calls=[EDIT]), Say(calls=[("finish", answer())])]


@pytest.mark.parametrize("wire", WIRES)
def test_past_the_soft_limit_of_a_run(stage: Callable[..., Any], wire: str) -> None:
    play = big(stage(REPAIR, limits=Limits(run=Allowance(tokens=600_000), soft=0.1)))
    agent = cheaper(play.agent(wire))
    agent.context = 120_000
    patch = agent.propose(play.brief, play.bench)
    assert set(patch.files) == {"shop/prices.py"}
    models = [request["model"] for request in play.server.seen]
    turn = models.index("scripted-small")
    assert 0 < turn < len(models) - 2
    assert set(models[turn:]) == {"scripted-small"}
    assert patch.cost.model == "scripted + scripted-small"
    sizes = [len(body) for body in play.server.bodies]
    assert sizes[turn] < sizes[turn - 1] / 2
    assert max(sizes[turn:]) < 2 * 120_000 // 4
    told = play.server.bodies[turn]
    assert "[left out]" in told
    assert 'read_file {\\"path\\"' in told or "read_file {" in json.loads(json.dumps(told))
    assert "Most of the budget is used" in told
    assert "[saving]" in play.server.bodies[-2]
    notes = [d.rule for d in play.decisions if d.tool == "budget"]
    assert any("scripted-small goes on" in rule and "results left out" in rule for rule in notes)
    assert not play.sessions[0].denied


def test_past_the_soft_limit_of_the_day_a_run_begins_so(stage: Callable[..., Any]) -> None:
    play = stage([Say(calls=[EDIT]), Say(calls=[("finish", answer())])],
                 limits=Limits(project_day=Allowance(calls=20), soft=0.05))  # fmt: skip
    assert play.agent().propose(play.brief, play.bench).cost.model == "scripted"
    assert cheaper(play.agent()).propose(play.brief, play.bench).cost.model == "scripted-small"


def test_results_are_left_out_the_same_way_each_time(stage: Callable[..., Any]) -> None:
    """And rarely: what is sent stays a prefix of what is sent next, but where something is left out."""
    bodies = []
    for _ in range(2):
        play = big(
            stage([*(read(n) for n in range(20)), Say(calls=[EDIT]), Say(calls=[("finish", answer())])])
        )
        agent = play.agent()
        agent.context = 60_000
        agent.propose(play.brief, play.bench)
        bodies.append([list(request["messages"]) for request in play.server.seen])
    stripped = [[_inert(messages) for messages in run] for run in bodies]
    assert stripped[0] == stripped[1]
    (run, _) = stripped
    kept = sum(later[: len(earlier)] == earlier for earlier, later in pairwise(run))
    assert len(run) == 22
    assert kept >= 22 - 1 - 6
    assert max(len(json.dumps(messages)) for messages in run) < 100_000


def _inert(messages: list[dict[str, Any]]) -> list[Any]:
    """Without the task, whose marks are random, and without the provider's marks for its cache."""
    text = json.dumps(messages[1:]).replace(', "cache_control": {"type": "ephemeral", "ttl": "5m"}', "")
    return json.loads(text.replace(', "cache_control": {"type": "ephemeral"}', ""))


@pytest.mark.parametrize("wire", WIRES)
def test_the_newest_result_stays_and_the_bound_holds(stage: Callable[..., Any], wire: str) -> None:
    """Also where a note was said after it; another model's tokens are not counted by the first one's."""
    from healer.models.vendors import VendorTalk

    play = big(stage([read(0), read(1), read(2)]))
    agent = cheaper(play.agent(wire))
    with VendorTalk(
        agent.endpoint, "Begin.", [Offer(name="read_file", description="reads", schema_=ANY)]
    ) as talk:
        talk.say("go on")
        for text in ("first " * 900, "second " * 900, "third " * 900):
            bound = talk.tokens
            reply = talk.ask(10)
            assert reply.usage.input <= bound
            talk.answer([(reply.calls[0], text)])
        talk.say("a note")
        assert talk.trim(100) == 2
        talk.turn_to(agent.cheaper)
        assert talk.tokens > talk.characters  # bytes again
        talk.ask(10)
    body = play.server.bodies[-1]
    assert "third third" in body
    assert "second second" not in body
    assert play.server.seen[-1]["model"] == "scripted-small"


@pytest.mark.parametrize("wire", WIRES)
def test_an_overflow_is_tried_once_more_and_shorter(stage: Callable[..., Any], wire: str) -> None:
    def policy(turn: int, body: str) -> Say:
        if len(body) > 60_000:
            return Say(fault="overflow")
        return [*LOOKS, Say(calls=[EDIT]), Say(calls=[("finish", answer())])][turn]

    play = big(stage(policy))
    patch = play.agent(wire).propose(play.brief, play.bench)
    assert set(patch.files) == {"shop/prices.py"}
    assert sum(d.code == "shortened" for d in play.decisions) >= 1


@pytest.mark.parametrize("wire", WIRES)
def test_an_overflow_that_stays_fails_closed(stage: Callable[..., Any], wire: str) -> None:
    play = big(stage(lambda turn, body: read(turn) if turn < 4 else Say(fault="overflow")))
    with pytest.raises(Abstained) as no:
        play.agent(wire).propose(play.brief, play.bench)
    assert no.value.code == "model_context_overflow"
    assert len(play.server.seen) == 4 + 2
