"""Who opens the letters: processes, so that cleaning hostile text never holds up the event loop."""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import ParamSpec, TypeVar

from healer.intake import Answer, Letter, Office

P = ParamSpec("P")
T = TypeVar("T")

# An event is thousands of objects, none of them in a circle: to look for circles after every 700 takes 2 to
# 5 % of the time, and now and then 15 ms at once. `tests/triage/test_familiar_parts.py` holds that it is so.
COLLECT_AFTER = 50_000

_here = threading.local()


def crew(office: Office, *, processes: int = 2) -> Executor:
    """`processes` of them, each with a connection of its own; 0 means: two threads of this process."""
    if processes == 0:
        return ThreadPoolExecutor(2, initializer=_take_post, initargs=(office, False))
    return Crew(office, processes)


class Crew(Executor):
    """A process pool that outlives its processes: foreign input may end one of them."""

    def __init__(self, office: Office, processes: int) -> None:
        self._office, self._processes = office, processes
        self._pool = self._hire()
        self._hiring = threading.Lock()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        with self._hiring:
            try:
                return self._pool.submit(fn, *args, **kwargs)
            except BrokenProcessPool:
                self._pool.shutdown(wait=False)
                self._pool = self._hire()
                return self._pool.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._pool.shutdown(wait, cancel_futures=cancel_futures)

    def _hire(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(
            self._processes, context, initializer=_take_post, initargs=(self._office, True)
        )


def handle(letters: Sequence[Letter]) -> list[Answer]:
    """`Office.handle` of whichever crew member this runs in."""
    office: Office = _here.office
    return office.handle(letters)


def _take_post(office: Office, apart: bool) -> None:
    _here.office = Office(office.dsn, office.routes, office.queue, office.patience)
    if apart:
        gc.freeze()  # what was imported stays; no collection need look at it
        gc.set_threshold(COLLECT_AFTER, 50, 10)
        threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A pool's processes outlive a parent that was killed, and would wait for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
