"""The HTTP server: doors for machines and the event log, in one application."""

from __future__ import annotations

import gc
import signal
import socket
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, contextmanager
from threading import Thread
from types import FrameType
from typing import Any, TypeAlias

import uvicorn
from psycopg_pool import ConnectionPool
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from healer.errors import HealerError, NotConfigured
from healer.intake import Office, Routes
from healer.store.database import connect
from healer.web.app import Doors, create_app
from healer.web.crew import COLLECT_AFTER, crew, handle
from healer.web.logs import Limits, LogDoor

START_SECONDS = 15


@contextmanager
def application(
    dsn: str,
    routes: Routes,
    *,
    secrets: Mapping[str, str] | None = None,
    processes: int = 2,
    doors: Sequence[BaseRoute] = (),
    log_token: str = "",
    log_days: int = 30,
) -> Iterator[Starlette]:
    """`secrets`: the client secret of each of Sentry's organisations; none closes the hook door. `processes`
    clean what comes in. `doors`: what else is served. `log_token`: what senders of logs must show;
    `log_days`: how old a record may be."""
    with ConnectionPool(dsn, min_size=1, max_size=4, open=True) as pool:
        executor = crew(Office(dsn, routes), processes=processes)
        logs = LogDoor(pool, Limits(retention_days=log_days), log_token)
        pages = [*logs.routes(), *doors]
        readers = processes or 2
        app = create_app(
            Doors(handle, executor, secrets or {}, healthy=lambda: _check(dsn), readers=readers, pages=pages)
        )
        app.router.lifespan_context = _both(app.router.lifespan_context, logs)
        try:
            yield app
        finally:
            executor.shutdown()


Lifespan: TypeAlias = Callable[[Any], AbstractAsyncContextManager[Any]]


def _both(doors: Lifespan, logs: LogDoor) -> Lifespan:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(logs.running())
            await stack.enter_async_context(doors(app))
            yield

    return lifespan


def _check(dsn: str) -> None:
    with connect(dsn) as connection:
        connection.execute("select 1")


def serve(app: Starlette, host: str, port: int) -> None:
    """Until SIGINT or SIGTERM; then returns, so that whoever called can close what is open."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _ignore)  # uvicorn raises the signal again when it has ended
    gc.freeze()  # what was imported stays; no request need wait for a look at it
    gc.set_threshold(COLLECT_AFTER, 50, 10)
    uvicorn.run(app, host=host, port=port, log_level="warning", access_log=False)


def check_free(host: str, port: int) -> None:
    """Raises NotConfigured where nobody could listen there; the server itself would only say so and end."""
    try:
        for family, kind, protocol, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            with socket.socket(family, kind, protocol) as tried:
                tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                tried.bind(address)
    except OSError as error:
        why = error.strerror or error
        raise NotConfigured(f"cannot listen on {host}:{port} ({why}); set web.host and web.port") from None


def _ignore(number: int, frame: FrameType | None) -> None:
    """Not SIG_IGN, which uvicorn's children would inherit."""


@contextmanager
def serving(app: Starlette, host: str, port: int) -> Iterator[str]:
    """In a thread of this process; the address, and gone at the end."""
    server = uvicorn.Server(uvicorn.Config(app, host=host, port=port, log_level="error", access_log=False))
    thread = Thread(target=server.run, name="web", daemon=True)
    thread.start()
    try:
        thread_started(server, thread)
        yield f"http://{host}:{port}"
    finally:
        server.should_exit = True
        thread.join(START_SECONDS)


def thread_started(server: uvicorn.Server, thread: Thread) -> None:
    while not server.started:
        if not thread.is_alive():
            raise HealerError("the web server did not start; is its port taken? set HEALER_WEB_PORT")
        thread.join(0.02)
