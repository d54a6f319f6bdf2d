"""A toolbox as an MCP server. The one room that knows the MCP SDK, which answers modern and older clients."""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable

import anyio
import anyio.to_thread
import mcp_types as types
from mcp.server import ServerRequestContext
from mcp.server.auth.provider import AccessToken
from mcp.server.auth.settings import AuthSettings
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from pydantic import AnyHttpUrl
from starlette.applications import Starlette

from healer.errors import Refused
from healer.tools.base import Toolbox

NAME = "healer"
SCOPE = "use"


def server_of(
    box: Toolbox,
    *,
    instructions: str = "",
    version: str = "",
    stopped: Callable[[Refused], None] | None = None,
) -> Server[dict[str, object]]:
    """`stopped` is told when a limit or breaker ended the run; the client reads STOPPED and the code."""
    one_at_a_time = anyio.Lock()
    offered = [
        types.Tool(
            name=tool.name,
            description=tool.description,
            input_schema=tool.schema,
            annotations=types.ToolAnnotations(
                read_only_hint=not tool.mutates, destructive_hint=False, open_world_hint=False
            ),
        )
        for tool in box.tools()
    ]

    async def listed(
        ctx: ServerRequestContext[dict[str, object]], params: types.PaginatedRequestParams | None
    ) -> types.ListToolsResult:
        return types.ListToolsResult(tools=offered)

    async def called(
        ctx: ServerRequestContext[dict[str, object]], params: types.CallToolRequestParams
    ) -> types.CallToolResult:
        async with one_at_a_time:
            text, failed = await anyio.to_thread.run_sync(_call, box, params, stopped)
        return types.CallToolResult(content=[types.TextContent(type="text", text=text)], is_error=failed)

    return Server(
        NAME, version=version, instructions=instructions or None, on_list_tools=listed, on_call_tool=called
    )


def _call(
    box: Toolbox, params: types.CallToolRequestParams, stopped: Callable[[Refused], None] | None
) -> tuple[str, bool]:
    try:
        result = box.call(params.name, json.dumps(params.arguments or {}))
    except Refused as no:
        if stopped:
            stopped(no)
        return f"STOPPED [{no.code}] {no.reason}", True
    return result.text, result.failed


class OneToken:
    """Implements the SDK's TokenVerifier for a single secret, compared in constant time."""

    def __init__(self, token: str) -> None:
        self._token = token.encode()

    async def verify_token(self, token: str) -> AccessToken | None:
        if not self._token or not hmac.compare_digest(token.encode("utf-8", "replace"), self._token):
            return None
        return AccessToken(token=token, client_id=NAME, scopes=[SCOPE])


def http_app(server: Server[dict[str, object]], url: str, token: str) -> Starlette:
    """Streamable HTTP at /mcp, bearer only. Host and Origin are checked against loopback by the SDK."""
    auth = AuthSettings(
        issuer_url=AnyHttpUrl(url),
        resource_server_url=AnyHttpUrl(f"{url}/mcp"),
        required_scopes=[SCOPE],
        validate_token_resource=False,
    )
    return server.streamable_http_app(
        stateless_http=True, json_response=True, auth=auth, token_verifier=OneToken(token)
    )


def over_stdio(server: Server[dict[str, object]]) -> None:
    """Until the client closes standard input."""

    async def run() -> None:
        async with stdio_server() as (read, write):
            await server.run(read, write, server.create_initialization_options())

    anyio.run(run)
