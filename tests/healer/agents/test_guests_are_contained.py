"""Command lines as guests: in the sandbox, with two sockets of ours and nothing else. The real ones where
a person has installed them."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from benchmarks.agent_case import FIX, INSTRUCTIONS, LINE, answer
from benchmarks.model_wires import Say
from healer.agents.command import GUESTS, CommandAgent, installed, shown
from healer.agents.guests.admission import admitted, betas, usage_of
from healer.agents.guests.launch import Launch, Order
from healer.budget import Limits
from healer.errors import NotConfigured, Refused
from healer.models.talk import Endpoint
from healer.prices import Usage
from healer.prompting import load
from healer.protocols import Abstained
from healer.settings import Model
from healer.spending import Allowance
from healer.staff import Staff
from healer.workshop.sandbox import Bubblewrap

EDIT = {"path": "shop/prices.py", "old": LINE, "new": FIX}
KEY = "sk-of-the-service"


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Bubblewrap:
    return Bubblewrap(tmp_path_factory.mktemp("state"))


@pytest.fixture
def hired(sandbox: Bubblewrap) -> Callable[..., CommandAgent]:
    def hire(play: Any, name: str, binary: str, wire: Any = "anthropic", path: str = "") -> CommandAgent:
        return CommandAgent(
            guest=GUESTS[name],
            binary=binary,
            python=sys.executable,
            sandbox=sandbox,
            endpoint=Endpoint(wire=wire, model="scripted", key=SecretStr(KEY), url=play.url + path),
            prompt=load("repair"),
            budget=play.budget,
            open_session=play.open_session,
        )

    return hire


def order() -> Order:
    return Order(
        binary="/opt/guest/it", token="t0ken",
        endpoint=Endpoint(wire="anthropic", model="m", key=SecretStr(KEY), url="http://127.0.0.1:2"),
        instructions="S", task="see @/etc/passwd", dollars=0.5, turns=9,
    )  # fmt: skip


def test_claude_is_given_our_tools_and_nothing_else() -> None:
    made = GUESTS["claude"].launch(order())
    said = list(made.command)
    for flag in ("--bare", "--strict-mcp-config", "--no-session-persistence", "--disable-slash-commands"):
        assert flag in said
    assert said[said.index("--tools") + 1] == ""
    assert said[said.index("--setting-sources") + 1] == ""
    assert said[said.index("--allowedTools") + 1] == "mcp__healer__*"
    assert said[said.index("--permission-mode") + 1] == "dontAsk"
    assert "@" not in made.stdin
    _holds_no_secret(made)


def test_codex_has_no_shell_no_web_and_a_home_of_its_own() -> None:
    import tomllib

    made = GUESTS["codex"].launch(order())
    config = tomllib.loads(made.files["config.toml"])
    assert config["web_search"] == "disabled"
    assert config["sandbox_mode"] == "read-only"
    assert config["project_doc_max_bytes"] == 0
    assert not any(config["features"].values())
    assert config["mcp_servers"]["healer"]["required"] is True
    assert "t0ken" not in str(made.files)
    _holds_no_secret(made)


def _holds_no_secret(made: Launch) -> None:
    assert KEY not in str(made)
    assert not any(name.startswith(("HEALER_DATABASE", "GITHUB", "SLACK", "SENTRY")) for name in made.env)


def test_a_missing_binary_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NotConfigured, match="install it"):
        installed("claude", "", str(tmp_path))


def script(tmp_path: Path, body: str) -> str:
    file = tmp_path / "bin" / "guest"
    file.parent.mkdir(exist_ok=True)
    file.parent.chmod(0o755)
    file.write_text(f"#!{sys.executable}\n{body}")
    file.chmod(0o755)
    return str(file)


TALK = """\
import json, os, socket, sys, urllib.error, urllib.request
def posted(url, body, headers):
    request = urllib.request.Request(url, json.dumps(body).encode(), headers)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
config = json.load(open(sys.argv[sys.argv.index("--mcp-config") + 1]))["mcpServers"]["healer"]
def call(name, arguments):
    params = {"name": name, "arguments": arguments}
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}
    headers = {**config["headers"], "Content-Type": "application/json", "MCP-Protocol-Version": "2025-06-18",
               "Accept": "application/json, text/event-stream"}
    return json.loads(posted(config["url"], body, headers)[1])["result"]
def ask(said="hello", path="/v1/messages", **more):
    body = {"model": "dear-one", "max_tokens": 99999, "messages": [{"role": "user", "content": said}], **more}
    return posted(os.environ["ANTHROPIC_BASE_URL"] + path, body, {"x-api-key": "mine"})
"""


def test_a_guest_works_through_the_gate_and_pays_what_its_provider_says(
    stage: Callable[..., Any], hired: Callable[..., CommandAgent], tmp_path: Path
) -> None:
    body = TALK + (
        "assert sys.stdin.read().startswith('# The crash')\n"
        "assert ask()[0] == 200 and ask(stream=True)[0] == 200\n"
        "assert call('edit', {'path': '.github/workflows/ci.yml', 'old': '', 'new': 'x'})['isError']\n"
        f"assert not call('edit', {EDIT!r})['isError']\n"
        f"call('finish', {answer()!r})\n"
    )
    play = stage([Say(text="hi")])
    patch = hired(play, "claude", script(tmp_path, body)).propose(play.brief, play.bench)
    assert set(patch.files) == {"shop/prices.py"}
    assert patch.agent == "command"
    assert patch.cost.calls == 2
    assert patch.cost.prompt == load("repair").id
    bill = sum(
        (u["input"] - u["read"] - u["write"]) * 3 + u["read"] * 0.3 + u["write"] * 3.75 + u["output"] * 15
        for u in play.server.billed
    )
    assert patch.cost.dollars == pytest.approx(bill / 1e6)
    assert [d.code for d in play.decisions if not d.allowed] == ["guarded"]
    assert [request["model"] for request in play.server.seen] == ["scripted"] * 2
    assert {request["max_tokens"] for request in play.server.seen} == {8192}
    assert {headers["x-api-key"] for headers in play.server.headers} == {KEY}


ESCAPES = """\
found = {}
def tried(name, work):
    try:
        found[name] = str(work())[:200]
    except Exception as error:
        found[name] = "no: " + type(error).__name__
def dialled(*address):
    with socket.create_connection(address, timeout=2) as there:
        return there.getpeername()
tried("host port", lambda: dialled("127.0.0.1", PORT))
tried("metadata", lambda: dialled("169.254.169.254", 80))
tried("internet", lambda: dialled("93.184.216.34", 443))
tried("name", lambda: socket.getaddrinfo("example.com", 443))
tried("abstract", lambda: socket.socket(socket.AF_UNIX).connect("\\0/tmp/.X11-unix/X0"))
tried("repository", lambda: open("CWD/AGENTS.md").read())
tried("host home", lambda: os.listdir("/root") + os.listdir(os.path.expanduser("~user")))
tried("environment", lambda: [open(f"/proc/{n}/environ").read() for n in os.listdir("/proc") if n.isdigit()])
tried("keep", lambda: open(sys.argv[0] + ".left", "w"))
tried("sockets", lambda: os.unlink("/sockets/tools"))
secret = any("KEY" in value for value in found.values())
print(json.dumps({"found": found, "secret": secret}), flush=True)
"""


def test_a_guest_that_is_taken_over_finds_no_way_out(
    stage: Callable[..., Any], hired: Callable[..., CommandAgent], tmp_path: Path
) -> None:
    play = stage([Say(text="hi")])
    body = (TALK + ESCAPES).replace("PORT", play.url.rpartition(":")[2]).replace("CWD", str(Path.cwd()))
    body += "raise SystemExit(json.dumps(found))\n"
    agent = hired(play, "claude", script(tmp_path, body.replace('"KEY"', repr(KEY))))
    agent.guest = type(agent.guest)("claude", "anthropic", agent.guest.launch, lambda output: output)
    with pytest.raises(Abstained) as no:
        agent.propose(play.brief, play.bench)
    told = json.loads(no.value.reason[no.value.reason.index('{"found"') :].splitlines()[0])
    assert {name: value for name, value in told["found"].items() if not value.startswith("no: ")}.keys() <= {
        "environment"
    }
    assert not told["secret"]
    assert play.server.seen == []


EVIL = {"type": "url", "url": "https://evil.example/?k=1"}


def parts(*content: dict[str, Any]) -> dict[str, Any]:
    return {"messages": [{"role": "user", "content": list(content)}]}


FOREIGN = [
    parts({"type": "image", "source": EVIL}),
    parts({"type": "document", "source": EVIL}),
    parts({"type": "tool_result", "tool_use_id": "t", "content": [{"type": "image", "source": EVIL}]}),
    parts({"type": "container_upload", "file_id": "f"}),
    parts({"source": EVIL}),
    {"system": [{"type": "search_result", "source": "https://evil.example"}]},
]


@pytest.mark.parametrize("more", FOREIGN)
def test_only_text_reaches_the_provider(more: dict[str, Any]) -> None:
    endpoint = Endpoint(wire="anthropic", model="m")
    with pytest.raises(Refused, match="only text"):
        admitted(json.dumps({"messages": [], **more}).encode(), endpoint)


def test_a_provider_is_not_asked_to_act() -> None:
    """Tools that it would carry out itself, servers it would call, and what costs more are taken out."""
    ours = {"name": "mcp__healer__edit", "input_schema": {}}
    theirs = [{"type": kind, "name": "it"} for kind in ("web_fetch_20250910", "code_execution_20250825")]
    asked = {
        "model": "dear-one",
        "max_tokens": 10,
        "messages": [{"role": "user", "content": "x"}],
        "tools": [ours, *theirs],
        "mcp_servers": [EVIL],
        "container": "c",
        "service_tier": "priority",
        "metadata": {"user_id": "who"},
        "speed": "fast",
    }
    kept = admitted(json.dumps(asked).encode(), Endpoint(wire="anthropic", model="m", max_output=5))
    assert kept == {
        "model": "m",
        "max_tokens": 5,
        "messages": asked["messages"],
        "tools": [ours],
    }


def test_only_known_betas_are_let_through() -> None:
    asked = (
        "effort-2025-11-24, mcp-client-2025-04-04,code-execution-2025-08-25,interleaved-thinking-2025-05-14"
    )
    assert betas(asked) == "effort-2025-11-24,interleaved-thinking-2025-05-14"
    assert betas("") == ""


def test_neither_is_the_other_provider() -> None:
    endpoint = Endpoint(wire="openai-responses", model="m")
    call = {"type": "function_call", "arguments": '{"type": "image"}'}
    tools = [{"type": kind} for kind in ("web_search", "function", "mcp", "code_interpreter")]
    asked = {"input": [{"role": "user", "content": "x"}, call], "tools": tools, "background": True}
    kept = admitted(json.dumps(asked | {"previous_response_id": "r"}).encode(), endpoint)
    assert [tool["type"] for tool in kept["tools"]] == ["function"]
    assert kept.keys() == {"input", "tools", "model", "max_output_tokens", "store"}
    image = {"role": "user", "content": [{"type": "input_image", "image_url": "https://evil.example"}]}
    with pytest.raises(Refused, match="input_image"):
        admitted(json.dumps({"input": [image]}).encode(), endpoint)


def test_usage_is_read_from_what_the_provider_said() -> None:
    streamed = (
        b'event: message_start\ndata: {"type":"message_start","message":{"usage":{"input_tokens":5,'
        b'"cache_read_input_tokens":7,"cache_creation_input_tokens":3,"output_tokens":1}}}\n\n'
        b'event: message_delta\ndata: {"type":"message_delta","usage":{"output_tokens":40}}\n\n'
    )
    assert usage_of(streamed, 99) == Usage(input=15, output=40, cache_read=7, cache_write=3)
    whole = b'{"usage":{"input_tokens":50,"input_tokens_details":{"cached_tokens":20},"output_tokens":9}}'
    assert usage_of(whole, 99) == Usage(input=50, output=9, cache_read=20)
    assert usage_of(b'data: {"type":"ping"}\n\n', 3000).estimated
    assert usage_of(b"", 3000).input == 1000


def test_what_a_guest_asks_is_held_against_the_budget(
    stage: Callable[..., Any], hired: Callable[..., CommandAgent], tmp_path: Path
) -> None:
    body = TALK + "import time\nfor n in range(50): ask()\ntime.sleep(60)\n"
    play = stage([Say(text="hi")], limits=Limits(run=Allowance(calls=3)))
    with pytest.raises(Abstained) as no:
        hired(play, "claude", script(tmp_path, body)).propose(play.brief, play.bench)
    assert no.value.code == "budget"
    assert no.value.cost.calls == len(play.server.seen) == 3


def test_a_provider_that_is_down_ends_the_guest(
    stage: Callable[..., Any], hired: Callable[..., CommandAgent], tmp_path: Path
) -> None:
    body = TALK + "import time\nfor n in range(50): ask()\ntime.sleep(60)\n"
    play = stage([Say(fault="status 529")])
    with pytest.raises(Abstained) as no:
        hired(play, "claude", script(tmp_path, body)).propose(play.brief, play.bench)
    assert no.value.code == "provider_down"
    assert len(play.server.seen) == 4


def test_an_answer_that_is_torn_off_is_paid_as_far_as_it_came(
    stage: Callable[..., Any], hired: Callable[..., CommandAgent], tmp_path: Path
) -> None:
    body = TALK + "try:\n    ask(stream=True)\nexcept Exception:\n    pass\nraise SystemExit(1)\n"
    play = stage([Say(text="hi " * 900, fault="cut")])
    with pytest.raises(Abstained) as no:
        hired(play, "claude", script(tmp_path, body)).propose(play.brief, play.bench)
    assert no.value.code == "guest_failed"
    assert no.value.cost.input_tokens == play.server.billed[0]["input"]


def test_what_is_on_its_way_when_the_guest_ends_is_in_its_cost(
    stage: Callable[..., Any], hired: Callable[..., CommandAgent], tmp_path: Path
) -> None:
    body = (
        TALK + "import threading, time\nthreading.Thread(target=ask, daemon=True).start()\ntime.sleep(0.5)\n"
    )
    play = stage([Say(text="hi", fault="slow")])
    with pytest.raises(Abstained) as no:
        hired(play, "claude", script(tmp_path, body)).propose(play.brief, play.bench)
    assert no.value.cost.input_tokens == play.server.billed[0]["input"]


def test_what_was_not_let_out_is_recorded(
    stage: Callable[..., Any], hired: Callable[..., CommandAgent], tmp_path: Path
) -> None:
    part = {"type": "image", "source": {"type": "url", "url": "https://evil.example"}}
    body = TALK + (
        f"assert ask([{part!r}])[0] == 400\n"
        "assert ask(path='/v1/files')[0] == 404\n"
        f"call('finish', {answer(outcome='gave_up')!r})\n"
    )
    play = stage([Say(text="hi")])
    with pytest.raises(Abstained) as no:
        hired(play, "claude", script(tmp_path, body)).propose(play.brief, play.bench)
    assert no.value.code == "gave_up"
    assert play.server.seen == []
    assert any("foreign_part" in d.rule for d in play.decisions)


def test_a_guest_that_does_not_end_is_ended(
    stage: Callable[..., Any], hired: Callable[..., CommandAgent], tmp_path: Path
) -> None:
    play = stage([], limits=Limits(run=Allowance(seconds=3.0)))
    agent = hired(play, "claude", script(tmp_path, "import time\ntime.sleep(60)\n"))
    with pytest.raises(Abstained) as no:
        agent.propose(play.brief, play.bench)
    assert no.value.code == "budget_seconds"


def test_a_guest_in_a_loop_is_stopped(
    stage: Callable[..., Any], hired: Callable[..., CommandAgent], tmp_path: Path
) -> None:
    body = (
        TALK
        + "import time\nfor _ in range(9): call('read_file', {'path': 'shop/prices.py'})\ntime.sleep(60)\n"
    )
    play = stage([])
    with pytest.raises(Abstained) as no:
        hired(play, "claude", script(tmp_path, body)).propose(play.brief, play.bench)
    assert no.value.code == "loop"


def test_a_guest_that_fails_is_a_refusal(
    stage: Callable[..., Any], hired: Callable[..., CommandAgent], tmp_path: Path
) -> None:
    play = stage([])
    with pytest.raises(Abstained) as no:
        hired(play, "claude", script(tmp_path, "raise SystemExit(3)\n")).propose(play.brief, play.bench)
    assert no.value.code == "guest_failed"
    assert "(3)" in no.value.reason


CLAUDE = shutil.which("claude")
CODEX = shutil.which("codex")


@pytest.mark.skipif(CLAUDE is None, reason="Claude Code is not installed")
def test_the_real_claude_code_repairs_with_our_tools_alone(
    stage: Callable[..., Any], hired: Callable[..., CommandAgent]
) -> None:
    _real(stage, hired, "claude", CLAUDE or "", "anthropic", "")


@pytest.mark.skipif(CODEX is None, reason="Codex is not installed")
def test_the_real_codex_repairs_with_our_tools_alone(
    stage: Callable[..., Any], hired: Callable[..., CommandAgent]
) -> None:
    _real(stage, hired, "codex", CODEX or "", "openai-responses", "/v1")


def _real(
    stage: Callable[..., Any],
    hired: Callable[..., CommandAgent],
    name: str,
    binary: str,
    wire: str,
    path: str,
) -> None:
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


def test_a_guest_needs_a_sandbox_and_its_own_wire(tmp_path: Path, sandbox: Bubblewrap) -> None:
    binary = script(tmp_path, "")
    model = Model(name="m", guest="codex", guest_path=binary)
    with pytest.raises(NotConfigured, match='wire = "openai-responses"'):
        Staff(model).agents(None, sandbox)  # type: ignore[arg-type]
    with pytest.raises(NotConfigured, match="sandbox"):
        Staff(model).agents(None)  # type: ignore[arg-type]


def test_the_file_alone_is_shown_or_its_packages(tmp_path: Path) -> None:
    binary = Path(script(tmp_path, ""))
    mount, inside = shown(str(binary))
    assert mount is not None
    assert (mount.host, mount.inside, inside) == (str(binary), "/opt/guest/guest", "/opt/guest/guest")
    entry = tmp_path / "node_modules" / "@x" / "y" / "it.js"
    entry.parent.mkdir(parents=True)
    entry.touch()
    mount, inside = shown(str(entry))
    assert mount is not None
    assert (mount.host, inside) == (str(tmp_path / "node_modules"), "/opt/guest/node_modules/@x/y/it.js")
    assert shown("/usr/bin/env")[0] is None
