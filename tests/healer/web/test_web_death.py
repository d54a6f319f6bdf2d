"""What was acknowledged is in the record, once, whatever dies in between."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from pathlib import Path

import httpx

KEY = "aabbccddeeff00112233445566778899"


def body(number: int) -> bytes:
    frame = {"filename": "a.py", "function": "abcde"[number % 5] * 3, "lineno": 1, "in_app": True}
    value = {"type": "KeyError", "value": "x", "stacktrace": {"frames": [frame]}}
    event = {"event_id": f"{number:032x}", "exception": {"values": [value]}, "platform": "python"}
    return b'{}\n{"type":"event"}\n' + json.dumps(event).encode()


def send_until_taken(url: str, numbers: range, taken: list[int], over: threading.Event) -> None:
    """Like a sender that does not give up: every event again until it is acknowledged."""
    with httpx.Client(base_url=url, timeout=5) as client:
        for number in numbers:
            while not over.is_set():
                try:
                    answer = client.post(f"/api/42/envelope/?sentry_key={KEY}", content=body(number))
                except httpx.TransportError:
                    time.sleep(0.05)
                    continue
                if answer.status_code == 200:
                    taken.append(number)
                    break


def descendants(pid: int) -> set[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    found = {int(child) for child in listed}
    return found.union(*(descendants(child) for child in found))


def test_a_killed_server_loses_and_doubles_nothing(record, script, until, free_port: int) -> None:
    url = f"http://127.0.0.1:{free_port}"
    server = script("web/web_process.py", record.url, str(free_port))
    taken: list[int] = []
    over = threading.Event()
    senders = [
        threading.Thread(target=send_until_taken, args=(url, range(1000 * n, 1000 * n + 60), taken, over))
        for n in range(1, 5)
    ]
    for sender in senders:
        sender.start()
    try:
        for target in (60, 120):
            until(lambda target=target: len(taken) >= target, 40)
            family = descendants(server.pid)
            os.kill(server.pid, signal.SIGKILL)
            server.wait()
            until(lambda family=family: not any(alive(pid) for pid in family), 5)
            server = script("web/web_process.py", record.url, str(free_port))
        until(lambda: len(taken) == 240, 60)
    finally:
        over.set()
        for sender in senders:
            sender.join()

    stored = record.rows("select event_id from healer.event")
    assert {int(row["event_id"], 16) for row in stored} == set(taken)
    assert len(stored) == 240
    assert record.one("select sum(events)::int from healer.incident") == 240
    assert record.one("select count(*) from healer.received") == 240
    assert record.one("select count(*) from healer.cases") == 5
    assert record.one("select count(*) from absurd.t_cases") == 5


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def test_a_killed_reader_is_replaced_and_its_letters_opened(record, script, until, free_port: int) -> None:
    url = f"http://127.0.0.1:{free_port}/api/42/envelope/?sentry_key={KEY}"
    server = script("web/web_process.py", record.url, str(free_port))
    until(lambda: listening(url), 40)
    assert httpx.post(url, content=body(1), timeout=20).status_code == 200
    for pid in descendants(server.pid):
        if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes():
            os.kill(pid, signal.SIGKILL)
    assert httpx.post(url, content=body(2), timeout=30).status_code == 200
    assert record.one("select count(*) from healer.event") == 2


def listening(url: str) -> bool:
    try:
        httpx.post(url, content=b"", timeout=20)
    except httpx.TransportError:
        return False
    return True
