"""The real SDKs, over three wire formats, streamed and plain, against a scripted model on loopback."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
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
    assert patch.cost.dollars == pytest.approx(bill(play.server.billed, wire), rel=0.01)


def bill(billed: list[dict[str, int]], wire: str) -> float:
    """OpenAI Chat does not say what was written to the cache."""
    total = 0.0
    for usage in billed:
        written = usage["write"] if wire != "openai-chat" else 0
        plain = usage["input"] - usage["read"] - written
        total += plain * 3.0 + usage["read"] * 0.3 + written * 3.75 + usage["output"] * 15.0
    return total / 1e6


@pytest.mark.parametrize("stream", [True, False], ids=["stream", "plain"])
@pytest.mark.parametrize("wire", ["anthropic", "openai-chat", "openai-responses"])
def test_thinking_and_the_cache_are_paid_as_the_provider_counts_them(
    stage: Callable[..., Any], wire: str, stream: bool
) -> None:
    """Thoughts are a part of the output, and are not counted beside it."""
    play = stage([replace(said, reasoning=3000) for said in REPAIR])
    patch = play.agent(wire, stream=stream).propose(play.brief, play.bench)
    assert patch.cost.output_tokens == sum(usage["output"] for usage in play.server.billed) > 15_000
    assert sum(usage["read"] for usage in play.server.billed) > 1000
    assert patch.cost.dollars == pytest.approx(bill(play.server.billed, wire), rel=0.01)


@pytest.mark.parametrize("wire", ["anthropic", "openai-chat", "openai-responses"])
def test_no_sdk_tells_a_tracer_of_its_own(stage: Callable[..., Any], wire: str) -> None:
    """Spans of theirs would count tokens twice, and hold code."""
    trace = pytest.importorskip("opentelemetry.trace")
    sdk = pytest.importorskip("opentelemetry.sdk.trace")
    export = pytest.importorskip("opentelemetry.sdk.trace.export")
    memory = pytest.importorskip(
        "opentelemetry.sdk.trace.export.in_memory_span_exporter"
    ).InMemorySpanExporter()
    provider = sdk.TracerProvider()
    provider.add_span_processor(export.SimpleSpanProcessor(memory))
    trace.set_tracer_provider(provider)
    play = stage(REPAIR)
    with trace.get_tracer("test").start_as_current_span("ours"):
        play.agent(wire).propose(play.brief, play.bench)
    assert [span.name for span in memory.get_finished_spans()] in (["ours"], [])
    assert not any("traceparent" in headers for headers in play.server.headers)


def test_without_a_model_none_of_its_libraries_is_imported() -> None:
    names = ["anthropic", "openai", "pydantic_ai", "httpx2", "mcp", "genai_prices"]
    code = f"import sys, healer.wiring, healer.cli; print([n for n in {names} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
