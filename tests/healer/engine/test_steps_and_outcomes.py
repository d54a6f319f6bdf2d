from __future__ import annotations

import threading
import time

import pytest

from healer.case import Cost, Declined
from healer.engine import LeaseLost, Queue, Suspended, cancel, reconcile, retry
from healer.engine.leases import Heartbeat
from healer.engine.steps import DurableStep, packed, unpacked
from healer.errors import BadInput, Refused, Transient
from healer.store import cases
from healer.store.database import connect
from healer.worker import Worker
from triage.incident import Answer, Evidence, Finding, Gap
from triage.noun import Noun

QUEUE = Queue(lease=2)


class Word(Noun):
    text: str
    cost: Cost = Cost()


def worker(record, work, **options) -> Worker:
    return Worker(record.url, work, queue=QUEUE, poll=0.05, **options)


def the_case(record) -> dict:
    (row,) = cases.listed(record.connection)
    return row


def test_a_case_is_worked_once_and_its_outcome_recorded(record) -> None:
    record.arrive(1)
    seen = []

    def work(incident, step):
        seen.append(incident.event.message)
        cost = Cost(dollars=0.25, input_tokens=10, model="m")
        word = step("look", Word, lambda: Word(text="nul \0 and ü", cost=cost))
        assert step("look", Word, lambda: Word(text="never")) == word
        raise Refused("cascade", "the database is gone")

    assert worker(record, work).run(until_idle=True) == 0
    assert seen == ["boom 1"]
    row = the_case(record)
    assert (row["state"], row["code"], row["reason"]) == ("declined", "cascade", "the database is gone")
    assert row["dollars"] == 0.25
    assert record.rows("select name, model, input_tokens from healer.step") == [
        {"name": "look", "model": "m", "input_tokens": 10}
    ]


def test_a_repository_that_cannot_be_used_is_an_outcome_and_not_tried_again(record) -> None:
    record.arrive(1)
    tries = []

    def work(incident, step):
        tries.append(1)
        raise BadInput("commit 0123 is gone; name another base")

    assert worker(record, work).run(until_idle=True) == 0
    row = the_case(record)
    assert (row["state"], row["code"]) == ("declined", "bad_input")
    assert "is gone" in row["reason"]
    assert len(tries) == 1


@pytest.mark.parametrize("text", ["plain", "nul \0", 'a backslash \\u0000 "quoted"', "ü 🧵 \u2028", ""])
def test_a_remembered_result_is_the_result(text: str) -> None:
    word = Word(text=text)
    assert Word.model_validate_json(unpacked(packed(word.model_dump_json()))) == word


def test_a_step_longer_than_its_lease_is_done_once(record) -> None:
    record.arrive(1)
    begun = []

    def work(incident, step):
        step("long", Word, lambda: begun.append(1) or time.sleep(5) or Word(text="done"))
        return Declined(code="done", reason="")

    two = [threading.Thread(target=worker(record, work, slots=1).run, kwargs={"until_idle": True})]
    two[0].start()
    time.sleep(2.5)
    worker(record, work, slots=1).run(until_idle=True)
    two[0].join()
    assert begun == [1]
    assert record.one("select attempts from absurd.t_cases") == 1


def test_a_transient_error_is_tried_again_within_the_step(record) -> None:
    record.arrive(1)
    tried = []

    def shaky():
        tried.append(1)
        if len(tried) < 3:
            raise Transient("no answer")
        return Word(text="at last")

    def work(incident, step):
        return Declined(code=step("shaky", Word, shaky).text, reason="")

    worker(record, work).run(until_idle=True)
    assert len(tried) == 3
    assert the_case(record)["code"] == "at last"


def test_an_error_is_tried_again_later_and_then_recorded(record, until) -> None:
    record.arrive(1)
    begun = []

    def work(incident, step):
        step("first", Word, lambda: begun.append(1) or Word(text="kept"))
        raise RuntimeError("a bug")

    working = worker(record, work, tries=2, slots=1)
    thread = threading.Thread(target=working.run)
    thread.start()
    until(lambda: the_case(record)["closed_at"])
    working.stop()
    thread.join()
    row = the_case(record)
    assert (row["state"], row["code"], row["reason"]) == ("failed", "failed_work", "RuntimeError: a bug")
    assert begun == [1]
    assert record.one("select state from absurd.t_cases") == "failed"
    assert reconcile(record.connection, QUEUE) == 0


def test_a_failed_case_can_be_retried_and_keeps_its_steps(record) -> None:
    record.arrive(1)
    begun = []

    def work(incident, step):
        step("first", Word, lambda: begun.append(1) or Word(text="kept"))
        if len(begun) and not fixed:
            raise RuntimeError("a bug")
        return Declined(code="done", reason="")

    fixed = False
    worker(record, work, tries=1).run(until_idle=True)
    case = the_case(record)["id"]
    fixed = True
    retry(record.connection, QUEUE, case)
    worker(record, work, tries=1).run(until_idle=True)
    assert the_case(record)["code"] == "done"
    assert begun == [1]
    with pytest.raises(BadInput, match="has not failed"):
        retry(record.connection, QUEUE, case)


def test_cancelling_ends_a_long_step_soon(record, until) -> None:
    record.arrive(1)
    begun, ended = threading.Event(), []

    def slow():
        begun.set()
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            time.sleep(0.01)
        ended.append(1)
        return Word(text="")

    def work(incident, step):
        step("slow", Word, slow)
        return Declined(code="never", reason="")

    thread = threading.Thread(target=worker(record, work, slots=1).run, kwargs={"until_idle": True})
    thread.start()
    assert begun.wait(5)
    cancel(record.connection, QUEUE, the_case(record)["id"], "ann")
    thread.join(5)
    assert not thread.is_alive()
    assert ended == []
    assert (the_case(record)["state"], the_case(record)["reason"]) == ("declined", "cancelled by ann")
    assert record.rows("select * from healer.step") == []


def test_a_case_that_kills_its_workers_is_left_alone(record) -> None:
    record.arrive(1)
    queue = Queue(lease=1, attempts=1)
    record.rows("select absurd.cancel_task('cases', task_id) from absurd.t_cases")
    record.rows("update healer.cases set task_id = ''")
    record.rows("delete from absurd.t_cases")
    assert reconcile(record.connection, queue) == 1  # a missing task is given anew
    assert queue.claim(record.connection, "it dies now") is not None
    time.sleep(1.1)
    assert queue.claim(record.connection, "next") is None
    assert reconcile(record.connection, queue) == 1
    row = the_case(record)
    assert (row["state"], row["code"]) == ("failed", "poison")
    assert "died 1 times" in row["reason"]


def test_a_wait_holds_no_slot_and_survives_everything(record) -> None:
    record.arrive(1)
    record.arrive(2)
    begun = []

    def work(incident, step):
        step("ask", Word, lambda: begun.append(incident.key) or Word(text=""))
        answer = step.wait(f"approval:{incident.key}")
        return Declined(code=str(answer), reason="")

    worker(record, work, slots=1).run(until_idle=True)
    assert len(begun) == 2
    assert {r["state"] for r in cases.listed(record.connection)} == {"waiting"}
    for key in begun:
        QUEUE.emit(record.connection, f"approval:{key}", "yes")
    worker(record, work, slots=1).run(until_idle=True)
    assert len(begun) == 2
    assert {r["code"] for r in cases.listed(record.connection)} == {"yes"}


def test_a_wait_may_end_by_the_clock(record) -> None:
    record.arrive(1)

    def work(incident, step):
        return Declined(code=str(step.wait("never", 0)), reason="")

    worker(record, work).run(until_idle=True)
    worker(record, work).run(until_idle=True)
    assert the_case(record)["code"] == "None"


def test_a_lost_lease_can_neither_remember_nor_finish(record) -> None:
    record.arrive(1)
    first = QUEUE.claim(record.connection, "first")
    assert first
    step = DurableStep(record.connection, QUEUE, first)
    record.rows("update absurd.r_cases set claim_expires_at = now() - interval '1 second'")
    with connect(record.url) as other:
        assert QUEUE.claim(other, "second") or QUEUE.claim(other, "second")
    with pytest.raises(LeaseLost):
        step("late", Word, lambda: Word(text="too late"))
    for act in (
        lambda: QUEUE.finish(record.connection, first, None),
        lambda: QUEUE.fail(record.connection, first, "", None),
        lambda: QUEUE.release(record.connection, first),
        lambda: QUEUE.extend(record.connection, first),
    ):
        with pytest.raises(LeaseLost):
            act()
    assert record.rows("select * from healer.step") == []
    assert record.one("select count(*) from absurd.c_cases") == 0


def test_spawning_twice_gives_one_task(record) -> None:
    record.arrive(1)
    case = the_case(record)["id"]
    assert QUEUE.spawn(record.connection, [case]) == QUEUE.spawn(record.connection, [case])
    assert record.one("select count(*) from absurd.t_cases") == 1
    assert QUEUE.spawn(record.connection, []) == {}


def test_a_spawn_is_undone_with_its_transaction(record) -> None:
    with record.connection.transaction(force_rollback=True):
        assert QUEUE.spawn(record.connection, [77])
    assert record.one("select count(*) from absurd.t_cases") == 0


def test_what_a_step_found_is_kept_with_it(record) -> None:
    record.arrive(1)
    evidence = Evidence(
        answers=(Answer(id="E1", question="rate", rows=((1, "x"),), columns=("n", "t")),),
        findings=(Finding(kind="rate_change", text="ten times as many", cites=("E1",)),),
        gaps=(Gap(question="deploys", reason="no such table"),),
    )

    def work(incident, step):
        step("correlate", Evidence, lambda: evidence)
        return Declined(code="done", reason="")

    worker(record, work).run(until_idle=True)
    assert Answer.model_validate(record.one("select body from healer.evidence")) == evidence.answers[0]
    found = record.rows("select kind, text from healer.finding order by kind")
    assert [f["text"] for f in found] == ["deploys: no such table", "ten times as many"]


def test_work_that_hangs_after_an_interruption_costs_the_process() -> None:
    ended = threading.Event()

    def lost() -> None:
        raise LeaseLost("taken over")

    def hang() -> None:
        with Heartbeat(lost, every=0.01, linger=0.1, fatal=ended.set):
            threading.Event().wait(0.5)  # one long call into C

    with pytest.raises(LeaseLost):
        hang()
    assert ended.is_set()


def test_an_interruption_stays_inside_the_step() -> None:
    for pause in (0.0, 0.001, 0.002, 0.005) * 20:

        def lost() -> None:
            raise LeaseLost("taken over")

        try:
            with Heartbeat(lost, every=0.001):
                time.sleep(pause)
        except LeaseLost:
            pass
        for _ in range(200):
            pass  # anything that arrives late would arrive here


def test_suspension_is_no_exception_that_a_stage_could_swallow() -> None:
    assert not issubclass(Suspended, Exception)
