"""What is due now and then, beside the cases: each duty by itself, the others go on where one fails."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import psycopg

from healer.errors import HealerError

log = logging.getLogger(__name__)


@dataclass
class Secretary:
    """Every `every` seconds each of `duties`, until `stopping` is set."""

    duties: Sequence[Callable[[], object]]
    every: float = 30.0
    stopping: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        while not self.stopping.is_set():
            self.round()
            self.stopping.wait(self.every)

    def round(self) -> None:
        for duty in self.duties:
            try:
                duty()
            except (HealerError, psycopg.Error) as error:
                log.warning("this is tried again later: %s", error)
