"""A storm of hooks over a few bugs: `python -m benchmarks.storm`.

Real: the HTTP door with its signatures, the embedded PostgreSQL, the queue, worker processes that work at
the same time, the whole journey with the real sandbox, git, and the forge of a local repository. Made up:
the repository, whose bugs are variations of one slip, so that each is provable without a model. A first
wave of workers runs under a day's cap lower than the number of bugs. Then the day goes by, and the second
wave runs under a cap of open proposals, of which somebody closes one now and then: what waits for a slot
is woken by that, or the storm does not end in its time. The last line is one JSON object: `proposals` of
distinct bugs, `duplicates` of a bug or of a branch, `over_cap`: by how many either cap was passed at any
time, and `idle_s`: the longest time that a slot stood empty while a case waited for it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path
from typing import Any

from benchmarks.hook_traffic import http_request
from benchmarks.hooks import CONNECTIONS, load, server
from healer import wiring
from healer.settings import Settings
from healer.store import proposals
from healer.store.database import Connection, apply_schema, connect
from healer.store.embedded import EmbeddedPostgres
from healer.worker import Worker
from healer.workshop.sandbox import Bubblewrap

MODULE = '''"""Numbers of {word}s, read from lines of text."""

import re

{WORD} = re.compile(r"{word} (\\\\d+)")


def {word}_number(line):
    """The digits after the word, '' when the line names no {word}."""
    found = {WORD}.search(line)
    return found.group(1)


def by_{word}(lines):
    counts = {{}}
    for line in lines:
        number = {word}_number(line)
        if number:
            counts[number] = counts.get(number, 0) + 1
    return counts
'''
TEST = """from numbers_of.{word} import by_{word}


def test_counts():
    assert by_{word}(["{word} 7", "{word} 7"]) == {{"7": 2}}
"""
DRIVER = """
import importlib, json, sys
import sentry_sdk
from sentry_sdk.transport import Transport

kept = []

class Keep(Transport):
    def capture_envelope(self, envelope):
        kept.append(envelope.get_event())

sentry_sdk.init(dsn="http://key@127.0.0.1:9/1", transport=Keep, project_root=sys.argv[1],
    release="shop@1.0.0")
sys.path.insert(0, sys.argv[1])
for word in sys.argv[3:]:
    try:
        getattr(importlib.import_module("numbers_of." + word), "by_" + word)([word + " 1", "nothing"])
    except Exception as error:
        sentry_sdk.capture_exception(error)
text = json.dumps(kept, default=str).replace(sys.argv[1], "/srv/app")
open(sys.argv[2], "w").write(text)
"""


WAVE_SECONDS = 600.0


def words(count: int) -> list[str]:
    """Distinct, pronounceable, and nobody's keyword."""
    pairs = [
        a + b for a in ("ba", "do", "fi", "ke", "lu", "mo", "ni", "po") for b in ("rk", "lt", "nd", "sp")
    ]
    return [f"{pair}{suffix}" for suffix in ("a", "o", "e") for pair in pairs][:count]


def make_repository(place: Path, bugs: int) -> list[dict[str, Any]]:
    """The repository, and one event per bug as the real SDK writes it."""
    (place / "numbers_of").mkdir(parents=True)
    (place / "tests").mkdir()
    (place / "numbers_of" / "__init__.py").write_text("")
    for word in words(bugs):
        text = MODULE.format(word=word, WORD=word.upper()).replace("\\\\d", "\\d")
        (place / "numbers_of" / f"{word}.py").write_text(text)
    for word in words(min(bugs, 3)):
        (place / "tests" / f"test_{word}.py").write_text(TEST.format(word=word))
    git = ["git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-C", str(place)]
    for arguments in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "Start"]):
        subprocess.run([*git, *arguments], check=True)
    out = place.with_name("events.json")
    subprocess.run([sys.executable, "-c", DRIVER, str(place), str(out), *words(bugs)], check=True)
    events: list[dict[str, Any]] = json.loads(out.read_text())
    if len(events) != bugs:
        raise SystemExit(f"{bugs} bugs made {len(events)} events")
    return events


def hook(event: dict[str, Any], number: int, issue: int) -> bytes:
    changed = {**event, "event_id": uuid.uuid4().hex, "timestamp": time.time(), "issue_id": str(7000 + issue)}
    changed["url"] = "https://sentry.io/api/0/projects/acme/shop/events/1/"
    changed["user"] = {"id": str(number % 997)}
    head = {
        "action": "triggered",
        "installation": {"uuid": "i"},
        "actor": {"id": "sentry", "type": "application"},
    }
    body = {**head, "data": {"event": changed, "triggered_rule": "all"}}
    return http_request(json.dumps(body, separators=(",", ":")).encode())


def settings(home: Path, repository: Path, day: int, most: int) -> Settings:
    project = {"name": "shop", "repository": str(repository), "base": "main", "python": sys.executable}
    return Settings.model_validate(
        {"home": home, "project": [project], "proposals": {"day": day, "open": most}}
    )


def work(dsn: str, home: Path, repository: Path, day: int, most: int, *, to_the_end: bool) -> None:
    """One worker process, until nothing is due; or until no case is open."""
    service = wiring.Service(settings(home, repository, day, most), dsn, Bubblewrap(home))
    worker = Worker(dsn, service.work, slots=1)
    worker.run(until_idle=True)
    while to_the_end and count(dsn, UNDECIDED):
        time.sleep(0.2)
        worker.run(until_idle=True)


def start(
    dsn: str, home: Path, repository: Path, day: int, most: int, workers: int, *, to_the_end: bool = False
) -> list[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "benchmarks.storm", "--dsn", dsn, "--home", str(home)]
    command += ["--repository", str(repository), "--cap", str(day), "--open", str(most)]
    command += ["--to-the-end"] if to_the_end else []
    return [subprocess.Popen(command, stderr=subprocess.DEVNULL) for _ in range(workers)]


class Watch:
    """Looks ten times a second how many proposals are open, and closes one a second while a case waits."""

    def __init__(self, dsn: str, cap: int) -> None:
        self.dsn, self.cap = dsn, cap
        self.most = self.closed = 0
        self.idle = 0.0

    def until(self, running: list[subprocess.Popen[bytes]], seconds: float) -> None:
        """Raises SystemExit where they do not end in that time."""
        deadline, last = time.monotonic() + seconds, 0.0
        free_since = None
        with connect(self.dsn) as record:
            while any(process.poll() is None for process in running):
                now = time.monotonic()
                if now > deadline:
                    for process in running:
                        process.kill()
                    raise SystemExit(f"the second wave did not end in {seconds:.0f} s: nobody was woken")
                row = record.execute(STANDING).fetchone()
                assert row is not None
                self.most = max(self.most, row["open"])
                idle = row["waiting"] and row["open"] < self.cap and not row["working"]
                free_since = (free_since or now) if idle else None
                self.idle = max(self.idle, now - free_since) if free_since else self.idle
                if row["waiting"] and row["open"] >= self.cap and now - last > 1:
                    last = now
                    self.close(record)
                time.sleep(0.1)

    def close(self, record: Connection) -> None:
        row = record.execute(
            b"select project, key from healer.proposal where state = 'draft' order by opened_at limit 1"
        ).fetchone()
        if row:
            self.closed += 1
            proposals.move(record, row["project"], row["key"], "closed", by="somebody", why="a storm")


def count(dsn: str, query: bytes) -> int:
    with connect(dsn) as record:
        row = record.execute(query).fetchone()
    assert row is not None
    return int(row["n"])


def let_a_day_go_by(dsn: str) -> None:
    with connect(dsn) as record:
        record.execute(b"update healer.proposal set reserved_at = reserved_at - interval '25 hours'")
        record.execute(
            b"update absurd.r_cases set available_at = now() where state in ('sleeping', 'pending')"
        )


OPENED = b"select count(*) as n from healer.proposal where state <> 'reserved'"
BUGS = b"""select count(distinct c.fingerprint) as n
             from healer.proposal p join healer.cases c on c.id = p.case_id"""
UNDECIDED = b"select count(*) as n from healer.cases where closed_at is null"
STANDING = b"""
select (select count(*) from healer.proposal where state in ('reserved', 'draft', 'ready')) as open,
       count(*) filter (where state = 'waiting') as waiting,
       count(*) filter (where state in ('working', 'queued')) as working
  from healer.cases where closed_at is null"""
UNPROVEN = b"select count(*) as n from healer.cases where state in ('declined', 'failed')"


def measure(hooks: int, bugs: int, workers: int, cap: int) -> dict[str, Any]:
    with (
        tempfile.TemporaryDirectory(prefix="healer-storm-") as name,
        EmbeddedPostgres(Path(name) / "pg") as dsn,
    ):
        repository, home = Path(name) / "repository", Path(name) / "home"
        events = make_repository(repository, bugs)
        apply_schema(dsn)
        chosen = [n % bugs for n in range(hooks)]
        random.Random(7).shuffle(chosen)
        with server(dsn) as (port, _):
            requests = [hook(events[issue], n, issue) for n, issue in enumerate(chosen)]
            seconds, _, failed = asyncio.run(load(port, requests, CONNECTIONS))
        if failed:
            raise SystemExit(f"{len(failed)} hooks were not taken: {failed[:1]!r}")
        cases = count(dsn, b"select count(*) as n from healer.cases")
        print(f"{hooks} hooks in {seconds:.1f} s opened {cases} cases", flush=True)
        began = time.monotonic()
        for process in start(dsn, home, repository, cap, bugs * 2, workers):
            process.wait()
        first = count(dsn, OPENED)
        print(f"first wave: {first} proposals under a cap of {cap} a day", flush=True)
        let_a_day_go_by(dsn)
        slots = cap + max(1, (bugs - cap) // 4)
        watch = Watch(dsn, slots)
        watch.until(start(dsn, home, repository, bugs * 2, slots, workers, to_the_end=True), WAVE_SECONDS)
        print(f"second wave: at most {watch.most} open under a cap of {slots}", flush=True)
        opened, distinct = count(dsn, OPENED), count(dsn, BUGS)
        listed = subprocess.run(
            ["git", "-C", str(repository), "for-each-ref", "--format=%(refname)", "refs/heads/healer/"],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        branches = len(listed.stdout.split())
        unproven = count(dsn, UNPROVEN)
    return {
        "hooks": hooks,
        "bugs": bugs,
        "cases": cases,
        "proposals": opened,
        "unproven": unproven,
        "duplicates": opened - distinct + max(0, branches - opened) + max(0, cases - bugs),
        "cap": cap,
        "first_wave": first,
        "open_cap": slots,
        "open_most": watch.most,
        "over_cap": max(0, first - cap, watch.most - slots),
        "idle_s": round(watch.idle, 1),
        "hooks_per_s": round(hooks / seconds, 1),
        "work_s": round(time.monotonic() - began, 1),
        "workers": workers,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hooks", type=int, default=10_000)
    parser.add_argument("--bugs", type=int, default=50)
    parser.add_argument("--workers", type=int, default=8)
    parser.add_argument("--cap", type=int, default=30, help="proposals a day, in the first wave")
    parser.add_argument("--open", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--to-the-end", action="store_true", help=argparse.SUPPRESS)
    for name in ("--dsn", "--home", "--repository"):
        parser.add_argument(name, default="", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.dsn:
        places = Path(args.home), Path(args.repository)
        work(args.dsn, *places, args.cap, args.open, to_the_end=args.to_the_end)
        return
    print(json.dumps(measure(args.hooks, args.bugs, args.workers, args.cap)))


if __name__ == "__main__":
    main()
