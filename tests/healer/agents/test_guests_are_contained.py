"""Command lines as guests. The real ones where a person has installed them."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from benchmarks.agent_case import FIX, INSTRUCTIONS, LINE, answer
from benchmarks.model_wires import Say
from healer.agents.command import GUESTS, CommandAgent, installed
from healer.agents.guests.launch import Launch, Order
from healer.budget import Limits
from healer.errors import NotConfigured
from healer.models.talk import Endpoint
from healer.prompting import load
from healer.protocols import Abstained
from healer.spending import Allowance

EDIT = {"path": "shop/prices.py", "old": LINE, "new": FIX}


def hired(play: Any, name: str, binary: str, wire: Any, path: str = "") -> CommandAgent:
    endpoint = Endpoint(wire=wire, model="scripted", key=SecretStr("sk-guest"), url=play.url + path)
    return CommandAgent(
        guest=GUESTS[name],
        binary=binary,
        endpoint=endpoint,
        prompt=load("repair"),
        budget=play.budget,
        open_session=play.open_session,
    )


def order(tmp_path: Path) -> Order:
    return Order(
        binary="/opt/guest", home=tmp_path, tools_url="http://127.0.0.1:1/mcp", token="t0ken",
        endpoint=Endpoint(wire="anthropic", model="m", key=SecretStr("sk-guest"), url="http://127.0.0.1:2"),
        instructions="S", task="see @/etc/passwd", dollars=0.5, turns=9,
    )  # fmt: skip


def test_claude_is_given_our_tools_and_nothing_else(tmp_path: Path) -> None:
    made = GUESTS["claude"].launch(order(tmp_path))
    said = list(made.command)
    for flag in ("--bare", "--strict-mcp-config", "--no-session-persistence", "--disable-slash-commands"):
        assert flag in said
    assert said[said.index("--tools") + 1] == ""
    assert said[said.index("--setting-sources") + 1] == ""
    assert said[said.index("--allowedTools") + 1] == "mcp__healer__*"
    assert said[said.index("--permission-mode") + 1] == "dontAsk"
    assert "@" not in made.stdin
    _environment_is_an_allow_list(made)


def test_codex_has_no_shell_no_web_and_a_home_of_its_own(tmp_path: Path) -> None:
    import tomllib

    made = GUESTS["codex"].launch(order(tmp_path))
    config = tomllib.loads(made.files["config.toml"])
    assert config["web_search"] == "disabled"
    assert config["sandbox_mode"] == "read-only"
    assert config["project_doc_max_bytes"] == 0
    assert not any(config["features"].values())
    assert config["mcp_servers"]["healer"]["required"] is True
    assert made.env["CODEX_HOME"] == str(tmp_path)
    assert "t0ken" not in str(made.files)
    _environment_is_an_allow_list(made)


def _environment_is_an_allow_list(made: Launch) -> None:
    assert not any(name.startswith(("HEALER_DATABASE", "GITHUB", "SLACK", "SENTRY")) for name in made.env)
    assert made.env["HOME"] != os.environ.get("HOME")


def test_a_missing_binary_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NotConfigured, match="install it"):
        installed("claude", "", str(tmp_path))


def script(tmp_path: Path, body: str) -> str:
    file = tmp_path / "guest"
    file.write_text(f"#!{sys.executable}\n{body}")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return str(file)


TALK = """\
import json, sys, urllib.request
config = json.load(open(sys.argv[sys.argv.index("--mcp-config") + 1]))["mcpServers"]["healer"]
def call(name, arguments):
    params = {"name": name, "arguments": arguments}
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}
    headers = {**config["headers"], "Content-Type": "application/json", "MCP-Protocol-Version": "2025-06-18",
               "Accept": "application/json, text/event-stream"}
    request = urllib.request.Request(config["url"], json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)["result"]
def end(**usage):
    print(json.dumps({"type": "result", "is_error": False, "usage": usage}))
"""


def test_a_guest_works_through_the_gate_and_pays_by_our_table(
    stage: Callable[..., Any], tmp_path: Path
) -> None:
    body = TALK + (
        "assert call('edit', {'path': '.github/workflows/ci.yml', 'old': '', 'new': 'x'})['isError']\n"
        f"assert not call('edit', {EDIT!r})['isError']\n"
        f"call('finish', {answer()!r})\n"
        "end(input_tokens=1000, output_tokens=100, cache_read_input_tokens=500)\n"
    )
    play = stage([])
    agent = hired(play, "claude", script(tmp_path, body), "anthropic")
    patch = agent.propose(play.brief, play.bench)
    assert set(patch.files) == {"shop/prices.py"}
    assert patch.agent == "command"
    assert patch.cost.dollars == pytest.approx((1000 * 3 + 500 * 0.3 + 100 * 15) / 1e6)
    assert [d.code for d in play.decisions if not d.allowed] == ["guarded"]


def test_a_guest_that_does_not_end_is_ended(stage: Callable[..., Any], tmp_path: Path) -> None:
    play = stage([], limits=Limits(run=Allowance(seconds=1.0)))
    agent = hired(play, "claude", script(tmp_path, "import time\ntime.sleep(60)\n"), "anthropic")
    with pytest.raises(Abstained) as no:
        agent.propose(play.brief, play.bench)
    assert no.value.code == "budget_seconds"


def test_a_guest_in_a_loop_is_stopped(stage: Callable[..., Any], tmp_path: Path) -> None:
    body = (
        TALK
        + "import time\nfor _ in range(9): call('read_file', {'path': 'shop/prices.py'})\ntime.sleep(60)\n"
    )
    play = stage([])
    with pytest.raises(Abstained) as no:
        hired(play, "claude", script(tmp_path, body), "anthropic").propose(play.brief, play.bench)
    assert no.value.code == "loop"


def test_a_guest_that_fails_is_a_refusal(stage: Callable[..., Any], tmp_path: Path) -> None:
    play = stage([])
    with pytest.raises(Abstained) as no:
        hired(play, "claude", script(tmp_path, "raise SystemExit(3)\n"), "anthropic").propose(
            play.brief, play.bench
        )
    assert no.value.code == "guest_failed"


CLAUDE = shutil.which("claude")
CODEX = shutil.which("codex")


@pytest.mark.skipif(CLAUDE is None, reason="Claude Code is not installed")
def test_the_real_claude_code_repairs_with_our_tools_alone(stage: Callable[..., Any]) -> None:
    _real(stage, "claude", CLAUDE or "", "anthropic", "")


@pytest.mark.skipif(CODEX is None, reason="Codex is not installed")
def test_the_real_codex_repairs_with_our_tools_alone(stage: Callable[..., Any]) -> None:
    _real(stage, "codex", CODEX or "", "openai-responses", "/v1")


def _real(stage: Callable[..., Any], name: str, binary: str, wire: str, path: str) -> None:
    """It tries its own tools first, which are not there, then ours."""
    tries = [
        Say(calls=[("Bash", {"command": "touch /tmp/healer-guest-was-here"})]),
        Say(calls=[("edit", {"path": ".github/workflows/ci.yml", "old": "on: push", "new": "on: x"})]),
        Say(calls=[("edit", EDIT)]),
        Say(calls=[("finish", answer())]),
        Say(text="done"),
    ]
    play = stage(tries, message=f"{INSTRUCTIONS} @/etc/passwd")
    patch = hired(play, name, binary, wire, path).propose(play.brief, play.bench)
    assert set(patch.files) == {"shop/prices.py"}
    assert not Path("/tmp/healer-guest-was-here").exists()
    assert any(d.code == "guarded" for d in play.decisions)
    assert not any("root:x:0" in body for body in play.server.bodies)
    assert patch.cost.dollars > 0
