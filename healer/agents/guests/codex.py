"""Codex, headless: a fresh home, no shell, no web, no project documents, only our tools."""

from __future__ import annotations

import json

from healer.agents.guests.launch import Guest, Launch, Order, base_env, inert
from healer.prices import Usage
from triage.lenient import integer, mapping

FEATURES = ("shell_tool", "unified_exec", "view_image", "multi_agent", "goals", "apps", "plugins", "hooks")
TOKEN = "HEALER_GUEST_TOKEN"


def launch(order: Order) -> Launch:
    command = (
        order.binary, "exec", "--json", "--ephemeral", "--ignore-rules", "--skip-git-repo-check",
        "-c", "project_doc_max_bytes=0", "-",
    )  # fmt: skip
    env = base_env(order) | {
        "CODEX_HOME": str(order.home),
        "OPENAI_API_KEY": order.endpoint.key.get_secret_value(),
        TOKEN: order.token,
    }
    said = f"{order.instructions}\n\n{inert(order.task)}"
    return Launch(command, env, said, {"config.toml": config(order)})


def config(order: Order) -> str:
    """TOML strings are written as JSON strings, which is what basic strings are."""
    url = order.endpoint.url or "https://api.openai.com/v1"
    lines = [
        f"model = {json.dumps(order.endpoint.model)}",
        'model_provider = "endpoint"',
        'approval_policy = "never"',
        'sandbox_mode = "read-only"',
        'web_search = "disabled"',
        "project_doc_max_bytes = 0",
        "",
        "[model_providers.endpoint]",
        'name = "endpoint"',
        f"base_url = {json.dumps(url)}",
        'env_key = "OPENAI_API_KEY"',
        'wire_api = "responses"',
        "",
        "[features]",
        *(f"{name} = false" for name in FEATURES),
        "",
        "[agents]",
        "enabled = false",
        "",
        "[mcp_servers.healer]",
        f"url = {json.dumps(order.tools_url)}",
        f'bearer_token_env_var = "{TOKEN}"',
        'default_tools_approval_mode = "approve"',
        "required = true",
    ]
    return "\n".join(lines) + "\n"


def bills(output: str) -> tuple[Usage, str]:
    """Each finished turn says what it took; a failed one says why."""
    total, error = Usage(), "it finished no turn"
    for line in output.splitlines():
        try:
            event = mapping(json.loads(line))
        except ValueError:
            continue
        if event.get("type") == "turn.completed":
            usage = mapping(event.get("usage"))
            total = Usage(
                input=total.input + (integer(usage.get("input_tokens")) or 0),
                output=total.output + (integer(usage.get("output_tokens")) or 0),
                cache_read=total.cache_read + (integer(usage.get("cached_input_tokens")) or 0),
                cache_write=total.cache_write + (integer(usage.get("cache_write_input_tokens")) or 0),
            )
            error = ""
        elif event.get("type") in {"turn.failed", "error"}:
            error = str(mapping(event.get("error")).get("message") or event.get("message") or "it failed")
    return total, error[:500]


CODEX = Guest("codex", launch, bills)
