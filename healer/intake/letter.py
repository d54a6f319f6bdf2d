"""What passes between a door and whoever opens the mail."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Letter:
    """A body as it came, still encoded. Its repr hides the content: nothing raw reaches a log."""

    door: str  # hook | envelope
    body: bytes = field(repr=False)
    encoding: str = ""  # Content-Encoding
    project: str = ""  # id in the DSN's path, for envelopes
    key: str | None = None  # public key named outside the body
    resource: str = ""  # Sentry-Hook-Resource
    organization: str = ""  # whose client secret signed it


@dataclass(frozen=True, slots=True)
class Answer:
    """What the sender is told, after the commit."""

    status: int = 200
    id: str = ""
    message: str = ""  # one sentence: what is wrong, and what to do
    disposition: str = ""


class Rejected(Exception):
    """The letter cannot be taken; nothing of it is kept."""

    def __init__(self, status: int, message: str) -> None:
        self.status = status
        super().__init__(message)
