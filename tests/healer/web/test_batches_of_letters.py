"""How letters that wait are handed over: in order, together, and nobody twice."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Semaphore

import pytest

from healer.intake import Answer, Letter
from healer.web.batches import FEW_LETTERS, LATER, Batches


class Reader:
    """Answers each letter with its own text, a batch for every `release`."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.gate = Semaphore(0)

    def __call__(self, letters: Sequence[Letter]) -> list[Answer]:
        self.batches.append([letter.body.decode() for letter in letters])
        self.gate.acquire()
        return [Answer(200, letter.body.decode()) for letter in letters]

    def release(self, batches: int = 1) -> None:
        self.gate.release(batches)


async def sent(batches: Batches, *names: str) -> list[asyncio.Task[Answer]]:
    tasks = [asyncio.create_task(batches.submit(Letter("hook", name.encode()))) for name in names]
    await asyncio.sleep(0.02)
    return tasks


def names(start: int, count: int) -> list[str]:
    return [str(number) for number in range(start, start + count)]


async def through(reader: Reader, *rounds: list[str]) -> list[str]:
    """The answers to rounds of letters that come one after another while the one reader is at work."""
    with ThreadPoolExecutor(1) as executor:
        batches = Batches(reader, executor, readers=1)
        tasks = [task for each in rounds for task in await sent(batches, *each)]
        reader.release(len(tasks))
        answers = [answer.id for answer in await asyncio.gather(*tasks)]
        await batches.stop()
    return answers


def test_letters_that_come_together_are_opened_together() -> None:
    reader = Reader()
    assert asyncio.run(through(reader, names(0, 3))) == names(0, 3)
    assert reader.batches == [names(0, 3)]


def test_few_letters_wait_for_a_reader_and_may_still_be_joined() -> None:
    reader = Reader()
    assert asyncio.run(through(reader, ["first"], ["a"], ["b"], ["c"])) == ["first", "a", "b", "c"]
    assert reader.batches == [["first"], ["a", "b", "c"]]


def test_letters_that_come_one_by_one_while_others_are_read_are_opened_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("healer.web.batches.LINGER", 0.2)
    reader = Reader()

    async def scenario() -> None:
        with ThreadPoolExecutor(2) as executor:
            batches = Batches(reader, executor, readers=2)
            tasks = await sent(batches, "first")
            for name in ("a", "b", "c"):
                tasks.append(asyncio.create_task(batches.submit(Letter("hook", name.encode()))))
                for _ in range(10):  # rounds of the loop
                    await asyncio.sleep(0)
            reader.release(len(tasks))
            await asyncio.gather(*tasks)

    asyncio.run(scenario())
    assert reader.batches == [["first"], ["a", "b", "c"]]


def test_a_full_batch_is_handed_over_ahead_in_order() -> None:
    reader = Reader()
    full, late = names(0, FEW_LETTERS), names(FEW_LETTERS, 2)
    assert asyncio.run(through(reader, ["first"], full, late)) == ["first", *full, *late]
    assert reader.batches == [["first"], full, late]


def test_a_batch_that_cannot_be_opened_is_answered_and_the_next_one_opened() -> None:
    def handle(letters: Sequence[Letter]) -> list[Answer]:
        if letters[0].body == b"bad":
            raise RuntimeError
        return [Answer(200)] * len(letters)

    async def scenario() -> list[Answer]:
        with ThreadPoolExecutor(1) as executor:
            batches = Batches(handle, executor, readers=1)
            return [await batches.submit(Letter("hook", body)) for body in (b"bad", b"good")]

    assert asyncio.run(scenario()) == [LATER, Answer(200)]
