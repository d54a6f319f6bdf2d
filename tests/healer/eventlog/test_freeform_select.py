from __future__ import annotations

import pytest

from healer.errors import BadInput
from healer.freeform import checked

RELATIONS = ("eventlog.event", "eventlog.per_minute", "eventlog.release")


@pytest.mark.parametrize(
    "sql",
    [
        "select 1",
        "select count(*) from eventlog.event where time > now() - interval '1 hour'",
        "with slow as (select * from eventlog.event where duration > 9) select avg(duration) from slow",
        "select date_trunc('hour', minute), sum(errors) from eventlog.per_minute group by 1 limit 5;",
        "select attributes->>'http.route', attributes #>> '{a,b}' from eventlog.event e",
        "select a.service from eventlog.event a join eventlog.event b using (trace_id)"
        " union select service from eventlog.release",
        "select case when errors > 0 then 'bad' else 'good' end, cast(events as text),"
        " row_number() over (order by minute) from eventlog.per_minute",
        "select * from (select service from eventlog.release) r where exists (select 1 from eventlog.event)",
        "select /* pg_sleep(1) */ upper(service) from eventlog.event -- tail",
        "select percentile_cont(0.95) within group (order by duration) from eventlog.event",
    ],
)
def test_a_plain_select_passes(sql: str) -> None:
    assert checked(sql, RELATIONS)


@pytest.mark.parametrize(
    "sql",
    [
        "",
        "select 1; select 2",
        "select 1; drop table eventlog.event",
        "delete from eventlog.event",
        "insert into eventlog.event values (1)",
        "update eventlog.event set level = 'x'",
        "with gone as (delete from eventlog.event returning 1) select * from gone",
        "select 1 into eventlog.stolen",
        "create table x (a int)",
        "copy eventlog.event to program 'id'",
        "do $$ begin end $$",
        "explain analyze select 1",
        "set statement_timeout = 0",
        "show all",
        "call x()",
        "begin",
        "listen x",
        "values (1)",
        "select pg_sleep(10)",
        'select "pg_sleep"(10)',
        "select pg_catalog.pg_sleep(10)",
        "select PG_Sleep (10)",
        "select pg_/**/sleep(10)",
        'select U&"pg\\005fsleep"(1)',
        "select set_config('statement_timeout', '0', false)",
        "select query_to_xml('delete from x', true, true, '')",
        "select pg_notify('a', 'b')",
        "select pg_advisory_lock(1)",
        "select pg_terminate_backend(1)",
        "select * from pg_ls_dir('/')",
        "select * from rows from (pg_ls_dir('/'))",
        "select lo_import('/etc/passwd')",
        "select pg_read_file('/etc/passwd')",
        "select * from dblink('host=x', 'select 1') as t(a int)",
        "select nextval('eventlog.deployment_id_seq')",
        "select generate_series(1, 1000000000)",
        "select repeat('x', 1000000000)",
        "select * from pg_stat_activity",
        "select * from pg_catalog.pg_authid",
        "select * from healer.cases",
        "select * from event",
        "select * from eventlog.past_case",
        "select * from eventlog.event_20260310",
        'select * from EVENTLOG."past_case"',
        "select * from other.eventlog.event",
        "with pg_shadow as (select 1) select 1 union select (select count(*) from public.secret)",
        "select * from (with pg_roles as (select 1) select 1) x, pg_roles",
        "select * from eventlog.event for update",
        "select $1",
        "select %(at)s",
        "select 1 operator(pg_catalog.+) 1",
        "select (select pg_sleep(1))",
        "select 1 where exists (select pg_sleep(1))",
        "select count(*) filter (where pg_sleep(1) is null) from eventlog.event",
        "select 1 order by pg_sleep(1)",
        "select " + "(" * 3000 + "1" + ")" * 3000,
        "select '" + "x" * 20_000 + "'",
    ],
)
def test_everything_else_is_refused(sql: str) -> None:
    with pytest.raises(BadInput):
        checked(sql, RELATIONS)


def test_comments_do_not_reach_the_database() -> None:
    assert "secret" not in checked("select 1 /* secret */ -- secret", RELATIONS)
