"""How long all shipped questions take for one incident, over one and over ten million events.

The same day of a shop's log at ten times the density, in an embedded PostgreSQL; many incidents,
each asked through the reading role and with every answer sanitized, as in service.

    python -m benchmarks.questions [--million 1 10] [--incidents 100]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from statistics import median, quantiles

import psycopg
from psycopg.conninfo import make_conninfo

from benchmarks.traffic import Failure, Traffic, incident
from healer.eventlog import load, partitions
from healer.eventlog.row import Row
from healer.observed import Observed
from healer.store.database import apply_schema
from healer.store.embedded import EmbeddedPostgres
from triage.correlate import correlate, shipped

UNTIL = datetime(2026, 3, 10, 18, tzinfo=UTC)
SETTINGS = {"shared_buffers": "512MB", "max_wal_size": "4GB"}


def fill(dsn: str, events: int) -> list[Failure]:
    """Load a day of traffic, and the twenty-nine days of partitions before it; returns its failures."""
    traffic = Traffic(events, UNTIL)
    with psycopg.connect(dsn, autocommit=True) as connection:
        partitions.apply_schema(connection)
        partitions.ensure_days(connection, [UNTIL.date() - timedelta(days=n) for n in range(30)])
        connection.execute("set synchronous_commit = off")
        with ThreadPoolExecutor(1) as writer:  # the database works while the next rows are made
            written: Future[None] | None = None
            for part in _parts(traffic.rows(), 20_000):
                lines = [load.encode(row) for row in part]
                if written:
                    written.result()
                written = writer.submit(load.write, connection, lines, _days(part))
        load.record_deployment(connection, traffic.rolled_out, "shop@1.4.3", environment="production")
        connection.execute("vacuum analyze eventlog.event")
        connection.execute("vacuum analyze eventlog.per_minute")
        connection.execute((Path(partitions.__file__).parent / "reader.sql").read_bytes())
    return [
        failure for failure in traffic.failures if failure.at > traffic.rolled_out + timedelta(minutes=30)
    ]


def _parts(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    rows = iter(rows)
    while part := list(islice(rows, size)):
        yield part


def _days(rows: Iterable[Row]) -> set[date]:
    return {date.fromisoformat(day) for day in {row.time[:10] for row in rows}}


def ask(dsn: str, failures: Sequence[Failure]) -> tuple[list[float], dict[str, list[float]]]:
    """Milliseconds of each incident's whole correlation, and of each question."""
    questions = shipped()
    whole: list[float] = []
    single: dict[str, list[float]] = defaultdict(list)
    with Observed(make_conninfo(dsn, user="healer_reader")) as observed:
        for failure in failures:
            started = time.perf_counter()
            evidence = correlate(incident(failure), questions, observed.ask)
            whole.append((time.perf_counter() - started) * 1000)
            if [gap for gap in evidence.gaps if "rows are kept" not in gap.reason]:
                raise SystemExit(f"unanswered: {evidence.gaps}")
            for answer in evidence.answers:
                single[answer.question].append(answer.milliseconds)
    return whole, single


def measure(millions: float, incidents: int) -> dict[str, float]:
    with (
        tempfile.TemporaryDirectory(prefix="healer-questions-") as folder,
        EmbeddedPostgres(Path(folder), settings=SETTINGS) as dsn,
    ):
        apply_schema(dsn)
        started = time.perf_counter()
        failures = fill(dsn, round(millions * 1e6))
        print(f"{millions:g} million events loaded in {time.perf_counter() - started:.0f} s", flush=True)
        chosen = random.Random(7).sample(failures, min(incidents + 10, len(failures)))
        ask(dsn, chosen[:10])  # the connections of a running service are warm
        whole, single = ask(dsn, chosen[10:])
    for name, times in sorted(single.items(), key=lambda item: -median(item[1])):
        print(f"  {name:28} p50 {median(times):7.2f} ms   max {max(times):7.2f} ms")
    cuts = quantiles(whole, n=100)
    print(f"  together: p50 {cuts[49]:.1f} ms, p95 {cuts[94]:.1f} ms, incidents {len(whole)}", flush=True)
    return {"p50": cuts[49], "p95": cuts[94]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--million", type=float, nargs="*", default=[1, 10])
    parser.add_argument("--incidents", type=int, default=100)
    arguments = parser.parse_args()
    figures: dict[str, float] = {"load": round(os.getloadavg()[0], 1)}
    for millions in arguments.million:
        result = measure(millions, arguments.incidents)
        figures[f"p95_ms_{millions:g}m"] = round(result["p95"], 1)
        figures[f"p50_ms_{millions:g}m"] = round(result["p50"], 1)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
