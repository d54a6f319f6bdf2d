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

FILL = """
select setseed(0.42);
create temp table i as
  select n, (case n %% 5 when 0 then 'web' when 1 then 'api' else 'shop' end) as project,
         lpad(to_hex(n), 64, '0') as fingerprint, random() as place, (random() ^ 4)::float8 as weight
    from generate_series(1, %(incidents)s) n;
insert into healer.incident (project, fingerprint, title, crash_class, first_seen, last_seen, events, held)
  select project, fingerprint, 'KeyError: ''key ' || n || '''',
         (array['missing_key', 'none_dereference', 'index_range', 'type_mismatch', ''])[1 + n %% 5],
         %(end)s::timestamptz - interval '365 days' * place, %(end)s, 50,
         case when n %% 3 = 0 then 'below the floor: 3 of 10 events' else '' end
    from i;
insert into healer.event (project, event_id, fingerprint, at, release, environment, user_key, body)
  select i.project, lpad(to_hex(g), 32, '0'), i.fingerprint,
         %(end)s::timestamptz - interval '365 days' * (g::float8 / %(events)s), 'r' || g %% 50, 'production',
         case when random() < 0.8 then '[user-' || (random() * 5000)::int || ']' else '' end,
         jsonb_build_object('event_id', lpad(to_hex(g), 32, '0'), 'message', repeat(md5(g::text), 20),
           'exceptions', jsonb_build_array(jsonb_build_object('type', 'KeyError', 'value', repeat(md5(g::text), 30))))
           || case when random() < 0.01 then '{"flags": ["override"]}'::jsonb else '{}' end
           || case when random() < 0.3 then '{"redactions": {"email": 2, "token": 1}}'::jsonb else '{}' end
    from generate_series(1, %(events)s) g
    join i on i.n = 1 + ((hashint8(g)::bigint & 1073741823) %% %(incidents)s);
insert into healer.cases (project, fingerprint, episode, event_id, state, code, reason, opened_at, closed_at)
  select project, fingerprint, e, '', case when r < 0.6 then 'proposed' else 'declined' end,
         case when r < 0.6 then 'proposed' when r < 0.8 then 'not_reproduced' else 'high_risk' end,
         'because of the reason of this case', at, at + interval '1 hour' * random()
    from (select project, fingerprint, e, random() as r,
                 %(end)s::timestamptz - interval '365 days' * random() as at
            from i cross join generate_series(1, 2) e where n <= %(cases)s / 2) c;
insert into healer.proposal (case_id, key, project, branch, base, state, opened_at, merged_at, closed_at, soak)
  select id, left(fingerprint, 12) || '-' || episode || '-' || id, project, 'healer/x', 'base',
         case when r < 0.6 then 'merged' when r < 0.8 then 'closed' else 'ready' end, closed_at,
         case when r < 0.6 then closed_at + interval '2 days' * r end,
         case when r >= 0.6 and r < 0.8 then closed_at + interval '1 day' * r end,
         case when r < 0.5 then 'fixed' when r < 0.6 then 'watching' else '' end
    from (select *, random() as r from healer.cases where state = 'proposed') c;
insert into healer.spend (at, case_id, project, model, input_tokens, output_tokens, dollars)
  select opened_at, id, project, 'some-model', 20000, 2000, 0.09 from healer.cases, generate_series(1, 5);
insert into healer.audit (at, case_id, actor, action, decision, rule)
  select opened_at, id, 'policy', 'edit', case when id %% 20 = 0 then 'deny' else 'allow' end, 'scope'
    from healer.cases, generate_series(1, 10);
"""


def fill(dsn: str, events: int, cases: int) -> None:
    bound = {"events": events, "cases": cases, "incidents": max(cases, 10), "end": END}
    with psycopg.connect(dsn, autocommit=True, cursor_factory=psycopg.ClientCursor) as connection:
        for statement in FILL.split(";\n"):
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
