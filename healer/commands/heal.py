"""`healer heal EVENT.json --repo PATH`: one incident, without a server."""

from __future__ import annotations

import argparse
import json
import shlex
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from rich.console import Console

from healer import settings
from healer.case import Declined, Diagnosis, Healed, Project, Reproduction
from healer.commands.reading import read_json
from healer.errors import BadInput, HealerError
from healer.protocols import N
from healer.proving.document import to_json
from healer.staff import Staff
from healer.wiring import Place, heal_locally, installation_secret
from triage.build import build_event
from triage.grouping import fingerprint
from triage.incident import Incident
from triage.sentry import Malformed, read_event

MAX_EVENT = 32 * 1024 * 1024


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "event", metavar="EVENT.json", help="an error event as Sentry's hook, API or SDK writes it"
    )
    parser.add_argument("--repo", required=True, metavar="PATH", help="the git repository it came from")
    parser.add_argument("--base", default="HEAD", metavar="REV", help="the commit to heal (default: HEAD)")
    parser.add_argument(
        "--python", default="", metavar="PATH", help="interpreter of the repository (default: found)"
    )
    parser.add_argument(
        "--source-root", action="append", default=[], metavar="DIR", help="may be given again"
    )
    parser.add_argument("--test-command", default="", metavar="CMD", help="default: python -m pytest")
    parser.add_argument(
        "--environment",
        choices=("auto", "always", "none"),
        default="auto",
        help="install what its lock file names, into an environment of its own (auto: where it is lacking)",
    )
    parser.add_argument("--setup", default="", metavar="CMD", help="completes that environment")
    parser.add_argument("--database", action="store_true", help="its tests want a PostgreSQL of their own")
    parser.add_argument("--migrate", default="", metavar="CMD", help="prepares that database")
    parser.add_argument(
        "--database-variable", default="DATABASE_URL", metavar="NAME", help="where they look for its address"
    )
    parser.add_argument(
        "--secret", action="append", default=[], metavar="NAME", help="a variable its tests may see"
    )
    parser.add_argument(
        "--unproven", action="store_true", help="where nothing is reproduced, show an agent's idea as a draft"
    )
    parser.add_argument("--out", default="", metavar="DIR", help="also write fix.patch and proof.json here")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of prose")


class Memory:
    """Steps of a single run: remembered until it ends, timed, and shown as they go."""

    def __init__(self, console: Console) -> None:
        self.seconds: dict[str, float] = {}
        self._console = console

    def __call__(self, name: str, kind: type[N], work: Callable[[], N]) -> N:
        started = time.monotonic()
        with self._console.status(name):
            try:
                return work()
            finally:
                self.seconds[name] = round(time.monotonic() - started, 3)


def plainly(console: Console) -> Callable[[str], None]:
    """Says a line as it is: `.[test]` is no markup, and a command is not wrapped."""
    return partial(console.print, markup=False, highlight=False, soft_wrap=True)


def run(args: argparse.Namespace) -> int:
    """Exit code: 0 healed, 3 refused, 1 failed, 2 usage."""
    project = _project(args)
    config = settings.load(secrets=args.secret)
    home = config.home
    incident = read_incident(Path(args.event), salt=installation_secret(home))
    console = Console(stderr=True, quiet=args.json)
    step = Memory(console)
    try:
        staff, place = Staff(config.model, config.budget), Place.of(config, plainly(console))
        ending = heal_locally(incident, project, step, home, staff, place=place, unproven=args.unproven)
    except BadInput:
        raise
    except HealerError as error:
        return _report(args, {"outcome": "failed", "reason": str(error), "seconds": step.seconds}, 1)
    result = describe(ending) | {"seconds": step.seconds}
    if args.out and isinstance(ending, Healed):
        _write(Path(args.out), result)
    return _report(args, result, 0 if isinstance(ending, Healed) else 3)


def read_incident(path: Path, *, salt: bytes = b"") -> Incident:
    """The incident in an event file. Raises BadInput with one sentence."""
    data = read_json(path, MAX_EVENT, "one event as Sentry writes it, not an export")
    try:
        raw = read_event(data)
    except Malformed as error:
        raise BadInput(f"{path}: {error}; give an event as Sentry writes it") from None
    event = build_event(raw, salt=salt)
    seen = event.timestamp
    return Incident(
        project="local", fingerprint=fingerprint(event), event=event, first_seen=seen, last_seen=seen
    )


def _project(args: argparse.Namespace) -> Project:
    repository = Path(args.repo)
    if not repository.is_dir():
        raise BadInput(f"{repository}: no such directory; give the repository's path with --repo")
    if args.python and not Path(args.python).is_file():
        raise BadInput(f"{args.python}: no such interpreter; give the path of a python executable")
    return Project(
        name="local",
        repository=str(repository.resolve()),
        base=args.base,
        python=str(Path(args.python).absolute()) if args.python else "",
        source_roots=tuple(args.source_root),
        test_command=_words(args, "test_command"),
        environment=args.environment,
        setup=_words(args, "setup"),
        database=args.database or bool(args.migrate),
        database_variable=args.database_variable,
        migrate=_words(args, "migrate"),
        secrets=tuple(args.secret),
    )


def _words(args: argparse.Namespace, name: str) -> tuple[str, ...]:
    try:
        return tuple(shlex.split(getattr(args, name)))
    except ValueError as error:
        raise BadInput(f"--{name.replace('_', '-')}: {error}; quote it as a shell would") from None


def describe(ending: Healed | Declined) -> dict[str, Any]:
    """The JSON that scripts read; every key is always there."""
    if isinstance(ending, Healed):
        proof, patch = ending.proof, ending.proof.patch
        return {
            "outcome": "healed",
            "reason": patch.explanation,
            **_known(patch.reproduction.diagnosis, patch.reproduction),
            "patch": patch.diff,
            "proof": to_json(proof),
            "branch": ending.pull_request.branch,
            "commit": ending.pull_request.commit,
            "pull_request": ending.pull_request.url,
        }
    return {
        "outcome": "refused",
        "code": ending.code,
        "reason": ending.reason,
        "ideas": ending.ideas,
        **_known(ending.diagnosis, ending.reproduction),
        "patch": "",
        "proof": None,
        "branch": "",
        "draft": ending.draft.model_dump() if ending.draft else None,
    }


def _known(diagnosis: Diagnosis | None, made: Reproduction | None) -> dict[str, Any]:
    suspects = diagnosis.suspects if diagnosis else ()
    reproduction = None
    if made:
        shown = {"test": made.test, "reproduced": made.reproduced, "why": made.why}
        reproduction = shown | {"path": made.path, "source": made.source, "how": made.how}
    return {
        "verdict": diagnosis.verdict.model_dump(mode="json") if diagnosis else None,
        "notes": list(diagnosis.target.notes) if diagnosis else [],
        "suspects": [suspect.model_dump() for suspect in suspects],
        "reproduction": reproduction or {"test": "", "reproduced": False, "why": "not tried"},
    }


def _write(directory: Path, result: dict[str, Any]) -> None:
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "fix.patch").write_text(result["patch"], encoding="utf-8")
    (directory / "proof.json").write_text(json.dumps(result["proof"], indent=1) + "\n", encoding="utf-8")


def _report(args: argparse.Namespace, result: dict[str, Any], code: int) -> int:
    if args.json:
        json.dump(result, sys.stdout, indent=1)
        print()
        return code
    print(f"{result['outcome']}: {result['reason']}")
    for suspect in result.get("suspects", ())[:3]:
        print(f"  suspect {suspect['file']}:{suspect['line']} {suspect['function']}: {suspect['why']}")
    for note in result.get("notes", ()):
        print(f"  note: {note}")
    if result.get("branch"):
        print(f"  branch {result['branch']}\n  {result['pull_request']}\n\n{result['patch']}")
    return code
