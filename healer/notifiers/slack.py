"""Tells a Slack channel: one message a case, updated in place, with its news in the thread.

A message is claimed in the record before it is posted and carries its key as metadata. Where a sender died
in between, the channel is looked through once, and what is found is adopted; else it is posted.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from slack_sdk import WebClient

from healer.notifiers import blocks, modals
from healer.notifiers.blocks import Block, Done
from healer.notifiers.slack_client import Declined, Impossible, NotTaken, call
from healer.protocols import Message, Receipt
from healer.store import messages, requests
from healer.store.database import Connection
from healer.store.messages import Claim

log = logging.getLogger(__name__)

EVENT = "healer_message"
PAGES, PAGE = 3, 100
QUIET = {"unfurl_links": False, "unfurl_media": False, "parse": "none", "link_names": False}
GONE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})


class SlackNotifier:
    """`connect` opens the record. `channel` is a channel's id."""

    name = "slack"

    def __init__(self, client: WebClient, channel: str, connect: Callable[[], Connection]) -> None:
        self._client, self._channel, self._connect = client, channel, connect

    def notify(self, message: Message) -> Receipt:
        """Raises Transient where Slack does not take it now: asked again, it goes on where it was."""
        where = f"slack/{message.project}/{message.thread or message.key}"
        with self._connect() as connection, messages.sending(connection, where):
            reference = self._notify(connection, message)
        return Receipt(key=message.key, channel=self._channel, reference=reference)

    def _notify(self, connection: Connection, message: Message) -> str:
        own = f"slack/{message.project}/{message.key}"
        state, reference = messages.claim(connection, own, self._channel)
        if state is Claim.SENT:
            return reference
        if not message.thread:
            sent = self._once(connection, own, state, text=blocks.fallback(message), **_whole(message))
            messages.confirm(connection, own, self._channel, sent)
            return sent
        return self._in_thread(connection, own, state, message)

    def _in_thread(self, connection: Connection, own: str, state: Claim, message: Message) -> str:
        """The first message of a case is its head; a later one changes the head and is news below it."""
        head = _head(message.project, message.thread)
        known, top = messages.claim(connection, head, self._channel)
        text = blocks.fallback(message)
        if known is not Claim.SENT:
            top = sent = self._once(connection, head, known, text=text, **_whole(message))
        else:
            self._update(head, top, message, self._done(connection, message))
            news = {"blocks": blocks.news(message), "thread_ts": top}
            sent = self._once(connection, own, state, text=text, **news)
        with connection.transaction():
            messages.confirm(connection, head, self._channel, top)
            messages.describe(connection, head, message)
            messages.confirm(connection, own, self._channel, sent)
        return sent

    def _once(self, connection: Connection, key: str, state: Claim, **content: Any) -> str:
        """Post, or find what was posted under `key`; its timestamp, which is Slack's id of it."""
        if state is Claim.UNCONFIRMED:
            found = self._look(connection, key, str(content.get("thread_ts", "")))
            if found:
                return found
            messages.renew(connection, key)
        metadata = {"event_type": EVENT, "event_payload": {"key": key}}
        try:
            answer = call(
                self._client.chat_postMessage,
                channel=self._channel,
                metadata=metadata,
                **content,
                **QUIET,
            )
        except (NotTaken, Impossible):
            messages.release(connection, key)
            raise
        return str(answer["ts"])

    def _look(self, connection: Connection, key: str, thread: str) -> str:
        row = messages.find(connection, key)
        since = (row["at"] if row else datetime.now(UTC)) - timedelta(minutes=1)
        for one in self._since(since, thread):
            metadata = one.get("metadata") or {}
            if metadata.get("event_type") == EVENT and metadata.get("event_payload", {}).get("key") == key:
                return str(one["ts"])
        return ""

    def _since(self, since: datetime, thread: str) -> Sequence[dict[str, Any]]:
        """What the channel, or one of its threads, holds since then; a bounded number of pages."""
        wanted: dict[str, Any] = {"channel": self._channel, "include_all_metadata": True, "limit": PAGE}
        wanted |= {"oldest": f"{since.timestamp():.6f}"}
        method = self._client.conversations_replies if thread else self._client.conversations_history
        if thread:
            wanted["ts"] = thread
        found: list[dict[str, Any]] = []
        for _ in range(PAGES):
            answer = call(method, **wanted)
            found += answer["messages"]
            cursor = (answer.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                break
            wanted["cursor"] = cursor
        return found

    def _update(self, key: str, reference: str, message: Message, done: Sequence[Done]) -> None:
        """A head that a person took away stays away."""
        metadata = {"event_type": EVENT, "event_payload": {"key": key}}
        try:
            call(
                self._client.chat_update,
                channel=self._channel,
                ts=reference,
                text=blocks.fallback(message),
                blocks=blocks.summary(message, done),
                metadata=metadata,
                parse="none",
            )
        except Declined as no:
            if no.code not in GONE:
                raise
            log.warning("the message of %s cannot be changed: %s", key, no.code)

    def show(self, connection: Connection, case: int, project: str, thread: str) -> None:
        """Show in the case's message what people asked for."""
        asked = requests.of_case(connection, case)
        head = _head(project, thread)
        row = messages.find(connection, head)
        message = messages.said(row) if row else None
        if row and message and row["reference"]:
            self._update(head, row["reference"], message, [_as_done(one) for one in asked])
        if asked:
            requests.shown(connection, case, asked[-1]["id"])

    def _done(self, connection: Connection, message: Message) -> list[Done]:
        case = requests.find_case(connection, message.project, message.thread)
        return [_as_done(one) for one in requests.of_case(connection, case)] if case else []

    def open_form(self, trigger: str, action: str, metadata: str, today: date) -> None:
        call(self._client.views_open, trigger_id=trigger, view=modals.form(action, metadata, today))

    def whisper(self, channel: str, user: str, text: str) -> None:
        """A line that only `user` sees."""
        call(self._client.chat_postEphemeral, channel=channel, user=user, text=blocks.inert(text, 1000))

    def publish(
        self, key: str, title: str, content: list[Block], charts: Sequence[tuple[str, bytes]] = ()
    ) -> str:
        """A report under its natural key, once, with its charts (file name, PNG) in the thread."""
        own = f"slack/{key}"
        with self._connect() as connection, messages.sending(connection, own):
            state, reference = messages.claim(connection, own, self._channel)
            if state is not Claim.SENT:
                text = blocks.inert(title, blocks.FALLBACK)
                reference = self._once(connection, own, state, text=text, blocks=content)
                self._upload(connection, f"{own}/charts", reference, charts)
                messages.confirm(connection, own, self._channel, reference)
        return reference

    def _upload(
        self, connection: Connection, key: str, thread: str, charts: Sequence[tuple[str, bytes]]
    ) -> None:
        """Pictures that Slack will not take are left out: the numbers are in the text."""
        state, _ = messages.claim(connection, key, self._channel) if charts else (Claim.SENT, "")
        if state is Claim.SENT:
            return
        if state is Claim.NEW or not self._has_files(thread, {name for name, _ in charts}):
            uploads = [{"filename": name, "content": data, "title": name} for name, data in charts]
            try:
                call(
                    self._client.files_upload_v2,
                    file_uploads=uploads,
                    channel=self._channel,
                    thread_ts=thread,
                    request_file_info=False,
                )
            except Impossible as no:
                log.warning("the report has no charts: %s", no)
        messages.confirm(connection, key, self._channel, thread)

    def _has_files(self, thread: str, names: set[str]) -> bool:
        began = datetime.fromtimestamp(float(thread), UTC)
        files = [file for one in self._since(began, thread) for file in one.get("files", ())]
        return bool(names & {str(file.get("name", "")) for file in files})


def _head(project: str, thread: str) -> str:
    return f"slack/{project}/{thread}"


def _whole(message: Message) -> dict[str, Any]:
    return {"blocks": blocks.summary(message)}


def _as_done(row: dict[str, Any]) -> Done:
    until = row["until"]
    return Done(
        action=row["action"],
        who=row["actor"].removeprefix("slack:"),
        text=row["text"],
        until=until.date().isoformat() if until else "",
        open=_is_open(row),
    )


def _is_open(row: dict[str, Any]) -> bool:
    if row["action"] == "snooze":
        return bool(row["until"] and row["until"] > datetime.now(UTC))
    return row["done_at"] is None
