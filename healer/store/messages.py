"""Messages to people: claimed under a natural key before they are sent, confirmed after."""

from __future__ import annotations

from enum import StrEnum

from healer.store.database import Connection
from healer.store.queries import QUERIES


class Claim(StrEnum):
    NEW = "new"  # ours to send
    UNCONFIRMED = "unconfirmed"  # somebody began to send it and died: look in the channel first
    SENT = "sent"


def claim(connection: Connection, key: str, channel: str) -> tuple[Claim, str]:
    """What is known of the message `key`, with the channel's reference once it was sent.

    Commit before sending: the claim is what tells a second sender to look first."""
    if connection.execute(QUERIES["claim_message"], {"key": key, "channel": channel}).fetchone():
        return Claim.NEW, ""
    row = connection.execute(b"select reference from healer.message where key = %s", [key]).fetchone()
    reference = str(row["reference"]) if row else ""
    return (Claim.SENT if reference else Claim.UNCONFIRMED), reference


def confirm(connection: Connection, key: str, channel: str, reference: str) -> None:
    """`reference` is the channel's own id of the message, never empty."""
    connection.execute(QUERIES["confirm_message"], {"key": key, "channel": channel, "reference": reference})
