"""How many events a second the log takes over OTLP/HTTP, against raw COPY of the same rows.

A real server process, a real PostgreSQL with fsync, the senders in a third process, all on this
machine's cores. A request is answered after its commit, and the rows are counted at the end.

    python -m benchmarks.ingest [--events 600000] [--senders 8]
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import json
import multiprocessing
import os
import queue
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles

import orjson
import psycopg
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.logs.v1.logs_pb2 import SeverityNumber
from psycopg_pool import ConnectionPool
from starlette.applications import Starlette

from benchmarks.traffic import Traffic
from healer.eventlog import load, partitions
from healer.eventlog.row import Row
from healer.store.embedded import EmbeddedPostgres
from healer.web.logs import LogDoor

SDK_BATCH = 512  # BatchLogRecordProcessor's export size
COLLECTOR_BATCH = 8192  # the collector's batch processor
_SEVERITY = {"trace": 1, "debug": 5, "info": 9, "warn": 13, "error": 17, "fatal": 21}


def application() -> Starlette:
    """What the server process runs: the door to the log, with a pool of its own."""
    pool = ConnectionPool(os.environ["BENCHMARK_DSN"], min_size=2, max_size=4, open=False)
    door = LogDoor(pool)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        pool.open(wait=True)
        async with door.running():
            yield
        pool.close()

    return Starlette(routes=door.routes(), lifespan=lifespan)


def encode(rows: Iterable[Row]) -> bytes:
    """An export request, with one resource per service, as exporters and collectors write it."""
    request = ExportLogsServiceRequest()
    scopes = {}
    for row in rows:
        if row.service not in scopes:
            resource = request.resource_logs.add()
            _attributes(
                resource.resource.attributes,
                {
                    "service.name": row.service,
                    "service.version": row.release,
                    "deployment.environment.name": row.environment,
                    "telemetry.sdk.name": "opentelemetry",
                    "telemetry.sdk.language": "python",
                    "telemetry.sdk.version": "1.45.2",
                },
            )
            scopes[row.service] = resource.scope_logs.add()
            scopes[row.service].scope.name = "shop"
        record = scopes[row.service].log_records.add()
        record.time_unix_nano = round(datetime.fromisoformat(row.time).timestamp() * 1e6) * 1000
        record.observed_time_unix_nano = record.time_unix_nano
        record.severity_number = SeverityNumber.ValueType(_SEVERITY[row.level])
        record.severity_text = row.level.upper()
        record.body.string_value = row.message
        record.trace_id = bytes.fromhex(row.trace_id or "")
        record.span_id = bytes.fromhex(row.span_id or "")
        ids = {"request_id": row.request_id, "user.id": row.user_id, "duration_ms": row.duration}
        _attributes(record.attributes, {**orjson.loads(row.attributes), **ids})
    return request.SerializeToString()


def _attributes(pairs: object, values: dict[str, str | float | None]) -> None:
    for key, value in values.items():
        if value is not None:
            pair = pairs.add()  # type: ignore[attr-defined]
            pair.key = key
            if isinstance(value, str):
                pair.value.string_value = value
            else:
                pair.value.double_value = value


def sdk_bodies(rows: Sequence[Row]) -> list[bytes]:
    """As each service's own exporter sends: one service, 512 records, not compressed."""
    waiting: dict[str, list[Row]] = defaultdict(list)
    bodies = []
    for row in rows:
        mine = waiting[row.service]
        mine.append(row)
        if len(mine) == SDK_BATCH:
            bodies.append(encode(mine))
            mine.clear()
    return bodies + [encode(rest) for rest in waiting.values() if rest]


def collector_bodies(rows: Sequence[Row]) -> list[bytes]:
    """As a collector sends: all services, 8192 records, gzip."""
    slices = (rows[start : start + COLLECTOR_BATCH] for start in range(0, len(rows), COLLECTOR_BATCH))
    return [gzip.compress(encode(part), 5) for part in slices]


@contextmanager
def server(dsn: str, port: int) -> Iterator[None]:
    command = [
        sys.executable,
        "-m",
        "uvicorn",
        "--factory",
        "benchmarks.ingest:application",
        "--port",
        str(port),
    ]
    quiet = ["--no-access-log", "--log-level", "warning"]
    process = subprocess.Popen([*command, *quiet], env={**os.environ, "BENCHMARK_DSN": dsn})
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(30)


def send(bodies: Sequence[bytes], port: int, senders: int, compressed: bool) -> tuple[float, list[float]]:
    """Seconds for all of it, and each request's own. Raises where one is not fully accepted."""
    todo: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    for body in bodies:
        todo.put(body)
    took: list[float] = []
    bad: list[str] = []
    headers = {"Content-Type": "application/x-protobuf"} | (
        {"Content-Encoding": "gzip"} if compressed else {}
    )

    def work() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while not bad:
            try:
                body = todo.get_nowait()
            except queue.Empty:
                break
            started = time.perf_counter()
            connection.request("POST", "/v1/logs", body, headers)
            response = connection.getresponse()
            answer = response.read()
            took.append(time.perf_counter() - started)
            if response.status != 200 or answer:
                bad.append(f"{response.status} {answer!r}")
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(senders)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if bad:
        raise SystemExit(f"not accepted: {bad[0]}")
    return time.perf_counter() - started, took


def fresh(dsn: str, days: set[str]) -> None:
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("drop schema if exists eventlog cascade")
        partitions.apply_schema(connection)
        partitions.ensure_days(connection, {datetime.fromisoformat(day).date() for day in days})
        connection.execute("checkpoint")


def count(dsn: str) -> tuple[int, int]:
    with psycopg.connect(dsn) as connection:
        rows = connection.execute(
            "select (select count(*) from eventlog.event),"
            " (select sum(events)::bigint from eventlog.per_minute)"
        ).fetchone()
    assert rows is not None
    return rows


def copy_rate(dsn: str, rows: Sequence[Row]) -> float:
    """Raw COPY of rows already encoded, by one connection, 8192 a transaction."""
    lines = [load.encode(row) for row in rows]
    days = {datetime.fromisoformat(row.time).date() for row in (rows[0], rows[-1])}
    with psycopg.connect(dsn, autocommit=True) as connection:
        started = time.perf_counter()
        for start in range(0, len(lines), COLLECTOR_BATCH):
            load.write(connection, lines[start : start + COLLECTOR_BATCH], days)
        return len(lines) / (time.perf_counter() - started)


def _send_in_child(arguments: tuple[Sequence[bytes], int, int, bool]) -> tuple[float, list[float]]:
    return send(*arguments)


def measure(dsn: str, rows: Sequence[Row], kind: str, senders: int) -> dict[str, float]:
    bodies = sdk_bodies(rows) if kind == "sdk" else collector_bodies(rows)
    fresh(dsn, {row.time[:10] for row in (rows[0], rows[-1])})
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with server(dsn, port), multiprocessing.get_context("spawn").Pool(1) as child:
        seconds, took = child.apply(_send_in_child, ((bodies, port, senders, kind == "collector"),))
    stored, counted = count(dsn)
    if not len(rows) == stored == counted:
        raise SystemExit(f"{len(rows)} events were sent, {stored} stored, {counted} counted")
    cuts = quantiles([1000 * one for one in took], n=100) if len(took) > 1 else [0.0] * 99
    return {"per_s": len(rows) / seconds, "seconds": seconds, "p50_ms": cuts[49], "p99_ms": cuts[98]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=600_000)
    parser.add_argument("--senders", type=int, default=8)
    arguments = parser.parse_args()
    until = datetime.now(UTC) - timedelta(minutes=1)
    rows = list(Traffic(arguments.events, until, hours=2.0).rows())
    rows.sort(key=lambda row: row.time)
    with (
        tempfile.TemporaryDirectory(prefix="healer-ingest-") as folder,
        EmbeddedPostgres(Path(folder)) as dsn,
    ):
        runs = {kind: measure(dsn, rows, kind, arguments.senders) for kind in ("sdk", "collector")}
        fresh(dsn, {row.time[:10] for row in (rows[0], rows[-1])})
        copied = copy_rate(dsn, rows)
    for kind, run in runs.items():
        print(kind, {name: round(value, 1) for name, value in run.items()})
    print(f"raw COPY into the same tables: {copied:.0f} rows/s")
    slowest = min(run["per_s"] for run in runs.values())
    figures = {
        "events_per_s": round(slowest),
        "copy_ratio": round(slowest / copied, 3),
        "sdk_per_s": round(runs["sdk"]["per_s"]),
        "collector_per_s": round(runs["collector"]["per_s"]),
        "copy_per_s": round(copied),
        "p99_ms": round(max(run["p99_ms"] for run in runs.values()), 1),
        "events": len(rows),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
