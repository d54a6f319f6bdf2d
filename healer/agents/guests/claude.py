"""Claude Code, headless: no settings, no hooks, no built-in tools, only ours."""

from __future__ import annotations

import json

from healer.agents.guests.launch import Guest, Launch, Order, base_env, inert
from healer.prices import Usage
from triage.lenient import integer, mapping

MCP_FILE = "mcp.json"


def launch(order: Order) -> Launch:
    headers = {"Authorization": f"Bearer {order.token}"}
    servers = {"healer": {"type": "http", "url": order.tools_url, "headers": headers}}
    command = (
        order.binary, "-p", "--bare", "--strict-mcp-config", "--mcp-config", str(order.home / MCP_FILE),
        "--tools", "", "--allowedTools", "mcp__healer__*", "--permission-mode", "dontAsk",
        "--setting-sources", "", "--system-prompt", order.instructions, "--no-session-persistence",
        "--disable-slash-commands", "--max-budget-usd", f"{order.dollars:.4f}",
        "--max-turns", str(order.turns),
        "--output-format", "stream-json", "--verbose", "--model", order.endpoint.model,
    )  # fmt: skip
    env = base_env(order) | {
        "CLAUDE_CONFIG_DIR": str(order.home / "config"),
        "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1",
        "DISABLE_AUTOUPDATER": "1",
        "ANTHROPIC_API_KEY": order.endpoint.key.get_secret_value(),
    }
    if order.endpoint.url:
        env["ANTHROPIC_BASE_URL"] = order.endpoint.url
    files = {MCP_FILE: json.dumps({"mcpServers": servers})}
    return Launch(command, env, inert(order.task), files)


def bills(output: str) -> tuple[Usage, str]:
    """Usage is summed over the requests' messages, each counted once however often it is printed."""
    seen: dict[str, Usage] = {}
    error = "it printed no result"
    for line in output.splitlines():
        try:
            event = mapping(json.loads(line))
        except ValueError:
            continue
        if event.get("type") == "assistant":
            message = mapping(event.get("message"))
            seen[str(message.get("id"))] = _usage(message)
        elif event.get("type") == "result":
            error = str(event.get("result") or event.get("subtype")) if event.get("is_error") else ""
            total = _usage(event)
            if total.input + total.output >= _sum(seen).input + _sum(seen).output:
                seen = {"result": total}
    return _sum(seen), error[:500]


def _usage(holder: object) -> Usage:
    usage = mapping(mapping(holder).get("usage"))

    def count(name: str) -> int:
        return integer(usage.get(name)) or 0

    read, written = count("cache_read_input_tokens"), count("cache_creation_input_tokens")
    return Usage(
        input=count("input_tokens") + read + written,
        output=count("output_tokens"),
        cache_read=read,
        cache_write=written,
    )


def _sum(parts: dict[str, Usage]) -> Usage:
    return Usage(
        input=sum(u.input for u in parts.values()),
        output=sum(u.output for u in parts.values()),
        cache_read=sum(u.cache_read for u in parts.values()),
        cache_write=sum(u.cache_write for u in parts.values()),
    )


CLAUDE = Guest("claude", launch, bills)
