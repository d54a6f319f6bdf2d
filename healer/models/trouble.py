"""What can go wrong with a model, in our words."""

from __future__ import annotations

from healer.errors import HealerError
from healer.prices import Usage

RETRYABLE = frozenset(
    {"rate_limited", "overloaded", "server_error", "connection", "cut", "timeout", "malformed"}
)
OUTAGES = RETRYABLE - {"malformed"} | {"quota", "auth"}  # the provider's, not the conversation's


class Trouble(HealerError):
    """A model gave no usable answer; the case goes on without it."""

    def __init__(
        self, code: str, detail: str, *, retry_after: float | None = None, usage: Usage | None = None
    ) -> None:
        self.code, self.retry_after = code, retry_after
        self.usage = usage  # what a stream had cost before it ended early
        super().__init__(f"{code}: {detail[:500]}")

    @property
    def retryable(self) -> bool:
        return self.code in RETRYABLE
