"""How long the report of a week takes over a year of the record.

A real embedded PostgreSQL is filled with a made-up year (1 million events, 20,000 cases by default), as
it would be after autovacuum. Then the last whole week is asked for and rendered in every format.

    python -m benchmarks.report [--events 1000000] [--cases 20000]
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

import psycopg

from healer import weekly
from healer.store.database import apply_schema, connect
from healer.store.embedded import EmbeddedPostgres
from triage import report as reports
from triage.report import week as weeks

END = datetime(2026, 11, 23, tzinfo=UTC)
RUNS = 3

FILL = Path(__file__).with_name("report_year.sql")


def fill(dsn: str, events: int, cases: int) -> None:
    bound = {"events": events, "cases": cases, "incidents": max(cases, 10), "end": END}
    with psycopg.connect(dsn, autocommit=True, cursor_factory=psycopg.ClientCursor) as connection:
        for statement in FILL.read_text(encoding="utf-8").split(";\n"):
            if statement.strip():
                connection.execute(statement.encode(), bound)
        connection.execute("vacuum analyze")


def measure(dsn: str) -> dict[str, float]:
    zone = ZoneInfo("Europe/Berlin")
    monday = weeks.last_complete(END, zone)
    asked, whole = [], []
    for _ in range(RUNS):
        with connect(dsn) as connection:
            began = time.perf_counter()
            made = weekly.report(connection, monday, zone)
            asked.append(time.perf_counter() - began)
        reports.markdown(made)
        reports.slack(made)
        reports.page(made, weekly.charts(made))
        whole.append(time.perf_counter() - began)
    return {
        "seconds": round(median(whole), 3),
        "sql_seconds": round(median(asked), 3),
        "first_seconds": round(whole[0], 3),  # also imports matplotlib
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--cases", type=int, default=20_000)
    args = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="healer-report-") as folder,
        EmbeddedPostgres(Path(folder)) as server,
    ):
        apply_schema(server)
        began = time.perf_counter()
        fill(server, args.events, args.cases)
        print(f"filled in {time.perf_counter() - began:.0f} s")
        found = measure(server)
    print(json.dumps({"benchmark": "report", "events": args.events, "cases": args.cases, **found}))


if __name__ == "__main__":
    main()
