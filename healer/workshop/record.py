"""Reading what the probe wrote: a chain of records, or the reason not to believe it. Pure."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from healer.case import Outcome, Raised, RaisedAt

_WORST = {
    Outcome.ERROR: 5,
    Outcome.FAILED: 4,
    Outcome.XPASSED: 3,
    Outcome.XFAILED: 2,
    Outcome.SKIPPED: 1,
    Outcome.PASSED: 0,
}
UNBEGUN = "the run ended before any test was collected"
_UNSTORABLE = (b"\\ud", b"\\uD", b"\\u0000")


class Untrusted(Exception):
    """The record is broken, forged or incomplete. `running`: the test during which the process ended."""

    def __init__(self, said: str, running: str = "") -> None:
        super().__init__(said)
        self.running = running


@dataclass(slots=True)
class Record:
    """One run as the probe told it, after the chain was checked."""

    runner: str = ""
    optimize: int = 0
    collected: list[str] = field(default_factory=list)
    begun: set[str] = field(default_factory=set)
    ended: set[str] = field(default_factory=set)
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    raised: dict[str, Raised] = field(default_factory=dict)
    executed: tuple[tuple[str, int], ...] = ()
    reached: dict[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    tampered: tuple[str, ...] = ()
    elsewhere: tuple[tuple[str, str], ...] = ()
    exit_code: int = 0
    junit: str = ""
    junit_missing: str = ""


def unchain(report: bytes, key: bytes) -> Iterator[dict[str, Any]]:
    """The records of `report`. Raises Untrusted at the first whose MAC does not fit."""
    mac = b"\0" * 32
    for number, line in enumerate(report.splitlines(keepends=True), start=1):
        head, _, body = line.rstrip(b"\n").partition(b" ")
        if not line.endswith(b"\n"):
            raise Untrusted(f"record {number} is cut off")
        expected = hmac.digest(key, mac + body, "sha256")
        if not hmac.compare_digest(head, expected.hex().encode()):
            raise Untrusted(f"record {number} was not written by the probe")
        key, mac = hashlib.sha256(b"next" + key).digest(), expected
        entry = json.loads(body)
        yield storable(entry) if any(mark in body for mark in _UNSTORABLE) else entry


def storable(value: Any) -> Any:
    """Half characters and NUL, which neither UTF-8 nor a database can hold, are written as escapes."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode().replace("\0", "\\x00")
    if isinstance(value, list):
        return [storable(one) for one in value]
    if isinstance(value, dict):
        return {storable(key): storable(one) for key, one in value.items()}
    return value


def read(report: bytes, key: bytes) -> Record:
    """Raises Untrusted where the chain is broken, or does not end with the probe's last record."""
    record, finished, counts = Record(), False, [0, 0]
    for entry in unchain(report, key):
        if finished:
            raise Untrusted("records follow the last one")
        kind = entry["kind"]
        if kind == "start":
            record.runner, record.optimize = entry["runner"], entry["optimize"]
        elif kind == "collected":
            record.collected.extend(entry["ids"])
        elif kind == "collection":
            counts = [1, counts[1] + entry["count"]]
        elif kind == "begin":
            record.begun.add(entry["test"])
        elif kind == "phase":
            _phase(record, entry)
        elif kind == "junit":
            record.junit += entry["part"]
            record.junit_missing = entry.get("missing", "")
        elif kind == "finish":
            finished = True
            _finish(record, entry)
    if not finished:
        raise Untrusted(_unfinished(record), _running(record))
    if counts[1] != len(record.collected):
        raise Untrusted("the list of collected tests is incomplete")
    return record


def _unfinished(record: Record) -> str:
    if not record.runner:
        return "the tests did not start"
    if not record.collected:
        return UNBEGUN
    where = f" in {running}" if (running := _running(record)) else ""
    return f"the run ended early{where}, without the probe's last record"


def _running(record: Record) -> str:
    return min(record.begun - record.ended, default="")


def _phase(record: Record, entry: dict[str, Any]) -> None:
    test, when, said = entry["test"], entry["when"], entry["outcome"]
    if when == "teardown":
        record.ended.add(test)
    outcome = _outcome(when, said)
    record.outcomes[test] = worst(record.outcomes.get(test, outcome), outcome)
    if "reached" in entry:
        record.reached[test] = tuple((path, line) for path, line in entry["reached"])
    if entry["raised"] and outcome in {Outcome.FAILED, Outcome.ERROR} and test not in record.raised:
        record.raised[test] = _raised(test, entry["raised"])


def worst(*outcomes: Outcome) -> Outcome:
    """What a test that was told of more than once comes to."""
    return max(outcomes, key=_WORST.__getitem__)


def _outcome(when: str, said: str) -> Outcome:
    if said == "failed" and when in {"setup", "teardown", "collect"}:
        return Outcome.ERROR
    try:
        return Outcome(said)
    except ValueError:
        return Outcome.ERROR


def _raised(test: str, told: dict[str, Any]) -> Raised:
    frames = tuple(RaisedAt(path=p, function=f, line=n or 0) for p, f, n in told["frames"])
    return Raised(
        test=test, exception=told["type"], module=told["module"], message=told["message"], frames=frames
    )


def _finish(record: Record, entry: dict[str, Any]) -> None:
    record.exit_code = entry["exit"]
    record.optimize = max(record.optimize, entry["optimize"])
    record.executed = tuple((path, line) for path, line in entry["executed"])
    record.tampered = tuple(entry["tampered"])
    record.elsewhere = tuple((name, path) for name, path in entry["elsewhere"])
