"""A proposal's record, as `follow` reads and writes it. Implements `Chronicle`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson

from healer.case import Proof, PullRequest, PullState
from healer.errors import BadInput
from healer.protocols import Heard, Kept
from healer.store import proposals, requests
from healer.store.database import Connection, storable
from healer.store.queries import QUERIES

ASKED = {"approve": "approved", "changes": "changes", "reject": "rejected", "person": "person"}


@dataclass(frozen=True)
class RecordedChronicle:
    connection: Connection
    case: int

    def kept(self) -> Kept:
        row = self.connection.execute(QUERIES["kept_proposal"], {"case": self.case}).fetchone()
        if row is None:
            raise BadInput(f"case {self.case} has no proposal; `healer cases` lists what has one")
        names = ("key", "branch", "commit", "number", "url", "title", "body")
        pull = PullRequest(**{name: row[name] for name in names}, state=_state(row["state"]))
        return Kept(
            pull=pull,
            proof=Proof.model_validate_json(orjson.dumps(row["proof"])),
            amendments=row["amendments"],
            heard=tuple(row["heard"]),
            why=row["closed_why"],
            snoozed_until=requests.snoozed_until(self.connection, self.case),
        )

    def heard(self, id: str, who: str, kind: str, outcome: str) -> None:
        row = {"case": self.case, "id": id, "who": who, "kind": kind, "outcome": outcome}
        with self.connection.transaction():
            self.connection.execute(QUERIES["save_heard"], row)

    def moved(self, state: PullState, by: str = "", why: str = "") -> None:
        row = self.connection.execute(QUERIES["kept_proposal"], {"case": self.case}).fetchone()
        if row is None:
            return
        with self.connection.transaction():
            proposals.move(self.connection, row["project"], row["key"], state.value, by=by, why=why)
            if state is PullState.MERGED:
                self.connection.execute(QUERIES["case_healed"], {"case": self.case})

    def amended(self, pull: PullRequest, proof: Proof, id: str, who: str, kind: str) -> None:
        row = {
            "case": self.case,
            "base": proof.base,
            "commit": pull.commit,
            "title": pull.title,
            "body": pull.body,
            "files": sorted(proof.patch.files),
            "proof": storable(proof.model_dump_json()),
        }
        remark = {"case": self.case, "id": id, "who": who, "kind": kind, "outcome": "amended"}
        with self.connection.transaction():
            self.connection.execute(QUERIES["save_heard"], remark)
            self.connection.execute(QUERIES["amend_proposal"], row)

    def asked(self) -> tuple[Heard, ...]:
        rows = self.connection.execute(QUERIES["case_requests"], {"case": self.case}).fetchall()
        return tuple(_heard(row) for row in rows if row["action"] in ASKED)

    def learn(self, outcome: str, text: str) -> None:
        row = {"case": self.case, "outcome": outcome, "text": text}
        with self.connection.transaction():
            self.connection.execute(QUERIES["forget_lesson"], row)
            self.connection.execute(QUERIES["learn_from_proposal"], row)


def _state(name: str) -> PullState:
    return PullState(name) if name in set(PullState) else PullState.CLOSED


def _heard(row: dict[str, Any]) -> Heard:
    who = row["actor"].removeprefix("slack:")
    return Heard(
        id=f"request-{row['number']}", who=who, kind=ASKED[row["action"]], text=row["text"], at=row["at"]
    )
