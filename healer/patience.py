"""Asking a vendor again: bounded, and as patient as it asks us to be; its client never tries by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt

from healer.errors import Transient

TRIES = 4
MAX_WAIT = 60.0  # seconds; a limit that lasts longer is left for the next round
LONGEST_GUESS = 20.0  # seconds, where nobody says how long

T = TypeVar("T")


class Limited(Transient):
    """A service's rate limit is used up; the rest is done at the next try."""

    def __init__(self, service: str, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"{service} asks to wait {seconds:.0f} s")


def patiently(work: Callable[[], T], sleep: Callable[[float], None]) -> T:
    """`work()`, tried again where it raises Transient: it must look before it acts.

    Raises what the last try raised, and a Limited that asks for more than MAX_WAIT at once."""
    retrying = Retrying(
        retry=retry_if_exception_type(Transient),
        stop=stop_after_attempt(TRIES),
        wait=_pause,
        sleep=sleep,
        reraise=True,
    )
    return retrying(work)


def _pause(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    if not isinstance(error, Limited):
        return min(2.0 ** (state.attempt_number - 1), LONGEST_GUESS)
    if error.seconds > MAX_WAIT:
        raise error
    return error.seconds
