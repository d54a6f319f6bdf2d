"""Where clicks arrive, by whichever door: who may, what it means, what the clicker is told.

`take` only writes to the record and answers within Slack's three seconds; what has to be said to Slack
is handed back as `later`, to be done after the answer."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import psycopg

from healer import actions
from healer.errors import HealerError
from healer.interactions import Answer, Interaction, metadata, read
from healer.notifiers import modals
from healer.notifiers.slack import SlackNotifier
from healer.store import requests
from healer.store.database import Connection

log = logging.getLogger(__name__)

NOT_ALLOWED = "You may not act on Healer's proposals; ask to be listed in slack.users."


@dataclass(frozen=True)
class Desk:
    """`connect` opens the record, quickly or not at all. `team`, `users`: Slack ids of who may act."""

    connect: Callable[[], Connection]
    slack: SlackNotifier
    team: str
    users: frozenset[str]

    def take(self, payload: Mapping[str, Any]) -> Answer:
        """Raises psycopg.Error where the record cannot be reached: nothing was done then."""
        one = read(payload)
        if one.kind == "other" or one.action == "open":
            return Answer()
        why = self._foreign(one)
        if why:
            return self._denied(one, why)
        if one.kind == "click" and modals.has_form(one.action):
            today = datetime.now(UTC).date()
            form = partial(self.slack.open_form, one.trigger, one.action, metadata(one), today)
            return Answer(later=_quietly(form))
        return self._act(one)

    def _foreign(self, one: Interaction) -> str:
        if not self.team or one.team != self.team or one.user_team != self.team:
            return "other_workspace"
        return "" if one.user in self.users else "not_listed"

    def _denied(self, one: Interaction, code: str) -> Answer:
        with self.connect() as connection:
            subject = f"{one.project}/{one.key}"[:300]
            actions.deny(connection, f"slack:{one.user}"[:80], one.action[:40], subject, code)
        return self._tell(one, NOT_ALLOWED)

    def _act(self, one: Interaction) -> Answer:
        if one.kind == "form" and one.until and not _reasonable(one.until):
            return self._tell(one, "Choose a day within a year.")
        with self.connect() as connection:
            case = requests.find_case(connection, one.project, one.key) or 0
            said = actions.act(
                connection,
                case,
                one.action,
                f"slack:{one.user}",
                one.text,
                delivery=one.delivery,
                until=one.until,
            )
        if said.first:
            return Answer(later=_quietly(partial(self._show, case, one.project, one.key)))
        replay = said.by == f"slack:{one.user}" and said.request
        return Answer() if replay else self._tell(one, said.sentence)

    def _tell(self, one: Interaction, sentence: str) -> Answer:
        """In the form itself, or as a line only the clicker sees."""
        if one.kind == "form":
            return Answer(body={"response_action": "errors", "errors": {modals.BLOCK: sentence}})
        if not one.channel:
            return Answer()
        return Answer(later=_quietly(partial(self.slack.whisper, one.channel, one.user, sentence)))

    def _show(self, case: int, project: str, key: str) -> None:
        with self.connect() as connection:
            self.slack.show(connection, case, project, key)

    def catch_up(self) -> int:
        """Show what was asked for and is not shown yet; how many cases that were."""
        with self.connect() as connection:
            waiting = {
                (row["case_id"], row["project"], row["thread"]) for row in requests.unshown(connection)
            }
            for case, project, thread in sorted(waiting):
                self.slack.show(connection, case, project, thread)
        return len(waiting)


def _reasonable(until: date) -> bool:
    return until - datetime.now(UTC).date() <= modals.LONGEST_SNOOZE


def _quietly(work: Callable[[], None]) -> Callable[[], None]:
    """After the answer nobody is there to hear of a failure; what matters is in the record."""

    def done() -> None:
        try:
            work()
        except (HealerError, psycopg.Error) as error:
            log.warning("Slack was not told: %s", error)

    return done
