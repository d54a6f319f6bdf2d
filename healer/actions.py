"""What a person asks for about a case: checked, recorded, audited and announced in one transaction.

Nothing here touches a forge, and nothing merges. A request is a row; whoever follows the proposal is nudged,
hears it as a remark (`Chronicle.asked`) and carries it out. Its event wakes a case that waits for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from healer.engine import Queue
from healer.store import cases, ledger, requests
from healer.store.database import Connection
from triage.noun import Noun

ACTIONS = ("approve", "changes", "reject", "person", "snooze")
WORDS = {
    "approve": "approved",
    "changes": "asked to be changed",
    "reject": "rejected",
    "person": "handed to a person",
    "snooze": "snoozed",
}
NEEDS_TEXT = frozenset({"changes", "reject"})
ENDED = {"merged": "merged", "closed": "closed", "stale": "closed as stale"}

Row = dict[str, Any]


class Acted(Noun):
    """`first`: this call made the request. Else `sentence` says what stands in its way, or who was first."""

    first: bool
    action: str
    sentence: str
    by: str = ""
    request: int = 0


def event(case: int, number: int) -> str:
    """Name of the engine's event for the case's request `number`."""
    return f"case:{case}:request:{number}"


def act(
    connection: Connection,
    case: int,
    action: str,
    actor: str,
    text: str = "",
    *,
    delivery: str,
    until: date | None = None,
    queue: Queue | None = None,
) -> Acted:
    """Record that `actor` (`slack:U0ADA`) asks for `action`. `text` is clean already.

    The same `delivery` twice, or an action that stands already, changes nothing and says who was first."""
    with connection.transaction():
        found = requests.lock(connection, case)
        earlier = requests.of_case(connection, case) if found else []
        stands = _refusal(connection, found, earlier, action, text, delivery, until)
        if stands is not None or found is None:
            said = stands or Acted(first=False, action=action, sentence="There is no such case.")
            _audit(connection, case if found else None, actor, action, delivery, said)
            return said
        moment = datetime.combine(until, time(), UTC) if until and action == "snooze" else None
        row = requests.ask(connection, case, action, actor, text, delivery, moment)
        assert row is not None, "the case is locked and the delivery was looked for"
        _effects(connection, queue or Queue(), found, row)
        sentence = f"{WORDS[action].capitalize()} by {actor.removeprefix('slack:')}."
        done = Acted(first=True, action=action, sentence=sentence, by=actor, request=row["id"])
        _audit(connection, case, actor, action, delivery, done, text)
        return done


def deny(connection: Connection, actor: str, action: str, subject: str, code: str) -> None:
    """Somebody who may not asked for it."""
    ledger.audit(
        connection,
        actor=actor,
        action=action,
        decision="deny",
        subject=subject,
        rule="slack_users",
        code=code,
    )


def _refusal(
    connection: Connection,
    found: Row | None,
    earlier: Sequence[Row],
    action: str,
    text: str,
    delivery: str,
    until: date | None,
) -> Acted | None:
    if action not in ACTIONS:
        return Acted(first=False, action=action, sentence=f"There is no action {action[:40]!r}.")
    if found is None:
        return None
    before = _standing(earlier, action, delivery, until)
    if before is not None:
        who = before["actor"].removeprefix("slack:")
        sentence = f"Already {WORDS[before['action']]} by {who}."
        return Acted(first=False, action=action, sentence=sentence, by=before["actor"], request=before["id"])
    ended = ENDED.get(_proposal(connection, found["id"]), "")
    if ended:
        return Acted(first=False, action=action, sentence=f"The proposal is {ended} already.")
    if action in NEEDS_TEXT and not text.strip():
        return Acted(first=False, action=action, sentence="Say why, or what should be different.")
    if action == "snooze" and (until is None or until <= datetime.now(UTC).date()):
        return Acted(first=False, action=action, sentence="Choose a day to come.")
    return None


def _standing(earlier: Sequence[Row], action: str, delivery: str, until: date | None) -> Row | None:
    """The earlier request that makes this one void."""
    for row in earlier:
        if row["delivery"] == delivery or row["action"] in ("reject", "person"):
            return row
    newest = {row["action"]: row for row in earlier}
    same = newest.get(action)
    if same is None:
        return None
    if action == "approve":
        changed = newest.get("changes")
        return None if changed and changed["number"] > same["number"] else same
    if action == "snooze":
        return same if until and same["until"] and same["until"].date() >= until else None
    return same if same["done_at"] is None else None


def _proposal(connection: Connection, case: int) -> str:
    row = connection.execute(b"select state from healer.proposal where case_id = %s", [case]).fetchone()
    return str(row["state"]) if row else ""


def _effects(connection: Connection, queue: Queue, found: Row, row: Row) -> None:
    case, action = found["id"], row["action"]
    if action == "reject":
        _learn(connection, found, row["text"])
    if action == "person" and found["closed_at"] is None:
        if found["task_id"]:
            queue.cancel(connection, found["task_id"])
        cases.abandon(connection, case, "handed_over", f"handed over by {row['actor']}", state="declined")
    if _proposal(connection, case):
        queue.nudge(connection, case, f"request-{row['id']}")  # whoever follows the proposal looks now
    told = {"request": row["id"], "action": action, "actor": row["actor"], "text": row["text"]}
    queue.emit(connection, event(case, row["number"]), told)


def _learn(connection: Connection, found: Row, text: str) -> None:
    row = connection.execute(
        b"select files, coalesce(proof #>> '{patch,reproduction,diagnosis,signature,exception}', '')"
        b" as exception from healer.proposal where case_id = %s",
        [found["id"]],
    ).fetchone()
    ledger.learn(
        connection,
        found["project"],
        "rejected",
        text,
        case=found["id"],
        fingerprint=found["fingerprint"],
        exception=row["exception"] if row else "",
        files=row["files"] if row else (),
    )


def _audit(
    connection: Connection,
    case: int | None,
    actor: str,
    action: str,
    delivery: str,
    said: Acted,
    text: str = "",
) -> None:
    ledger.audit(
        connection,
        actor=actor,
        action=action[:40],
        decision="allow" if said.first else "note",
        subject=delivery,
        rule="act",
        code="asked" if said.first else "void",
        case=case,
        detail={"sentence": said.sentence, "text": text} if text else {"sentence": said.sentence},
    )
