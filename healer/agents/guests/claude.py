"""Claude Code, headless: no settings, no hooks, no built-in tools, only ours."""

from __future__ import annotations

import json

from healer.agents.guests.launch import HOME, PROVIDER, TOOLS, Guest, Launch, Order, inert
from triage.lenient import mapping

MCP_FILE = "mcp.json"


def launch(order: Order) -> Launch:
    headers = {"Authorization": f"Bearer {order.token}"}
    servers = {"healer": {"type": "http", "url": TOOLS, "headers": headers}}
    command = (
        order.binary, "-p", "--bare", "--strict-mcp-config", "--mcp-config", f"{HOME}/{MCP_FILE}",
        "--tools", "", "--allowedTools", "mcp__healer__*", "--permission-mode", "dontAsk",
        "--setting-sources", "", "--system-prompt", order.instructions, "--no-session-persistence",
        "--disable-slash-commands", "--max-budget-usd", f"{order.dollars:.4f}",
        "--max-turns", str(order.turns),
        "--output-format", "stream-json", "--verbose", "--model", order.endpoint.model,
    )  # fmt: skip
    env = {
        "HOME": HOME,
        "CLAUDE_CONFIG_DIR": f"{HOME}/config",
        "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1",
        "CLAUDE_CODE_DISABLE_EXPERIMENTAL_BETAS": "1",
        "CLAUDE_CODE_MAX_OUTPUT_TOKENS": str(order.endpoint.max_output),
        "DISABLE_AUTOUPDATER": "1",
        "ANTHROPIC_API_KEY": "the-service-has-it",
        "ANTHROPIC_BASE_URL": PROVIDER,
    }
    files = {MCP_FILE: json.dumps({"mcpServers": servers})}
    return Launch(command, env, inert(order.task), files)


def error(output: str) -> str:
    """The last line says how it ended."""
    for line in reversed(output.splitlines()):
        try:
            event = mapping(json.loads(line))
        except ValueError:
            continue
        if event.get("type") == "result":
            return str(event.get("result") or event.get("subtype"))[:500] if event.get("is_error") else ""
    return "it printed no result"


CLAUDE = Guest("claude", "anthropic", launch, error)
