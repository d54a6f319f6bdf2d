"""The week, asked of a real record."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from healer import weekly
from healer.store.database import connect
from triage.report import markdown
from triage.report import week as weeks

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = weeks.parse("2020-W53")
SINCE, UNTIL = weeks.bounds(MONDAY, BERLIN)


def ask(record, project: str = ""):
    return weekly.report(record.connection, MONDAY, BERLIN, project)


def close(record, case: int, at: datetime, state: str, code: str = "", reason: str = "") -> None:
    record.rows(
        "update healer.cases set opened_at = %s, closed_at = %s, state = %s, code = %s, reason = %s"
        " where id = %s",
        at - timedelta(hours=1),
        at,
        state,
        code,
        reason,
        case,
    )


def propose(record, case: int, opened: datetime, **columns) -> None:
    fields = {"case_id": case, "key": f"k-{case}", "project": "shop", "branch": "b", "base": "x"}
    fields |= {"state": "ready", "opened_at": opened, "title": f"proposal {case}", **columns}
    names, marks = ", ".join(fields), ", ".join(["%s"] * len(fields))
    record.rows(f"insert into healer.proposal ({names}) values ({marks})", *fields.values())


def test_an_empty_record_is_an_empty_week(record) -> None:
    made = ask(record)
    assert made.this.events == 0
    assert made.users is None
    assert made.advice == ()
    assert "No event was received" in markdown(made)


def test_events_count_where_the_week_has_them_by_local_midnight(record) -> None:
    instants = (SINCE - timedelta(seconds=1), SINCE, UNTIL - timedelta(seconds=1), UNTIL)
    for n, at in enumerate(instants, 1):
        record.arrive(n, timestamp=at, user={"id": f"[user-{n % 2}]"})
    made = ask(record)
    assert made.this.events == 2
    assert made.this.new == 2
    assert [week.events for week in made.weeks[-2:]] == [1, 2]
    assert (made.week, made.weeks[-2].name) == ("2020-W53", "2020-W52")
    assert made.users == 2


def test_who_was_touched_is_unknown_where_nobody_was_named(record) -> None:
    record.arrive(1, timestamp=SINCE)
    made = ask(record)
    assert made.users is None
    assert made.broke[0].users is None
    assert "unknown" in markdown(made)


def test_injections_and_redactions_are_counted(record) -> None:
    record.arrive(1, timestamp=SINCE, flags=("override",), redactions={"email": 2})
    record.arrive(2, timestamp=SINCE, redactions={"email": 1, "token": 4})
    record.rows(
        "insert into healer.audit (at, actor, action, decision, rule) values (%s,'p','edit','deny','scope')",
        SINCE,
    )
    safety = ask(record).safety
    assert (safety.injections, safety.injected) == (1, 1)
    assert safety.redactions == (("token", 4), ("email", 3))
    assert safety.denials == (("edit", "scope", 1),)


def test_proposals_leads_rates_people_and_money(record) -> None:
    middle = SINCE + timedelta(days=2)
    ids = [record.arrive(n, timestamp=middle).case for n in range(1, 7)]
    record.rows("update healer.incident set crash_class = 'missing_key'")
    for case in ids[:4]:
        close(record, case, middle, "proposed", "proposed")
    close(record, ids[4], middle, "declined", "not_reproduced", "no fixture for the database")
    close(record, ids[5], middle, "declined", "not_reproduced", "no fixture for the database")
    propose(record, ids[0], middle, state="merged", merged_at=middle + timedelta(hours=5), soak="fixed")
    propose(record, ids[1], middle, state="closed", closed_at=middle + timedelta(hours=9))
    propose(record, ids[2], SINCE - timedelta(days=20), state="ready")
    propose(record, ids[3], middle, state="merged", merged_at=UNTIL + timedelta(days=1))
    record.rows(
        "insert into healer.spend (at, case_id, project, model, input_tokens, output_tokens, dollars)"
        " values (%s, %s, 'shop', 'm', 1000, 200, 0.5)",
        middle,
        ids[0],
    )
    made = ask(record)
    assert (made.this.proposed, made.this.merged, made.this.closed) == (3, 1, 1)
    assert (made.silent_count, made.silent[0].title) == (1, f"proposal {ids[2]}")
    assert made.silent[0].days >= 20
    (rate,) = made.rates
    assert (rate.category, rate.cases, rate.proposed, rate.merged) == ("missing_key", 6, 4, 1)
    (person,) = made.persons
    assert (person.code, person.cases) == ("not_reproduced", 2)
    merge = {lead.name: lead for lead in made.leads}["proposal to merge"]
    assert (merge.n, merge.median) == (1, 5 * 3600)
    assert (made.money.dollars_each, made.money.tokens_each) == (0.5, 1200)
    assert made.soaked == (("fixed", 1),)
    assert made.advice[0].startswith("Answer what is open: 1 proposal waits")
    assert len(made.advice) == 3


def test_a_proposal_closed_for_want_of_an_answer_was_silent(record) -> None:
    middle = SINCE + timedelta(days=2)
    ids = [record.arrive(n, timestamp=middle).case for n in (1, 2)]
    for case, state in zip(ids, ("stale", "closed"), strict=True):
        close(record, case, middle, "proposed", "proposed")
        propose(record, case, SINCE - timedelta(days=14), state=state, closed_at=middle)
    made = ask(record)
    assert (made.this.closed, made.silent_count) == (1, 1)
    assert made.silent[0].title == f"proposal {ids[0]}"


def test_what_came_back_comes_first(record) -> None:
    case = record.arrive(1, fingerprint="b" * 64, timestamp=SINCE).case
    close(record, case, SINCE - timedelta(days=9), "proposed")
    propose(record, case, SINCE - timedelta(days=9), state="merged", merged_at=SINCE - timedelta(days=8))
    record.rows(
        "insert into healer.cases (project, fingerprint, episode, event_id, opened_at)"
        " values ('shop', %s, 2, '', %s)",
        "b" * 64,
        SINCE + timedelta(hours=1),
    )
    made = ask(record)
    assert made.returned_count == 1
    assert made.this.regressed == 1
    assert made.broke[0].regressed
    assert made.advice[0].startswith("Look at what came back")


def test_another_project_is_another_report(record) -> None:
    record.arrive(1, timestamp=SINCE)
    assert ask(record, "shop").this.events == 1
    assert ask(record, "web").this.events == 0


@pytest.fixture
def duty(record, slack_notifier):
    due = datetime(2021, 1, 4, 8, tzinfo=UTC)  # Monday, 9 in Berlin

    def at(moment: datetime) -> weekly.Weekly:
        return weekly.Weekly(partial(connect, record.url), slack_notifier, BERLIN, clock=lambda: moment)

    record.rows("update healer.version set applied_at = %s", due - timedelta(days=30))
    yield due, at
    record.rows("update healer.version set applied_at = now()")


def test_it_is_posted_once_with_its_charts_when_it_is_due(duty, record, slack) -> None:
    due, at = duty
    record.arrive(1, timestamp=SINCE)
    assert at(due).round() == "2020-W53"
    assert at(due).round() == ""
    assert at(due + timedelta(days=6)).round() == ""
    (posted,) = slack.messages()
    assert posted["blocks"][0]["text"]["text"] == "The week: 2020-W53"
    (files,) = slack.messages(thread=posted["ts"])
    assert files["files"][0]["name"] == "2020-W53-events.png"


def test_what_was_due_before_the_record_began_is_not_posted(duty, slack) -> None:
    _, at = duty
    assert at(datetime(2019, 1, 7, 12, tzinfo=UTC)).round() == ""
    assert slack.methods == []
