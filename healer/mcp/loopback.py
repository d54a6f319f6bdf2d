"""An MCP server of this process on 127.0.0.1, for as long as one run takes."""

from __future__ import annotations

import secrets
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread

import uvicorn
from starlette.applications import Starlette

from healer.errors import HealerError

START_SECONDS = 10.0


@contextmanager
def serving(make: Callable[[str, str], Starlette]) -> Iterator[tuple[str, str]]:
    """`make(url, token)` gives the application; yields (address of /mcp, token). Both are gone at the end."""
    token = secrets.token_urlsafe(32)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        config = uvicorn.Config(make(url, token), log_level="error", access_log=False, ws="none")
        server = uvicorn.Server(config)
        thread = Thread(target=server.run, args=([listener],), name="mcp", daemon=True)
        thread.start()
        try:
            _started(server, thread)
            yield f"{url}/mcp", token
        finally:
            server.should_exit = True
            thread.join(START_SECONDS)


def _started(server: uvicorn.Server, thread: Thread) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            raise HealerError("the tool server of this run did not start; try again")
        time.sleep(0.005)
