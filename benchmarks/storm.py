"""A storm of hooks over a few bugs: `python -m benchmarks.storm`.

Real: the HTTP door with its signatures, the embedded PostgreSQL, the queue, worker processes that work at
the same time, the whole journey with the real sandbox, git, and the forge of a local repository. Made up:
the repository, whose bugs are variations of one slip, so that each is provable without a model. A first
wave of workers runs under a cap lower than the number of bugs; then the cap is raised, and what waited
goes on. The last line is one JSON object: `proposals` of distinct bugs, `duplicates` of a bug or of a
branch, and `over_cap`: by how many the first wave passed its cap.
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
from healer.store.database import apply_schema, connect
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


def settings(home: Path, repository: Path, cap: int) -> Settings:
    project = {"name": "shop", "repository": str(repository), "base": "main", "python": sys.executable}
    return Settings.model_validate(
        {"home": home, "project": [project], "proposals": {"day": cap, "open": 1000}}
    )


def work(dsn: str, home: Path, repository: Path, cap: int) -> None:
    """One worker process, until nothing is due."""
    service = wiring.Service(settings(home, repository, cap), dsn, Bubblewrap(home))
    Worker(dsn, service.work, slots=1).run(until_idle=True)


def wave(dsn: str, home: Path, repository: Path, cap: int, workers: int) -> None:
    command = [sys.executable, "-m", "benchmarks.storm", "--dsn", dsn, "--home", str(home)]
    command += ["--repository", str(repository), "--cap", str(cap)]
    running = [subprocess.Popen(command, stderr=subprocess.DEVNULL) for _ in range(workers)]
    for process in running:
        process.wait()


def count(dsn: str, query: bytes) -> int:
    with connect(dsn) as record:
        row = record.execute(query).fetchone()
    assert row is not None
    return int(row["n"])


def wake(dsn: str) -> None:
    """As if the day had gone by."""
    with connect(dsn) as record:
        record.execute(
            b"update absurd.r_cases set available_at = now() where state in ('sleeping', 'pending')"
        )


OPENED = b"select count(*) as n from healer.proposal where state <> 'reserved'"
BUGS = b"""select count(distinct c.fingerprint) as n
             from healer.proposal p join healer.cases c on c.id = p.case_id"""
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
        wave(dsn, home, repository, cap, workers)
        first = count(dsn, OPENED)
        print(f"first wave: {first} proposals under a cap of {cap}", flush=True)
        wake(dsn)
        wave(dsn, home, repository, bugs * 2, workers)
        proposals, distinct = count(dsn, OPENED), count(dsn, BUGS)
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
        "proposals": proposals,
        "unproven": unproven,
        "duplicates": proposals - distinct + max(0, branches - proposals) + max(0, cases - bugs),
        "cap": cap,
        "first_wave": first,
        "over_cap": max(0, first - cap),
        "hooks_per_s": round(hooks / seconds, 1),
        "work_s": round(time.monotonic() - began, 1),
        "workers": workers,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hooks", type=int, default=10_000)
    parser.add_argument("--bugs", type=int, default=50)
    parser.add_argument("--workers", type=int, default=8)
    parser.add_argument("--cap", type=int, default=30)
    for name in ("--dsn", "--home", "--repository"):
        parser.add_argument(name, default="", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.dsn:
        work(args.dsn, Path(args.home), Path(args.repository), args.cap)
        return
    print(json.dumps(measure(args.hooks, args.bugs, args.workers, args.cap)))


if __name__ == "__main__":
    main()
