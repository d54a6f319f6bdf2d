"""Nudges: somebody may have done something with a proposal. A hook says so at once, and a poll makes up for
the hooks that were missed, for GitHub does not send them again by itself."""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import psycopg

from healer.engine import Queue
from healer.eventlog.traffic import traffic
from healer.store.database import Connection, connect
from healer.store.queries import QUERIES
from healer.store.soaking import settle
from triage.lenient import integer, items, mapping, text

log = logging.getLogger(__name__)

EVENTS = frozenset(
    {
        "check_run",
        "check_suite",
        "issue_comment",
        "pull_request",
        "pull_request_review",
        "pull_request_review_comment",
        "push",
        "status",
    }
)


def deliver(
    connection: Connection, queue: Queue, event: str, delivery: str, payload: Mapping[str, Any]
) -> str:
    """What became of one delivery: queued | duplicate | ignored. Only who is meant is read from it; how
    things stand is asked of GitHub itself."""
    found = _meant(connection, event, payload)
    if not found:
        return "ignored"
    digest = hashlib.sha256(f"github\0{delivery}".encode()).hexdigest()
    row = {"digest": digest, "resource": event[:60], "action": text(payload.get("action"))[:60]}
    with connection.transaction():
        if connection.execute(QUERIES["save_delivery"], row).fetchone() is None:
            return "duplicate"
        for case in found:
            queue.nudge(connection, case, digest)
    return "queued"


def _meant(connection: Connection, event: str, payload: Mapping[str, Any]) -> list[int]:
    sender = mapping(payload.get("sender"))
    if event not in EVENTS or (
        sender.get("type") == "Bot" and event not in ("check_run", "check_suite", "status")
    ):
        return []
    url = text(mapping(payload.get("repository")).get("html_url"))
    cases: list[int] = []
    for branch, number in _branches(event, payload):
        wanted = {"branch": branch, "number": number, "url": url}
        cases += [row["case_id"] for row in connection.execute(QUERIES["proposal_by_branch"], wanted)]
    return sorted(set(cases))


def _branches(event: str, payload: Mapping[str, Any]) -> list[tuple[str, int]]:
    """(branch, number or 0) of ours that a payload speaks of."""
    pull = mapping(payload.get("pull_request"))
    named = [text(mapping(pull.get("head")).get("ref")), text(payload.get("ref")).removeprefix("refs/heads/")]
    suite = mapping(payload.get("check_suite")) or mapping(
        mapping(payload.get("check_run")).get("check_suite")
    )
    named.append(text(suite.get("head_branch")))
    named += [text(mapping(one).get("name")) for one in items(payload.get("branches"))]
    ours = {(branch, 0) for branch in named if branch.startswith("healer/")}
    issue = mapping(payload.get("issue"))
    number = integer(issue.get("number")) or 0
    return sorted(ours | ({("", number)} if number and issue.get("pull_request") else set()))


@dataclass
class Follower:
    """Every `every` seconds: nudge whoever looks after open proposals, and see what became of merged ones.
    `besides`: what else time alone makes due; returns how many cases it opened."""

    dsn: str
    queue: Queue = field(default_factory=Queue)
    every: float = 300.0
    besides: Callable[[Connection], int] = lambda connection: 0
    stopping: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        while not self.stopping.is_set():
            try:
                self.round()
            except psycopg.Error as error:
                log.warning("this round over the proposals ended early: %s", error)
            self.stopping.wait(self.every)

    def round(self) -> int:
        """How many proposals are looked at."""
        with connect(self.dsn) as connection:
            settle(connection, partial(traffic, connection))
            self.besides(connection)
            slot = int(time.time() // self.every)  # the same for all processes of this round
            rows = connection.execute(QUERIES["followed_proposals"]).fetchall()
            for row in rows:
                self.queue.nudge(connection, row["case_id"], f"poll-{slot}")
        return len(rows)
