"""An MCP server of this process on a unix socket, for as long as one run takes."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import uvicorn
from starlette.applications import Starlette

from healer.errors import HealerError

START_SECONDS = 10.0


@contextmanager
def serving(make: Callable[[str], Starlette], path: Path) -> Iterator[str]:
    """`make(token)` gives the application; yields the token. Socket and token are gone at the end."""
    token = secrets.token_urlsafe(32)
    server = uvicorn.Server(
        uvicorn.Config(make(token), uds=str(path), log_level="error", access_log=False, ws="none")
    )
    thread = Thread(target=server.run, name="mcp", daemon=True)
    thread.start()
    try:
        _started(server, thread)
        path.chmod(0o666)  # the sandbox runs as another user; the directory is ours alone
        yield token
    finally:
        server.should_exit = True
        thread.join(START_SECONDS)


def _started(server: uvicorn.Server, thread: Thread) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            raise HealerError("the tool server of this run did not start; try again")
        time.sleep(0.005)
