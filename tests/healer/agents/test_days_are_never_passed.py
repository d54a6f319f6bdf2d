"""Day limits hold over processes, threads and sudden deaths: what is on its way is held before it is sent."""

from __future__ import annotations

import os
import re
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks.model_server import ModelServer
from benchmarks.model_wires import Say
from healer.case import Cost
from healer.policy import Decision
from healer.spending import Allowance, Days, Hold, MemoryLedger, Spent, Tripped
from healer.store.database import connect
from healer.store.spending import Books, hold
from tests.healer.agents.holding_worker import DOLLARS

COST = Cost(dollars=0.5, input_tokens=10, output_tokens=5, calls=1, model="m")
ONE = Hold(
    project="shop", case="none-1", model="m",
    ahead=Spent(dollars=1.0, tokens=100, calls=1, seconds=9.0), sent=Spent(dollars=0.25, tokens=40, calls=1),
)  # fmt: skip
FREE = Days()
TAKEN = """
select project, sum(dollars) as dollars
  from (select project, dollars from healer.spend union all select project, dollars from healer.hold) as taken
 group by project
"""


@pytest.fixture(params=["books", "memory"])
def ledger(request: pytest.FixtureRequest) -> Any:
    if request.param == "memory":
        yield MemoryLedger()
        return
    books = Books(request.getfixturevalue("record").url)
    yield books
    books.close()


def test_what_is_held_counts_until_it_is_settled_or_given_back(ledger: Any) -> None:
    days = Days(project=Allowance(dollars=2.0))
    first, second = ledger.hold(ONE, days), ledger.hold(ONE, days)
    with pytest.raises(Tripped, match="project and day"):
        ledger.hold(ONE, days)
    ledger.release(first)
    ledger.settle(second, ONE, COST, cached=4, seconds=1.5)
    assert ledger.today("shop") == Spent(dollars=0.5, tokens=15, calls=1, seconds=1.5)
    ledger.hold(ONE, days)
    assert ledger.today("bank") == Spent()
    with pytest.raises(Tripped, match="installation and day"):
        ledger.hold(ONE.model_copy(update={"project": "bank"}), Days(installation=Allowance(dollars=2.0)))


@pytest.mark.parametrize("limit", [{"dollars": 0.9}, {"tokens": 99}, {"calls": 0}, {"seconds": 8.0}])
def test_each_kind_of_limit_is_held(ledger: Any, limit: dict[str, Any]) -> None:
    with pytest.raises(Tripped):
        ledger.hold(ONE, Days(project=Allowance(**limit)))


def test_a_ticket_is_booked_once(ledger: Any) -> None:
    ticket = ledger.hold(ONE, FREE)
    for _ in range(3):
        ledger.settle(ticket, ONE, COST, cached=0, seconds=1.0)
    assert ledger.today("shop").dollars == 0.5


def test_whoever_died_is_booked_with_what_was_surely_sent(ledger: Any) -> None:
    """And whoever was only thought dead is booked right in the end."""
    days = Days(project=Allowance(dollars=1.5))
    lost = ledger.hold(ONE.model_copy(update={"lease": 0.2}), days)
    with pytest.raises(Tripped):
        ledger.hold(ONE, days)
    time.sleep(0.3)
    again = ledger.hold(ONE, days)
    ledger.release(again)
    assert ledger.today("shop") == Spent(dollars=0.25, tokens=40, calls=1)
    ledger.settle(lost, ONE, COST, cached=0, seconds=1.0)
    assert ledger.today("shop").dollars == 0.5


def test_a_hold_is_part_of_the_transaction_it_was_made_in(record: Any) -> None:
    with connect(record.url) as connection, connection.transaction(force_rollback=True):
        hold(connection, ONE, FREE)
    assert record.one("select count(*) from healer.hold") == 0


def test_decisions_are_kept(record: Any) -> None:
    books = Books(record.url)
    books.decided(
        "shop", "none-1", Decision(tool="edit", subject="\0x", allowed=False, code="guarded", rule="r")
    )
    assert record.one("select decision from healer.audit") == "deny"
    books.close()


def test_no_day_is_passed_by_many_workers_some_of_which_are_killed(
    record: Any, script: Callable[..., Any], tmp_path: Path
) -> None:
    asked: set[int] = set()
    killed: list[int] = []
    one, all_dead = threading.Lock(), threading.Event()

    def slow(turn: int, body: str) -> Say:
        """Three die while they wait for the answer, which nobody gets before; the day is held by more."""
        told = re.search(r"(\d+) word", body)
        assert told is not None
        asker = int(told[1])
        with one:
            if asked and asker not in asked and len(killed) < 3:
                killed.append(asker)
                os.kill(asker, signal.SIGKILL)
            asked.add(asker)
            if len(killed) == 3:
                all_dead.set()
        all_dead.wait(5)
        time.sleep(0.15)
        return Say(text="no")

    server = ModelServer(slow, input_per_char=1.0)
    most = 0.0
    with server.running() as url:
        process = script("agents/holding_worker.py", record.url, url)
        log = tmp_path / "holding_worker-0.log"
        while process.poll() is None:
            held = record.rows(TAKEN)
            most = max([most, *(row["dollars"] for row in held)])
            time.sleep(0.01)
    assert process.returncode == 0, log.read_text()
    assert len(killed) == 3
    assert 0.6 * DOLLARS < most <= DOLLARS
    assert sum(map(dollars, server.billed)) <= 2 * DOLLARS
    lost = "select (select count(*) from healer.spend where lost) + (select count(*) from healer.hold)"
    assert 1 <= record.one(lost) <= 2 * len(killed)


def dollars(usage: dict[str, int]) -> float:
    plain = usage["input"] - usage["read"] - usage["write"]
    return (plain * 3.0 + usage["read"] * 0.3 + usage["write"] * 3.75 + usage["output"] * 15.0) / 1e6
