"""Tasks: spawn, claim, finish, fail, cancel. Every call runs on the caller's connection, inside the
caller's transaction where there is one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

import psycopg
from absurd_sdk import Absurd, TaskResultState

from healer.engine.leases import Cancelled, LeaseLost
from healer.store.database import Connection
from triage.noun import Json

NAME, TASK, FOLLOW = "cases", "case", "follow"

SPAWN = b"""
select c.id, t.task_id::text as task_id
  from unnest(%(cases)s::bigint[]) as c(id)
 cross join lateral absurd.spawn_task(%(queue)s, %(task)s, jsonb_build_object('case', c.id),
       jsonb_build_object('max_attempts', %(attempts)s::int, 'idempotency_key', 'case:' || c.id)) as t
"""

# absurd has no call that fails a task for good before its attempts are used up.
LAST_ATTEMPT = b"update absurd.t_cases set max_attempts = attempts where task_id = %s"

RECALL = b"""
select c.state::text as state
  from healer.cases k
  join absurd.c_cases c on c.task_id = nullif(k.task_id, '')::uuid
 where k.id = %s and c.checkpoint_name = %s
"""


@dataclass(frozen=True, slots=True)
class Claim:
    """A task leased to us. `attempt` counts crashes too."""

    task: UUID
    run: UUID
    case: int
    attempt: int
    max_attempts: int
    kind: str = TASK


@dataclass(frozen=True)
class Queue:
    """`lease`: seconds a silent worker keeps its task. `attempts`: a task that kills its worker this
    often is left alone."""

    lease: int = 30
    attempts: int = 10

    def spawn(self, connection: Connection, cases: Sequence[int]) -> dict[int, str]:
        """One task per case, also when asked twice."""
        if not cases:
            return {}
        wanted = {"cases": list(cases), "queue": NAME, "task": TASK, "attempts": self.attempts}
        return {row["id"]: row["task_id"] for row in connection.execute(SPAWN, wanted)}

    def nudge(self, connection: Connection, case: int, key: str) -> str:
        """A task that looks after the case's proposal; one per `key`, however often it is asked for."""
        options = {"max_attempts": self.attempts, "idempotency_key": f"{FOLLOW}:{case}:{key}"}
        row = connection.execute(
            b"select task_id::text as id from absurd.spawn_task(%s, %s, %s::jsonb, %s::jsonb)",
            [NAME, FOLLOW, json.dumps({"case": case}), json.dumps(options)],
        ).fetchone()
        assert row is not None
        return str(row["id"])

    def claim(self, connection: Connection, worker: str) -> Claim | None:
        found = self._client(connection).claim_tasks(batch_size=1, claim_timeout=self.lease, worker_id=worker)
        if not found:
            return None
        one, params = found[0], found[0]["params"]
        case = params.get("case") if isinstance(params, dict) else None
        if not isinstance(case, int):
            raise ValueError(f"task {one['task_id']} in queue {NAME} names no case")
        attempts = one["max_attempts"] or self.attempts
        task, run = UUID(str(one["task_id"])), UUID(str(one["run_id"]))
        return Claim(task, run, case, one["attempt"], attempts, one["task_name"])

    def extend(self, connection: Connection, claim: Claim) -> None:
        """Keep the lease. Locks the run until the transaction ends. Raises LeaseLost, Cancelled."""
        with fenced():
            connection.execute(b"select absurd.extend_claim(%s, %s, %s)", [NAME, claim.run, self.lease])

    def remember(self, connection: Connection, claim: Claim, name: str, state: str) -> None:
        """Checkpoint a step. `state` is JSON. Raises LeaseLost, Cancelled."""
        with fenced():
            connection.execute(
                b"select absurd.set_task_checkpoint_state(%s, %s, %s, %s::jsonb, %s, %s)",
                [NAME, claim.task, name, state, claim.run, self.lease],
            )

    def remembered(self, connection: Connection, claim: Claim) -> dict[str, str]:
        """JSON of every finished step, by name."""
        rows = connection.execute(
            b"select checkpoint_name as name, state::text as state"
            b" from absurd.get_task_checkpoint_states(%s, %s, %s)",
            [NAME, claim.task, claim.run],
        )
        return {row["name"]: row["state"] for row in rows}

    def recalled(self, connection: Connection, case: int, name: str) -> str:
        """JSON of a case's finished step, without a claim; "" where there is none, or none any more."""
        row = connection.execute(RECALL, [case, name]).fetchone()
        return str(row["state"]) if row else ""

    def finish(self, connection: Connection, claim: Claim, result: Json) -> None:
        with fenced():
            connection.execute(
                b"select absurd.complete_run(%s, %s, %s::jsonb)", [NAME, claim.run, json.dumps(result)]
            )

    def fail(self, connection: Connection, claim: Claim, reason: str, retry_in: float | None) -> None:
        """End this attempt; the next one starts in `retry_in` seconds, if any is left; None: this was the
        last one."""
        with fenced():
            if retry_in is None:
                self.extend(connection, claim)  # run before task, the order in which absurd locks
                connection.execute(LAST_ATTEMPT, [claim.task])
            connection.execute(
                b"select absurd.fail_run(%s, %s, %s::jsonb,"
                b" absurd.current_time() + make_interval(secs => %s))",
                [NAME, claim.run, json.dumps({"message": reason}), retry_in or 0],
            )

    def release(self, connection: Connection, claim: Claim, seconds: float = 0) -> None:
        """Give the task back, to go on in `seconds`, without counting an attempt."""
        with fenced():
            connection.execute(
                b"select absurd.schedule_run(%s, %s, absurd.current_time() + make_interval(secs => %s))",
                [NAME, claim.run, seconds],
            )

    def wait(
        self, connection: Connection, claim: Claim, event: str, seconds: int | None
    ) -> tuple[bool, Json]:
        """(suspended, payload): the event's payload, or suspended until it comes; no slot is held.
        After a timeout the payload is None. The first emit of a name wins, for ever."""
        with fenced():
            row = connection.execute(
                b"select should_suspend, payload from absurd.await_event(%s, %s, %s, %s, %s, %s)",
                [NAME, claim.task, claim.run, f"wait:{event}", event, seconds],
            ).fetchone()
        assert row is not None
        return bool(row["should_suspend"]), row["payload"]

    def emit(self, connection: Connection, event: str, payload: Json) -> None:
        self._client(connection).emit_event(event, payload)

    def cancel(self, connection: Connection, task: str) -> None:
        """Its worker notices at the next heartbeat or step."""
        self._client(connection).cancel_task(task)

    def retry(self, connection: Connection, task: str) -> None:
        """Give a failed task one more attempt; what it finished stays finished."""
        self._client(connection).retry_task(task)

    def state(self, connection: Connection, task: str) -> TaskResultState | None:
        found = self._client(connection).fetch_task_result(task)
        return found.state if found else None

    def _client(self, connection: Connection) -> Absurd:
        return Absurd(connection, NAME)


@contextmanager
def fenced() -> Iterator[None]:
    """absurd's refusals as ours: a cancelled task, and a run that is no longer ours."""
    try:
        yield
    except psycopg.Error as error:
        if error.sqlstate == "AB001":
            raise Cancelled("the case was cancelled") from error
        if error.sqlstate == "AB002" or "is not currently running" in str(error):
            raise LeaseLost("another worker has taken this case over") from error
        raise
