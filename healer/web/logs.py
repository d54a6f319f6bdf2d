"""POST /v1/logs: OpenTelemetry's door to the event log."""

from __future__ import annotations

import asyncio
import hmac
import logging
import time
from collections import deque
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import psycopg
from psycopg_pool import ConnectionPool, PoolTimeout
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from healer.eventlog import load, otlp
from healer.eventlog.load import Sent

log = logging.getLogger(__name__)

_DAY = 86_400_000_000_000  # nanoseconds
_GRPC_CODES = {400: 3, 401: 16, 413: 8, 415: 3, 503: 14}


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of the door. `waiting` rows are held in memory at most; more is answered 503, try again."""

    wire_bytes: int = 8 << 20
    body_bytes: int = 32 << 20
    retention_days: int = 30
    waiting: int = 200_000
    batch: int = 16_384  # rows one COPY takes at most
    committers: int = 2

    def bounds(self, now: int) -> otlp.Bounds:
        """Oldest: the first kept day. Newest: a day ahead, for clocks that are wrong."""
        oldest = (now // _DAY - self.retention_days) * _DAY
        return otlp.Bounds(oldest, now + _DAY, self.wire_bytes, self.body_bytes)


@dataclass(slots=True)
class _Waiting:
    sent: Sent
    done: asyncio.Future[int] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Full(Exception):
    """More rows wait than memory should hold; the sender tries again."""


class Intake:
    """Gathers requests that arrive together into one COPY, and answers each after the commit.

    Under light load a request is written at once; under heavy load the batches grow by themselves."""

    def __init__(self, pool: ConnectionPool, limits: Limits) -> None:
        self._pool, self._limits = pool, limits
        self._queue: deque[_Waiting] = deque()
        self._rows = 0
        self._stopping = False
        self._wake = asyncio.Event()
        self._threads = ThreadPoolExecutor(limits.committers, thread_name_prefix="eventlog")
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        self._tasks = [asyncio.create_task(self._commit_forever()) for _ in range(self._limits.committers)]

    async def stop(self) -> None:
        """Write what waits, then end."""
        self._stopping = True
        self._wake.set()
        await asyncio.gather(*self._tasks)
        self._threads.shutdown()

    async def add(self, sent: Sent) -> int:
        """Wait until the rows are committed; returns how many of them Postgres refused.

        Raises Full, or psycopg.Error where the database cannot be reached."""
        if self._rows + len(sent.lines) > self._limits.waiting and self._rows:
            raise Full
        waiting = _Waiting(sent)
        self._rows += len(sent.lines)
        self._queue.append(waiting)
        self._wake.set()
        return await waiting.done

    def _gather(self) -> list[_Waiting]:
        batch = [self._queue.popleft()]
        size = len(batch[0].sent.lines)
        while self._queue and size + len(self._queue[0].sent.lines) <= self._limits.batch:
            batch.append(self._queue.popleft())
            size += len(batch[-1].sent.lines)
        return batch

    async def _commit_forever(self) -> None:
        while True:
            await self._wake.wait()
            if self._queue:
                await self._commit(self._gather())
            elif self._stopping:
                return
            else:
                self._wake.clear()

    async def _commit(self, batch: list[_Waiting]) -> None:
        loop = asyncio.get_running_loop()
        try:
            refused: Sequence[int | BaseException] = await loop.run_in_executor(
                self._threads, self._write, batch
            )
        except Exception as error:  # the senders hear of it and try again; the committer must live on
            refused = [error] * len(batch)
        self._rows -= sum(len(waiting.sent.lines) for waiting in batch)
        for waiting, result in zip(batch, refused, strict=True):
            if waiting.done.done():  # its sender hung up
                continue
            if isinstance(result, BaseException):
                waiting.done.set_exception(result)
            else:
                waiting.done.set_result(result)

    def _write(self, batch: list[_Waiting]) -> list[int]:
        with self._pool.connection() as connection:
            connection.autocommit = True
            try:
                load.write_once(connection, [waiting.sent for waiting in batch])
            except psycopg.DataError:  # one bad row must not cost the others
                return [load.write_good_once(connection, waiting.sent) for waiting in batch]
        return [0] * len(batch)


class LogDoor:
    """The route and its life. `token`: what senders show as `Authorization: Bearer …`; "" lets all in."""

    def __init__(self, pool: ConnectionPool, limits: Limits | None = None, token: str = "") -> None:
        self.limits = limits or Limits()
        self._pool, self._token = pool, token
        self._decoders = ThreadPoolExecutor(2, thread_name_prefix="otlp")
        self._intake: Intake | None = None

    def routes(self) -> list[Route]:
        return [Route("/v1/logs", self.receive, methods=["POST"])]

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """To be entered in the application's lifespan."""
        self._intake = Intake(self._pool, self.limits)
        self._intake.start()
        try:
            yield
        finally:
            await self._intake.stop()
            self._intake = None
            self._decoders.shutdown()

    async def receive(self, request: Request) -> Response:
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        try:
            if not self._admits(request):
                raise otlp.Refusal(401, "send the log token as Authorization: Bearer")
            body = await self._body(request)
            encoding, sender = request.headers.get("content-encoding", ""), _sender(request)
            batch, lines = await asyncio.get_running_loop().run_in_executor(
                self._decoders, self._decode, body, kind, encoding, sender
            )
            refused = await self._store(lines, batch)
        except otlp.Refusal as refusal:
            return _refused(kind, refusal.status, refusal.reason)
        except ClientDisconnect:
            return Response(status_code=400)
        except (Full, psycopg.OperationalError, PoolTimeout) as error:
            log.warning("event log is not taking rows: %s", type(error).__name__)
            return _refused(kind, 503, "the event log is busy; try again")
        if refused:
            batch.reject("the database cannot hold the record", refused)
        return Response(otlp.answer(kind, batch.rejected, batch.reason), media_type=kind)

    async def _store(self, lines: list[str], batch: otlp.Batch) -> int:
        if not lines:
            return 0
        if self._intake is None:
            raise Full
        return await self._intake.add(Sent(lines, batch.days, batch.digest))

    def _admits(self, request: Request) -> bool:
        shown = request.headers.get("authorization", "").encode()
        return not self._token or hmac.compare_digest(shown, f"Bearer {self._token}".encode())

    async def _body(self, request: Request) -> bytes:
        parts, size = [], 0
        async for part in request.stream():
            size += len(part)
            if size > self.limits.wire_bytes:
                raise otlp.Refusal(
                    413, f"body is larger than {self.limits.wire_bytes} bytes; send smaller batches"
                )
            parts.append(part)
        return b"".join(parts)

    def _decode(self, body: bytes, kind: str, encoding: str, sender: str) -> tuple[otlp.Batch, list[str]]:
        batch = otlp.receive(body, kind, encoding, self.limits.bounds(time.time_ns()), sender)
        return batch, [load.encode(row) for row in batch.rows]


def _sender(request: Request) -> str:
    return request.client.host if request.client else ""


def _refused(kind: str, status: int, reason: str) -> Response:
    kind = kind if kind in (otlp.PROTOBUF, otlp.JSON) else otlp.JSON
    headers = {"Retry-After": "1"} if status == 503 else {}
    code = _GRPC_CODES[status]
    return Response(otlp.failure(kind, reason, code), status, headers, media_type=kind)
