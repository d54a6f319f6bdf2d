"""Many requests, few commits: letters that wait together are opened and committed together."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Executor
from dataclasses import dataclass

from healer.intake import Answer, Letter

log = logging.getLogger(__name__)

FEW_LETTERS = 12  # answered together: small batches keep everybody's wait alike
BATCH_LETTERS = 64  # where many wait, and are served sooner by fewer commits
BATCH_BYTES = 1024 * 1024  # a large event must not make small ones wait
WAITING_BYTES = 64 * 1024 * 1024
WAITING_LETTERS = 2000

LATER = Answer(503, message="the server could not take this just now; send it again later")


class Full(Exception):
    """More is waiting than can be opened soon."""


@dataclass
class _Waiting:
    letter: Letter
    answer: asyncio.Future[Answer]


class Batches:
    """`committers` tasks take what waits, as much as fits in a batch, and run `handle` in `executor`."""

    def __init__(
        self, handle: Callable[[Sequence[Letter]], list[Answer]], executor: Executor, *, committers: int = 2
    ) -> None:
        self._handle, self._executor, self._count = handle, executor, committers
        self._waiting: deque[_Waiting] = deque()
        self._bytes = 0
        self._something = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        self._tasks = [asyncio.create_task(self._commit()) for _ in range(self._count)]

    async def stop(self) -> None:
        """After everything that was taken is answered."""
        while self._waiting:
            await asyncio.sleep(0.01)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def submit(self, letter: Letter) -> Answer:
        """The answer, after the commit. Raises Full."""
        if len(self._waiting) >= WAITING_LETTERS or self._bytes + len(letter.body) > WAITING_BYTES:
            raise Full
        one = _Waiting(letter, asyncio.get_running_loop().create_future())
        self._waiting.append(one)
        self._bytes += len(letter.body)
        self._something.set()
        return await one.answer

    def _take(self) -> list[_Waiting]:
        batch = [self._waiting.popleft()]
        size = len(batch[0].letter.body)
        most = min(BATCH_LETTERS, max(FEW_LETTERS, len(self._waiting) // 8))
        while self._waiting and len(batch) < most:
            size += len(self._waiting[0].letter.body)
            if size > BATCH_BYTES:
                break
            batch.append(self._waiting.popleft())
        self._bytes -= sum(len(one.letter.body) for one in batch)
        return batch

    async def _commit(self) -> None:
        while True:
            await self._something.wait()
            if not self._waiting:
                self._something.clear()
                continue
            batch = self._take()
            answers = await self._open([one.letter for one in batch])
            for one, answer in zip(batch, answers, strict=True):
                if not one.answer.done():  # the sender may have hung up
                    one.answer.set_result(answer)

    async def _open(self, letters: list[Letter]) -> list[Answer]:
        """Where a batch ends its reader, each letter gets one of its own, so that only one is refused."""
        try:
            return await self._run(letters)
        except BrokenExecutor:
            if len(letters) == 1:
                return [await self._open_again(letters[0])]
            return [answer for letter in letters for answer in await self._open([letter])]
        except Exception:
            log.exception("a batch of %s was not opened", len(letters))
            return [LATER] * len(letters)

    async def _open_again(self, letter: Letter) -> Answer:
        try:
            return (await self._run([letter]))[0]
        except BrokenExecutor:
            log.error("a letter of %s bytes ended its reader twice", len(letter.body))
            return Answer(422, message="this event cannot be read; report its event_id")

    async def _run(self, letters: list[Letter]) -> list[Answer]:
        return await asyncio.get_running_loop().run_in_executor(self._executor, self._handle, letters)
