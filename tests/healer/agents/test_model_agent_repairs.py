"""The real SDKs, over three wire formats, streamed and plain, against a scripted model on loopback."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from benchmarks.agent_case import FIX, LINE, answer
from benchmarks.model_wires import Say

REPAIR = [
    Say(calls=[("read_file", {"path": "shop/prices.py"}), ("evidence", {})], text="I look first."),
    Say(calls=[("run_tests", {})]),
    Say(calls=[("edit", {"path": "shop/prices.py", "old": LINE, "new": FIX})]),
    Say(calls=[("run_tests", {})]),
    Say(calls=[("finish", answer())]),
]


@pytest.mark.parametrize("stream", [True, False], ids=["stream", "plain"])
@pytest.mark.parametrize("wire", ["anthropic", "openai-chat", "openai-responses"])
def test_one_toolset_over_every_wire(stage: Callable[..., Any], wire: str, stream: bool) -> None:
    play = stage(REPAIR)
    patch = play.agent(wire, stream=stream).propose(play.brief, play.bench)
    assert set(patch.files) == {"shop/prices.py"}
    assert FIX in patch.files["shop/prices.py"]
    assert patch.agent == "model"
    assert patch.cost.prompt == "repair@2"
    assert patch.cost.calls == 5
    assert [trial.select for trial in play.bench.trials] == [(play.brief.reproduction.test,)] * 2
    assert all(d.allowed for d in play.decisions)
    bill = sum(
        (b["input"] - b["read"] - (b["write"] if wire == "anthropic" else 0)) * 3.0
        + b["read"] * 0.3
        + (b["write"] * 3.75 if wire == "anthropic" else 0)
        + b["output"] * 15.0
        for b in play.server.billed
    )
    assert patch.cost.dollars == pytest.approx(bill / 1e6, rel=0.01)
