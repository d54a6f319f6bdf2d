"""Who opens the letters: processes, so that cleaning hostile text never holds up the event loop."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor

from healer.intake import Answer, Letter, Office

_here = threading.local()


def crew(office: Office, *, processes: int = 2) -> Executor:
    """`processes` of them, each with a connection of its own; 0 means: two threads of this process."""
    if processes == 0:
        return ThreadPoolExecutor(2, initializer=_take_post, initargs=(office, False))
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(processes, context, initializer=_take_post, initargs=(office, True))


def handle(letters: Sequence[Letter]) -> list[Answer]:
    """`Office.handle` of whichever crew member this runs in."""
    office: Office = _here.office
    return office.handle(letters)


def _take_post(office: Office, apart: bool) -> None:
    _here.office = Office(office.dsn, office.routes, office.queue, office.patience)
    if apart:
        threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A pool's processes outlive a parent that was killed, and would wait for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
