"""How fast signed hooks are taken, cleaned and committed: `python -m benchmarks.hooks`.

A real server process (HTTP, signature, parsing, sanitizing, fingerprint, incident, case, task, one commit
before each answer) against `pgbench` inserting the same 10 KB body as jsonb, in alternating rounds on the
same cores and the same durable server. The load comes over loopback, from one process of plain sockets.
The last line is one JSON object: hooks per second, their ratio to pgbench, and acknowledgement times.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import hashlib
import hmac
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import sentry_sdk
from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport

from healer.intake import Entrance, Routes
from healer.settings import Floor
from healer.store.database import apply_schema, connect
from healer.store.embedded import EmbeddedPostgres, binaries
from healer.web.server import application, serve

SECRET = "a-client-secret"
SIZE = 10_241  # bytes of a hook's body
ISSUES = 200  # distinct incidents among the events
CONNECTIONS = 32


class _Catch(Transport):
    """Keeps what the real SDK would have sent."""

    caught: dict[str, Any]

    def capture_envelope(self, envelope: Envelope) -> None:
        event = envelope.get_event()
        if event is not None:
            type(self).caught = dict(event)


def checkout(order: dict[str, Any], attempt: int) -> int:
    total = sum(line["price"] * line["quantity"] for line in order["lines"])
    return discount(total, order.get("coupon"), attempt)


def discount(total: int, coupon: str | None, attempt: int) -> int:
    rates = {"SUMMER": 10, "WINTER": 20}
    return total - total * rates[coupon or "NONE"] // attempt


def real_event() -> dict[str, Any]:
    """An error event as the SDK writes it, with locals, request and breadcrumbs."""
    sentry_sdk.init(
        "http://key@127.0.0.1:9/1", transport=_Catch, release="shop@1.2.3", environment="production"
    )
    sentry_sdk.set_user({"id": "4711", "email": "ann@example.com", "ip_address": "203.0.113.7"})
    for n in range(12):
        sentry_sdk.add_breadcrumb(
            category="query", message=f"select * from orders where id = {n} and user = 'ann'"
        )
    order = {"lines": [{"price": 100 + n, "quantity": n, "name": f"item {n}"} for n in range(9)]}
    try:
        checkout(order, 1)
    except KeyError as error:
        sentry_sdk.capture_exception(error)
    sentry_sdk.flush()
    sentry_sdk.init()
    return dict(json.loads(json.dumps(_Catch.caught, default=str)))


def hook_body(event: dict[str, Any], number: int) -> bytes:
    """A hook of exactly SIZE bytes, unlike any other in ids, times, user and values."""
    issue = number % ISSUES
    changed = json.loads(json.dumps(event))
    changed["event_id"] = uuid.uuid4().hex
    changed["issue_id"] = str(5000 + issue)
    changed["timestamp"] = time.time()
    changed["contexts"]["trace"] = {"trace_id": uuid.uuid4().hex, "span_id": uuid.uuid4().hex[:16]}
    for age, crumb in enumerate(reversed(changed["breadcrumbs"]["values"])):
        crumb["timestamp"] = datetime.fromtimestamp(time.time() - age, UTC).isoformat()
    raised = changed["exception"]["values"][-1]
    raised["value"] = f"'COUPON-{issue}'"
    raised["stacktrace"]["frames"][-1]["vars"]["total"] = str(3804 + number)
    changed["user"] = {"id": str(number), "email": f"user{number}@example.com"}
    changed["user"]["ip_address"] = f"203.0.113.{number % 250}"
    changed["fingerprint"] = [f"issue-{issue}"]
    changed["request"] = {
        "url": f"https://shop.example.com/orders/{number}",
        "method": "POST",
        "headers": [["Authorization", f"Bearer {uuid.uuid4().hex}"], ["User-Agent", "Mozilla/5.0"]],
        "data": {"card": "4111 1111 1111 1111", "order": number},
    }
    changed["extra"] = {"attempt": number}
    hook = {
        "action": "triggered",
        "installation": {"uuid": "i"},
        "actor": {"id": "sentry", "type": "application"},
    }
    changed["url"] = "https://sentry.io/api/0/projects/acme/shop/events/1/"
    body = _written({**hook, "data": {"event": changed, "triggered_rule": "all"}})
    words = f"customer {number} looked at item {number % 97} and went on to the next page; "
    lacking = max(0, SIZE - len(body) - 10)
    changed["extra"]["trail"] = (words * (lacking // len(words) + 1))[:lacking]
    body = _written({**hook, "data": {"event": changed, "triggered_rule": "all"}})
    return body + b" " * (SIZE - len(body))


def _written(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def http_request(body: bytes) -> bytes:
    signature = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    head = (
        "POST /hooks/sentry HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"Sentry-Hook-Resource: event_alert\r\nSentry-Hook-Signature: {signature}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


class Client(asyncio.Protocol):
    """One connection: sends a request, waits for the whole answer, sends the next."""

    def __init__(self, requests: Iterator[bytes], taken: list[float], failed: list[bytes]) -> None:
        self.requests, self.taken, self.failed = requests, taken, failed
        self.done = asyncio.get_running_loop().create_future()
        self.buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.send()

    def send(self) -> None:
        request = next(self.requests, None)
        if request is None:
            self.transport.close()
            return
        self.began = time.perf_counter()
        self.transport.write(request)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        head, found, body = self.buffer.partition(b"\r\n\r\n")
        length = re.search(rb"content-length: (\d+)", head)
        if not found or not length or len(body) < int(length[1]):
            return
        self.taken.append(time.perf_counter() - self.began)
        if b" 200 " not in head[:20]:
            self.failed.append(self.buffer[:300])
        self.buffer = b""
        self.send()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_result(None)


async def load(port: int, requests: list[bytes], connections: int) -> tuple[float, list[float], list[bytes]]:
    """Seconds in all, seconds per request, and answers that were not 200."""
    loop = asyncio.get_running_loop()
    taken: list[float] = []
    failed: list[bytes] = []
    waiting = iter(requests)
    began = time.perf_counter()
    clients = [
        (await loop.create_connection(lambda: Client(waiting, taken, failed), "127.0.0.1", port))[1]
        for _ in range(connections)
    ]
    await asyncio.gather(*(client.done for client in clients))
    return time.perf_counter() - began, taken, failed


def cpu_seconds(root: int) -> float:
    """Of a process and its living descendants, so far (Linux)."""
    spent: dict[int, float] = {}
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = path.read_text().rpartition(")")[2].split()
            pid = int(path.parent.name)
            spent[pid] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
            children.setdefault(int(fields[1]), []).append(pid)
    total, waiting = 0.0, [root]
    while waiting:
        one = waiting.pop()
        total += spent.get(one, 0.0)
        waiting += children.get(one, [])
    return total


def pgbench(dsn: str, body: bytes, seconds: int, directory: Path) -> float:
    """Rows of the same body per second, each in its own transaction."""
    path = directory / "insert.sql"
    text = body.decode().replace("'", "''")
    path.write_text(f"insert into bench_row (body) values ('{text}'::jsonb);\n")
    program = shutil.which("pgbench") or str(binaries() / "pgbench")
    command = [program, "-n", "-f", str(path), "-c", str(CONNECTIONS), "-j", "2", "-T", str(seconds), dsn]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = re.search(r"tps = ([\d.]+) \(without", done.stdout)
    if not found:
        raise SystemExit(f"pgbench failed: {done.stderr[-500:]}")
    return float(found[1])


@contextlib.contextmanager
def server(dsn: str) -> Iterator[tuple[int, int]]:
    """A server process; yields its port and its pid."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = [sys.executable, "-m", "benchmarks.hooks", "--serve", str(port), "--dsn", dsn]
    process = subprocess.Popen(command, env=dict(os.environ))
    try:
        _await_port(port)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(20)


def _await_port(port: int) -> None:
    for _ in range(600):
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        time.sleep(0.05)
    raise SystemExit("the server did not start")


def run_server(port: int, dsn: str) -> None:
    floor = Floor(events=1)
    routes = Routes((Entrance("shop", floor, sentry=("shop",)),), salt=b"a salt of 32 bytes or less")
    with application(dsn, routes, secret=SECRET) as app:
        serve(app, "127.0.0.1", port)


def measure(rounds: int, seconds: int, count: int) -> dict[str, float]:
    event = real_event()
    with (
        tempfile.TemporaryDirectory(prefix="healer-bench-") as name,
        EmbeddedPostgres(Path(name) / "pg") as dsn,
    ):
        apply_schema(dsn)
        with psycopg.connect(dsn, autocommit=True) as connection:
            connection.execute(
                "create table bench_row (id bigint generated always as identity primary key, body jsonb)"
            )
        rows, hooks, times = [], [], []
        postgres = int((Path(name) / "pg" / "keeper.pid").read_text())
        cpu = dict.fromkeys(("all", "server", "postgres"), 0.0)
        with server(dsn) as (port, pid):
            asyncio.run(load(port, [http_request(hook_body(event, n)) for n in range(300)], CONNECTIONS))
            for n in range(rounds):
                rows.append(pgbench(dsn, hook_body(event, n), seconds, Path(name)))
                requests = [http_request(hook_body(event, number)) for number in range(count)]
                pids = {"all": os.getpid(), "server": pid, "postgres": postgres}
                before = {part: cpu_seconds(one) for part, one in pids.items()}
                spent, taken, failed = asyncio.run(load(port, requests, CONNECTIONS))
                for part, one in pids.items():
                    cpu[part] += cpu_seconds(one) - before[part]
                if failed or len(taken) != count:
                    raise SystemExit(f"{len(failed)} of {count} hooks were not taken: {failed[:1]}")
                hooks.append(count / spent)
                times += taken
                print(f"round {n + 1}: pgbench {rows[-1]:.0f}/s, hooks {hooks[-1]:.0f}/s", flush=True)
        with connect(dsn) as record:
            stored = record.execute(b"select count(*) as n from healer.event").fetchone()
        assert stored is not None
        if stored["n"] != 300 + rounds * count:
            raise SystemExit(f"{300 + rounds * count} hooks acknowledged, {stored['n']} events in the record")
    times.sort()
    cpu["client"] = cpu.pop("all") - cpu["server"]
    return {
        "per_s": round(statistics.median(hooks), 1),
        "pgbench_per_s": round(statistics.median(rows), 1),
        "pgbench_ratio": round(statistics.median(h / r for h, r in zip(hooks, rows, strict=True)), 3),
        "p50_ms": round(times[len(times) // 2] * 1000, 1),
        "p99_ms": round(times[int(len(times) * 0.99)] * 1000, 1),
        "slowest_ms": round(times[-1] * 1000, 1),
        **{f"{part}_cpu_ms": round(1000 * seconds / len(times), 3) for part, seconds in cpu.items()},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=4, help="of each pgbench round")
    parser.add_argument("--count", type=int, default=4000, help="hooks in each round")
    parser.add_argument("--serve", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--dsn", default="", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.serve:
        run_server(args.serve, args.dsn)
        return
    print(json.dumps(measure(args.rounds, args.seconds, args.count)))


if __name__ == "__main__":
    main()
