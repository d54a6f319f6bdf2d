"""The heartbeat around a long step, and what ends it early.

Without it a step longer than its lease is taken over again and again, each worker finishing in vain.
The beat is a thread of the process that works, so it stalls when that process does.
"""

from __future__ import annotations

import ctypes
import logging
import os
import threading
from collections.abc import Callable
from types import TracebackType

import psycopg

log = logging.getLogger(__name__)

FAIL_STOP = 70  # exit status: the supervisor starts a clean process


class Interrupted(BaseException):
    """Ends the work on a case from outside. Not an Exception: no stage may take it for its own."""


class LeaseLost(Interrupted):
    """Another worker has the case; nothing this one does counts any more."""


class Cancelled(Interrupted):
    """A person cancelled the case."""


class Stopping(Interrupted):
    """This worker was told to stop; the case goes back to the queue."""


class Suspended(Interrupted):
    """The case waits for an event and holds no slot."""


class Heartbeat:
    """`with Heartbeat(beat, every=…)`: calls `beat` now and then; when it raises `Interrupted` or the
    database is gone, that is raised in the thread that entered, at its next Python instruction.

    Work that does not end within `linger` seconds after that (it may hang in foreign code) costs the
    process: `fatal` ends it, and the supervisor starts a clean one.
    """

    def __init__(
        self,
        beat: Callable[[], None],
        *,
        every: float,
        linger: float = 30.0,
        fatal: Callable[[], None] = lambda: os._exit(FAIL_STOP),
    ) -> None:
        self._beat, self._every, self._linger, self._fatal = beat, every, linger, fatal
        self._over = threading.Event()
        self._border = threading.Lock()  # nothing is raised in the thread once it has left
        self._reason: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)
        self._working = 0

    def __enter__(self) -> None:
        self._thread.start()
        self._working = threading.get_ident()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._leave()
        except _Nudge:  # it arrives once, here at the latest
            self._leave()
        if self._reason is not None:
            raise self._reason

    def _leave(self) -> None:
        with self._border:
            self._over.set()
            _raise_in(self._working, None)
        self._thread.join()

    def _run(self) -> None:
        while not self._over.wait(self._every):
            try:
                self._beat()
            except (Interrupted, psycopg.Error) as reason:
                self._interrupt(reason)
                return

    def _interrupt(self, reason: BaseException) -> None:
        with self._border:
            while self._working == 0:
                self._over.wait(0.001)
            if self._over.is_set():
                return
            self._reason = reason
            _raise_in(self._working, _Nudge)
        log.warning("work is interrupted: %s", reason)
        if not self._over.wait(self._linger):
            log.error("work did not end %.0f s after it was interrupted; this process ends", self._linger)
            self._fatal()


class _Nudge(Interrupted):
    """Raised asynchronously; replaced by the true reason on leaving."""


def _raise_in(thread: int, kind: type[BaseException] | None) -> None:
    """Raise `kind` in a thread, or take back what was raised and has not arrived yet."""
    ctypes.pythonapi.PyThreadState_SetAsyncExc(
        ctypes.c_ulong(thread), ctypes.py_object(kind) if kind else None
    )
