"""How fast signed hooks are taken, cleaned and committed: `python -m benchmarks.hooks`.

A real server process (HTTP, signature, parsing, sanitizing, fingerprint, incident, case, task, one commit
before each answer) against `pgbench` inserting the same 10 KB body as jsonb, in alternating rounds on the
same cores and the same durable server. The load comes over loopback, from one process of plain sockets; what
it holds is in `benchmarks/hook_traffic.py`. The last line is one JSON object: hooks per second, their ratio
to pgbench, acknowledgement times, the same for a burst and for a database that stands still for two seconds,
and, named `distinct_`, for events that share nothing.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Timer

import psycopg

from benchmarks.hook_traffic import SECRET, Stream, bugs, http_request
from healer.intake import Entrance, Routes
from healer.settings import Floor
from healer.store.database import apply_schema, connect
from healer.store.embedded import EmbeddedPostgres, binaries
from healer.web.server import application, serve

CONNECTIONS = 32
WARM_UP = 1500  # hooks before anything is measured, as many as it takes to have met every bug
BURST = 2000  # hooks at once, each on a connection of its own
STALLED = 4000  # hooks around the time in which the database stands still
STALL_SECONDS = 2.0


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
    total = 0.0
    for pid in descendants(root):
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


def descendants(root: int) -> list[int]:
    """A process and all below it, as they are now (Linux)."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parent = int(path.read_text().rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(int(path.parent.name))
    found, waiting = [], [root]
    while waiting:
        found.append(waiting.pop())
        waiting += children.get(found[-1], [])
    return found


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
    with application(dsn, routes, secrets={"": SECRET}) as app:
        serve(app, "127.0.0.1", port)


def measure(rounds: int, seconds: int, count: int, *, distinct: bool = False) -> dict[str, float]:
    events = bugs()
    stream = Stream(events, distinct=distinct)
    row = next(Stream(events, seed=2, distinct=distinct))  # of the same size, and never sent as a hook
    with bench_database() as (dsn, folder):
        rows, hooks, times = [], [], []
        postgres = int((folder / "pg" / "keeper.pid").read_text())
        cpu = dict.fromkeys(("all", "server", "postgres"), 0.0)
        with server(dsn) as (port, pid):
            take(port, stream, WARM_UP)
            for n in range(rounds):
                rows.append(pgbench(dsn, row, seconds, folder))
                requests = [http_request(body) for body in stream.take(count)]
                pids = {"all": os.getpid(), "server": pid, "postgres": postgres}
                before = {part: cpu_seconds(one) for part, one in pids.items()}
                spent, taken = acknowledged(port, requests, CONNECTIONS)
                for part, one in pids.items():
                    cpu[part] += cpu_seconds(one) - before[part]
                hooks.append(count / spent)
                times += taken
                print(f"round {n + 1}: pgbench {rows[-1]:.0f}/s, hooks {hooks[-1]:.0f}/s", flush=True)
            trouble = troubles(port, stream, postgres) if not distinct else {}
        check_record(dsn, stream.events)
    times.sort()
    cpu["client"] = cpu.pop("all") - cpu["server"]
    return {
        "per_s": round(statistics.median(hooks), 1),
        "pgbench_per_s": round(statistics.median(rows), 1),
        "pgbench_ratio": round(statistics.median(h / r for h, r in zip(hooks, rows, strict=True)), 3),
        **_quantiles("", times),
        **{f"{part}_cpu_ms": round(1000 * seconds / len(times), 3) for part, seconds in cpu.items()},
        **trouble,
    }


def _quantiles(prefix: str, times: list[float]) -> dict[str, float]:
    """`times` in seconds."""
    ordered = sorted(times)
    found = {"p50_ms": ordered[len(ordered) // 2], "p99_ms": ordered[int(len(ordered) * 0.99)]}
    return {
        f"{prefix}{name}": round(value * 1000, 1)
        for name, value in {**found, "slowest_ms": ordered[-1]}.items()
    }


@contextlib.contextmanager
def bench_database() -> Iterator[tuple[str, Path]]:
    """An own durable server with the schema and pgbench's table; its address and folder."""
    with (
        tempfile.TemporaryDirectory(prefix="healer-bench-") as name,
        EmbeddedPostgres(Path(name) / "pg") as dsn,
    ):
        apply_schema(dsn)
        with psycopg.connect(dsn, autocommit=True) as connection:
            connection.execute(
                "create table bench_row (id bigint generated always as identity primary key, body jsonb)"
            )
        yield dsn, Path(name)


def take(port: int, stream: Stream, count: int) -> None:
    acknowledged(port, [http_request(body) for body in stream.take(count)], CONNECTIONS)


def acknowledged(port: int, requests: list[bytes], connections: int) -> tuple[float, list[float]]:
    """Seconds in all and per request, all of which were taken."""
    spent, taken, failed = asyncio.run(load(port, requests, connections))
    if failed or len(taken) != len(requests):
        raise SystemExit(f"{len(failed)} of {len(requests)} hooks were not taken: {failed[:1]}")
    return spent, taken


def check_record(dsn: str, expected: int) -> None:
    """Nothing acknowledged is missing and nothing is there twice."""
    with connect(dsn) as record:
        stored = record.execute(b"select count(*) as n from healer.event").fetchone()
    if stored is None or stored["n"] != expected:
        raise SystemExit(f"{expected} events acknowledged, {stored} in the record")


def troubles(port: int, stream: Stream, postgres: int) -> dict[str, float]:
    """Acknowledgement times when all come at once, and when the database stands still."""
    burst = [http_request(body) for body in stream.take(BURST)]
    found = _quantiles("burst_", acknowledged(port, burst, BURST)[1])
    steady = [http_request(body) for body in stream.take(STALLED)]
    timer = Timer(0.3, stall, (postgres, STALL_SECONDS))
    timer.start()
    found |= _quantiles("stall_", acknowledged(port, steady, CONNECTIONS)[1])
    timer.join()
    return found


def stall(postgres: int, seconds: float) -> None:
    """Every process of the server stopped, then going on: a disk or a host that hangs."""
    processes = descendants(postgres)
    for pid in processes:
        os.kill(pid, signal.SIGSTOP)
    time.sleep(seconds)
    for pid in processes:
        os.kill(pid, signal.SIGCONT)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=4, help="of each pgbench round")
    parser.add_argument("--count", type=int, default=6000, help="hooks in each round")
    parser.add_argument("--warm", action="store_true", help="leave out the run of all-distinct events")
    parser.add_argument("--serve", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--dsn", default="", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.serve:
        run_server(args.serve, args.dsn)
        return
    found = measure(args.rounds, args.seconds, args.count)
    if not args.warm:
        cold = measure(2, args.seconds, args.count // 2, distinct=True)
        found |= {
            f"distinct_{name}": cold[name] for name in ("per_s", "pgbench_ratio", "p99_ms", "slowest_ms")
        }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
