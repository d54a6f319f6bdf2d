"""POST /v1/logs as senders meet it: a real server, the real exporter, a real database."""

from __future__ import annotations

import asyncio
import gzip
import json
import logging
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import httpx
import psycopg
import pytest
import requests
import uvicorn
from opentelemetry._logs import SeverityNumber
from opentelemetry.exporter.otlp.proto.http import Compression
from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceResponse
from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from psycopg_pool import ConnectionPool
from starlette.applications import Starlette

from healer.eventlog import load, otlp
from healer.eventlog.load import Sent
from healer.eventlog.row import Row, moment
from healer.web.logs import Intake, Limits, LogDoor

Connection = psycopg.Connection[Any]


@contextmanager
def serving(dsn: str, **door: Any) -> Iterator[str]:
    pool = ConnectionPool(dsn, min_size=0, max_size=4, open=False, timeout=1, kwargs={"connect_timeout": 1})
    logs = LogDoor(pool, **door)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        pool.open()
        async with logs.running():
            yield
        pool.close()

    app = Starlette(routes=logs.routes(), lifespan=lifespan)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/v1/logs"
    finally:
        server.should_exit = True
        thread.join(20)


@pytest.fixture(scope="module")
def door(schema_url: str) -> Iterator[str]:
    with serving(schema_url) as url:
        yield url


@pytest.fixture
def log(connection: Connection) -> Connection:
    connection.execute("truncate eventlog.event, eventlog.per_minute, eventlog.request")
    return connection


def count(log: Connection) -> int:
    (counted,) = log.execute("select count(*) from eventlog.event").fetchone() or (0,)
    return int(counted)


def records(number: int, **extra: Any) -> dict[str, Any]:
    made = [
        {"timeUnixNano": str(time.time_ns()), "body": {"stringValue": f"n{n}"}, **extra}
        for n in range(number)
    ]
    return {"resourceLogs": [{"scopeLogs": [{"logRecords": made}]}]}


@pytest.mark.parametrize("compression", [Compression.NoCompression, Compression.Gzip, Compression.Deflate])
def test_the_real_exporter_feeds_it_unchanged(door: str, log: Connection, compression: Compression) -> None:
    about = {"service.name": "checkout", "service.version": "1.4.3", "deployment.environment.name": "test"}
    resource = Resource(about)
    provider = LoggerProvider(resource=resource)
    provider.add_log_record_processor(BatchLogRecordProcessor(OTLPLogExporter(door, compression=compression)))
    logger = provider.get_logger("shop")
    tracer = TracerProvider().get_tracer("shop")
    with tracer.start_as_current_span("pay") as span:
        context = span.get_span_context()
        ids = {"request_id": "r1", "user.id": "u1"}
        for n in range(1000):
            logger.emit(body=f"step {n}", severity_number=SeverityNumber.INFO, attributes=ids)
        try:
            {}["missing"]
        except KeyError as error:
            attributes = {"exception.type": type(error).__name__, "exception.message": str(error)}
            logger.emit(body="it broke", severity_number=SeverityNumber.ERROR, attributes=attributes)
    provider.shutdown()
    assert count(log) == 1001
    found = log.execute(
        "select level, service, release, environment, request_id, user_id, trace_id, span_id, message,"
        " attributes"
        " from eventlog.event where message in ('step 999', 'it broke') order by time"
    ).fetchall()
    trace, span_id = f"{context.trace_id:032x}", f"{context.span_id:016x}"
    assert found[0][:9] == ("info", "checkout", "1.4.3", "test", "r1", "u1", trace, span_id, "step 999")
    assert found[1][:9] == ("error", "checkout", "1.4.3", "test", None, None, trace, span_id, "it broke")
    assert found[1][9]["exception.type"] == "KeyError"
    assert found[1][9]["otel.scope.name"] == "shop"


def test_json_is_taken_too(door: str, log: Connection) -> None:
    body = records(3)
    answer = httpx.post(door, json=body)
    assert (answer.status_code, answer.json()) == (200, {})
    packed = gzip.compress(json.dumps(body).encode())
    headers = {"content-type": "application/json", "content-encoding": "gzip"}
    assert httpx.post(door, content=packed, headers=headers).status_code == 200
    assert count(log) == 6


def test_the_good_part_of_a_batch_is_kept(door: str, log: Connection) -> None:
    body = records(3)
    made = body["resourceLogs"][0]["scopeLogs"][0]["logRecords"]
    made[1]["timeUnixNano"] = "1000"
    made.append({"severityNumber": "loud"})
    answer = httpx.post(door, json=body)
    assert answer.status_code == 200
    assert answer.json()["partialSuccess"]["rejectedLogRecords"] == "2"
    assert [r[0] for r in log.execute("select message from eventlog.event order by 1").fetchall()] == [
        "n0",
        "n2",
    ]


def test_what_is_malformed_is_refused_in_the_senders_encoding(door: str, log: Connection) -> None:
    answer = httpx.post(door, content=b"\xff\xff", headers={"content-type": "application/x-protobuf"})
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/x-protobuf")
    answer = httpx.post(door, content=b"{", headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (400, 3)
    assert httpx.post(door, content=b"x", headers={"content-type": "text/plain"}).status_code == 415
    assert httpx.get(door).status_code == 405
    assert count(log) == 0


def test_bodies_are_bounded_before_and_after_inflating(schema_url: str, log: Connection) -> None:
    with serving(schema_url, limits=Limits(wire_bytes=10_000, body_bytes=20_000)) as url:
        headers = {"content-type": "application/json"}
        assert httpx.post(url, content=bytes(10_001), headers=headers).status_code == 413
        endless = (bytes(5_000) for _ in range(1000))
        assert httpx.post(url, content=endless, headers=headers).status_code == 413
        bomb = gzip.compress(bytes(1_000_000))
        answer = httpx.post(url, content=bomb, headers={**headers, "content-encoding": "gzip"})
        assert answer.status_code == 413
        assert httpx.post(url, json=records(1)).status_code == 200
    assert count(log) == 1


def test_a_token_is_asked_for_where_one_is_set(schema_url: str, log: Connection) -> None:
    with serving(schema_url, token="s3cret") as url:
        assert httpx.post(url, json=records(1)).status_code == 401
        assert httpx.post(url, json=records(1), headers={"authorization": "Bearer wrong"}).status_code == 401
        assert httpx.post(url, json=records(1), headers={"authorization": "Bearer s3cret"}).status_code == 200
    assert count(log) == 1


def test_without_a_database_the_sender_is_told_to_try_again() -> None:
    with serving("postgresql://nobody@/none?host=/nonexistent") as url:
        answer = httpx.post(url, json=records(1), timeout=20)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
        empty = httpx.post(url, content=b"", headers={"content-type": "application/x-protobuf"})
        assert (empty.status_code, ExportLogsServiceResponse.FromString(empty.content)) == (
            200,
            ExportLogsServiceResponse(),
        )


def test_every_acknowledged_event_is_there_and_none_twice(door: str, log: Connection) -> None:
    def send(sender: int) -> None:
        with httpx.Client() as client:
            for turn in range(20):
                answer = client.post(door, json=records(50, spanId=f"{sender:08x}{turn:08x}"))
                assert answer.status_code == 200

    threads = [threading.Thread(target=send, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert log.execute(
        "select count(*), count(distinct (span_id, message)) from eventlog.event"
    ).fetchone() == (
        6000,
        6000,
    )
    assert log.execute("select sum(events)::int from eventlog.per_minute").fetchone() == (6000,)


class LostAnswer(requests.adapters.HTTPAdapter):
    """Sends the request and loses the answer, as a connection that breaks too late does."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.left, self.sent = times, []

    def send(self, request: Any, **how: Any) -> Any:
        answer = super().send(request, **how)
        self.sent.append(request.body)
        if self.left:
            self.left -= 1
            answer.close()
            raise requests.exceptions.ConnectionError("the answer was lost")
        return answer


@pytest.mark.parametrize("compression", [Compression.NoCompression, Compression.Gzip])
def test_what_the_real_exporter_sends_again_is_stored_once(
    door: str, log: Connection, compression: Compression
) -> None:
    lossy, session = LostAnswer(2), requests.Session()
    session.mount("http://", lossy)
    provider = LoggerProvider(resource=Resource({"service.name": "checkout"}))
    exporter = OTLPLogExporter(door, compression=compression, session=session)
    provider.add_log_record_processor(BatchLogRecordProcessor(exporter))
    logger = provider.get_logger("shop")
    for n in range(100):
        logger.emit(body=f"step {n}", severity_number=SeverityNumber.INFO)
    provider.force_flush()
    provider.shutdown()
    session.close()
    assert lossy.left == 0
    assert len(lossy.sent) == 3
    assert count(log) == 100
    assert log.execute("select sum(events)::int from eventlog.per_minute").fetchone() == (100,)


def test_what_is_compressed_anew_is_the_same_request(door: str, log: Connection) -> None:
    body = json.dumps(records(3)).encode()
    headers = {"content-type": "application/json", "content-encoding": "gzip"}
    for second in (1, 2):
        packed = gzip.compress(body, mtime=second)
        assert httpx.post(door, content=packed, headers=headers).status_code == 200
    assert count(log) == 3


def test_the_same_content_is_new_from_another_sender_or_without_a_time_of_its_own(
    schema_url: str, log: Connection
) -> None:
    timed = records(2)
    assert asyncio.run(_from(schema_url, timed, "10.0.0.1", "10.0.0.1", "10.0.0.2")) == 4
    timeless = records(2)
    for one in timeless["resourceLogs"][0]["scopeLogs"][0]["logRecords"]:
        del one["timeUnixNano"]
    assert asyncio.run(_from(schema_url, timeless, "10.0.0.1", "10.0.0.1")) == 4 + 4
    assert count(log) == 8


async def _from(dsn: str, body: dict[str, Any], *senders: str) -> int:
    """How many rows there are after this body was sent by these."""
    content, bounds = json.dumps(body).encode(), Limits().bounds(time.time_ns())
    batches = [otlp.receive(content, otlp.JSON, "", bounds, sender) for sender in senders]
    sent = [Sent([load.encode(row) for row in b.rows], b.days, b.digest) for b in batches]
    with ConnectionPool(dsn, min_size=1, max_size=2, open=True) as pool:
        intake = Intake(pool, Limits())
        waiting = [asyncio.ensure_future(intake.add(one)) for one in sent]
        await asyncio.sleep(0)
        intake.start()
        await asyncio.gather(*waiting)
        await intake.stop()
        with pool.connection() as connection:
            return int(connection.execute("select count(*) from eventlog.event").fetchone()[0])  # type: ignore[index]


def test_senders_that_all_try_again_at_once_store_each_batch_once(door: str, log: Connection) -> None:
    bodies = [json.dumps(records(20, spanId=f"{n:016x}")).encode() for n in range(10)]
    headers = {"content-type": "application/json"}

    def send(order: list[bytes]) -> None:
        with httpx.Client() as client:
            for body in order:
                assert client.post(door, content=body, headers=headers, timeout=30).status_code == 200

    orders = [bodies, bodies[::-1], bodies[5:] + bodies[:5], bodies]
    threads = [threading.Thread(target=send, args=(order,)) for order in orders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert count(log) == 200


def test_a_request_that_was_not_stored_is_stored_when_it_is_sent_again(
    schema_url: str, log: Connection
) -> None:
    line = load.encode(_rows(1)[0])
    sent = Sent([line], set(), b"0123456789abcdef")
    with pytest.raises(psycopg.DataError), log.transaction():
        load.write_once(log, [sent, Sent([line.replace("{}", "{")], set(), b"fedcba9876543210")])
    assert count(log) == 0
    load.write_once(log, [sent, sent])
    assert load.write_good_once(log, sent) == 0
    assert count(log) == 1


def test_requests_that_wait_together_are_committed_together(schema_url: str, log: Connection) -> None:
    good = [load.encode(row) for row in _rows(3)]
    assert asyncio.run(_together(schema_url, good, good, good)) == [0, 0, 0]
    transactions = log.execute("select count(*), count(distinct xmin::text) from eventlog.event").fetchone()
    assert transactions == (9, 1)


def test_a_row_the_database_refuses_costs_no_other(schema_url: str, log: Connection) -> None:
    good = [load.encode(row) for row in _rows(3)]
    poison = [load.encode(row) for row in (*_rows(2, attributes="{"), *_rows(1))]
    assert asyncio.run(_together(schema_url, good, poison, good)) == [0, 2, 0]
    assert count(log) == 7


async def _together(dsn: str, *requests: list[str]) -> list[int]:
    """What each request is told, when all wait before the first commit."""
    with ConnectionPool(dsn, min_size=1, max_size=2, open=True) as pool:
        intake = Intake(pool, Limits())
        waiting = [asyncio.ensure_future(intake.add(Sent(lines, set()))) for lines in requests]
        await asyncio.sleep(0)
        intake.start()
        refused = await asyncio.gather(*waiting)
        await intake.stop()
        return list(refused)


def _rows(number: int, **columns: Any) -> list[Row]:
    row = Row(moment(time.time_ns()), "info", "s", "m", None, None, None, None, "", "", None, "{}")
    return [row._replace(**columns) for _ in range(number)]


def test_a_full_house_answers_at_once(schema_url: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING), psycopg.connect(schema_url) as blocker:
        blocker.execute("lock table eventlog.event in exclusive mode")
        with serving(schema_url, limits=Limits(waiting=100, committers=1)) as url:
            statuses: list[int] = []

            def send() -> None:
                statuses.append(httpx.post(url, json=records(60), timeout=30).status_code)

            threads = [threading.Thread(target=send) for _ in range(4)]
            for thread in threads:
                thread.start()
            deadline = time.monotonic() + 20
            while len(statuses) < 3 and time.monotonic() < deadline:
                time.sleep(0.05)
            assert statuses == [503, 503, 503]
            blocker.rollback()
            for thread in threads:
                thread.join(20)
            assert sorted(statuses) == [200, 503, 503, 503]
    assert "Full" in caplog.text
