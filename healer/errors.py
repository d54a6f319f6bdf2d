"""Every error a user can meet. The docstring is the start of the message, and says the next move."""

from __future__ import annotations

import inspect
import logging
from collections.abc import Iterator
from contextlib import contextmanager

log = logging.getLogger(__name__)


class HealerError(Exception):
    """Something went wrong inside Healer; run `healer doctor`, and report it with the line above."""

    exit_code = 1

    def __init__(self, detail: str = "") -> None:
        self.detail = detail
        super().__init__(detail or inspect.getdoc(type(self)) or "")

    @property
    def remedy(self) -> str:
        return (inspect.getdoc(type(self)) or "").strip()


class BadInput(HealerError):
    """The input cannot be used; correct what is named and try again."""

    exit_code = 2


class NotConfigured(HealerError):
    """A setting is missing or wrong; set it in healer.toml or the environment."""

    exit_code = 2


class NoSandbox(HealerError):
    """No working sandbox, so no foreign code is run; `healer doctor` names the remedy."""


class Denied(HealerError):
    """A policy refused an action; nothing was changed."""


class Transient(HealerError):
    """A service did not answer as it should; this is tried again by itself."""


class Refused(HealerError):
    """Healer decided not to go on. This is an answer, not a failure, and is never retried."""

    exit_code = 3

    def __init__(self, code: str, reason: str) -> None:
        self.code, self.reason = code, reason
        super().__init__(reason)


class Later(HealerError):
    """The work waits for its turn; it goes on by itself, and `healer cases` shows for what it waits."""

    def __init__(self, seconds: float, reason: str, waits_for: str = "") -> None:
        """`seconds`: until it looks again by itself; `waits_for`: what wakes it earlier."""
        self.seconds, self.reason, self.waits_for = seconds, reason, waits_for
        super().__init__(reason)


@contextmanager
def undoing_nothing(what: str) -> Iterator[None]:
    """For telling others of what stands already: who does not listen for good is logged, and that is all.

    What may go better next time is still raised."""
    try:
        yield
    except Transient:
        raise
    except HealerError as error:
        log.error("%s: %s", what, error)
