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

FEW_LETTERS = 16  # answered together: small batches keep everybody's wait alike
LINGER = 0.002  # seconds for more to come, while another batch is read
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
    """What waits, handed over in order to `handle` in `executor`: `readers` batches at once.

    Where nothing is read, a letter is handed over as it comes. Else it waits a moment for others: senders
    that were answered together write again together, and a batch costs as much as several letters.
    One more is handed over ahead, so that no reader waits for its next, but only a full one: a small one
    taken early would cost as much as a full one, and let all who come after it wait for a second turn.
    """

    def __init__(
        self, handle: Callable[[Sequence[Letter]], list[Answer]], executor: Executor, *, readers: int = 2
    ) -> None:
        self._handle, self._executor, self._readers = handle, executor, readers
        self._waiting: deque[_Waiting] = deque()
        self._bytes = 0
        self._open: set[asyncio.Task[None]] = set()
        self._called = False

    async def stop(self) -> None:
        """After everything that was taken is answered."""
        while self._waiting or self._open:
            await asyncio.sleep(0.01)

    async def submit(self, letter: Letter) -> Answer:
        """The answer, after the commit. Raises Full."""
        if len(self._waiting) >= WAITING_LETTERS or self._bytes + len(letter.body) > WAITING_BYTES:
            raise Full
        loop = asyncio.get_running_loop()
        one = _Waiting(letter, loop.create_future())
        self._waiting.append(one)
        self._bytes += len(letter.body)
        self._call()
        return await one.answer

    def _call(self) -> None:
        """For what waits to be handed over."""
        if not self._called:
            self._called = True
            asyncio.get_running_loop().call_later(LINGER if self._open else 0, self._hand_over)

    def _hand_over(self) -> None:
        self._called = False
        while self._waiting and len(self._open) < self._readers + self._is_full():
            task = asyncio.create_task(self._answer(self._take()))
            self._open.add(task)
            task.add_done_callback(self._closed)

    def _closed(self, task: asyncio.Task[None]) -> None:
        self._open.discard(task)
        if self._waiting:
            self._call()

    def _is_full(self) -> bool:
        return len(self._waiting) >= FEW_LETTERS or self._bytes >= BATCH_BYTES

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

    async def _answer(self, batch: list[_Waiting]) -> None:
        answers = await self._opened([one.letter for one in batch])
        for one, answer in zip(batch, answers, strict=True):
            if not one.answer.done():  # the sender may have hung up
                one.answer.set_result(answer)

    async def _opened(self, letters: list[Letter]) -> list[Answer]:
        """Where a batch ends its reader, each letter gets one of its own, so that only one is refused."""
        try:
            return await self._run(letters)
        except BrokenExecutor:
            if len(letters) == 1:
                return [await self._opened_again(letters[0])]
            return [answer for letter in letters for answer in await self._opened([letter])]
        except Exception:
            log.exception("a batch of %s was not opened", len(letters))
            return [LATER] * len(letters)

    async def _opened_again(self, letter: Letter) -> Answer:
        try:
            return (await self._run([letter]))[0]
        except BrokenExecutor:
            log.error("a letter of %s bytes ended its reader twice", len(letter.body))
            return Answer(422, message="this event cannot be read; report its event_id")

    async def _run(self, letters: list[Letter]) -> list[Answer]:
        return await asyncio.get_running_loop().run_in_executor(self._executor, self._handle, letters)
