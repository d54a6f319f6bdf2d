"""Messages to people: claimed under a natural key before they are sent, confirmed after."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Any

import orjson

from healer.protocols import Message
from healer.store.database import Connection, storable
from healer.store.queries import QUERIES


class Claim(StrEnum):
    NEW = "new"  # ours to send
    UNCONFIRMED = "unconfirmed"  # somebody began to send it and died: look in the channel first
    SENT = "sent"


@contextmanager
def sending(connection: Connection, key: str) -> Iterator[None]:
    """One sender at a time for whatever `key` names, over all processes; a sender that dies lets go."""
    connection.execute(b"select pg_advisory_lock(hashtextextended(%s, 0))", [key])
    try:
        yield
    finally:
        if not connection.closed:
            connection.execute(b"select pg_advisory_unlock(hashtextextended(%s, 0))", [key])


def claim(connection: Connection, key: str, channel: str) -> tuple[Claim, str]:
    """What is known of the message `key`, with the channel's reference once it was sent.

    Commit before sending: the claim is what tells a second sender to look first."""
    if connection.execute(QUERIES["claim_message"], {"key": key, "channel": channel}).fetchone():
        return Claim.NEW, ""
    row = find(connection, key)
    reference = str(row["reference"]) if row else ""
    return (Claim.SENT if reference else Claim.UNCONFIRMED), reference


def confirm(connection: Connection, key: str, channel: str, reference: str) -> None:
    """`reference` is the channel's own id of the message, never empty."""
    connection.execute(QUERIES["confirm_message"], {"key": key, "channel": channel, "reference": reference})


def release(connection: Connection, key: str) -> None:
    """Take a claim back, where the channel certainly did not take the message."""
    connection.execute(QUERIES["release_message"], {"key": key})


def renew(connection: Connection, key: str) -> None:
    """It is sent again from now on; whoever looks for it need not look further back."""
    connection.execute(b"update healer.message set at = now() where key = %s", [key])


def describe(connection: Connection, key: str, message: Message) -> None:
    """Keep what it says, to update it in place."""
    body = storable(message.model_dump_json())
    row = {"key": key, "project": message.project, "thread": message.thread, "body": body}
    connection.execute(QUERIES["describe_message"], row)


def find(connection: Connection, key: str) -> dict[str, Any] | None:
    """Row of key, channel, reference, at and body."""
    return connection.execute(QUERIES["find_message"], {"key": key}).fetchone()


def said(row: dict[str, Any]) -> Message | None:
    """What the message of a row said, where that was kept."""
    return Message.model_validate_json(orjson.dumps(row["body"])) if row["body"] else None
