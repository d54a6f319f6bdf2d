"""From a button to the proposal on the forge: a request is heard as a remark, and done once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from healer import actions
from healer.case import PullRequest, PullState
from healer.protocols import Heard, Kept, Standing
from healer.stages.follow import Manners, MoveKind, decide
from healer.store import requests
from healer.store.chronicle import RecordedChronicle

NOW = datetime(2026, 11, 21, tzinfo=UTC)
PULL = PullRequest(key="k", branch="healer/k", commit="c" * 40, number=7)


def heard(kind: str, text: str = "") -> Heard:
    return Heard(id="request-1", who="U0ADA", kind=kind, text=text, at=NOW)


@pytest.mark.parametrize(
    ("kind", "move", "id"),
    [
        ("approved", MoveKind.READY, "request-1"),
        ("changes", MoveKind.AMEND, "request-1"),
        ("rejected", MoveKind.REJECTED, "request-1"),
        ("person", MoveKind.HANDS_OFF, "hands-off"),
    ],
)
@pytest.mark.parametrize("known", [False, True])
def test_each_button_is_one_move_once(kind: str, move: MoveKind, id: str, known: bool) -> None:
    standing = Standing(pull=PULL, heard=(heard(kind, "because"),), quiet_since=NOW)
    kept = Kept.model_construct(pull=PULL, amendments=0, heard=(id,) if known else (), why="")
    found = decide(standing, kept, Manners(), NOW)
    assert found.kind is (MoveKind.NOTHING if known else move)


def test_a_merged_proposal_is_not_rejected_any_more() -> None:
    merged = PULL.model_copy(update={"state": PullState.MERGED})
    standing = Standing(pull=merged, heard=(heard("rejected", "no"),), quiet_since=NOW)
    kept = Kept.model_construct(pull=PULL, amendments=0, heard=(), why="")
    assert decide(standing, kept, Manners(), NOW).kind is MoveKind.MERGED


def test_requests_are_heard_in_order_and_done_when_dealt_with(record) -> None:
    case = record.arrive(1).case
    record.rows(
        "insert into healer.proposal (case_id, key, project, branch, base, state)"
        " values (%s, 'k', 'shop', 'healer/k', 'b', 'draft')",
        case,
    )
    asked = (("changes", "use .get"), ("approve", ""))
    for n, (action, text) in enumerate(asked):
        assert actions.act(record.connection, case, action, "slack:U0ADA", text, delivery=str(n)).first
    chronicle = RecordedChronicle(record.connection, case)
    told = [(one.id, one.kind, one.text, one.who) for one in chronicle.asked()]
    assert told == [("request-1", "changes", "use .get", "U0ADA"), ("request-2", "approved", "", "U0ADA")]
    assert record.one("select count(*) from absurd.t_cases where task_name <> 'case'") == 2
    chronicle.heard("request-1", "U0ADA", "amend", "amended")
    assert [row["number"] for row in requests.pending(record.connection)] == [2]
    first, second = requests.of_case(record.connection, case)
    assert (first["outcome"], second["done_at"]) == ("amended", None)
    again = actions.act(record.connection, case, "changes", "slack:U0BOB", "and log it", delivery="9")
    assert again.first
