"""Codex, headless: a fresh home, no shell, no web, no project documents, only our tools."""

from __future__ import annotations

import json

from healer.agents.guests.launch import HOME, PROVIDER, TOOLS, Guest, Launch, Order, inert
from triage.lenient import mapping

FEATURES = ("shell_tool", "unified_exec", "view_image", "multi_agent", "goals", "apps", "plugins", "hooks")
TOKEN = "HEALER_GUEST_TOKEN"


def launch(order: Order) -> Launch:
    command = (
        order.binary, "exec", "--json", "--ephemeral", "--ignore-rules", "--skip-git-repo-check",
        "-c", "project_doc_max_bytes=0", "-",
    )  # fmt: skip
    env = {"HOME": HOME, "CODEX_HOME": HOME, "OPENAI_API_KEY": "the-service-has-it", TOKEN: order.token}
    said = f"{order.instructions}\n\n{inert(order.task)}"
    return Launch(command, env, said, {"config.toml": config(order)})


def config(order: Order) -> str:
    """TOML strings are written as JSON strings, which is what basic strings are."""
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
        f"base_url = {json.dumps(f'{PROVIDER}/v1')}",
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
        f"url = {json.dumps(TOOLS)}",
        f'bearer_token_env_var = "{TOKEN}"',
        'default_tools_approval_mode = "approve"',
        "required = true",
    ]
    return "\n".join(lines) + "\n"


def error(output: str) -> str:
    """The last turn says how it ended."""
    last = "it finished no turn"
    for line in output.splitlines():
        try:
            event = mapping(json.loads(line))
        except ValueError:
            continue
        if event.get("type") == "turn.completed":
            last = ""
        elif event.get("type") in {"turn.failed", "error"}:
            last = str(mapping(event.get("error")).get("message") or event.get("message") or "it failed")
    return last[:500]


CODEX = Guest("codex", "openai-responses", launch, error)
