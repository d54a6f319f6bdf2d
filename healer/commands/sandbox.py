"""`healer sandbox --repo PATH -- CMD …`: any command, the way tests are run."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from healer import settings, wiring
from healer.case import Limits, Project
from healer.errors import BadInput
from healer.protocols import Job
from healer.workshop.sandbox import Bubblewrap


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--repo", required=True, metavar="PATH")
    parser.add_argument("--base", default="HEAD", metavar="REV")
    parser.add_argument("--python", default="", metavar="PATH", help="interpreter (default: found)")
    parser.add_argument("--seconds", type=float, default=Limits().seconds, help="default: %(default)s")
    parser.add_argument("--database", action="store_true", help="an empty PostgreSQL inside, in DATABASE_URL")
    parser.add_argument("words", nargs="+", metavar="CMD")


def run(args: argparse.Namespace) -> int:
    """Exit code of the command."""
    repository = Path(args.repo)
    if not repository.is_dir():
        raise BadInput(f"{repository}: no such directory; give the repository's path with --repo")
    config = settings.load()
    home = config.home
    sandbox = Bubblewrap(home)
    project = Project(name="local", repository=str(repository.resolve()), base=args.base, python=args.python)
    with wiring.Place.of(config, _tell).yard(home, sandbox) as yard:
        target = yard.open(project)
        job = Job(
            tree=yard.tree(target),
            command=tuple(args.words),
            python=target.python,
            limits=Limits(seconds=args.seconds),
            database=args.database,
        )
        done = sandbox.run(job)
    sys.stdout.write(done.output)
    _tell(f"exit code {done.exit_code} after {done.seconds:.2f} s")
    for name, found in (("limits hit", done.limits_hit), ("denied", done.denied)):
        _tell(f"{name}: {', '.join(found) or 'none'}")
    return done.exit_code


def _tell(text: str) -> None:
    print(f"healer: {text}", file=sys.stderr)
