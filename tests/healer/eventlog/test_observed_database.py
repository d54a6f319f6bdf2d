"""The reading role and the bounds of a question, against a real database."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import psycopg
import pytest

from healer.errors import NotConfigured
from healer.eventlog import load
from healer.eventlog.row import Row
from healer.observed import Caps, Observed, own_questions
from healer.protocols import Ask
from triage.correlate import Unanswered

Connection = psycopg.Connection[Any]


@pytest.fixture(scope="module")
def observed(reader_url: str) -> Iterator[Observed]:
    with Observed(reader_url, Caps(statement_ms=300, lock_ms=100, answer_bytes=50_000)) as observed:
        yield observed


def refusal(observed: Observed, sql: str, **bindings: Any) -> str:
    with pytest.raises(Unanswered) as unanswered:
        observed.ask(sql, bindings, limit=10)
    return unanswered.value.reason


# -- the role ---------------------------------------------------------------------------------


def test_the_role_of_the_script_is_accepted(reader_url: str) -> None:
    with Observed(reader_url) as observed:
        ask: Ask = observed.ask
        assert ask("select current_user::text", {}, limit=1).rows == (("healer_reader",),)


def test_a_superuser_is_refused(schema_url: str) -> None:
    with pytest.raises(NotConfigured, match="is superuser"):
        Observed(schema_url).open()


def test_a_database_that_is_not_there_is_said_so() -> None:
    with pytest.raises(NotConfigured, match="cannot be reached"):
        Observed("postgresql://nobody@/none?host=/nonexistent&connect_timeout=1").open()


@pytest.mark.parametrize(
    ("too_much", "undo", "says"),
    [
        ("alter role healer_reader createdb", "alter role healer_reader nocreatedb", "is createdb"),
        ("alter role healer_reader createrole", "alter role healer_reader nocreaterole", "is createrole"),
        ("alter role healer_reader bypassrls", "alter role healer_reader nobypassrls", "is bypassrls"),
        ("alter role healer_reader replication", "alter role healer_reader noreplication", "is replication"),
        (
            "grant pg_read_all_data to healer_reader",
            "revoke pg_read_all_data from healer_reader",
            "is a member of pg_read_all_data",
        ),
        (
            "grant create on schema eventlog to healer_reader",
            "revoke create on schema eventlog from healer_reader",
            "can create objects in schema eventlog",
        ),
        (
            "grant temporary on database eventlog to public",
            "revoke temporary on database eventlog from public",
            "temporary tables",
        ),
        (
            "grant create on database eventlog to healer_reader",
            "revoke create on database eventlog from healer_reader",
            "can create objects in database eventlog",
        ),
        (
            "grant insert on eventlog.deployment to healer_reader",
            "revoke insert on eventlog.deployment from healer_reader",
            "can write eventlog.deployment",
        ),
        (
            "grant update (commit) on eventlog.deployment to public",
            "revoke update (commit) on eventlog.deployment from public",
            "can write eventlog.deployment",
        ),
        (
            "grant truncate on eventlog.event to healer_reader",
            "revoke truncate on eventlog.event from healer_reader",
            "can write eventlog.event",
        ),
        (
            "grant usage on sequence eventlog.deployment_id_seq to healer_reader",
            "revoke usage on sequence eventlog.deployment_id_seq from healer_reader",
            "can advance sequence",
        ),
        (
            "grant usage on schema healer to healer_reader; grant select on healer.cases to healer_reader",
            "revoke all on schema healer from healer_reader; revoke all on healer.cases from healer_reader",
            "can read healer.cases",
        ),
        (
            "alter table eventlog.failure owner to healer_reader",
            "alter table eventlog.failure owner to postgres;"
            " grant select on eventlog.failure to healer_reader",
            "owns eventlog.failure",
        ),
        (
            "create function eventlog.act() returns int language sql security definer as 'select 1'",
            "drop function eventlog.act()",
            "can act through function eventlog.act()",
        ),
        (
            "grant execute on function pg_catalog.pg_read_file(text) to healer_reader",
            "revoke execute on function pg_catalog.pg_read_file(text) from healer_reader",
            "server files",
        ),
        (
            "alter role healer_reader set statement_timeout = 0",
            "alter role healer_reader set statement_timeout = '3s'",
            "statement_timeout of the role is unlimited",
        ),
        (
            "alter role healer_reader set lock_timeout = '1min'",
            "alter role healer_reader set lock_timeout = '500ms'",
            "lock_timeout of the role is 60000 ms",
        ),
        (
            "alter role healer_reader reset idle_in_transaction_session_timeout",
            "alter role healer_reader set idle_in_transaction_session_timeout = '10s'",
            "idle_in_transaction_session_timeout of the role is unlimited",
        ),
    ],
)
def test_a_role_that_can_do_more_is_refused_with_the_remedy(
    connection: Connection, reader_url: str, too_much: str, undo: str, says: str
) -> None:
    connection.execute(too_much.encode())
    try:
        with pytest.raises(NotConfigured, match="remedy: ") as refused:
            Observed(reader_url).open()
    finally:
        connection.execute(undo.encode())
    assert says in str(refused.value)
    Observed(reader_url).open().close()


def test_the_remedies_are_sql_that_helps(connection: Connection, reader_url: str) -> None:
    connection.execute("grant insert on eventlog.deployment to healer_reader")
    connection.execute("alter role healer_reader createdb")
    with pytest.raises(NotConfigured) as refused:
        Observed(reader_url).open()
    remedies = [
        line.partition("; remedy: ")[2] for line in str(refused.value).splitlines() if "remedy" in line
    ]
    assert len(remedies) == 2
    for remedy in remedies:
        connection.execute(remedy.encode())
    Observed(reader_url).open().close()


# -- the question -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sql",
    [
        "insert into eventlog.deployment (at, release) values (now(), 'x')",
        "update eventlog.event set message = ''",
        "delete from eventlog.event",
        "truncate eventlog.event",
        "create table eventlog.x (a int)",
        "create temporary table x (a int)",
        "drop table eventlog.event",
        "select 1; select 2",
        "select 1; commit; drop table eventlog.event",
        "commit",
        "select set_config('transaction_read_only', 'off', false)",
        "select nextval('eventlog.deployment_id_seq')",
        "select * from healer.cases",
        "select pg_read_file('/etc/passwd')",
        "copy eventlog.event to program 'id'",
        "copy eventlog.event to stdout",
        "with gone as (delete from eventlog.event returning 1) select * from gone",
        "select lo_import('/etc/passwd')",
        "do $$ begin perform 1; end $$",
        "",
        "select %(missing)s",
        "select broken from",
    ],
)
def test_a_question_can_only_read(observed: Observed, sql: str) -> None:
    assert len(refusal(observed, sql)) > 5
    assert observed.ask("select 1", {}, limit=1).rows == ((1,),)


def test_settings_of_one_question_do_not_reach_the_next(observed: Observed) -> None:
    unlimited = "select set_config('statement_timeout', '0', false), set_config('lock_timeout', '0', false)"
    observed.ask(unlimited, {}, limit=1)
    for _ in range(4):
        assert "took longer than 300 ms" in refusal(observed, "select pg_sleep(5)")


def test_a_lock_is_not_waited_for(observed: Observed, connection: Connection) -> None:
    with connection.transaction(force_rollback=True):
        connection.execute("lock table eventlog.deployment in access exclusive mode")
        assert "100 ms for a lock" in refusal(observed, "select * from eventlog.deployment")


def test_rows_are_capped_and_the_rest_is_not_fetched(observed: Observed) -> None:
    answer = observed.ask("select generate_series(1, 50000000) as n", {}, limit=3)
    assert (answer.rows, answer.truncated) == (((1,), (2,), (3,)), True)
    assert not observed.ask("select n from generate_series(1, 3) n", {}, limit=3).truncated


@pytest.mark.parametrize(
    "sql",
    [
        "select repeat('x', 60000)",
        "select array_agg(repeat('x', 1000)) from generate_series(1, 60)",
        "select jsonb_build_object(repeat('k', 30000), repeat('v', 30000))",
        "select repeat('x', 9000) from generate_series(1, 6)",
        "select decode(repeat('ab', 60000), 'hex')",
    ],
)
def test_bytes_are_capped(observed: Observed, sql: str) -> None:
    assert "larger than 50000 bytes" in refusal(observed, sql)


def test_reasons_can_be_read(observed: Observed) -> None:
    assert "does not have it" in refusal(observed, "select * from eventlog.nothing")
    assert "does not have it" in refusal(observed, "select nothing from eventlog.event")
    assert "may not" in refusal(observed, "select * from healer.cases")
    assert "only reads" in refusal(observed, "create table x ()")
    assert "division by zero" in refusal(observed, "select 1/0")
    secret = "ghp_" + hashlib.sha256(b"x").hexdigest()[:36]
    assert secret not in refusal(observed, "select %(value)s::int", value=secret)


def test_values_arrive_as_json(observed: Observed) -> None:
    sql = """
        select 1::int, 2.50::numeric, 3::numeric, 'NaN'::float8, null, true,
               timestamptz '2026-03-10 12:00:00+02', date '2026-03-10', interval '90 seconds',
               '\\xff00'::bytea, array[1, null], '{"a": [1.5]}'::jsonb,
               '0af76519-16cd-43dd-8448-eb211c80319c'::uuid, '10.0.0.1'::inet, timestamp '2026-03-10 12:00:00'
    """
    answer = observed.ask(sql, {}, limit=1)
    assert answer.rows[0] == (
        1, 2.5, 3, None, None, True, "2026-03-10T10:00:00+00:00", "2026-03-10", 90.0, "ff00", [1, None],
        {"a": [1.5]}, "0af76519-16cd-43dd-8448-eb211c80319c", "10.0.0.1", "2026-03-10T12:00:00",
    )  # fmt: skip
    assert answer.milliseconds > 0
    json.dumps(answer.rows)


def test_an_answer_without_rows_still_names_its_columns(observed: Observed) -> None:
    answer = observed.ask("select time, message from eventlog.event where false", {}, limit=5)
    assert (answer.columns, answer.rows, answer.truncated) == (("time", "message"), (), False)


def test_bindings_are_values_never_sql(observed: Observed) -> None:
    hostile = "'; drop table eventlog.event; --"
    assert observed.ask("select %(value)s::text", {"value": hostile}, limit=1).rows == ((hostile,),)
    answer = observed.ask("select 'a%%b', %(value)s::text[]", {"value": ["x", "y"]}, limit=1)
    assert answer.rows == (("a%b", ["x", "y"]),)


def test_answers_are_sanitized(observed: Observed, connection: Connection) -> None:
    token = "ghp_" + hashlib.sha256(b"token").hexdigest()[:36]
    said = f"pushed with {token}\u202e \x1b[31m"
    attributes = json.dumps({"http.request.header.authorization": f"Bearer {token}", token: [token]})
    row = Row(
        "2026-03-11T00:00:00Z", "info", "s", said, "clean-1", None, None, None, "", "", None, attributes
    )
    load.load(connection, [row])
    sql = (
        "select message, attributes from eventlog.event where request_id = 'clean-1' and time > '2026-03-10'"
    )
    answer = observed.ask(sql, {}, limit=1)
    shown = json.dumps(answer.rows, ensure_ascii=False)
    assert "pushed with" in shown
    assert token not in shown
    assert "\u202e" not in shown
    assert "\\u001b" not in shown


def test_a_server_that_closed_the_connection_costs_at_most_a_gap(
    reader_url: str, connection: Connection
) -> None:
    with Observed(reader_url) as observed:
        observed.ask("select 1", {}, limit=1)
        connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'healer_reader'"
        )
        assert observed.ask("select 1", {}, limit=1).rows == ((1,),)


# -- a team's own questions --------------------------------------------------------------------


def test_a_team_brings_its_own_questions(tmp_path: Any) -> None:
    (tmp_path / "vip.sql").write_text("-- purpose: p\n-- binds: user_id\n-- reading: r\nselect %(user_id)s\n")
    (own,) = own_questions(tmp_path)
    assert (own.name, own.binds) == ("vip", ("user_id",))
    (tmp_path / "bad.sql").write_text("select 1")
    with pytest.raises(NotConfigured, match="bad"):
        own_questions(tmp_path)


def test_the_script_that_is_handed_out_is_the_one_that_is_tested() -> None:
    handed_out = Path(__file__).parents[3] / "deploy" / "readonly_role.sql"
    assert handed_out.read_bytes() == (files("healer.eventlog") / "reader.sql").read_bytes()
