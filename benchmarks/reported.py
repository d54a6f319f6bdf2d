"""Whether the mended function is among the suspects of crashes that people reported:
`python -m benchmarks.reported [--half study|held] REPOSITORY …`.

A commit whose message shows a traceback is a case: its parent's files, the frames as they were pasted (no
locals, often from another release) and, as the truth, the functions it changes. Nothing is run. Cases of
tests, of large commits and without a frame in the repository are left out. Repositories are halved by the
hash of their name: misses are listed of the studied half alone. The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.localize import Outcome, figures
from healer.workshop.git import git
from healer.workshop.source import CommitSource
from triage.build import build_event
from triage.localize import localize, locate
from triage.localize.code import MODULE, File, is_test
from triage.sentry import read_event

MAX_FILES, MAX_LINES = 3, 90  # of a commit that mends one crash
FRAME = re.compile(r'^[\s>|]*File "([^"]+)", line (\d+), in (\S.*?)\s*$')
ERROR = re.compile(r"^[\s>|]*((?:[A-Za-z_]\w*\.)*[A-Za-z_]\w*)(?::\s?(.*))?$")
ENDINGS = ("Error", "Exception", "Warning", "Exit", "Failed", "Failure")
HUNK = re.compile(r"^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
GREP = r"^ *File \".*\", line [0-9]*, in "
ASIDE = ("setup.py", "doc", "docs", "examples")


def pasted(message: str) -> dict[str, Any] | None:
    """The last exception of a message's traceback, as a Sentry event has it."""
    frames: list[dict[str, Any]] = []
    found, before = None, ""
    for line in message.split("\n"):
        text, place = line.strip(" \t>|"), FRAME.match(line)
        if place:
            path, number, function = place.groups()
            frames.append(
                {"filename": path.lstrip("/"), "abs_path": path, "lineno": int(number), "function": function}
            )
        elif frames and FRAME.match(before) and text:
            frames[-1]["context_line"] = text
        elif frames and text.strip("^~ ") and not text.startswith(("[Previous line", "...")):
            error = ERROR.match(line)
            if error and (error[2] is not None or error[1].endswith(ENDINGS)):
                module, _, name = error[1].rpartition(".")
                found = {"type": name, "module": module, "value": error[2] or "", "frames": frames}
            frames = []
        before = line
    return found


def event(raised: Mapping[str, Any], commit: str, when: str) -> dict[str, Any]:
    link = {key: raised[key] for key in ("type", "module", "value")}
    link["stacktrace"] = {"frames": raised["frames"]}
    return {
        "event_id": commit[:32],
        "platform": "python",
        "timestamp": when,
        "exception": {"values": [link]},
    }


def changed(repository: Path, commit: str) -> tuple[tuple[str, ...], int]:
    """`path::function` of what the commit changes in code that is no test, and how many lines."""
    before, after = CommitSource(repository, f"{commit}^"), CommitSource(repository, commit)
    found, size, old, new = set[str](), 0, None, None
    for line in _text(repository, "diff", "-U0", "-M", f"{commit}^", commit, "--", "*.py").split("\n"):
        if line.startswith("--- "):
            old = _file(before, line[6:])
        elif line.startswith("+++ "):
            new = _file(after, line[6:])
        elif (hunk := HUNK.match(line)) and old and new and not is_test(old.path):
            first, count, second, more = (int(n) if n else 1 for n in hunk.groups())
            places = [(old, at) for at in range(first, first + count)]
            places += [(new, at) for at in range(second, second + more)]
            told = [(file, at) for file, at in places if not file.stripped[at - 1].startswith("#")]
            told = [(file, at) for file, at in told if file.stripped[at - 1]]
            size += len(told)
            found |= {f"{old.path}::{_known(old, file, at)}" for file, at in told}
    named = {name for name in found if not name.endswith(f"::{MODULE}")}
    return tuple(sorted(named or found)), size


def _known(old: File, file: File, line: int) -> str:
    """The function around a line by a name that it had before the commit."""
    unit = file.unit_at(line)
    name = unit.qualname if unit else ""
    while name and not old.unit(name):
        name = name.rpartition(".")[0]
    return name or MODULE


def _file(source: CommitSource, path: str) -> File | None:
    text = source.read(path)
    return File(path, text) if text is not None else None


def _text(repository: Path, *arguments: str) -> str:
    return git(repository, *arguments).decode("utf-8", "replace")


def outcomes(repository: Path) -> Iterator[Outcome]:
    seen = set[tuple[tuple[str, ...], str]]()
    listed = _text(repository, "log", "--no-merges", "--format=%H %cI", f"--grep={GREP}", "--all").split("\n")
    for commit, _, when in (line.partition(" ") for line in listed if line):
        raised = pasted(_text(repository, "log", "-1", "--format=%B", commit))
        truth, size = changed(repository, commit) if raised else ((), 0)
        files = {name.partition("::")[0] for name in truth}
        aside = all(path.split("/")[0] in ASIDE for path in files)
        if not raised or aside or size > MAX_LINES or len(files) > MAX_FILES:
            continue
        if (truth, raised["type"]) not in seen:  # a mend that was carried to other branches counts once
            seen.add((truth, raised["type"]))
            yield from judged(repository, commit, event(raised, commit, when), truth)


def judged(
    repository: Path, commit: str, sent: Mapping[str, Any], truth: tuple[str, ...]
) -> Iterator[Outcome]:
    source, crash = CommitSource(repository, f"{commit}^"), build_event(read_event(sent))
    start = time.process_time()
    located = locate(crash, source)
    suspects = tuple(f"{s.file}::{s.function}" for s in localize(crash, source, located))
    seconds = time.process_time() - start
    if located and not any(is_test(one.path) for one in located):
        rank = next((number for number, name in enumerate(suspects, 1) if name in truth), None)
        naive = f"{located[-1].path}::{located[-1].function}" in truth
        yield Outcome(commit[:10], rank, naive, seconds, truth, suspects)


def half(repository: Path) -> str:
    own = [part for part in repository.resolve().parts if part not in ("repo", ".git")]
    return "study" if hashlib.sha256(own[-1].casefold().encode()).digest()[0] % 2 == 0 else "held"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("repositories", nargs="+", type=Path, help="git directories")
    parser.add_argument("--half", choices=("study", "held"))
    options = parser.parse_args()
    halves: dict[str, list[Outcome]] = {"study": [], "held": []}
    for repository in options.repositories:
        if options.half in (None, half(repository)):
            halves[half(repository)] += outcomes(repository)
    misses: Sequence[Outcome] = [one for one in halves["study"] if one.rank != 1]
    for one in misses:
        print(f"{one.case}: rank {one.rank}, naive {'right' if one.naive else 'wrong'}")
        print(f"  truth {', '.join(one.truth)}")
        print(f"  found {', '.join(one.suspects[:5])}")
    both = [*halves["study"], *halves["held"]]
    print(json.dumps({**figures(both), **{name: figures(part) for name, part in halves.items()}}))


if __name__ == "__main__":
    main()
